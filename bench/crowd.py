"""Fills a database with open action points and their next touches: copies of one that the bot planned itself."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, select, text, update

from bench.copies import copied
from bench.slack import TEAM
from bot.domain.actions import ActionPoint
from bot.domain.ids import ActionId, ChannelId, TenantId, UserId
from bot.domain.teams import Place
from bot.services import planning
from bot.store import actions, cards, teams, tenants
from bot.store.database import Database
from bot.store.schema import ActionRow, CardRow, PersonRow, TeamRow, TouchRow
from bot.store.tenants import Tenant

TENANT = TenantId(TEAM)
FIRST, CHANNEL = UserId("U_FIRST"), ChannelId("C_FIRST")
MADE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONE = "Europe/Berlin"
EACH_OWNS, EACH_TEAM_HAS = 5, 100
LATER = timedelta(days=30)  # and more: when those that are not due yet are
AT_ONCE = 500

# A second apart, as if they had been planned in the course of time.
APART = {
    "postgresql": "planned_for + i * interval '1 second'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', planned_for, '+' || i || ' seconds') || '.000000'",
}


@dataclass(frozen=True, slots=True)
class Crowd:
    db: Database
    count: int
    due_at: datetime  # when the bot would tell of the first one


async def gathered(db: Database, count: int, each_team_has: int = EACH_TEAM_HAS) -> Crowd:
    """So many open action points, none of them due."""
    due_at = await first(db)
    owners, held = count // EACH_OWNS, count // each_team_has
    team, owner = f"'te-' || (i / {each_team_has})", f"'U_' || (i / {EACH_OWNS})"
    action = {"id": "'ac-' || i", "team_id": team, "card_id": f"'ca-' || (i / {each_team_has})", "owner": owner,
              "number": f"i % {each_team_has}", "origin": "'copy ' || i"}  # fmt: skip
    apart = APART[db.engine.dialect.name]
    touch = {"id": "'to-' || i", "subject": "'ac-' || i", "recipient": owner, "planned_for": apart}
    async with db.begin_for_all() as tx:
        await copied(tx, PersonRow, owners, {"user_id": "'U_' || i"})
        await copied(tx, TeamRow, held, {"id": "'te-' || i", "channel_id": "'C_' || i"})
        await copied(tx, CardRow, held, {"id": "'ca-' || i", "team_id": "'te-' || i"})
        await copied(tx, ActionRow, count, action)
        await copied(tx, TouchRow, count, touch)
    async with db.begin_for_all() as tx:
        await tx.session.execute(text("ANALYZE"))
    return Crowd(db, count, due_at)


async def make_due(crowd: Crowd, start: int, count: int) -> None:
    """So many of them, from that number on, are to be told at ``due_at``."""
    names = [f"to-{number}" for number in range(start, start + count)]
    async with crowd.db.begin(TENANT) as tx:
        for at in range(0, count, AT_ONCE):
            due = update(TouchRow).where(TouchRow.id.in_(names[at : at + AT_ONCE])).values(planned_for=crowd.due_at)
            await tx.session.execute(due.execution_options(synchronize_session=False))


async def first(db: Database) -> datetime:
    """One action point through the bot's own planning, to be copied. When it is due."""
    async with db.begin_for_all() as everyone:
        await tenants.installed(everyone, Tenant(TENANT, TENANT, None, UserId("UBOT"), "B1", None, None), MADE)
        known = insert(PersonRow).values(tenant_id=TENANT, user_id=FIRST, zone=ZONE, refreshed_at=MADE + LATER)
        await everyone.session.execute(known)
    async with db.begin(TENANT) as tx:
        team = await teams.made(tx, Place(CHANNEL, "first", is_private=False), FIRST, MADE)
        action = ActionPoint(
            id=ActionId("first"), team=team.id, number=EACH_TEAM_HAS, title="Tag untagged volumes", why="No owner",
            assigned_by=FIRST, assigned_at=MADE, decided_at=MADE, owner=FIRST, due_on=date(2026, 3, 17),
        )  # fmt: skip
        card = await cards.add(tx, team.id, CHANNEL)
        await actions.add(tx, None, card, "first", action, MADE)
        await planning.replan(tx, action, MADE)
        (due_at,) = await tx.session.scalars(select(TouchRow.planned_for))
        await tx.session.execute(update(TouchRow).values(planned_for=due_at + LATER))
    # Each has a minute of the morning of their own: by then it has come for all of them.
    return due_at.replace(hour=13)

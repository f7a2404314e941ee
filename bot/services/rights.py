"""Who may do what, read in the transaction of the change."""

from datetime import datetime, timedelta

from bot.domain.ids import TeamId, UserId
from bot.domain.preferences import Role
from bot.domain.teams import Team
from bot.store import members, people, teams
from bot.store.database import Transaction
from bot.store.people import Person

SLACKS_WORD_LASTS = timedelta(minutes=5)


async def team_to_change(tx: Transaction, team: TeamId, actor: UserId, now: datetime) -> Team | None:
    """The team, held, for its lead and for admins; None for anybody else, as for a team that does not exist."""
    found = await teams.hold(tx, team)
    if found is None:
        return None
    leads = found.lead == actor and not await has_left(tx, actor)
    return found if leads or await is_admin(tx, actor, now) else None


async def may_change(tx: Transaction, team: Team, actor: UserId, now: datetime) -> bool:
    return (team.lead == actor and not await has_left(tx, actor)) or await is_admin(tx, actor, now)


async def is_admin(tx: Transaction, actor: UserId, now: datetime) -> bool:
    """By a role given here, or by Slack's word, which is not taken for longer than some minutes."""
    person = (await people.of(tx, [actor])).get(actor)
    if person is not None and _is_gone(person):
        return False
    if actor in await members.with_role(tx, Role.ADMIN):
        return True
    return person is not None and person.is_admin and _is_fresh(person, now)


async def is_full_member(tx: Transaction, user: UserId) -> bool | None:
    """Whether somebody can be given something here; None where Slack has not said yet who that is."""
    person = (await people.of(tx, [user])).get(user)
    return None if person is None or person.refreshed_at is None else not _is_gone(person)


async def has_left(tx: Transaction, user: UserId) -> bool:
    """Whoever left, or is a guest by now, loses every right at once."""
    person = (await people.of(tx, [user])).get(user)
    return person is not None and _is_gone(person)


def _is_gone(person: Person) -> bool:
    return not (person.is_active and person.is_member)


def _is_fresh(person: Person, now: datetime) -> bool:
    return person.refreshed_at is not None and now - person.refreshed_at <= SLACKS_WORD_LASTS

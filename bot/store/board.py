"""Which action points go by a number, and which are a team's."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.domain.actions import ActionPoint
from bot.domain.ids import CardId, TeamId, UserId
from bot.store.actions import STILL_OPEN, value_of
from bot.store.database import Transaction
from bot.store.schema import ActionRow


async def by_number(tx: Transaction, team: TeamId, number: int) -> ActionPoint | None:
    row = await tx.session.scalar(select(ActionRow).where(ActionRow.team_id == team, ActionRow.number == number))
    return value_of(row) if row else None


async def numbered_of_owner(tx: Transaction, owner: UserId, number: int) -> Sequence[ActionPoint]:
    """A person's own with that number: each team has one of it."""
    rows = await tx.session.scalars(
        select(ActionRow).where(ActionRow.owner == owner, ActionRow.number == number).order_by(ActionRow.team_id)
    )
    return [value_of(row) for row in rows]


async def of_teams(
    tx: Transaction, teams: Collection[TeamId], at_most: int, *, with_closed: bool = False
) -> Sequence[ActionPoint]:
    query = select(ActionRow).where(ActionRow.team_id.in_(teams)).order_by(ActionRow.due_on, ActionRow.number)
    if not with_closed:
        query = query.where(ActionRow.state.in_(STILL_OPEN))
    return [value_of(row) for row in await tx.session.scalars(query.limit(at_most))]


async def new_cards(tx: Transaction, team: TeamId, since: datetime) -> Sequence[CardId]:
    """The cards that stand for what was made since then, the newest first."""
    rows = await tx.session.scalars(
        select(ActionRow.card_id)
        .where(ActionRow.team_id == team, ActionRow.created_at >= since)
        .group_by(ActionRow.card_id)
        .order_by(func.max(ActionRow.created_at).desc(), func.max(ActionRow.number).desc())
    )
    return [CardId(row) for row in rows]

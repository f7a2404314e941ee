"""What a team has done of its action points and what is open, as it is now and as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.ids import CatalogueId, TeamId
from bot.domain.points import FIND
from bot.store.actions import STILL_OPEN, value_of
from bot.store.database import Transaction
from bot.store.schema import ActionRow


@dataclass(frozen=True, slots=True)
class Life:
    """From when an action point was agreed to when it was done or dropped; still open where it was neither."""

    created_at: datetime
    closed_at: datetime | None
    is_dropped: bool


async def catalogue_of_team(tx: Transaction, team: TeamId) -> tuple[frozenset[CatalogueId], frozenset[CatalogueId]]:
    """The catalogue's action points that the team has done, and those that it has open."""
    rows = await tx.session.execute(
        select(ActionRow.catalogue_id, ActionRow.state).where(
            ActionRow.team_id == team, ActionRow.catalogue_id.is_not(None)
        )
    )
    found = [(CatalogueId(catalogue), state) for catalogue, state in rows if catalogue]
    done = frozenset(catalogue for catalogue, state in found if state is ActionState.DONE)
    return done, frozenset(catalogue for catalogue, state in found if state in STILL_OPEN)


async def count_open(tx: Transaction, team: TeamId, *, with_find_outs: bool = True) -> int:
    query = select(func.count()).select_from(ActionRow)
    query = query.where(ActionRow.team_id == team, ActionRow.state.in_(STILL_OPEN))
    if not with_find_outs:
        is_own = ActionRow.catalogue_id.is_(None)
        query = query.where(or_(is_own, ActionRow.catalogue_id.not_like(f"{FIND}%")))
    return await tx.session.scalar(query) or 0


async def count_open_at(tx: Transaction, team: TeamId, moment: datetime) -> int:
    """How many were open then, as far as that can be told now: one that was opened again counts as if never closed."""
    query = select(func.count()).select_from(ActionRow)
    was_open = or_(ActionRow.closed_at.is_(None), ActionRow.closed_at >= moment)
    return await tx.session.scalar(query.where(ActionRow.team_id == team, ActionRow.created_at < moment, was_open)) or 0


async def closed_since(tx: Transaction, team: TeamId, since: datetime) -> Sequence[ActionPoint]:
    rows = await tx.session.scalars(
        select(ActionRow)
        .where(ActionRow.team_id == team, ActionRow.state == ActionState.DONE, ActionRow.closed_at >= since)
        .order_by(ActionRow.number)
    )
    return [value_of(row) for row in rows]


async def lives_of(tx: Transaction, team: TeamId) -> Sequence[Life]:
    """Of all action points that a team ever had, the earliest first."""
    rows = await tx.session.execute(
        select(ActionRow.created_at, ActionRow.closed_at, ActionRow.state)
        .where(ActionRow.team_id == team)
        .order_by(ActionRow.created_at, ActionRow.number)
    )
    return [
        Life(created_at, closed_at if state.closed else None, state is ActionState.DROPPED)
        for created_at, closed_at, state in rows
    ]

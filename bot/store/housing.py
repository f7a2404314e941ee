"""Where teams are: their channels as they are renamed, closed, lost, exchanged and found again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, select, update

from bot.domain.ids import CardId, ChannelId, TeamId, UserId
from bot.domain.touches import TO_CHANNELS
from bot.store import lanes
from bot.store.actions import STILL_OPEN
from bot.store.database import Transaction
from bot.store.schema import ActionRow, CardRow, DeliveryRow, TeamRow, TouchRow, TouchState


async def rename(tx: Transaction, channel: ChannelId, name: str) -> None:
    """What the channel is called now. A team that somebody gave a name of its own keeps it."""
    follows = case((TeamRow.name == TeamRow.channel_name, name), else_=TeamRow.name)
    await _change(tx, TeamRow.channel_id == channel, name=follows, channel_name=name)


async def call(tx: Transaction, team: TeamId, name: str) -> None:
    """What the channel of a team is called; the team's own name stays."""
    await _change(tx, TeamRow.id == team, channel_name=name)


async def know(tx: Transaction, channel: ChannelId, is_private: bool) -> None:
    """What Slack says of the channel of a team."""
    await _change(tx, TeamRow.channel_id == channel, is_private=is_private)


async def suspend(tx: Transaction, team: TeamId, why: str, now: datetime) -> bool:
    """True for the first to notice."""
    changed = {"suspended_at": now, "suspended_why": why}
    return await _change(tx, (TeamRow.id == team) & TeamRow.suspended_at.is_(None), **changed) is not None


async def resume(tx: Transaction, team: TeamId) -> bool:
    """False when it was not suspended."""
    changed = {"suspended_at": None, "suspended_why": None}
    return await _change(tx, (TeamRow.id == team) & TeamRow.suspended_at.is_not(None), **changed) is not None


async def lost_since(tx: Transaction, team: TeamId) -> datetime | None:
    return await tx.session.scalar(select(TeamRow.suspended_at).where(TeamRow.id == team))


async def renumber(tx: Transaction, old: ChannelId, new: ChannelId) -> None:
    """The same channel under another id, wherever the old one is written down but in what waits to be said."""
    await _change(tx, TeamRow.channel_id == old, channel_id=new)
    await _change(tx, TeamRow.announce_to == old, announce_to=new)
    for column in (CardRow.channel_id, DeliveryRow.posted_channel):
        await tx.session.execute(
            update(column.class_)
            .where(column == old)
            .values({column.key: new})
            .execution_options(synchronize_session=False)
        )
    await tx.session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.channel_id == old, ~lanes.waiting(DeliveryRow))
        .values(channel_id=new)
        .execution_options(synchronize_session=False)
    )
    await readdress(tx, old, new)


async def readdress(tx: Transaction, old: ChannelId, new: ChannelId) -> None:
    """What is planned to be said in one channel is planned for the other."""
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.recipient == old, TouchRow.state == TouchState.PLANNED, TouchRow.track.in_(TO_CHANNELS))
        .values(recipient=UserId(new))
        .execution_options(synchronize_session=False)
    )


async def cards_to_show(tx: Transaction, team: TeamId) -> Sequence[CardId]:
    """The cards of action points that are open, the oldest first."""
    is_open = exists().where(
        ActionRow.tenant_id == tx.tenant, ActionRow.card_id == CardRow.id, ActionRow.state.in_(STILL_OPEN)
    )
    rows = await tx.session.scalars(
        select(CardRow.id).where(CardRow.team_id == team, is_open).order_by(CardRow.ts, CardRow.id)
    )
    return [CardId(row) for row in rows]


async def carry_over(tx: Transaction, card: CardId, channel: ChannelId) -> None:
    """The card is to be posted in another channel; where it was, it stays as it is."""
    await tx.session.execute(
        update(CardRow)
        .where(CardRow.id == card)
        .values(channel_id=channel, ts=None)
        .execution_options(synchronize_session=False)
    )


async def gather(tx: Transaction, team: TeamId, card: CardId) -> None:
    """What is open of a team is shown by one card from now on."""
    await tx.session.execute(
        update(ActionRow)
        .where(ActionRow.team_id == team, ActionRow.state.in_(STILL_OPEN))
        .values(card_id=card)
        .execution_options(synchronize_session=False)
    )


async def _change(tx: Transaction, which: ColumnElement[bool], **values: Any) -> TeamId | None:
    team = await tx.session.scalar(
        update(TeamRow).where(which).values(**values).returning(TeamRow.id).execution_options(synchronize_session=False)
    )
    return TeamId(team) if team else None

"""Cards: the messages that stand for action points."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import NoResultFound

from bot.domain.ids import ActionId, CardId, ChannelId, MessageTs, TeamId
from bot.store.database import Transaction
from bot.store.schema import ActionRow, CardRow

_BY_ID = select(CardRow).where(CardRow.id == bindparam("card"))
_OF_ACTIONS = (
    select(ActionRow.id, CardRow)
    .join(ActionRow, ActionRow.card_id == CardRow.id)
    .where(ActionRow.id.in_(bindparam("actions", expanding=True)))
)
_PLACED = (
    update(CardRow)
    .where(CardRow.id == bindparam("card"))
    .values(ts=bindparam("at"))
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True, slots=True)
class Card:
    id: CardId
    team: TeamId
    channel: ChannelId
    ts: MessageTs | None  # None until it was posted


async def add(tx: Transaction, team: TeamId, channel: ChannelId) -> CardId:
    card = CardId(uuid4().hex)
    tx.session.add(CardRow(tenant_id=tx.tenant, id=card, team_id=team, channel_id=channel, ts=None))
    await tx.session.flush()
    return card


async def by_id(tx: Transaction, card: CardId) -> Card | None:
    row = await tx.session.scalar(_BY_ID, {"card": card})
    return _value(row) if row else None


async def of_action(tx: Transaction, action: ActionId) -> Card:
    found = await of_actions(tx, [action])
    if action not in found:
        raise NoResultFound
    return found[action]


async def of_actions(tx: Transaction, actions: Collection[ActionId]) -> Mapping[ActionId, Card]:
    """The card of each of them that there is."""
    rows = await tx.session.execute(_OF_ACTIONS, {"actions": list(actions)})
    return {ActionId(action): _value(row) for action, row in rows}


async def at(tx: Transaction, channel: ChannelId, ts: MessageTs) -> Card | None:
    row = await tx.session.scalar(select(CardRow).where(CardRow.ts == ts, CardRow.channel_id == channel))
    return _value(row) if row else None


async def place(tx: Transaction, card: CardId, ts: MessageTs | None) -> None:
    """Where the card stands now; None: it was deleted and is to be posted anew."""
    await tx.session.execute(_PLACED, {"card": card, "at": ts})


def _value(row: CardRow) -> Card:
    return Card(CardId(row.id), TeamId(row.team_id), ChannelId(row.channel_id), MessageTs(row.ts) if row.ts else None)

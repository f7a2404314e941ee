"""Which action points a message is about: a card, a list, a reminder, or any reply in their thread."""

from collections.abc import Sequence

from bot.domain.actions import ActionPoint
from bot.domain.ids import ActionId, ChannelId, MessageTs
from bot.domain.notices import CardPost, ConfirmAsked, HandedOver, NoteInThread, ReminderPost
from bot.domain.touches import Track
from bot.store import actions, cards, outbox, told
from bot.store.database import Transaction
from bot.store.outbox import Posted

OF_ACTIONS = frozenset({Track.OWNER, Track.LEAD, Track.OWNERLESS, Track.HANDOVER})


async def of_message(
    tx: Transaction, channel: ChannelId, ts: MessageTs, thread: MessageTs | None
) -> Sequence[ActionPoint]:
    """Nothing, where it is about none."""
    posted = await outbox.posted_at(tx, channel, ts)
    found = await _told(tx, posted) if posted else []
    return found or await of_thread(tx, channel, thread or ts)


async def of_thread(tx: Transaction, channel: ChannelId, thread: MessageTs) -> Sequence[ActionPoint]:
    card = await cards.at(tx, channel, thread)
    return await actions.of_card(tx, card.id) if card else []


async def _told(tx: Transaction, posted: Posted) -> Sequence[ActionPoint]:
    match posted.notice:
        case CardPost(card=card):
            return await actions.of_card(tx, card)
        case (
            ReminderPost(action=action)
            | HandedOver(action=action)
            | NoteInThread(action=action)
            | ConfirmAsked(action=action)
        ):
            return await _each(tx, [action])
        case _:
            # A direct message may tell of several at once.
            told_of = [touch for touch in await told.of_message(tx, posted.key) if touch.track in OF_ACTIONS]
            return await _each(tx, list(dict.fromkeys(ActionId(touch.subject) for touch in told_of)))


async def _each(tx: Transaction, ids: Sequence[ActionId]) -> Sequence[ActionPoint]:
    found = [await actions.by_id(tx, action) for action in ids]
    return [action for action in found if action is not None]

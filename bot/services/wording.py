"""What is said about action points beside reminders: drawn from what is true when its turn comes."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.domain.delivery import Edit, Envelope, Later, Letter, Message, Post, Suppress
from bot.domain.ids import ActionId, MessageTs, NoteId, UserId, is_person
from bot.domain.notices import ConfirmAsked, HandedOver, HandoverSettled, NoteInThread
from bot.store import actions, cards, notes, teams
from bot.store.cards import Card
from bot.store.database import Transaction
from bot.views import confirming, reminder
from bot.views import note as note_view

THREAD_COMES = timedelta(seconds=5)


Worded = HandedOver | HandoverSettled | NoteInThread | ConfirmAsked


async def compose(tx: Transaction, notice: Worded, delivery: Envelope, now: datetime) -> Letter:
    match notice:
        case HandedOver(action=action, due_version=version):
            return await _handed_over(tx, delivery, action, version, now)
        case HandoverSettled(action=action, owner=owner, ts=ts):
            return await _handover_settled(tx, action, owner, ts)
        case NoteInThread(action=action, note=note):
            return await _note(tx, delivery, action, note, now)
        case ConfirmAsked(action=action, asker=asker):
            return await _confirm(tx, action, asker)
        case _:
            assert_never(notice)


async def _handed_over(tx: Transaction, delivery: Envelope, action_id: ActionId, version: int, now: datetime) -> Letter:
    action = await actions.by_id(tx, action_id)
    if action is None or action.state.closed or action.due_version != version:
        return Suppress("decided anew since")
    return reply(reminder.handed_over(action), await cards.of_action(tx, action_id), delivery, now)


async def _handover_settled(tx: Transaction, action_id: ActionId, owner: UserId, ts: MessageTs) -> Letter:
    action = await actions.by_id(tx, action_id)
    return Edit(reminder.handover_settled(action, owner), ts) if action else Suppress("deleted")


async def _note(tx: Transaction, delivery: Envelope, action_id: ActionId, note_id: NoteId, now: datetime) -> Letter:
    action, said = await actions.by_id(tx, action_id), await notes.by_id(tx, note_id)
    if action is None or said is None:
        return Suppress("deleted")
    team = await teams.by_id(tx, action.team)
    words = note_view.build(action, said.author, team.lead, said.words)
    return reply(words, await cards.of_action(tx, action_id), delivery, now)


async def _confirm(tx: Transaction, action_id: ActionId, asker: UserId) -> Letter:
    action = await actions.by_id(tx, action_id)
    if action is None or action.state.closed:
        return Suppress("closed")
    return Post(confirming.question(action, asker))


def reply(message: Message, card: Card, delivery: Envelope, now: datetime) -> Letter:
    """In the card's thread; without one, where the bot cannot speak in the channel and tells the person directly."""
    if is_person(delivery.channel):
        return Post(message)
    return Post(message, card.ts) if card.ts else _until_there(now)


def _until_there(now: datetime) -> Later:
    return Later(now + THREAD_COMES, "its card is not posted yet")

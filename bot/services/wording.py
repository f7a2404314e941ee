"""What is said about action points beside reminders: drawn from what is true when its turn comes."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.domain.delivery import Edit, Later, Letter, Post, Suppress
from bot.domain.ids import ActionId, MessageTs, NoteId, UserId
from bot.domain.notices import ConfirmAsked, HandedOver, HandoverSettled, NoteInThread
from bot.store import actions, notes, teams
from bot.store.database import Transaction
from bot.views import confirming, reminder
from bot.views import note as note_view

THREAD_COMES = timedelta(seconds=5)


Worded = HandedOver | HandoverSettled | NoteInThread | ConfirmAsked


async def compose(tx: Transaction, notice: Worded, now: datetime) -> Letter:
    match notice:
        case HandedOver(action=action, due_version=version):
            return await _handed_over(tx, action, version, now)
        case HandoverSettled(action=action, owner=owner, ts=ts):
            return await _handover_settled(tx, action, owner, ts)
        case NoteInThread(action=action, note=note):
            return await _note(tx, action, note, now)
        case ConfirmAsked(action=action, asker=asker):
            return await _confirm(tx, action, asker)
        case _:
            assert_never(notice)


async def _handed_over(tx: Transaction, action_id: ActionId, version: int, now: datetime) -> Letter:
    action = await actions.by_id(tx, action_id)
    if action is None or action.state.closed or action.due_version != version:
        return Suppress("decided anew since")
    card = await actions.card_of(tx, action_id)
    return Post(reminder.handed_over(action), card.ts) if card.ts else _until_there(now)


async def _handover_settled(tx: Transaction, action_id: ActionId, owner: UserId, ts: MessageTs) -> Letter:
    action = await actions.by_id(tx, action_id)
    return Edit(reminder.handover_settled(action, owner), ts) if action else Suppress("deleted")


async def _note(tx: Transaction, action_id: ActionId, note_id: NoteId, now: datetime) -> Letter:
    action, said = await actions.by_id(tx, action_id), await notes.by_id(tx, note_id)
    if action is None or said is None:
        return Suppress("deleted")
    card = await actions.card_of(tx, action_id)
    if card.ts is None:
        return _until_there(now)
    team = await teams.by_id(tx, action.team)
    return Post(note_view.build(action, said.author, team.lead, said.words), card.ts)


async def _confirm(tx: Transaction, action_id: ActionId, asker: UserId) -> Letter:
    action = await actions.by_id(tx, action_id)
    if action is None or action.state.closed:
        return Suppress("closed")
    return Post(confirming.question(action, asker))


def _until_there(now: datetime) -> Later:
    return Later(now + THREAD_COMES, "its card is not posted yet")

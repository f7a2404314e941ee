"""What is said about action points beside reminders: drawn from what is true when its turn comes."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.domain.delivery import Edit, Later, Letter, Post, Suppress
from bot.domain.ids import ActionId, MessageTs, NoteId, UserId
from bot.domain.notices import ConfirmAsked, HandoverSettled, NoteInThread
from bot.store import actions, notes, teams
from bot.store.database import Transaction
from bot.views import confirming, reminder
from bot.views import note as note_view

THREAD_COMES = timedelta(seconds=5)


async def compose(tx: Transaction, notice: HandoverSettled | NoteInThread | ConfirmAsked, now: datetime) -> Letter:
    match notice:
        case HandoverSettled(action=action, owner=owner, ts=ts):
            return await _handover_settled(tx, action, owner, ts)
        case NoteInThread(action=action, note=note):
            return await _note(tx, action, note, now)
        case ConfirmAsked(action=action, asker=asker):
            return await _confirm(tx, action, asker)
        case _:
            assert_never(notice)


async def _handover_settled(tx: Transaction, action_id: ActionId, owner: UserId, ts: MessageTs) -> Letter:
    action = await actions.by_id(tx, action_id)
    return Edit(reminder.handover_settled(action, owner), ts) if action else Suppress("deleted")


async def _note(tx: Transaction, action_id: ActionId, note_id: NoteId, now: datetime) -> Letter:
    action, said = await actions.by_id(tx, action_id), await notes.by_id(tx, note_id)
    if action is None or said is None:
        return Suppress("deleted")
    card = await actions.card_of(tx, action_id)
    if card.ts is None:
        return Later(now + THREAD_COMES, "its card is not posted yet")
    team = await teams.by_id(tx, action.team)
    return Post(note_view.build(action, said.author, team.lead, said.words), card.ts)


async def _confirm(tx: Transaction, action_id: ActionId, asker: UserId) -> Letter:
    action = await actions.by_id(tx, action_id)
    if action is None or action.state.closed:
        return Suppress("closed")
    return Post(confirming.question(action, asker))

"""What each notice says when its turn comes, drawn from what is true then, and what follows once it was said."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import assert_never

from bot.catalogue.loading import Models
from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.delivery import DeliveryState, Edit, Envelope, Later, Letter, Message, Post, Suppress
from bot.domain.ids import ActionId, AssessmentId, CardId, MessageTs, TouchId, is_person
from bot.domain.items import Item, Reminded
from bot.domain.notices import (
    BundlePost,
    CardEdit,
    CardPost,
    Delegated,
    DigestPost,
    HandedOver,
    HistoryPost,
    Introduction,
    InvitationPost,
    Notice,
    ReminderPost,
    ReminderRetired,
    ResultEdit,
    ResultPost,
    StageDown,
    StageDownToLead,
    StageUp,
    StatusPost,
    Welcome,
)
from bot.domain.touches import Outcome, Reason, Send
from bot.services import calendars, directing, reporting, rounds, sharing, surveying, visibility
from bot.services.attending import urgency
from bot.services.tracks import TRACKS
from bot.store import actions, assessments, housing, outbox, teams, told, touches
from bot.store.actions import Card
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch
from bot.views import bundle, history, reminder, result, stage, status
from bot.views import card as card_view

THREAD_COMES = timedelta(seconds=5)
CARD_GONE = frozenset({"message_not_found", "cant_update_message", "thread_not_found", "edit_window_closed"})


class Telling:
    """The outbox's correspondent. It may be asked many times for one notice; what it says is always of now."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def compose(self, tx: Transaction, notice: Notice, delivery: Envelope, now: datetime) -> Letter:
        match notice:
            case ResultPost(assessment=assessment) | ResultEdit(assessment=assessment):
                return await self._result(tx, assessment, delivery, now, edits=isinstance(notice, ResultEdit))
            case CardPost(card=card) | CardEdit(card=card):
                return await _card(tx, card, now, edits=isinstance(notice, CardEdit))
            case ReminderPost(touch=touch):
                return await _reminder(tx, delivery, touch, now)
            case BundlePost():
                return await _bundle(tx, delivery, now)
            case ReminderRetired(action=action, touch=touch):
                return await _retired(tx, action, touch)
            case HandedOver(action=action, due_version=version):
                return await _handed_over(tx, delivery, action, version, now)
            case StageUp() | StageDownToLead() | StageDown():
                return await self._stage(tx, notice, delivery, now)
            case StatusPost() | HistoryPost():
                return await self._survey(tx, notice, delivery, now)
            case DigestPost() | InvitationPost() | Delegated() | Welcome() | Introduction():
                return await rounds.letter(tx, notice, now)
            case _:
                return await directing.letter(tx, self._models, notice, delivery.channel, now)

    async def delivered(
        self, tx: Transaction, notice: Notice, delivery: Envelope, ts: MessageTs, now: datetime
    ) -> None:
        match notice:
            case CardPost(card=card):
                await actions.place_card(tx, card, ts)
            case ReminderPost(action=action, touch=touch):
                await _retire_earlier(tx, action, touch, delivery, now)
            case _:
                pass

    async def undeliverable(
        self, tx: Transaction, notice: Notice, delivery: Envelope, reason: str, now: datetime
    ) -> None:
        match notice:
            case CardEdit(card=card) if reason in CARD_GONE:
                await _post_anew(tx, card, delivery, now)
            case CardPost(card=card):
                await outbox.cancel(tx, card, ("card_edit",), f"its card could not be posted: {reason}", now)
            case ReminderPost() | BundlePost() | DigestPost() | InvitationPost():
                outcome = Outcome.UNKNOWN if reason.startswith(DeliveryState.AMBIGUOUS) else Outcome.FAILED
                for planned in await told.of_message(tx, delivery.key):
                    await touches.resettle(tx, planned.id, outcome, reason, now)
            case _:
                pass

    async def _result(
        self, tx: Transaction, assessment_id: AssessmentId, delivery: Envelope, now: datetime, *, edits: bool
    ) -> Letter:
        closed = await _closed(tx, assessment_id)
        if closed is None:
            return Suppress("the assessment is open again")
        if not await sharing.may_tell(tx, closed, delivery.channel, now):
            return Suppress(sharing.HELD)
        message = result.build(await reporting.result_facts(tx, self._models, closed))
        if not edits:
            return Post(message)
        ts = await outbox.posted(tx, assessment_id, "result")
        return Edit(message, ts) if ts else Suppress("the result was not posted")

    async def _stage(
        self, tx: Transaction, notice: StageUp | StageDownToLead | StageDown, delivery: Envelope, now: datetime
    ) -> Letter:
        closed = await _closed(tx, notice.assessment)
        if closed is not None and not await sharing.may_tell(tx, closed, delivery.channel, now):
            return Suppress(sharing.HELD)
        facts = await reporting.stage_facts(tx, self._models, closed) if closed else None
        match notice:
            case _ if facts is None:
                return Suppress("the answers were corrected since")
            case StageUp():
                return Post(stage.up(facts))
            case StageDownToLead():
                return Post(stage.down_to_lead(facts))
            case StageDown() if facts.lead_only:
                await assessments.tell(tx, notice.assessment, facts.change.before)
                return Suppress("for the lead alone")
            case StageDown():
                return Post(stage.down(facts))
            case _:
                assert_never(notice)

    async def _survey(
        self, tx: Transaction, notice: StatusPost | HistoryPost, delivery: Envelope, now: datetime
    ) -> Letter:
        team = await teams.by_id(tx, notice.team)
        if not visibility.may_be_told_in(team, delivery.channel):
            return Suppress("its channel is private by now")
        if await sharing.is_read_outside(tx, delivery.channel):
            return Suppress(sharing.HELD)
        match notice:
            case StatusPost():
                return Post(status.public(await surveying.status(tx, self._models, team, now)))
            case HistoryPost(last=last):
                return Post(history.public(await surveying.history(tx, team, last, now)))
            case _:
                assert_never(notice)


async def _closed(tx: Transaction, assessment: AssessmentId) -> Assessment | None:
    found = await assessments.by_id(tx, assessment)
    return found if found and found.state is AssessmentState.CLOSED else None


async def _card(tx: Transaction, card_id: CardId, now: datetime, *, edits: bool) -> Letter:
    card = await actions.card(tx, card_id)
    shown = await actions.of_card(tx, card_id)
    if card is None or not shown:
        return Suppress("there is nothing to show")
    team = await teams.by_id(tx, card.team)
    message = card_view.build(team.name, shown)
    if not edits:
        return Post(message)
    return Edit(message, card.ts) if card.ts else _until_there(now)


async def _reminder(tx: Transaction, delivery: Envelope, touch_id: TouchId, now: datetime) -> Letter:
    planned = await touches.by_id(tx, touch_id)
    if planned is None:
        return Suppress("deleted")
    seen = await TRACKS[planned.track].look(tx, planned, now)
    if isinstance(seen, Reminded) and await told.said_after(tx, planned):
        seen = Reason.REPLACED
    if not isinstance(seen, Reminded):
        reason = seen if isinstance(seen, Reason) else Reason.REPLACED
        await touches.resettle(tx, touch_id, Outcome.SKIPPED, reason, now)
        return Suppress(reason)
    held_up = await _held_up(tx, delivery, [planned], seen, now)
    if held_up is not None:
        return held_up
    if is_person(delivery.channel):
        return Post(reminder.directly(seen))
    return _reply(reminder.build(seen.action, seen.send), await actions.card_of(tx, seen.action.id), delivery, now)


async def _bundle(tx: Transaction, delivery: Envelope, now: datetime) -> Letter:
    """What is still true of everything that it was to tell; nothing, where nothing is."""
    items, kept = [], []
    for planned in await told.of_message(tx, delivery.key):
        seen = await TRACKS[planned.track].look(tx, planned, now)
        if isinstance(seen, Reason):
            await touches.resettle(tx, planned.id, Outcome.SKIPPED, seen, now)
        else:
            items.append(seen)
            kept.append(planned)
    if not items:
        return Suppress("nothing of it is true any more")
    held_up = await _held_up(tx, delivery, kept, items[0], now)
    order = sorted(zip(kept, items, strict=True), key=lambda pair: urgency(pair[0]))
    return held_up or Post(bundle.build([item for _, item in order]))


async def _held_up(
    tx: Transaction, delivery: Envelope, planned: Sequence[PlannedTouch], item: Item, now: datetime
) -> Letter | None:
    """Not at night, not on a day off, and not on a later day that has a message of its own; None: it may go."""
    user = planned[0].touch.recipient
    calendar = (await calendars.of_person(tx, user, item.team, now)).calendar
    if not calendar.in_window(now):
        return Later(calendar.next_slot(now, user), "outside the person's day")
    today = calendar.local_date(now)
    if planned[0].touch.local_day == today:
        return None
    others = await told.days_of(tx, user, today)
    if any(day == today for key, day in others.items() if key != delivery.key):
        for one in planned:
            await touches.resettle(tx, one.id, Outcome.SKIPPED, Reason.LATE, now)
        return Suppress("late, and the day has a message of its own")
    for one in planned:
        await touches.resettle(tx, one.id, Outcome.SENT, Reason.DUE, now, told_on=today)
    return None


async def _retired(tx: Transaction, action_id: ActionId, touch_id: TouchId) -> Letter:
    action = await actions.by_id(tx, action_id)
    touch = await touches.by_id(tx, touch_id)
    ts = await outbox.posted_as(tx, touch.told_in, "reminder") if touch and touch.told_in else None
    if action is None or touch is None or ts is None:
        return Suppress("there is nothing to take the buttons from")
    day = touch.touch.local_day
    left = (action.due_on - day).days if action.due_on else None
    return Edit(reminder.retired(action, Send(touch.touch.rung, day, action.due_on, left, None)), ts)


async def _handed_over(tx: Transaction, delivery: Envelope, action_id: ActionId, version: int, now: datetime) -> Letter:
    action = await actions.by_id(tx, action_id)
    if action is None or action.state.closed or action.due_version != version:
        return Suppress("decided anew since")
    return _reply(reminder.handed_over(action), await actions.card_of(tx, action_id), delivery, now)


def _reply(message: Message, card: Card, delivery: Envelope, now: datetime) -> Letter:
    """In the card's thread; without one, where the bot cannot speak in the channel and tells the person directly."""
    if is_person(delivery.channel):
        return Post(message)
    return Post(message, card.ts) if card.ts else _until_there(now)


async def _retire_earlier(tx: Transaction, action: ActionId, touch: TouchId, delivery: Envelope, now: datetime) -> None:
    """An older reminder in the thread loses its buttons: there is one place to press."""
    if earlier := await told.said_before(tx, touch):
        key = f"retired:{earlier.id}"
        await outbox.enqueue(tx, key, ReminderRetired(action, earlier.id), delivery.channel, action, now)


async def _post_anew(tx: Transaction, card_id: CardId, delivery: Envelope, now: datetime) -> None:
    """Somebody deleted the card, or it stands in a channel of before: one new one is posted, and never another."""
    posted = await outbox.enqueue(tx, f"card:{card_id}:again", CardPost(card_id), delivery.channel, card_id, now)
    if posted:
        await housing.carry_over(tx, card_id, delivery.channel)


def _until_there(now: datetime) -> Later:
    return Later(now + THREAD_COMES, "its card is not posted yet")

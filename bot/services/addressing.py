"""What is said to one person about what came due for them: in a card's thread, or by direct message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.delivery import Edit, Envelope, Later, Letter, Post, Suppress
from bot.domain.ids import ActionId, TouchId, is_person
from bot.domain.items import Item, Reminded
from bot.domain.notices import ReminderRetired
from bot.domain.touches import Outcome, Reason, Send
from bot.services import calendars, wording
from bot.services.coming_due import urgency
from bot.services.tracks import TRACKS
from bot.store import actions, cards, outbox, plans, told, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch
from bot.views import bundle as bundle_view
from bot.views import footer
from bot.views import reminder as reminder_view


async def reminder(tx: Transaction, delivery: Envelope, touch_id: TouchId, now: datetime) -> Letter:
    planned = await touches.by_id(tx, touch_id)
    if planned is None:
        return Suppress("deleted")
    seen = await TRACKS[planned.track].look(tx, planned, now)
    if isinstance(seen, Reminded) and await told.said_after(tx, planned):
        seen = Reason.REPLACED
    if not isinstance(seen, Reminded):
        reason = seen if isinstance(seen, Reason) else Reason.REPLACED
        await plans.resettle(tx, touch_id, Outcome.SKIPPED, reason, now)
        return Suppress(reason)
    held_up = await _held_up(tx, delivery, [planned], seen, now)
    if held_up is not None:
        return held_up
    if is_person(delivery.channel):
        return Post(footer.under(reminder_view.directly(seen), touch_id))
    card = await cards.of_action(tx, seen.action.id)
    words = footer.under(reminder_view.build(seen.action, seen.send), touch_id)
    return wording.reply(words, card, delivery, now)


async def bundle(tx: Transaction, delivery: Envelope, now: datetime) -> Letter:
    """What is still true of everything that it was to tell; nothing, where nothing is."""
    items, kept = [], []
    for planned in await told.of_message(tx, delivery.key):
        seen = await TRACKS[planned.track].look(tx, planned, now)
        if isinstance(seen, Reason):
            await plans.resettle(tx, planned.id, Outcome.SKIPPED, seen, now)
        else:
            items.append(seen)
            kept.append(planned)
    if not items:
        return Suppress("nothing of it is true any more")
    held_up = await _held_up(tx, delivery, kept, items[0], now)
    if held_up is not None:
        return held_up
    order = sorted(zip(kept, items, strict=True), key=lambda pair: urgency(*pair))
    return Post(footer.under(bundle_view.build([item for _, item in order]), order[0][0].id))


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
            await plans.resettle(tx, one.id, Outcome.SKIPPED, Reason.LATE, now)
        return Suppress("late, and the day has a message of its own")
    for one in planned:
        await plans.resettle(tx, one.id, Outcome.SENT, Reason.DUE, now, told_on=today)
    return None


async def retired(tx: Transaction, action_id: ActionId, touch_id: TouchId) -> Letter:
    action = await actions.by_id(tx, action_id)
    touch = await touches.by_id(tx, touch_id)
    ts = await outbox.posted_as(tx, touch.told_in, "reminder") if touch and touch.told_in else None
    if action is None or touch is None or ts is None:
        return Suppress("there is nothing to take the buttons from")
    # It was said to whom it was said to, whoever has the action point by now.
    said_to = replace(action, owner=touch.touch.recipient)
    day = touch.touch.local_day
    left = (action.due_on - day).days if action.due_on else None
    send = Send(touch.touch.rung, day, action.due_on, left, None)
    return Edit(reminder_view.retired(said_to, send, is_last=not await told.said_after(tx, touch)), ts)


async def retire_earlier(tx: Transaction, action: ActionId, touch: TouchId, delivery: Envelope, now: datetime) -> None:
    """An older reminder in the thread loses its buttons: there is one place to press."""
    if earlier := await told.said_before(tx, touch):
        key = f"retired:{earlier.id}"
        await outbox.enqueue(tx, key, ReminderRetired(action, earlier.id), delivery.channel, action, now)

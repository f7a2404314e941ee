"""Putting a reminder off, or planning a day: both move the reminder, never the due date, never the cadence."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import assert_never

from bot.domain.actions import ActionPoint, Already, AskDecision, AskNewDate, Changed, Refused, as_it_is, heard
from bot.domain.calendar import MONDAY, WorkCalendar, next_weekday
from bot.domain.ids import UserId

LONGEST = timedelta(days=14)
SNOOZES_IN_ROW = 3


class Snooze(StrEnum):
    ONE_DAY = "1d"
    THREE_DAYS = "3d"
    NEXT_WEEK = "next-week"


def wake_day(choice: Snooze | date, today: date, calendar: WorkCalendar) -> date:
    """The owner's working day on which a reminder put off today comes back."""
    match choice:
        case Snooze.ONE_DAY:
            return calendar.add_working_days(today, 1)
        case Snooze.THREE_DAYS:
            return calendar.add_working_days(today, 3)
        case Snooze.NEXT_WEEK:
            return calendar.not_before(next_weekday(today, MONDAY))
        case date():
            return calendar.not_before(choice)
        case _:
            assert_never(choice)


def snooze(
    action: ActionPoint, actor: UserId, now: datetime, choice: Snooze | date, calendar: WorkCalendar
) -> Changed | Already | Refused | AskNewDate | AskDecision:
    if action.state.closed:
        return as_it_is(action)
    today = calendar.local_date(now)
    refusal = _refusal(action, choice, today)
    if refusal is not None:
        return refusal
    until = wake_day(choice, today, calendar)
    if until == action.snoozed_until:
        return Already(action.state)  # a second click on the same choice is not a second snooze
    if action.snoozes_in_row >= SNOOZES_IN_ROW:
        return AskDecision(action.snoozes_in_row)
    if action.due_on is not None and until > action.due_on:
        return AskNewDate(until, action.due_on)
    asleep = replace(action, snoozed_until=until, snoozes_in_row=action.snoozes_in_row + 1)
    return Changed(heard(asleep, actor, now))


def plan_day(
    action: ActionPoint, actor: UserId, now: datetime, day: date, calendar: WorkCalendar
) -> Changed | Already | Refused | AskNewDate:
    """ "I will do it on ...": one touch on that morning takes the place of those before the due date."""
    if action.state.closed:
        return as_it_is(action)
    if action.owner is None:
        return Refused(f"{action.label} has no owner yet.")
    if day < calendar.local_date(now):
        return Refused("That day has passed. Please choose today or a later day.")
    if action.due_on is not None and day > action.due_on:
        return AskNewDate(day, action.due_on)
    if day == action.planned_on and action.snoozed_until is None:
        return Already(action.state)
    planned = replace(action, planned_on=day, snoozed_until=None, snoozes_in_row=0)
    return Changed(heard(planned, actor, now))


def wake(action: ActionPoint, today: date) -> ActionPoint:
    """The action without a snooze that has ended; `today` is the owner's."""
    has_ended = action.snoozed_until is not None and action.snoozed_until <= today
    return replace(action, snoozed_until=None) if has_ended else action


def _refusal(action: ActionPoint, choice: Snooze | date, today: date) -> Refused | None:
    if action.owner is None:
        return Refused(f"{action.label} has no owner yet, so there is nobody to remind.")
    if isinstance(choice, date) and choice <= today:
        return Refused("Please choose a day after today.")
    if isinstance(choice, date) and choice > today + LONGEST:
        return Refused("A reminder can be put off by two weeks at most. Please choose an earlier day.")
    return None

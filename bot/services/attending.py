"""One person's turn: everything that has come due for them is decided together, and told in one message at most."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never

from bot.domain import sparing
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import ChannelId, UserId
from bot.domain.items import Item, Reminded
from bot.domain.notices import BundlePost, ReminderPost
from bot.domain.reminders import URGENCY
from bot.domain.sparing import Earful
from bot.domain.touches import Move, Outcome, Reason, Rung, Skip, Track
from bot.failpoints import point
from bot.services import calendars, lining_up
from bot.services.tracks import TRACKS
from bot.store import cards, outbox, people, plans, told, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch

# Each rung that is skipped may uncover another that is due: a ladder, and after a long outage a year of weeks.
ROUNDS = 64


Unsaid = tuple[PlannedTouch, Skip | Move]


@dataclass(frozen=True, slots=True)
class Wanted:
    planned: PlannedTouch
    item: Item


async def attend(tx: Transaction, user: UserId, quiet_until: datetime | None, now: datetime) -> timedelta | None:
    """How late their message was decided: handed to the outbox, or given its place in line. None: there is none.

    ``quiet_until``: while they do not want any.
    """
    # Held first: two processes that attend to one person at once would tell them twice.
    person = await people.hold(tx, user)
    tx = tx.remembering()
    wanted = await _wanted(tx, user, now)
    # What stands in line may come along with something that is due, and not by itself.
    if not any(one.planned.touch.at_utc <= now for one in wanted):
        return None
    # Of whom no zone is known, by the days of the team whose word is the most urgent.
    calendar = (await calendars.of_person(tx, user, wanted[0].item.team, now)).calendar
    if person is not None and not person.is_active:
        await _skip(tx, wanted, Reason.LEFT, now)
        return None
    today = calendar.local_date(now)
    earful = Earful(await told.days_of(tx, user, today - sparing.SEVEN_DAYS), quiet_until)
    hold = sparing.held(earful, user, calendar, now) or _window(user, calendar, now)
    if hold is not None:
        await _put_off(tx, wanted, hold, now)
        return None
    if await lining_up.lined_up(tx, [one.planned for one in wanted], now):
        return _lateness(wanted, now)
    return await _tell(tx, user, wanted, today, calendar, now)


async def _wanted(tx: Transaction, user: UserId, now: datetime) -> Sequence[Wanted]:
    """What is still to be said, the most urgent first and then the oldest; the rest is settled or moved."""
    found: dict[str, Wanted] = {}
    for _ in range(ROUNDS):
        due = [planned for planned in await touches.due_of(tx, user, now) if planned.id not in found]
        unsaid = list[Unsaid]()
        for track, those in _by_track(due):
            for planned, judged in zip(those, await TRACKS[track].judge(tx, those, now), strict=True):
                match judged:
                    case Move() | Skip():
                        unsaid.append((planned, judged))
                    case _:
                        found[planned.id] = Wanted(planned, judged)
        if not unsaid:
            break  # nothing was uncovered
        await _settle(tx, unsaid, now)
    return sorted(found.values(), key=lambda one: urgency(one.planned, one.item))


def urgency(planned: PlannedTouch, item: Item) -> tuple[int, date, str]:
    """The most urgent first, and then the oldest: what was due first, else what was to be said first."""
    day = planned.touch.local_day
    if isinstance(item, Reminded) and item.action.due_on is not None:
        day = item.action.due_on
    return URGENCY.index(planned.touch.rung), day, planned.subject


def _by_track(planned: Iterable[PlannedTouch]) -> Iterator[tuple[Track, Sequence[PlannedTouch]]]:
    """Those of one track are read, decided and stored together; each track in the order in which it was given."""
    tracks: dict[Track, list[PlannedTouch]] = {}
    for one in planned:
        tracks.setdefault(one.track, []).append(one)
    yield from tracks.items()


async def _settle(tx: Transaction, unsaid: Sequence[Unsaid], now: datetime) -> None:
    skipped = list[PlannedTouch]()
    for planned, verdict in unsaid:
        match verdict:
            case Move(to_utc=later):
                await lining_up.move(tx, planned, later, now)
            case Skip(reason=reason):
                await plans.settle(tx, [planned], Outcome.SKIPPED, reason, now)
                skipped.append(planned)
            case _:
                assert_never(verdict)
    await _follow(tx, skipped, now)


async def _follow(tx: Transaction, ended: Iterable[PlannedTouch], now: datetime) -> None:
    for track, those in _by_track(ended):
        await TRACKS[track].follow(tx, those, now)


async def _skip(tx: Transaction, wanted: Sequence[Wanted], reason: Reason, now: datetime) -> None:
    await _settle(tx, [(one.planned, Skip(reason)) for one in wanted], now)


async def _put_off(tx: Transaction, wanted: Sequence[Wanted], hold: Move, now: datetime) -> None:
    held = [(one.planned, await TRACKS[one.planned.track].put_off(tx, one.planned, hold, now)) for one in wanted]
    await _settle(tx, held, now)


def _window(user: UserId, calendar: WorkCalendar, now: datetime) -> Move | None:
    """By the person's own day, whatever the team's: nobody is written to at night or on a day off."""
    return None if calendar.in_window(now) else Move(calendar.next_slot(now, user), Reason.OUTSIDE_WINDOW)


async def _tell(
    tx: Transaction, user: UserId, wanted: Sequence[Wanted], today: date, calendar: WorkCalendar, now: datetime
) -> timedelta | None:
    """One message a day: its key says so, whoever else may be at it."""
    key = f"told:{user}:{today.isoformat()}"
    channel, notice, subject = await _letter(tx, user, wanted, key)
    if not await outbox.enqueue(tx, key, notice, channel, subject, now):
        tomorrow = calendar.slot(calendar.next_working(today), user)
        await _put_off(tx, wanted, Move(tomorrow, Reason.TOLD_TODAY), now)
        return None
    await point("due.after_insert")
    said = [one.planned for one in wanted]
    await plans.settle(tx, said, Outcome.SENT, Reason.DUE, now, told_on=today, told_in=key)
    await _follow(tx, said, now)
    return _lateness(wanted, now)


def _lateness(wanted: Sequence[Wanted], now: datetime) -> timedelta | None:
    """By the most overdue; None for what was measured when it got its place in line."""
    return max((now - one.planned.touch.at_utc for one in wanted if not one.planned.is_in_line), default=None)


def _has_thread(item: Reminded) -> bool:
    """That their lead will hear of it is for the owner's eyes alone."""
    return item.team.suspended is None and item.send.rung is not Rung.ESCALATION_NOTICE


async def _letter(
    tx: Transaction, user: UserId, wanted: Sequence[Wanted], key: str
) -> tuple[ChannelId, ReminderPost | BundlePost, str]:
    """A single action point is spoken of in its thread; several, or what has no thread, by direct message."""
    match wanted:
        case [Wanted(planned=planned, item=Reminded(action=action) as item)] if _has_thread(item):
            card = await cards.of_action(tx, action.id)
            return card.channel, ReminderPost(action.id, planned.id), action.id
        case _:
            return ChannelId(user), BundlePost(user), key

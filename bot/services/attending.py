"""People's turns: everything that has come due for one of them is decided together, and told in one message at most."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import sparing
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import ActionId, ChannelId, UserId
from bot.domain.items import Reminded
from bot.domain.notices import BundlePost, ReminderPost
from bot.domain.sparing import Earful
from bot.domain.touches import Move, Outcome, Reason, Rung
from bot.failpoints import point
from bot.services import calendars, coming_due, lining_up
from bot.services.coming_due import Wanted
from bot.store import cards, outbox, people, plans, told
from bot.store.cards import Card
from bot.store.database import Transaction
from bot.store.outbox import Owed
from bot.store.plans import Told
from bot.store.touches import PlannedTouch


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be said to one person, and by which days."""

    user: UserId
    wanted: Sequence[Wanted]
    calendar: WorkCalendar
    today: date

    @property
    def planned(self) -> Sequence[PlannedTouch]:
        return [one.planned for one in self.wanted]

    @property
    def in_thread(self) -> Reminded | None:
        """A single action point is spoken of in its thread; several, or what has no thread, by direct message."""
        match self.wanted:
            case [Wanted(item=Reminded() as item)] if _has_thread(item):
                return item
            case _:
                return None


async def attend(
    tx: Transaction, users: Sequence[UserId], quiet: Mapping[UserId, datetime], now: datetime
) -> Sequence[timedelta]:
    """How late each message was decided: handed to the outbox, or given its place in line.

    ``quiet``: until when somebody does not want any. Several people, in the order in which they have waited, have
    their turns as if each had come by themselves.
    """
    # Held first: two processes that attend to one person at once would tell them twice.
    known = await people.hold_each(tx, users)
    tx = tx.remembering()
    there, gone = list[Turn](), list[Turn]()
    for turn in await _turns(tx, users, now):
        person = known.get(turn.user)
        (there if person is None or person.is_active else gone).append(turn)
    for turn in gone:
        await coming_due.skip(tx, turn.wanted, Reason.LEFT, now)
    return await _spared(tx, there, quiet, now) if there else ()


async def _turns(tx: Transaction, users: Sequence[UserId], now: datetime) -> Sequence[Turn]:
    wanted, turns = await coming_due.wanted(tx, users, now), list[Turn]()
    for user in users:
        theirs = wanted.get(user, ())
        # What stands in line may come along with something that is due, and not by itself.
        if any(one.planned.touch.at_utc <= now for one in theirs):
            # Of whom no zone is known, by the days of the team whose word is the most urgent.
            calendar = (await calendars.around(tx, theirs[0].item.team, users, now)).person(user).calendar
            turns.append(Turn(user, theirs, calendar, calendar.local_date(now)))
    return turns


async def _spared(
    tx: Transaction, turns: Sequence[Turn], quiet: Mapping[UserId, datetime], now: datetime
) -> Sequence[timedelta]:
    """Whoever is not to be told now has to wait; the others are told, or have got their place in line."""
    since = min(turn.today for turn in turns) - sparing.SEVEN_DAYS
    heard = await told.days_of_each(tx, [turn.user for turn in turns], since)
    late, now_told = list[timedelta](), list[Turn]()
    for turn in turns:
        earful = Earful(heard[turn.user], quiet.get(turn.user))
        hold = sparing.held(earful, turn.user, turn.calendar, now) or _window(turn, now)
        if hold is not None:
            await coming_due.put_off(tx, turn.wanted, hold, now)
        elif await lining_up.lined_up(tx, turn.planned, now):
            late += _lateness(turn, now)
        else:
            now_told.append(turn)
    return [*late, *await _tell(tx, now_told, now)] if now_told else late


def _window(turn: Turn, now: datetime) -> Move | None:
    """By the person's own day, whatever the team's: nobody is written to at night or on a day off."""
    if turn.calendar.in_window(now):
        return None
    return Move(turn.calendar.next_slot(now, turn.user), Reason.OUTSIDE_WINDOW)


async def _tell(tx: Transaction, turns: Sequence[Turn], now: datetime) -> Sequence[timedelta]:
    """One message a day: its key says so, whoever else may be at it."""
    messages = await _messages(tx, turns)
    new = await outbox.enqueue_each(tx, messages, now)
    await point("due.after_insert")
    said, heard = list[Turn](), dict[str, Told]()
    for turn, message in zip(turns, messages, strict=True):
        if message.key in new:
            said.append(turn)
            heard[turn.user] = Told(turn.today, message.key)
        else:
            tomorrow = turn.calendar.slot(turn.calendar.next_working(turn.today), turn.user)
            await coming_due.put_off(tx, turn.wanted, Move(tomorrow, Reason.TOLD_TODAY), now)
    ended = [planned for turn in said for planned in turn.planned]
    await plans.settle(tx, ended, Outcome.SENT, Reason.DUE, now, heard)
    await coming_due.follow(tx, ended, now)
    return [late for turn in said for late in _lateness(turn, now)]


async def _messages(tx: Transaction, turns: Iterable[Turn]) -> Sequence[Owed]:
    alone = [turn.in_thread.action.id for turn in turns if turn.in_thread]
    threads = await cards.of_actions(tx, alone) if alone else {}
    return [_message(turn, threads) for turn in turns]


def _message(turn: Turn, threads: Mapping[ActionId, Card]) -> Owed:
    key, item = f"told:{turn.user}:{turn.today.isoformat()}", turn.in_thread
    if item is None:
        return Owed(key, BundlePost(turn.user), ChannelId(turn.user), key)
    action = item.action.id
    return Owed(key, ReminderPost(action, item.touch), threads[action].channel, action)


def _lateness(turn: Turn, now: datetime) -> Sequence[timedelta]:
    """By the most overdue; none for what was measured when it got its place in line."""
    late = [now - planned.touch.at_utc for planned in turn.planned if not planned.is_in_line]
    return [max(late)] if late else []


def _has_thread(item: Reminded) -> bool:
    """That their lead will hear of it is for the owner's eyes alone."""
    return item.team.suspended is None and item.send.rung is not Rung.ESCALATION_NOTICE

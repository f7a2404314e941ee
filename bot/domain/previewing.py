"""A rehearsal of the reminders to come: the policy itself, asked day after day, as if nobody did anything meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.actions import ActionPoint
from bot.domain.ids import UserId
from bot.domain.picking import pick, put_off
from bot.domain.reminders import Manner, next_touch
from bot.domain.snooze import wake
from bot.domain.sparing import Earful, held
from bot.domain.touches import Move, Outcome, Rung, Send, Settled, Skip, Touch, Verdict

MOST_STEPS = 10_000  # more than all rungs of a thousand action points


@dataclass(frozen=True, slots=True)
class Watched:
    """An action point with all that its owner's reminders rest on."""

    action: ActionPoint
    history: tuple[Settled, ...]  # of its present version
    manner: Manner


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a person would be told of one action point."""

    day: date  # theirs
    person: UserId
    rung: Rung
    action: ActionPoint


@dataclass(frozen=True, slots=True)
class _Due:
    watched: Watched
    touch: Touch


def foresee(
    watched: Iterable[Watched], told: Mapping[UserId, Mapping[str, date]], now: datetime, until: datetime
) -> list[Foreseen]:
    """``told``: the messages that each person got lately, which count for how much they are told."""
    waiting = [plan for each in watched if (plan := _planned(each))]
    heard = {person: dict(days) for person, days in told.items()}
    found: list[Foreseen] = []
    for _ in range(MOST_STEPS):
        first = min(waiting, key=lambda one: (one.touch.at_utc, one.touch.recipient), default=None)
        if first is None or first.touch.at_utc > until:
            break
        person, at = first.touch.recipient, max(first.touch.at_utc, now)
        due = [one for one in waiting if one.touch.recipient == person and one.touch.at_utc <= at]
        said, after = _decided(due, heard.setdefault(person, {}), at)
        found += said
        waiting = [one for one in waiting if one not in due] + after
    return sorted(found, key=lambda one: (one.day, one.person, one.action.number))


def _decided(due: list[_Due], heard: dict[str, date], at: datetime) -> tuple[list[Foreseen], list[_Due]]:
    """What one person is told at that instant, in one message, and what waits after it."""
    said: list[Foreseen] = []
    after: list[_Due | None] = []
    hold = held(Earful(dict(heard)), due[0].touch.recipient, due[0].watched.manner.calendar, at)
    for each in due:
        match _verdict(each, hold, at):
            case Send(local_day=today):
                said.append(Foreseen(today, each.touch.recipient, each.touch.rung, each.watched.action))
                after.append(_planned(_after(each, Outcome.SENT, today)))
            case Skip():
                after.append(_planned(_after(each, Outcome.SKIPPED, each.touch.local_day)))
            case Move(to_utc=later):
                after.append(_Due(each.watched, replace(each.touch, at_utc=later)))
    if said:
        heard[at.isoformat()] = said[0].day
    return said, [each for each in after if each]


def _verdict(due: _Due, hold: Move | None, at: datetime) -> Verdict:
    watched = due.watched
    verdict = pick(due.touch, watched.action, watched.history, watched.manner, at)
    if hold is None or not isinstance(verdict, Send):
        return verdict
    return put_off(due.touch, watched.action, watched.history, watched.manner, at, hold)


def _planned(watched: Watched) -> _Due | None:
    plan = next_touch(watched.action, watched.history, watched.manner)
    return _Due(watched, plan) if isinstance(plan, Touch) else None


def _after(due: _Due, outcome: Outcome, day: date) -> Watched:
    """As it is once the touch is settled: a snooze that has ended is over."""
    merged = due.touch.merges if outcome is Outcome.SENT else ()
    settled = [Settled(due.touch.rung, day, outcome), *(Settled(rung, day, Outcome.MERGED) for rung in merged)]
    return replace(due.watched, action=wake(due.watched.action, day), history=(*due.watched.history, *settled))

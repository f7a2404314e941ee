"""What has come due for people: what is still to be said of it; the rest is settled or moved, and the next planned."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from bot.domain.ids import UserId
from bot.domain.items import Item, Reminded
from bot.domain.reminders import URGENCY
from bot.domain.touches import Move, Outcome, Reason, Skip, Track
from bot.services import lining_up
from bot.services.tracks import TRACKS
from bot.store import plans, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch

# Each rung that is skipped may uncover another that is due: a ladder, and after a long outage a year of weeks.
ROUNDS = 64

Unsaid = tuple[PlannedTouch, Skip | Move]


@dataclass(frozen=True, slots=True)
class Wanted:
    planned: PlannedTouch
    item: Item


class NotTogether(Exception):
    """What stands in line for one of them may change what is to be said to another."""


async def wanted(tx: Transaction, users: Collection[UserId], now: datetime) -> Mapping[UserId, Sequence[Wanted]]:
    """What is still to be said to each, the most urgent first and then the oldest; the rest is settled or moved."""
    found: dict[str, Wanted] = {}
    for _ in range(ROUNDS):
        due = [planned for planned in await touches.due_of(tx, users, now) if planned.id not in found]
        if len(users) > 1 and any(planned.track is not Track.OWNER for planned in due):
            raise NotTogether
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
        await settle(tx, unsaid, now)
    return _by_reader(sorted(found.values(), key=lambda one: urgency(one.planned, one.item)))


def urgency(planned: PlannedTouch, item: Item) -> tuple[int, date, str]:
    """The most urgent first, and then the oldest: what was due first, else what was to be said first."""
    day = planned.touch.local_day
    if isinstance(item, Reminded) and item.action.due_on is not None:
        day = item.action.due_on
    return URGENCY.index(planned.touch.rung), day, planned.subject


def _by_reader(some: Iterable[Wanted]) -> Mapping[UserId, Sequence[Wanted]]:
    readers: dict[UserId, list[Wanted]] = {}
    for one in some:
        readers.setdefault(one.planned.touch.recipient, []).append(one)
    return readers


def _by_track(planned: Iterable[PlannedTouch]) -> Iterator[tuple[Track, Sequence[PlannedTouch]]]:
    """Those of one track are read, decided and stored together; each track in the order in which it was given."""
    tracks: dict[Track, list[PlannedTouch]] = {}
    for one in planned:
        tracks.setdefault(one.track, []).append(one)
    yield from tracks.items()


async def settle(tx: Transaction, unsaid: Sequence[Unsaid], now: datetime) -> None:
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
    await follow(tx, skipped, now)


async def follow(tx: Transaction, ended: Iterable[PlannedTouch], now: datetime) -> None:
    for track, those in _by_track(ended):
        await TRACKS[track].follow(tx, those, now)


async def skip(tx: Transaction, some: Sequence[Wanted], reason: Reason, now: datetime) -> None:
    await settle(tx, [(one.planned, Skip(reason)) for one in some], now)


async def put_off(tx: Transaction, some: Sequence[Wanted], hold: Move, now: datetime) -> None:
    held = [(one.planned, await TRACKS[one.planned.track].put_off(tx, one.planned, hold, now)) for one in some]
    await settle(tx, held, now)

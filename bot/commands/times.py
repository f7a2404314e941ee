"""Times of day and days of the week as people type them."""

import re
from collections.abc import Sequence
from datetime import time

from bot.domain.calendar import MONDAY_TO_FRIDAY

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORTEST_DAY = 2
_HALF_A_DAY = 12
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d{2})|h)? ?(?P<half>am|pm)?", re.ASCII)
_SETS = {
    "weekdays": MONDAY_TO_FRIDAY,
    "workdays": MONDAY_TO_FRIDAY,
    "all": frozenset(range(7)),
    "daily": frozenset(range(7)),
    "every day": frozenset(range(7)),
}
_NOON = {"noon": time(12)}


def clock(words: Sequence[str]) -> time | None:
    """The time in "9:30", "9.30", "0930", "9 am" or "noon"."""
    text = " ".join(words)
    found = _TIME.fullmatch(text)
    if found is None:
        return _NOON.get(text)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= _HALF_A_DAY:
            return None
        hour = hour % _HALF_A_DAY + (_HALF_A_DAY if found["half"] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def weekday(word: str, shortest: int = SHORTEST_DAY) -> int | None:
    """The day of the week that a word names or begins, Monday being 0."""
    word = word.removesuffix(".").removesuffix("s")  # tues., weds, mondays
    if len(word) < shortest:
        return None
    return next((number for number, name in enumerate(DAYS) if name.startswith(word)), None)


def weekdays(words: Sequence[str]) -> frozenset[int] | None:
    """The days in "mon-fri", "sun to thu", "mon, wed, fri" or "weekdays"; None where a part of it is no day."""
    text = " ".join(words)
    if text in _SETS:
        return _SETS[text]
    text = re.sub(r" ?-+ ?| to ", "-", text)
    days = [_range(part) for part in re.split(r"[ ,;+&]+", text) if part not in ("and", "")]
    return frozenset[int]().union(*(found for found in days if found)) if days and all(days) else None


def _range(part: str) -> frozenset[int] | None:
    first, dash, last = part.partition("-")
    start, end = weekday(first), weekday(last if dash else first)
    if start is None or end is None:
        return None
    return frozenset((start + days) % 7 for days in range((end - start) % 7 + 1))

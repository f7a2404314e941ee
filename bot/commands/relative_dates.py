"""Spans of time in words, such as "in two weeks", as the library `dateparser` reads them.

The library takes much for a date that is none, and reads numbers with the month first. So it is asked only for words
from this list, in which each number belongs to a unit, and it is told what day it is.
"""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from bot.late import late

if TYPE_CHECKING:
    from dateparser import date as dateparser
else:
    dateparser = late("dateparser.date")

_UNITS = frozenset({"day", "days", "week", "weeks", "fortnight", "month", "months", "year", "years"})
_NUMBERS = frozenset({"a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_AROUND = frozenset({"in", "the", "and", "ago", "from", "now", "today", "after", "before", "last", "next"})
_RELATIVES = frozenset({"tomorrow", "yesterday"})
_SETTINGS = {
    "STRICT_PARSING": True,
    "PARSERS": ["relative-time"],
    "TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": False,
}


def read(phrase: str, today: date, *, past: bool) -> date | None:
    if not _is_span(phrase):
        return None
    noon = datetime.combine(today, time(12))
    settings = _SETTINGS | {"RELATIVE_BASE": noon, "PREFER_DATES_FROM": "past" if past else "future"}
    found = dateparser.DateDataParser(languages=["en"], settings=settings).get_date_data(phrase).date_obj
    return found.date() if found else None


def _is_span(phrase: str) -> bool:
    words = phrase.split()
    followed = zip(words, [*words[1:], ""], strict=True)
    return any(word in _UNITS for word in words) and all(_fits(word, after) for word, after in followed)


def _fits(word: str, following: str) -> bool:
    if word in _NUMBERS or (word.isdecimal() and len(word) < 4):
        return following in _UNITS
    return word in _UNITS | _AROUND | _RELATIVES

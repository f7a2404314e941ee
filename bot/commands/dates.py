"""Dates as people type them, read from a day that is given: never from a clock.

Our own rules come first, because with them `12/05` is asked about and `3d` counts working days.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.commands import relative_dates
from bot.commands.matching import Near, match_word
from bot.commands.times import DAYS, weekday
from bot.domain.calendar import MONDAY, next_weekday

AddWorkingDays = Callable[[date, int], date]

NO_SUCH_DAY = "There is no such day in the calendar."
LONGEST = 60
MOST_DAYS = 260  # a year of work
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORTEST_NAME = 3
_LEAP_YEARS_APART = 8
_CENTURY = 2000
_DAY = timedelta(days=1)

_LEADING = re.compile(r"^(?:on|by|until|till|to|for|from|since|the|this)\b ?")
_WEEKDAY_FIRST = re.compile(r"(?P<weekday>[a-z]{3,9})[.,]? (?P<rest>.*\d.*)")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2})?)?", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?([a-z]{3,9})\.?,?(?: ?(\d{4}))?", re.ASCII)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? ?(\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?", re.ASCII)
_COUNTED = re.compile(r"(?:\+|in )? ?(\d{1,5}) ?(?:d|(?:working |work |business )?days?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Either:
    """Two days, each of which somebody means by this."""

    first: date
    second: date


@dataclass(frozen=True, slots=True)
class NoDate:
    sentence: str


NO_DATE = NoDate("This is not a date that I can read.")


@dataclass(frozen=True, slots=True)
class Base:
    """Where dates are counted from."""

    today: date
    add_working_days: AddWorkingDays
    past: bool = False  # a date without its year is the last such day, not the next

    def nearest(self, month: int, day: int) -> date | None:
        """The next such day, today included; the last one where the past is asked about."""
        years = range(_LEAP_YEARS_APART + 1)
        found = (_date(self.today.year + (-ahead if self.past else ahead), month, day) for ahead in years)
        return next((on for on in found if on and (on <= self.today if self.past else on >= self.today)), None)


Found = date | Either | NoDate
Rule = Callable[[str, Base], Found | None]


def read(words: Sequence[str], base: Base) -> Found:
    """The date that the words name, the two that they may name, or what is wrong with them."""
    phrase = _LEADING.sub("", " ".join(words))
    if len(phrase) > LONGEST:
        return NO_DATE
    with_weekday = _WEEKDAY_FIRST.fullmatch(phrase)
    if with_weekday and (number := weekday(with_weekday["weekday"], _SHORTEST_NAME)) is not None:
        return _on_weekday(number, _by_rules(with_weekday["rest"].strip(), base))
    return _by_rules(phrase, base)


def counted(words: Sequence[str]) -> int | NoDate | None:
    """How many working days "3d", "+3d" or "3 days" are."""
    found = _COUNTED.fullmatch(_LEADING.sub("", " ".join(words)))
    if found is None:
        return None
    number = int(found[1])
    return number if 1 <= number <= MOST_DAYS else NoDate(f"Please give a number of days from 1 to {MOST_DAYS}.")


def resembles(words: Sequence[str]) -> bool:
    """Whether somebody probably meant a date, though it is none."""
    text = " ".join(words)
    return any(map(str.isdecimal, text)) or isinstance(match_word(text, (*DAYS, "tomorrow", "next week")), Near)


def after(found: Found, day: date, sentence: str) -> Found:
    """What of it lies after the day: of two readings the one that can be, if only one can."""
    match found:
        case Either(first=first, second=second):
            later = [on for on in (first, second) if on > day]
            return found if len(later) > 1 else later[0] if later else NoDate(sentence)
        case date() if found <= day:
            return NoDate(sentence)
        case _:
            return found


def _by_rules(phrase: str, base: Base) -> Found:
    found = (rule(phrase, base) for rule in RULES)
    return next((on for on in found if on is not None), NO_DATE)


def _on_weekday(number: int, found: Found) -> Found:
    """A weekday in front of a date picks one of two readings, and has to be right."""
    match found:
        case Either(first=first, second=second):
            fitting = [on for on in (first, second) if on.weekday() == number]
            return fitting[0] if len(fitting) == 1 else found if fitting else _other_weekday(first, number)
        case date() if found.weekday() != number:
            return _other_weekday(found, number)
        case _:
            return found


def _other_weekday(on: date, number: int) -> NoDate:
    return NoDate(f"{on} is a {DAYS[on.weekday()].title()}, not a {DAYS[number].title()}.")


def _named(phrase: str, base: Base) -> Found | None:
    first_of_next_month = base.today.replace(day=1) + timedelta(days=monthrange(base.today.year, base.today.month)[1])
    match phrase:
        case "today":
            return base.today
        case "tomorrow":
            return base.today + _DAY
        case "yesterday":
            return base.today - _DAY
        case "next week":
            return next_weekday(base.today, MONDAY)
        case "next month":
            return first_of_next_month
        case "eom" | "end of month" | "end of the month" | "month end":
            return first_of_next_month - _DAY
        case "eoq" | "end of quarter" | "end of the quarter" | "quarter end":
            return _end_of_quarter(base.today)
        case _:
            return None


def _weekday(phrase: str, base: Base) -> Found | None:
    number = weekday(phrase.removeprefix("next ").removeprefix("last "), _SHORTEST_NAME)
    if number is None:
        return None
    if base.past or phrase.startswith("last "):
        return base.today - timedelta(days=(base.today.weekday() - number - 1) % 7 + 1)
    coming = next_weekday(base.today, number)
    in_next_week = next_weekday(base.today, MONDAY) + timedelta(days=number)
    return Either(coming, in_next_week) if phrase.startswith("next ") and coming != in_next_week else coming


def _year_first(phrase: str, base: Base) -> Found | None:
    found = _YEAR_FIRST.fullmatch(phrase)
    return _date(int(found[1]), int(found[3]), int(found[4])) or NoDate(NO_SUCH_DAY) if found else None


def _numbers(phrase: str, base: Base) -> Found | None:
    """ "12/05": day or month first, so it is asked where both can be."""
    found = _NUMBERS.fullmatch(phrase)
    if found is None:
        return None
    one, other = int(found[1]), int(found[3])
    year = int(found[4]) % 100 + _CENTURY if found[4] and len(found[4]) == 2 else int(found[4] or 0)
    day_first, month_first = _in_year(year, other, one, base), _in_year(year, one, other, base)
    if day_first and month_first and day_first != month_first:
        return Either(day_first, month_first)
    return day_first or month_first or NoDate(NO_SUCH_DAY)


def _day_month(phrase: str, base: Base) -> Found | None:
    found = _DAY_MONTH.fullmatch(phrase)
    return _in_month(found[2], int(found[1]), found[3], base) if found else None


def _month_day(phrase: str, base: Base) -> Found | None:
    found = _MONTH_DAY.fullmatch(phrase)
    return _in_month(found[1], int(found[2]), found[3], base) if found else None


def _counted(phrase: str, base: Base) -> Found | None:
    match counted([phrase]):
        case int() as number:
            return base.add_working_days(base.today, -number if base.past else number)
        case other:
            return other


def _library(phrase: str, base: Base) -> Found | None:
    return relative_dates.read(phrase, base.today, past=base.past)


RULES: tuple[Rule, ...] = (_named, _weekday, _year_first, _numbers, _day_month, _month_day, _counted, _library)


def _in_month(name: str, day: int, year: str | None, base: Base) -> date | NoDate | None:
    month = next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), None)
    return (_in_year(int(year or 0), month, day, base) or NoDate(NO_SUCH_DAY)) if month else None


def _in_year(year: int, month: int, day: int, base: Base) -> date | None:
    return _date(year, month, day) if year else base.nearest(month, day)


def _date(year: int, month: int, day: int) -> date | None:
    valid = date.min.year <= year <= date.max.year and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return date(year, month, day) if valid else None


def _end_of_quarter(today: date) -> date:
    month = (today.month + 2) // 3 * 3
    return date(today.year, month, monthrange(today.year, month)[1])

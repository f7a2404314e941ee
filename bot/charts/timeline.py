"""Days along the width of a chart, and which of them are written below it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.charts import says
from bot.charts.palette import QUIET
from bot.charts.sheet import SMALL, Sheet, inside, width_of

MOST_TICKS = 6
APART = 28
DAYS = (1, 2, 7, 14)
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 600)
A_YEAR = 12
DAYS_OF_A_MONTH = 30

Ticks = Sequence[tuple[date, str]]
Say = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Timeline:
    first: date
    last: date
    left: float
    right: float

    def x(self, on: date) -> float:
        span = (self.last - self.first).days
        part = (on - self.first).days / span if span else 0.5
        return self.left + part * (self.right - self.left)

    def draw(self, sheet: Sheet, y: float) -> None:
        for on, said in self.ticks():
            sheet.words((self._middle(on, said), y), said, SMALL, QUIET, "ms")

    def ticks(self) -> Ticks:
        """The finest that are few enough to be read."""
        return next((found for found in self._choices() if self._is_readable(found)), [])

    def _choices(self) -> Iterator[Ticks]:
        span = (self.last - self.first).days
        for step in (step for step in DAYS if step * MOST_TICKS > span):
            yield _named(_days(self.first, span, step), says.short_day, says.day)
        for step in (step for step in MONTHS if step * MOST_TICKS * DAYS_OF_A_MONTH > span):
            months = _months(self.first, self.last, step)
            yield (
                _named(months, says.short_month, says.month) if step < A_YEAR else _named(months, says.year, says.year)
            )

    def _is_readable(self, ticks: Ticks) -> bool:
        spans = [(self._middle(on, said), width_of(said, SMALL) / 2) for on, said in ticks]
        return all(x + half + APART < next_x - next_half for (x, half), (next_x, next_half) in pairwise(spans))

    def _middle(self, on: date, said: str) -> float:
        return inside(self.x(on), width_of(said, SMALL))


def _named(days: Iterable[date], short: Say, whole: Say) -> Ticks:
    """The year is told with the first day, and where another one begins."""
    found = list(days)
    years = [None, *(on.year for on in found)]
    return [(on, short(on) if on.year == before else whole(on)) for on, before in zip(found, years, strict=False)]


def _days(first: date, span: int, step: int) -> Iterator[date]:
    return (first + timedelta(days=days) for days in range(0, span + 1, step))


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """The first days of every so many months, counted from a January."""
    begin, end = (on.year * A_YEAR + on.month - 1 for on in (first, last))
    for month in range(begin - begin % step, end + 1, step):
        if month > begin or (month == begin and first.day == 1):
            yield date(month // A_YEAR, month % A_YEAR + 1, 1)

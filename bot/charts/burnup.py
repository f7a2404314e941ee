"""How many action points were agreed on and how many closed, added up over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.charts import says
from bot.charts.palette import BLUE, EDGE, GREEN, HAIR, INK, MINT, PAPER, QUIET
from bot.charts.sheet import LARGE, SMALL, WIDTH, Sheet, Spot
from bot.charts.timeline import Timeline
from bot.domain.charted import BurnupFacts

TITLE = "Action points over time"

HEIGHT = 720
LEFT, RIGHT = 124, WIDTH - 300
TOP, BOTTOM, AXIS = 64, 590, 662
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2500, 5000)
MOST_LINES = 4  # above that of zero
APART = 50  # of the words at the ends


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers along the height: a line at every so many, up to the most."""

    step: int
    most: int

    def y(self, number: int) -> float:
        return BOTTOM - number * (BOTTOM - TOP) / self.most


def draw(facts: BurnupFacts) -> bytes:
    sheet = Sheet(HEIGHT)
    agreed, closed = _agreed(facts), _closed(facts)
    scale = _scale(len(agreed))
    _grid(sheet, scale)
    time = Timeline(min([*agreed, facts.until]), max([*agreed, *closed, facts.until]), LEFT, RIGHT)
    time.draw(sheet, AXIS)
    up, down = (_stairs(days, time, scale) for days in (agreed, closed))
    sheet.area([*down, (RIGHT, BOTTOM), (LEFT, BOTTOM)], MINT)
    sheet.line(up, BLUE, 7)
    sheet.line(down, GREEN, 9)
    _ends(sheet, len(agreed), len(closed), scale)
    return sheet.png()


def alt(facts: BurnupFacts) -> str:
    return f"Step chart of action points until {says.day(facts.until)}: {', '.join(_told(facts))}."


def figures(facts: BurnupFacts) -> str:
    return " · ".join(_told(facts))


def _told(facts: BurnupFacts) -> list[str]:
    agreed, closed = _agreed(facts), _closed(facts)
    dropped = sum(span.dropped for span in facts.spans if span.closed)
    since = f" since {says.day(agreed[0])}" if agreed else ""
    return [
        f"{says.action_points(len(agreed))} agreed on{since}",
        f"{len(closed) - dropped} done",
        *([f"{dropped} dropped"] if dropped else []),
        f"{len(agreed) - len(closed)} open",
    ]


def _agreed(facts: BurnupFacts) -> list[date]:
    return sorted(span.created for span in facts.spans)


def _closed(facts: BurnupFacts) -> list[date]:
    return sorted(span.closed for span in facts.spans if span.closed)


def _scale(number: int) -> Scale:
    step = next((step for step in STEPS if step * MOST_LINES >= number), number)
    return Scale(step, step * max(ceil(number / step), 2))


def _grid(sheet: Sheet, scale: Scale) -> None:
    for number in range(0, scale.most + 1, scale.step):
        y = scale.y(number)
        sheet.line([(LEFT, y), (RIGHT, y)], HAIR, 3)
        sheet.words((LEFT - 18, y), str(number), SMALL, QUIET, "rm")


def _stairs(days: Sequence[date], time: Timeline, scale: Scale) -> list[Spot]:
    spots = [(float(LEFT), scale.y(0))]
    for number, on in enumerate(days, start=1):
        spots += [(time.x(on), spots[-1][1]), (time.x(on), scale.y(number))]
    return [*spots, (float(RIGHT), spots[-1][1])]


def _ends(sheet: Sheet, agreed: int, closed: int, scale: Scale) -> None:
    top, low = scale.y(agreed), scale.y(closed)
    sheet.dashes([(RIGHT, top), (RIGHT, low)], EDGE, 4, 8)
    sheet.disc((RIGHT, top), 14, PAPER, BLUE, 7)
    sheet.disc((RIGHT, low), 14, GREEN)
    between = [(f"{agreed - closed} open", INK)] if agreed > closed else []
    said = [(f"{agreed} agreed", BLUE), *between, (f"{closed} closed", GREEN)]
    for y, (text, colour) in zip(_spread(top, low, len(said)), said, strict=True):
        sheet.words((RIGHT + 30, y), text, LARGE, colour, "lm")


def _spread(top: float, low: float, number: int) -> list[float]:
    """Heights for so many words from top to low, moved apart where they would lie on each other."""
    between = max((low - top) / (number - 1), APART)
    first = (top + low - between * (number - 1)) / 2
    return [first + between * place for place in range(number)]

"""The steps of one assessment on the way from Crawl to Run, beside where they were before."""

from enum import Enum, auto
from typing import assert_never

from bot.charts import says
from bot.charts.palette import AMBER, BLUE, EDGE, INK, PAPER, QUIET, SAND, SKY, TRACK
from bot.charts.sheet import (
    LARGE,
    MARGIN,
    PLAIN,
    SMALL,
    WIDTH,
    Box,
    Sheet,
    Spot,
    drawable,
    shortened,
    width_of,
)
from bot.domain.charted import ProfileFacts, StepBar
from bot.domain.model import Stage
from bot.domain.results import NotEnoughKnown, NotRated, Rated

TITLE = "Where each step stands"

TOP, ROW, FOOT = 108, 144, 88
BAR, GAP = 34, 8
PART = (WIDTH - 2 * MARGIN - 2 * GAP) / len(Stage)
PILL, PILL_TOP = 250, 20
KNOB, ARROW = 26, 15
INSET = 10
APART = 36
AS_BEFORE = "as before"


class Cover(Enum):
    """How far a step has come into a stage."""

    SURE = auto()
    PERHAPS = auto()
    NOT_YET = auto()


def draw(facts: ProfileFacts) -> bytes:
    bottom = TOP + ROW * len(facts.steps)
    sheet = Sheet(bottom + FOOT)
    for stage in Stage:
        _heading(sheet, stage, bottom if stage is facts.next else None)
    for row, step in enumerate(facts.steps):
        _row(sheet, step, TOP + ROW * row)
    _key(sheet, facts, bottom + FOOT / 2)
    return sheet.png()


def alt(facts: ProfileFacts) -> str:
    said = [f"Bar chart of {says.day(facts.on)}: each step on the way from Crawl to Run"]
    said += [f"{step.name}: {', '.join(_told(step))}" for step in facts.steps]
    return f"{'. '.join([*said, *_beside(facts)])}."


def figures(facts: ProfileFacts) -> str:
    said = []
    for step in facts.steps:
        standing, *more = _told(step)
        said.append(f"{step.name} {standing}" + (f" ({', '.join(more)})" if more else ""))
    return " · ".join([*said, *_beside(facts)])


def _beside(facts: ProfileFacts) -> list[str]:
    following = [f"Next stage: {facts.next.word}"] if facts.next else []
    return [*following, *([f"Before: {says.day(facts.before_on)}"] if facts.before_on else [])]


def _heading(sheet: Sheet, stage: Stage, bottom: float | None) -> None:
    """``bottom``: of the band below the stage that comes next."""
    left, right = _part(stage)
    middle = (left + right) / 2
    if bottom is None:
        sheet.words((middle, PILL_TOP + 32), stage.word, PLAIN, QUIET, "mm")
        return
    sheet.block((left - GAP, PILL_TOP, right + GAP, bottom), SAND, radius=18)
    sheet.block((middle - PILL / 2, PILL_TOP, middle + PILL / 2, PILL_TOP + 64), PAPER, AMBER, 4, 32)
    sheet.words((middle, PILL_TOP + 32), f"Next: {stage.word}", PLAIN, AMBER, "mm")


def _row(sheet: Sheet, step: StepBar, top: float) -> None:
    standing = _standing(step)
    room = WIDTH - 2 * MARGIN - 2 * INSET - APART - width_of(standing, PLAIN)
    name = step.name if drawable(step.name) else f"Step {step.number}"
    sheet.words((MARGIN, top + 40), shortened(name, LARGE, room), LARGE)
    sheet.words((WIDTH - MARGIN - INSET, top + 40), standing, PLAIN, INK, "rs")
    _bar(sheet, step, top + 60)


def _bar(sheet: Sheet, step: StepBar, top: float) -> None:
    for stage in Stage:
        left, right = _part(stage)
        _covered(sheet, (left, top, right, top + BAR), _cover(step, stage))
    if isinstance(step.now, Rated):
        _knob(sheet, (_end(step.now.level), top + BAR / 2))
    if step.before is not None:
        _arrow(sheet, (_end(step.before), top + BAR + 14))


def _cover(step: StepBar, stage: Stage) -> Cover | None:
    match step.now:
        case NotRated():
            return None
        case Rated(level=level) as rated if not rated.provisional:
            return Cover.SURE if stage <= level else Cover.NOT_YET
        case Rated(low=low, high=high) | NotEnoughKnown(low=low, high=high):
            return Cover.SURE if stage <= low else Cover.PERHAPS if stage <= high else Cover.NOT_YET
        case _:
            assert_never(step.now)


def _covered(sheet: Sheet, box: Box, cover: Cover | None) -> None:
    left, top, right, bottom = box
    match cover:
        case Cover.SURE:
            sheet.block(box, BLUE)
        case Cover.PERHAPS:
            sheet.striped(box, BLUE, SKY)
        case Cover.NOT_YET:
            sheet.block(box, TRACK, EDGE)
        case None:
            sheet.dashes([(left, (top + bottom) / 2), (right, (top + bottom) / 2)], EDGE, 5)
        case _:
            assert_never(cover)


def _key(sheet: Sheet, facts: ProfileFacts, y: float) -> None:
    x: float = MARGIN
    _knob(sheet, (x + KNOB, y))
    x = _said(sheet, says.day(facts.on), (x + 2 * KNOB, y))
    if facts.before_on:
        _arrow(sheet, (x + ARROW, y - 12))
        x = _said(sheet, f"before: {says.day(facts.before_on)}", (x + 2 * ARROW, y))
    if any(_cover(step, stage) is Cover.PERHAPS for step in facts.steps for stage in Stage):
        sheet.striped((x, y - BAR / 2, x + 66, y + BAR / 2), BLUE, SKY)
        _said(sheet, "not sure yet", (x + 66, y))


def _said(sheet: Sheet, text: str, at: Spot) -> float:
    """Behind a sign of the key; where the next one begins."""
    x, y = at
    sheet.words((x + 14, y), text, SMALL, QUIET, "lm")
    return x + 14 + width_of(text, SMALL) + APART


def _knob(sheet: Sheet, at: Spot) -> None:
    sheet.disc(at, KNOB, PAPER, INK, 7)


def _arrow(sheet: Sheet, tip: Spot) -> None:
    x, y = tip
    sheet.area([(x, y), (x - ARROW, y + 24), (x + ARROW, y + 24)], INK)


def _standing(step: StepBar) -> str:
    """What stands above the bar: the level, and what the bar's signs mean."""
    match step.now:
        case Rated():
            return " · ".join(part for part in _told(step) if part != AS_BEFORE)
        case NotEnoughKnown() | NotRated():
            return _told(step)[0]
        case _:
            assert_never(step.now)


def _told(step: StepBar) -> list[str]:
    match step.now:
        case Rated(level=level, low=low, high=high) as rated:
            return [
                says.level(level),
                *_before(step, level),
                *([says.could_be(low, high)] if rated.provisional else []),
            ]
        case NotEnoughKnown(known=known, applicable=applicable, low=low, high=high):
            answers = f"{known} of {applicable} answers"
            return ["not enough known", answers, says.could_be(low, high), *_before(step)]
        case NotRated():
            return ["not rated", "most of it does not exist here", *_before(step)]
        case _:
            assert_never(step.now)


def _before(step: StepBar, now: int | None = None) -> list[str]:
    if step.before is None:
        return []
    return [AS_BEFORE if step.before == now else f"was {says.level(step.before)}"]


def _part(stage: Stage) -> tuple[float, float]:
    """From where to where a bar is in this stage."""
    left = MARGIN + (stage - 1) * (PART + GAP)
    return left, left + PART


def _end(level: int) -> float:
    return MARGIN + level * (PART + GAP) - GAP / 2 if level else MARGIN + GAP

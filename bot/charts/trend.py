"""The score over time: the stage at each assessment, and the action points that were done meanwhile."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise

from bot.charts import says
from bot.charts.labels import Labels
from bot.charts.palette import AMBER, BLUE, GREEN, HAIR, PAPER, QUIET
from bot.charts.sheet import SMALL, WIDTH, Sheet, Spot, width_of
from bot.charts.timeline import Timeline
from bot.domain.charted import TrendFacts, TrendPoint
from bot.domain.model import Stage

TITLE = "Score over time"

HEIGHT = 720
LEFT, RIGHT = 124, WIDTH - 60
INDENT = 72  # half of the widest words above a point
KEY, HEAD, TOP, BOTTOM, LANE, AXIS = 50, 80, 152, 520, 592, 682
BEST = 100
DOT, LEAST_DOT = 17, 9
BIN = 66  # as wide as one count of what was done
MOST_TOLD = 12
NOTHING = len(Stage) + 1  # comes last
NEW_QUESTIONS = "new questions"


def draw(facts: TrendFacts) -> bytes:
    sheet = Sheet(HEIGHT)
    time = _timeline(facts)
    _grid(sheet)
    time.draw(sheet, AXIS)
    _lines(sheet, facts.points, time)
    _points(sheet, facts.points, time)
    _done(sheet, facts.done, time)
    _key(sheet, facts.points)
    return sheet.png()


def alt(facts: TrendFacts) -> str:
    said = ["Line chart of the score from 0 to 100 at each assessment"]
    said += [f"{days}: {', '.join(parts)}" for days, parts in _told(facts.points)]
    return f"{'. '.join([*said, *_remarks(facts)])}."


def figures(facts: TrendFacts) -> str:
    said = [f"{days} {' '.join(parts)}" for days, parts in _told(facts.points)]
    return " · ".join([*said, *_remarks(facts)])


def _told(points: Sequence[TrendPoint]) -> list[tuple[str, list[str]]]:
    """The newest ones, and of those before them the first."""
    left = len(points) - MOST_TOLD
    newest = [(says.day(point.on), _standing(point)) for point in points[-MOST_TOLD:]]
    if left <= 0:
        return newest
    between = [(f"{left - 1} more", ["until then"])] if left > 1 else []
    return [(says.day(points[0].on), _standing(points[0])), *between, *newest]


def _standing(point: TrendPoint) -> list[str]:
    index = "no score" if point.index is None else str(point.index)
    stage = point.stage.word if point.stage else "no stage"
    return [stage, index, *(["provisional"] if point.provisional else [])]


def _remarks(facts: TrendFacts) -> list[str]:
    breaks = [f"New questions from {says.day(after.on)}" for _, after in _breaks(facts.points)]
    return [*breaks, f"{says.action_points(len(facts.done))} done" if facts.done else "No action point done"]


def _breaks(points: Sequence[TrendPoint]) -> list[tuple[TrendPoint, TrendPoint]]:
    """Where the meaning of the levels changed, so that no line leads across."""
    return [(before, after) for before, after in pairwise(points) if before.major != after.major]


def _timeline(facts: TrendFacts) -> Timeline:
    days = [*(point.on for point in facts.points), *facts.done, facts.until]
    return Timeline(min(days), max(days), LEFT + INDENT, RIGHT - INDENT)


def _y(index: int | None) -> float:
    return BOTTOM - (index or 0) * (BOTTOM - TOP) / BEST


def _grid(sheet: Sheet) -> None:
    for index in range(0, BEST + 1, 25):
        sheet.line([(LEFT, _y(index)), (RIGHT, _y(index))], HAIR, 3)
    for index in (0, 50, BEST):
        sheet.words((LEFT - 18, _y(index)), str(index), SMALL, QUIET, "rm")


def _lines(sheet: Sheet, points: Sequence[TrendPoint], time: Timeline) -> None:
    for _, alike in groupby(points, key=lambda point: point.major):
        spots = [_spot(point, time) for point in alike if point.index is not None]
        if spots:
            sheet.line(spots, BLUE, 8)
    for before, after in _breaks(points):
        x = (time.x(before.on) + time.x(after.on)) / 2
        sheet.dashes([(x, TOP), (x, BOTTOM)], AMBER, 4)


def _points(sheet: Sheet, points: Sequence[TrendPoint], time: Timeline) -> None:
    dot = min(DOT, max(LEAST_DOT, (RIGHT - LEFT) / (4 * max(len(points), 1))))
    spots = [_spot(point, time) for point in points]
    for point, spot in zip(points, spots, strict=True):
        _mark(sheet, spot, dot, point.stage, hollow=point.provisional)
    labels = Labels(sheet, (HEAD, LANE - 30), [(x - dot, y - dot, x + dot, y + dot) for x, y in spots])
    for before, after in _breaks(points):
        labels.put(((time.x(before.on) + time.x(after.on)) / 2, TOP - 16), 0, [NEW_QUESTIONS], AMBER)
    for place in _by_weight(points):
        labels.put(spots[place], dot + 10, _labels(points[place]))


def _spot(point: TrendPoint, time: Timeline) -> Spot:
    return time.x(point.on), _y(point.index)


def _by_weight(points: Sequence[TrendPoint]) -> list[int]:
    """The last is named before all others, then the first, then where the stage changed."""
    changed = {place for place in range(1, len(points)) if points[place].stage is not points[place - 1].stage}
    rank = {len(points) - 1: 0, 0: 1} | dict.fromkeys(changed - {len(points) - 1}, 2)
    return sorted(range(len(points)), key=lambda place: (rank.get(place, 3), -place))


def _labels(point: TrendPoint) -> list[str]:
    stage = point.stage.word if point.stage else "No stage"
    return [stage] if point.index is None else [f"{stage} {point.index}", str(point.index)]


def _mark(sheet: Sheet, at: Spot, size: float, stage: Stage | None, *, hollow: bool = False) -> None:
    """Each stage has a shape of its own."""
    x, y = at
    fill, edge = PAPER if hollow else BLUE, max(size / 3, 4)
    match stage:
        case Stage.CRAWL:
            sheet.disc(at, size + 4, PAPER)
            sheet.disc(at, size, fill, BLUE, edge)
        case Stage.WALK:
            half = size * 0.94
            sheet.block((x - half - 4, y - half - 4, x + half + 4, y + half + 4), PAPER, radius=5)
            sheet.block((x - half, y - half, x + half, y + half), fill, BLUE, edge, 3)
        case Stage.RUN:
            top, low, half = y - size * 1.2, y + size * 0.85, size * 1.2
            sheet.area([(x, top), (x + half, low), (x - half, low)], PAPER, PAPER, edge + 8)
            sheet.area([(x, top), (x + half, low), (x - half, low)], fill, BLUE, edge)
        case _:
            arm = size * 0.8
            for down in (-1, 1):
                sheet.line([(x - arm, y - arm * down), (x + arm, y + arm * down)], QUIET, edge)


def _done(sheet: Sheet, done: Sequence[date], time: Timeline) -> None:
    """How many from the day of each count on."""
    sheet.words((LEFT - 18, LANE), "done", SMALL, QUIET, "rm")
    sheet.line([(LEFT, LANE), (RIGHT, LANE)], HAIR, 3)
    if not done:
        sheet.words((LEFT + INDENT, LANE), "none yet", SMALL, QUIET, "lm", halo=True)
    for x, number in _bins(sorted(time.x(on) for on in done)):
        half = max(22, width_of(str(number), SMALL) / 2 + 10)
        sheet.block((x - half, LANE - 22, x + half, LANE + 22), GREEN, radius=22)
        sheet.words((x, LANE), str(number), SMALL, PAPER, "mm")


def _bins(places: Sequence[float]) -> list[tuple[float, int]]:
    found: list[tuple[float, int]] = []
    for x in places:
        if found and x < found[-1][0] + BIN:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((x, 1))
    return found


def _key(sheet: Sheet, points: Sequence[TrendPoint]) -> None:
    stages = {point.stage: point.stage.word if point.stage else "no stage" for point in points}
    signs = [(stage, said, False) for stage, said in sorted(stages.items(), key=lambda sign: sign[0] or NOTHING)]
    if any(point.provisional for point in points):
        signs.append((Stage.CRAWL, "provisional", True))
    x = float(LEFT)
    for stage, said, hollow in signs:
        _mark(sheet, (x, KEY), DOT, stage, hollow=hollow)
        sheet.words((x + 32, KEY), said, SMALL, QUIET, "lm")
        x += 32 + width_of(said, SMALL) + 56

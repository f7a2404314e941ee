"""What is drawn is a picture of the right size, the same each time, soon there, and nothing of it is cut off."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import combinations
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import (
    SearchStrategy,
    booleans,
    builds,
    dates,
    integers,
    just,
    lists,
    none,
    one_of,
    sampled_from,
    text,
)
from PIL import Image

from bot.charts import table
from bot.charts.palette import PAPER
from bot.charts.sheet import GLYPHS, MARGIN, PLAIN, WIDTH, Sheet, drawable, shortened, width_of
from bot.domain.charted import (
    ActionSpan,
    BurnupFacts,
    ChartFacts,
    ProfileFacts,
    StepBar,
    TrendFacts,
    TrendPoint,
)
from bot.domain.model import Stage
from tests.charts.builders import (
    BURNUP,
    EXAMPLES,
    MAY,
    NOT_RATED,
    PROFILE,
    TREND,
    a_profile,
    a_step,
    decoded,
    rated,
    unknown,
)

CENTURY = dates(date(1990, 1, 1), date(2090, 1, 1))
EDGE = 6  # this much of the sheet's border is left empty
SECONDS = 0.3

levels = integers(0, 3)
ranges = lists(levels, min_size=3, max_size=3).map(sorted)
standings = one_of(
    ranges.map(lambda found: rated(found[1], found[0], found[2])),
    ranges.map(lambda found: unknown(found[0], found[2])),
    just(NOT_RATED),
)
steps = builds(StepBar, integers(1, 9), text(max_size=40), standings, one_of(none(), levels))
stages = one_of(none(), sampled_from(Stage))
profiles = builds(
    ProfileFacts, CENTURY, lists(steps, min_size=1, max_size=7).map(tuple), stages, before_on=one_of(none(), CENTURY)
)
points = builds(
    TrendPoint, CENTURY, one_of(none(), integers(0, 100)), stages, booleans(), major=sampled_from(["1", "2", "10"])
)
trends = builds(
    TrendFacts,
    lists(points, max_size=40).map(lambda found: tuple(sorted(found, key=lambda point: point.on))),
    lists(CENTURY, max_size=60).map(tuple),
    CENTURY,
)


def spans(day: date) -> SearchStrategy[ActionSpan]:
    later = integers(0, 900).map(lambda days: day + timedelta(days=days))
    return builds(ActionSpan, just(day), one_of(none(), later), booleans())


burnups = builds(BurnupFacts, lists(CENTURY.flatmap(spans), max_size=120).map(tuple), CENTURY)


@pytest.mark.parametrize("facts", EXAMPLES.values(), ids=EXAMPLES)
def test_a_picture_is_as_wide_as_three_telephones_and_opaque(facts: ChartFacts) -> None:
    picture = decoded(table.draw(facts))

    assert picture.mode == "RGB"
    assert picture.width == WIDTH
    assert WIDTH / 2 < picture.height < WIDTH


@pytest.mark.parametrize("facts", EXAMPLES.values(), ids=EXAMPLES)
def test_the_same_facts_are_the_same_bytes_whoever_draws_them(facts: ChartFacts) -> None:
    with ThreadPoolExecutor(4) as hands:
        drawn = list(hands.map(table.draw, [facts] * 4))
    assert set(drawn) == {table.draw(facts)}


def test_other_facts_are_other_pictures() -> None:
    drawn = [table.draw(facts) for facts in EXAMPLES.values()]
    assert all(one != other for one, other in combinations(drawn, 2))


@pytest.mark.parametrize("facts", EXAMPLES.values(), ids=EXAMPLES)
def test_a_picture_is_soon_there(facts: ChartFacts) -> None:
    assert min(_seconds(lambda: table.draw(facts)) for _ in range(5)) < SECONDS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(one_of(profiles, trends, burnups))
def test_any_facts_can_be_drawn_and_nothing_is_cut_off(facts: ChartFacts) -> None:
    picture = decoded(table.draw(facts))

    assert _border(picture) == {_colour(PAPER)}
    assert table.charted(facts).alt
    assert table.charted(facts).figures


@pytest.mark.parametrize(
    ("name", "same_as"),
    [
        pytest.param("Évaluation", "Step 1", id="a glyph that the font lacks"),
        pytest.param("工程", "Step 1", id="another script"),
        pytest.param("   ", "Step 1", id="nothing"),
        pytest.param("Processes\n", "Step 1", id="a line break"),
    ],
)
def test_a_step_whose_name_cannot_be_drawn_goes_by_its_number(name: str, same_as: str) -> None:
    drawn, plain = (table.draw(a_profile(a_step(rated(2), name=each))) for each in (name, same_as))
    assert drawn == plain


@given(text(alphabet=sorted(GLYPHS), min_size=1, max_size=60), integers(40, 900))
def test_a_long_name_is_shortened_to_the_room_there_is(name: str, room: int) -> None:
    short = shortened(name, PLAIN, room)

    assert width_of(short, PLAIN) <= room
    assert short == name or (short.endswith("…") and name.startswith(short[:-1]))


def test_what_is_taken_for_drawable_has_a_glyph_of_its_own() -> None:
    missing = _drawn("\uffff")
    assert [sign for sign in GLYPHS - {" "} if _drawn(sign) == missing] == []
    assert drawable("Skills & governance")


@pytest.mark.parametrize(
    ("facts", "changed"),
    [
        pytest.param(PROFILE, a_profile(*PROFILE.steps, next=None), id="profile: what comes next"),
        pytest.param(PROFILE, a_profile(*PROFILE.steps, next=Stage.RUN, before_on=None), id="profile: the day before"),
        pytest.param(TREND, TrendFacts(TREND.points, (), MAY), id="trend: what was done"),
        pytest.param(
            TREND, TrendFacts((*TREND.points[:-1], TrendPoint(MAY, 74, Stage.WALK, major="2")), TREND.done, MAY),
            id="trend: a stage",
        ),
        pytest.param(BURNUP, BurnupFacts(BURNUP.spans[:-1], MAY), id="burnup: one less"),
    ],
)  # fmt: skip
def test_what_changes_is_seen(facts: ChartFacts, changed: ChartFacts) -> None:
    assert table.draw(facts) != table.draw(changed)


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _border(picture: Image.Image) -> set[object]:
    width, height = picture.size
    sides = [
        (0, 0, width, EDGE),
        (0, height - EDGE, width, height),
        (0, 0, EDGE, height),
        (width - EDGE, 0, width, height),
    ]
    return {colour for side in sides for _, colour in picture.crop(side).getcolors() or []}


def _colour(name: str) -> tuple[int, ...]:
    return tuple(int(name[place : place + 2], 16) for place in (1, 3, 5))


def _drawn(sign: str) -> bytes:
    sheet = Sheet(60)
    sheet.words((MARGIN, 50), sign)
    return sheet.png()

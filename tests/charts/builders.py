"""The plain case of what each chart shows; a test names only what matters to it."""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from bot.domain.charted import ActionSpan, BurnupFacts, ChartFacts, ProfileFacts, StepBar, TrendFacts, TrendPoint
from bot.domain.ids import StepId
from bot.domain.model import Stage
from bot.domain.results import NotEnoughKnown, NotRated, Rated, StepResult

FEBRUARY, MAY = date(2026, 2, 20), date(2026, 5, 28)
STEP = StepId("s")


def rated(level: int, low: int | None = None, high: int | None = None) -> Rated:
    return Rated(STEP, level, level if low is None else low, level if high is None else high, applicable=6, known=6)


def unknown(low: int = 0, high: int = 3, known: int = 2) -> NotEnoughKnown:
    return NotEnoughKnown(STEP, low, high, applicable=6, known=known, needed=4)


NOT_RATED = NotRated(STEP, applicable=1, absent=5)


def a_step(now: StepResult, before: int | None = None, name: str = "Processes", number: int = 1) -> StepBar:
    return StepBar(number, name, now, before)


def a_profile(*steps: StepBar, **changes: object) -> ProfileFacts:
    plain: dict[str, object] = {"on": MAY, "next": Stage.WALK, "before_on": FEBRUARY}
    return ProfileFacts(steps=steps, **(plain | changes))  # type: ignore[arg-type]  # a test names real fields


PROFILE = a_profile(
    a_step(rated(2), 1, "Processes", 1),
    a_step(rated(2, 1, 3), 2, "Governance", 2),
    a_step(unknown(), 1, "Teams", 3),
    a_step(rated(0), 1, "Tools", 4),
    next=Stage.RUN,
)
FIRST_PROFILE = a_profile(
    a_step(rated(1)), a_step(rated(3, 2, 3), name="Governance"), a_step(NOT_RATED, name="Teams"), before_on=None
)

POINTS = (
    TrendPoint(date(2025, 6, 4), 28, Stage.CRAWL),
    TrendPoint(date(2025, 9, 2), 41, Stage.CRAWL, provisional=True),
    TrendPoint(date(2025, 12, 1), 58, Stage.WALK),
    TrendPoint(date(2026, 3, 2), None, None, major="2"),
    TrendPoint(MAY, 74, Stage.RUN, major="2"),
)
TREND = TrendFacts(POINTS, (date(2025, 7, 1), date(2025, 7, 8), date(2026, 4, 1)), MAY)
FIRST_TREND = TrendFacts(POINTS[:1], (), POINTS[0].on)
LONG_TREND = TrendFacts(
    tuple(TrendPoint(date(2022, 1, 10) + timedelta(days=61 * n), 30 + n, Stage(1 + n // 12)) for n in range(30)),
    tuple(date(2022, 1, 10) + timedelta(days=17 * n) for n in range(100)),
    date(2027, 1, 1),
)

BURNUP = BurnupFacts(
    (
        ActionSpan(date(2026, 1, 5), date(2026, 2, 3)),
        ActionSpan(date(2026, 1, 5), date(2026, 3, 9), dropped=True),
        ActionSpan(date(2026, 1, 5)),
        ActionSpan(date(2026, 4, 7), date(2026, 4, 30)),
        ActionSpan(date(2026, 4, 7)),
    ),
    MAY,
)
FIRST_BURNUP = BurnupFacts((ActionSpan(MAY),), MAY)

EXAMPLES: dict[str, ChartFacts] = {
    "profile": PROFILE,
    "profile, the first": FIRST_PROFILE,
    "trend": TREND,
    "trend, the first": FIRST_TREND,
    "trend, of years": LONG_TREND,
    "burnup": BURNUP,
    "burnup, the first day": FIRST_BURNUP,
}


def decoded(png: bytes) -> Image.Image:
    with Image.open(BytesIO(png)) as picture:
        assert picture.format == "PNG"
        picture.load()
        return picture.copy()

"""What a number means on the scale of its benchmark."""

from bot.domain.model import Benchmark, Direction, Stage


def level_of_number(benchmark: Benchmark, value: float) -> int:
    """The stage that the number reaches, or 0 where it does not reach Crawl."""
    return sum(_reaches(benchmark, value, border) for border in benchmark.bands)


def _reaches(benchmark: Benchmark, value: float, border: float) -> bool:
    return value >= border if benchmark.direction is Direction.HIGHER_IS_BETTER else value <= border


def border_near(benchmark: Benchmark, value: float) -> float | None:
    """The border that the value is so close to that it is worth saying."""
    nearest = min(benchmark.bands, key=lambda border: abs(value - border))
    return nearest if abs(value - nearest) <= benchmark.near else None


def border_of(benchmark: Benchmark, stage: Stage) -> float:
    """The value that just reaches the stage."""
    return benchmark.bands[stage - 1]


def across(benchmark: Benchmark, value: float, *, better: bool) -> float:
    """The value just across the border that it is near, to the better side or the worse; else the value itself."""
    border = border_near(benchmark, value)
    if border is None or _reaches(benchmark, value, border) is better:
        return value
    worse = -benchmark.near if benchmark.direction is Direction.HIGHER_IS_BETTER else benchmark.near
    return border if better else border + worse

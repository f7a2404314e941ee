"""Runs contenders in turn, again and again, and says what came of it: the median and the quartiles."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Figures = Mapping[str, float]
Run = Callable[[], Figures]


@dataclass(frozen=True, slots=True)
class Spread:
    low: float  # a quarter is below
    middle: float
    high: float  # a quarter is above
    runs: int


def spread(values: Sequence[float]) -> Spread:
    if len(values) == 1:
        return Spread(values[0], values[0], values[0], 1)
    low, _, high = quantiles(values, method="inclusive")
    return Spread(low, median(values), high, len(values))


def interleaved(contenders: Mapping[str, Run], repeats: int) -> Mapping[str, Mapping[str, Spread]]:
    """The figures of each contender. Whatever else the machine does meanwhile hits all of them alike.

    Another one begins each time, so that nobody always runs on what the one before has left behind.
    """
    found: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in contenders}
    order = list(contenders)
    for _ in range(repeats):
        for name in order:
            for figure, value in contenders[name]().items():
                found[name][figure].append(value)
        order = [*order[1:], order[0]]
    return {name: {figure: spread(values) for figure, values in figures.items()} for name, figures in found.items()}

"""Every chart there is, by what it shows."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.charts import burnup, profile, trend
from bot.domain.charted import BurnupFacts, Charted, ChartFacts, ProfileFacts, TrendFacts


class Chart(Protocol):
    """What a chart's module has; its facts are those that it stands beside in the table."""

    TITLE: str

    def draw(self, facts: Any) -> bytes:
        """A PNG, the same bytes for the same facts."""
        ...

    def alt(self, facts: Any) -> str: ...

    def figures(self, facts: Any) -> str: ...


CHARTS: Mapping[type[ChartFacts], Chart] = {ProfileFacts: profile, TrendFacts: trend, BurnupFacts: burnup}


def charted(facts: ChartFacts) -> Charted:
    chart = CHARTS[type(facts)]
    return Charted(facts, chart.TITLE, chart.alt(facts), chart.figures(facts))


def draw(facts: ChartFacts) -> bytes:
    return CHARTS[type(facts)].draw(facts)

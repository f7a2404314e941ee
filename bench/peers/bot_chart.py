"""The trend of the score as the bot draws it."""

from bot.charts import trend
from tests.charts.builders import TREND


def draw() -> bytes:
    return trend.draw(TREND)

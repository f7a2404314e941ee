"""Words beside the points of a chart, where there is room for them."""

from collections.abc import Iterable, Sequence

from bot.charts.palette import INK
from bot.charts.sheet import PLAIN, Box, Sheet, Spot, inside, width_of

HIGH = 40
APART = 6


class Labels:
    """``taken``: where no words may stand."""

    def __init__(self, sheet: Sheet, bounds: tuple[float, float], taken: Iterable[Box]) -> None:
        self._sheet = sheet
        self._top, self._bottom = bounds
        self._taken = list(taken)

    def put(self, at: Spot, off: float, choices: Sequence[str], colour: str = INK) -> None:
        """The first of these that fits above the point or below it, so far off; none where nothing fits."""
        x, y = at
        for text in choices:
            width = width_of(text, PLAIN)
            middle = inside(x, width)
            for top in (y - off - HIGH, y + off):
                box = (middle - width / 2 - APART, top, middle + width / 2 + APART, top + HIGH)
                if self._is_free(box):
                    self._taken.append(box)
                    self._sheet.words((middle, top + HIGH - 8), text, PLAIN, colour, "ms", halo=True)
                    return

    def _is_free(self, box: Box) -> bool:
        within = box[1] >= self._top and box[3] <= self._bottom
        return within and not any(_overlap(box, other) for other in self._taken)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

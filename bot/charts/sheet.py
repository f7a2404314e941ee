"""The sheet that charts are drawn on: shapes at twice the size and then made smooth, words on top of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from bot.charts.palette import INK, PAPER
from bot.late import late

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont
else:
    Image, ImageDraw, ImageFont = late("PIL.Image"), late("PIL.ImageDraw"), late("PIL.ImageFont")

WIDTH = 1080  # three times that of a telephone, where 36 are read as 12
MARGIN = 44
SMALL, PLAIN, LARGE = 32, 36, 40
FINE = 2
STRIPE = 24
HALO = 6
QUICK = 3  # of zlib: half the time for a third more bytes

# What the font has; anything else would be drawn as an empty box.
GLYPHS = frozenset(" !#%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz«°±·»‘’“”…")

Spot = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    at: Spot
    size: int
    colour: str
    anchor: str
    halo: int


class Sheet:
    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (WIDTH * FINE, height * FINE), PAPER)
        self._pen = ImageDraw.Draw(self._image)
        self._words: list[Words] = []

    def line(self, spots: Sequence[Spot], colour: str, width: float) -> None:
        """With round ends and bends."""
        self._pen.line([_fine(spot) for spot in spots], colour, round(width * FINE), joint="curve")
        for end in (spots[0], spots[-1]):
            self.disc(end, width / 2, colour)

    def dashes(self, spots: Sequence[Spot], colour: str, width: float, dash: int = 14) -> None:
        for (x, y), (to_x, to_y) in pairwise(spots):
            length = hypot(to_x - x, to_y - y)
            for begin in range(0, int(length), dash * 2):
                parts = (begin / length, min(begin + dash, length) / length)
                ends = [_fine((x + (to_x - x) * part, y + (to_y - y) * part)) for part in parts]
                self._pen.line(ends, colour, round(width * FINE))

    def block(self, box: Box, fill: str, edge: str | None = None, width: float = 3, radius: float = 10) -> None:
        corners = [side * FINE for side in box]
        self._pen.rounded_rectangle(corners, radius * FINE, fill, edge or fill, round(width * FINE))

    def striped(self, box: Box, colour: str, under: str, radius: float = 10) -> None:
        """A block that is hatched: what is not sure."""
        left, top, right, bottom = (round(side * FINE) for side in box)
        width, height = right - left, bottom - top
        cloth = Image.new("RGB", (width, height), under)
        pen = ImageDraw.Draw(cloth)
        for x in range(-height, width, STRIPE * FINE):
            pen.line([(x, height), (x + height, 0)], colour, STRIPE * FINE // 3)
        cut = Image.new("L", cloth.size, 0)
        ImageDraw.Draw(cut).rounded_rectangle((0, 0, width - 1, height - 1), radius * FINE, 255)
        self._image.paste(cloth, (left, top), cut)
        self._pen.rounded_rectangle((left, top, right - 1, bottom - 1), radius * FINE, None, colour, 3 * FINE)

    def area(self, spots: Sequence[Spot], fill: str, edge: str | None = None, width: float = 3) -> None:
        self._pen.polygon([_fine(spot) for spot in spots], fill)
        if edge:
            self.line([*spots, spots[0]], edge, width)

    def disc(self, at: Spot, radius: float, fill: str, edge: str | None = None, width: float = 6) -> None:
        self._pen.circle(_fine(at), radius * FINE, fill, edge or fill, round(width * FINE))

    def words(
        self, at: Spot, text: str, size: int = PLAIN, colour: str = INK, anchor: str = "ls", *, halo: bool = False
    ) -> None:
        """``anchor`` is Pillow's; with a ``halo`` they are read across lines."""
        self._words.append(Words(text, at, size, colour, anchor, HALO if halo else 0))

    def png(self) -> bytes:
        picture = self._image.reduce(FINE)
        pen = ImageDraw.Draw(picture)
        for said in self._words:
            pen.text(
                said.at, said.text, said.colour, _font(said.size), said.anchor,
                stroke_width=said.halo, stroke_fill=PAPER,
            )  # fmt: skip
        written = BytesIO()
        picture.save(written, "PNG", compress_level=QUICK)
        return written.getvalue()


def drawable(text: str) -> bool:
    return bool(text.strip()) and GLYPHS.issuperset(text)


def width_of(text: str, size: int) -> float:
    return _font(size).getlength(text)


def inside(x: float, width: float) -> float:
    """The middle of something so wide, moved where it would leave the sheet."""
    return min(max(x, MARGIN + width / 2), WIDTH - MARGIN - width / 2)


def shortened(text: str, size: int, room: float) -> str:
    while len(text) > 1 and width_of(text, size) > room:
        text = f"{text.removesuffix('…')[:-1].rstrip()}…"
    return text


@cache
def _font(size: int) -> "ImageFont.FreeTypeFont":
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # Pillow's wheels are all built with FreeType
    return font


def _fine(spot: Spot) -> Spot:
    return spot[0] * FINE, spot[1] * FINE

"""Charts as blocks. Their figures stand in the text of what they are put into, so each may also be missing."""

from collections.abc import Mapping, Sequence

from bot.domain.charted import Charted
from bot.domain.delivery import Block as AnyBlock
from bot.domain.delivery import Picture
from bot.domain.ids import FileId
from bot.views import blocks
from bot.views.blocks import Block

ALT = 2000
TITLE = 2000


def build(chart: Charted, file: FileId) -> Block:
    return {
        "type": "image",
        "slack_file": {"id": file},
        "alt_text": blocks.cut(chart.alt, ALT),
        "title": blocks.plain(chart.title, TITLE),
    }


def figures(chart: Charted) -> Block:
    """The same in one line, for the blocks around the picture."""
    return blocks.section(blocks.escape(chart.figures))


def illustrated(
    plain: Sequence[AnyBlock], pictures: Sequence[Picture], files: Mapping[Charted, FileId]
) -> tuple[AnyBlock, ...]:
    """The blocks, with each picture of which there is a file below the one that it belongs to."""
    shown: list[AnyBlock] = []
    for place, block in enumerate(plain):
        here = [picture.chart for picture in pictures if picture.below == place]
        shown += [block, *(build(chart, files[chart]) for chart in here if chart in files)]
    return tuple(shown)

"""Messages that stay readable and within what Slack posts: few blocks, few characters, one sentence first."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.domain.delivery import Message, Picture
from bot.views import blocks, words
from bot.views.blocks import Block

BLOCKS = 40
CHARACTERS = 8000


def message(sentence: str, *rest: Block, spoken: str | None = None, pictures: Sequence[Picture] = ()) -> Message:
    """``spoken``: the same sentence with its titles cut shorter, where the whole would not fit a notification."""
    return Message(words.spoken(spoken or sentence), (blocks.section(sentence), *rest), tuple(pictures))


def rows(
    drawn: Sequence[Block], around: Sequence[Block], more: Callable[[int], Block], at_most: int = BLOCKS
) -> list[Block]:
    """As many rows as there is room for beside the blocks around them; ``more`` says how many are left out."""
    if len(drawn) <= at_most - len(around) and characters([*drawn, *around]) <= CHARACTERS:
        return list(drawn)
    room = CHARACTERS - characters([*around, more(len(drawn))])
    kept: list[Block] = []
    for row in drawn[: at_most - len(around) - 1]:
        room -= characters([row])
        if room < 0:
            break
        kept.append(row)
    return [*kept, more(len(drawn) - len(kept))]


def characters(shown: Sequence[Block]) -> int:
    return sum(_characters(block) for block in shown)


def _characters(value: Any) -> int:
    match value:
        case {"text": str(said)}:
            return len(said)
        case dict():
            return sum(_characters(inner) for inner in value.values())
        case list():
            return sum(_characters(inner) for inner in value)
        case _:
            return 0

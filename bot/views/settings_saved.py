"""What a form of settings is followed by: what was changed, each with its way back, or what was put back."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.ids import UndoId
from bot.views import blocks, echo
from bot.views.blocks import Block, View

CALLBACK = "settings.saved"
TITLE = "Settings"
NOT_YOURS = (
    "There is nothing here that you can change. A team's settings are for its lead, the workspace's for its admins."
)


@dataclass(frozen=True, slots=True)
class Done:
    sentence: str
    undo: UndoId


def build(done: Sequence[Done]) -> View:
    if not done:
        return told("Nothing was changed.")
    rows: list[Block] = [blocks.section(each.sentence, echo.button(each.undo)) for each in done]
    return blocks.modal(CALLBACK, TITLE, [*rows, blocks.context("Undo works for ten minutes.")], metadata="")


def told(sentence: str) -> View:
    return blocks.modal(CALLBACK, TITLE, [blocks.section(sentence)], metadata="")


def opening() -> View:
    """Shown at once when the store is slow, and replaced as soon as it answers."""
    return told("Opening the settings…")


def away() -> View:
    return told("The settings could not be loaded. Nothing is lost: please try again in a minute.")

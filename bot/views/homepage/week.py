"""What the bot is going to tell a person in the next seven days, each with its reason and a way out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from bot.domain.actions import ActionPoint
from bot.domain.ids import TouchId, UndoId
from bot.domain.touches import Rung
from bot.views import blocks, echo, footer, rungs, words
from bot.views.blocks import Block, Element
from bot.views.homepage.paging import Page, Pages, turning

SKIP = "home.skip"
NOTHING = "Nothing is planned for the next seven days."
SHORT_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A touch, on the person's own day and clock."""

    touch: TouchId
    day: date
    at: time
    rung: Rung
    about: ActionPoint | str  # a team by its name
    can_skip: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was just skipped, and how to take that back."""

    what: str  # the bot's own words
    undo: UndoId


def build(page: Page[Planned], pages: Pages, today: date, skipped: Skipped | None) -> list[Block]:
    rows = [block for planned in page.items for block in _planned(planned, today)]
    return [
        blocks.header("My week"),
        *([_skipped(skipped)] if skipped else []),
        *(rows or [blocks.section(NOTHING)]),
        *turning("week", page, pages, "of your reminders"),
    ]


def _planned(planned: Planned, today: date) -> list[Block]:
    when = f"*{words.day(planned.day, today)}*, {planned.at:%H:%M}"
    return [
        blocks.section(f"{when}: {_what(planned.about)} – {rungs.WORDS[planned.rung]}."),
        blocks.actions(*_buttons(planned)),
    ]


def _what(about: ActionPoint | str) -> str:
    return words.inert(about, words.NAME) if isinstance(about, str) else words.title(about, SHORT_TITLE)


def _buttons(planned: Planned) -> Iterator[Element]:
    name = planned.about if isinstance(planned.about, str) else planned.about.label
    what = f"the reminder about {words.aloud(name, 30)}"
    yield blocks.button("Why", footer.WHY, planned.touch, says=f"Why {what} is planned")
    if planned.can_skip:
        yield blocks.button("Skip", SKIP, planned.touch, says=f"Skip {what}")


def _skipped(skipped: Skipped) -> Block:
    said = f"Skipped: {skipped.what}. Undo works for ten minutes."
    return blocks.section(said, echo.button(skipped.undo, "skipping it"))

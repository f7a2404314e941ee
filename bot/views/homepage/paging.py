"""Lists of the App Home that are longer than the calm of a page: a few at a time, with a way on and a way back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

from bot.views import blocks
from bot.views.blocks import Block

EARLIER = "home.earlier"
LATER = "home.later"
A_PAGE = 5
_WRITTEN = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})", re.ASCII)

T = TypeVar("T")
List = Literal["actions", "teams", "week"]


@dataclass(frozen=True, slots=True)
class Pages:
    """How many of each list come before what is shown."""

    actions: int = 0
    teams: int = 0
    week: int = 0


FIRST = Pages()


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """What is shown of a list: the few from ``first`` on, of ``total`` that there are."""

    items: Sequence[T] = ()
    first: int = 0
    total: int = 0


def page_of(listed: Sequence[T], first: int) -> Page[T]:
    """The page that begins there; the last one, where the list has become shorter."""
    last = max(len(listed) - 1, 0) // A_PAGE * A_PAGE
    start = min(first - first % A_PAGE, last)
    return Page(listed[start : start + A_PAGE], start, len(listed))


def read(value: str) -> Pages:
    """The first page of everything for a value that is not of ours."""
    found = _WRITTEN.fullmatch(value)
    return Pages(*(int(number) for number in found.groups())) if found else FIRST


def turning(name: List, page: Page[T], pages: Pages, what: str) -> list[Block]:
    """The buttons below a list; none where all of it is shown."""
    shown_to = page.first + len(page.items)
    buttons = []
    if page.first:
        before = replace(pages, **{name: page.first - A_PAGE})
        buttons.append(blocks.button("Back", EARLIER, _written(before), says=f"Earlier {what}"))
    if shown_to < page.total:
        after = replace(pages, **{name: shown_to})
        left = page.total - shown_to
        buttons.append(blocks.button(f"{left} more", LATER, _written(after), says=f"{left} more {what}"))
    return [blocks.actions(*buttons)] if buttons else []


def _written(pages: Pages) -> str:
    return f"{pages.actions}.{pages.teams}.{pages.week}"

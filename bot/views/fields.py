"""Fields that several forms of settings share, and what a form carries along: whose it is, and how it was drawn."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.domain.calendar import EARLIEST, LATEST
from bot.domain.preferences import Profile
from bot.domain.remembered import Values, merged
from bot.views import blocks, choice_words, words
from bot.views.blocks import Block, Element, View
from bot.views.bookmark import Unreadable
from bot.views.filled_in import State

DEFAULT = "default"
LONGEST_PLACE = 80
_DAYS = frozenset(str(number) for number in range(7))
_HALF_HOURS = tuple(time(hour, minute) for hour in range(24) for minute in (0, 30))


@dataclass(frozen=True, slots=True)
class Fix:
    """What is wrong, by field."""

    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form says, beside what it said when it was drawn."""

    subject: str
    drawn: Values
    submitted: Values

    def onto(self, present: Values) -> Values:
        """What is stored, with what the person changed in the form."""
        return merged(present, self.drawn, self.submitted)

    def changed(self, name: str) -> Any:
        """What the person put there; None where they left it as it was."""
        return self.submitted[name] if self.submitted[name] != self.drawn.get(name) else None


def carried(subject: str, drawn: Values) -> str:
    return json.dumps({"subject": subject, "drawn": drawn}, separators=(",", ":"))


def carried_along(view: View) -> tuple[str, Values]:
    try:
        held = json.loads(str(view.get("private_metadata")))
        return str(held["subject"]), dict(held["drawn"])
    except (ValueError, KeyError, TypeError) as flaw:
        raise Unreadable("a form of settings without what it carries") from flaw


def profile(offered: Profile) -> Element:
    means = words.sentence(choice_words.profile_means(offered))
    return blocks.option(words.sentence(choice_words.profile(offered)), offered, means)


def hour(name: str, label: str, usual: str, chosen: time | None) -> Block:
    """``usual``: what holds where nothing is chosen."""
    options = [blocks.option(usual, DEFAULT), *_hours(chosen)]
    picked = choice_words.clock(chosen) if chosen else DEFAULT
    return blocks.field(name, label, blocks.select(name, options, picked, "Choose a time"))


def certain_hour(name: str, label: str, chosen: time) -> Block:
    """Where one has to be chosen."""
    select = blocks.select(name, _hours(chosen), choice_words.clock(chosen), "Choose a time")
    return blocks.field(name, label, select)


def day(name: str, label: str, usual: str, chosen: int | None) -> Block:
    options = [blocks.option(usual, DEFAULT), *(_day(number) for number in range(7))]
    picked = DEFAULT if chosen is None else str(chosen)
    return blocks.field(name, label, blocks.select(name, options, picked, "Choose a day"))


def certain_day(name: str, label: str, chosen: int) -> Block:
    options = [_day(number) for number in range(7)]
    return blocks.field(name, label, blocks.select(name, options, str(chosen), "Choose a day"))


def week(name: str, label: str, chosen: frozenset[int]) -> Block:
    options = [_day(number) for number in range(7)]
    boxes = blocks.checkboxes(name, options, [str(number) for number in chosen])
    return blocks.field(name, label, boxes, optional=True)  # none at all is answered with a sentence of ours


def place(name: str, label: str, chosen: str | None, example: str, hint: str) -> Block:
    """A zone or a country, typed: there are too many for a list."""
    typed = blocks.text_input(name, chosen, limit=LONGEST_PLACE, placeholder=example)
    return blocks.field(name, label, typed, optional=True, hint=hint)


def people_select(action_id: str, users: Sequence[str], placeholder: str) -> Element:
    element: Element = {
        "type": "multi_users_select",
        "action_id": action_id,
        "placeholder": blocks.plain(placeholder, blocks.PLACEHOLDER),
    }
    return element | ({"initial_users": list(users)} if users else {})


def read_hour(state: State, name: str) -> str | None:
    """As ``remembered`` keeps it. Whether it may be so is asked where it is chosen."""
    chosen = state.chosen(name)
    return chosen if chosen and _is_clock(chosen) else None


def read_day(state: State, name: str) -> int | None:
    chosen = state.chosen(name)
    return int(chosen) if chosen in _DAYS else None


def read_week(state: State, name: str) -> list[int]:
    return sorted(int(chosen) for chosen in state.all_chosen(name) & _DAYS)


def read_text(state: State, name: str) -> Any:
    return state.text(name) or None


def _hours(chosen: time | None) -> list[Element]:
    """Half hours, and the one that was chosen to the minute."""
    offered = sorted({at for at in _HALF_HOURS if EARLIEST <= at <= LATEST} | ({chosen} if chosen else set()))
    return [blocks.option(choice_words.clock(at), choice_words.clock(at)) for at in offered]


def _day(number: int) -> Element:
    return blocks.option(words.DAYS[number], str(number))


def _is_clock(text: str) -> bool:
    try:
        return time.fromisoformat(text).isoformat("minutes") == text
    except ValueError:
        return False

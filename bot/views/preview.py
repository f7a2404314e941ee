"""A rehearsal for admins: who would be told what on which day, as long as nobody does anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.domain.delivery import Message
from bot.domain.ids import UserId
from bot.domain.touches import Rung
from bot.views import blocks, message, rungs, words
from bot.views.blocks import Block

SHORT_NAME = 30


@dataclass(frozen=True, slots=True)
class Expected:
    day: date
    person: UserId | None  # None: the team's channel
    rung: Rung
    action: str | None  # by its label; None: it is about the team


@dataclass(frozen=True, slots=True)
class PreviewFacts:
    team: str
    today: date
    expected: Sequence[Expected]  # the earliest first


def build(facts: PreviewFacts) -> Message:
    sentence, spoken = _sentence(facts, words.NAME), _sentence(facts, SHORT_NAME)
    last = blocks.context(
        "A rehearsal: nothing was sent or changed. Whoever acts, pauses or is not to be disturbed changes it."
    )
    days = [_day(facts, day, list(told)) for day, told in groupby(facts.expected, key=lambda one: one.day)]
    rows = message.rows(days, [blocks.section(sentence), last], _more)
    return message.message(sentence, *rows, last, spoken=spoken)


def _sentence(facts: PreviewFacts, limit: int) -> str:
    name = f"*{words.inert(facts.team, limit)}*"
    if not facts.expected:
        return f"Nobody would be told anything about {name} in the next 14 days."
    times = words.count(len(facts.expected), "time")
    return f"In the next 14 days the bot would speak {times} about {name}."


def _day(facts: PreviewFacts, day: date, told: list[Expected]) -> Block:
    people = [(person, list(of)) for person, of in groupby(sorted(told, key=_whom), key=lambda one: one.person)]
    lines = [f"• {_who(person)}: {words.listed([_what(one) for one in of], 10)}" for person, of in people]
    return blocks.section(words.lines(f"*{words.day(day, facts.today)}*", *words.shortened(lines, 20)))


def _whom(expected: Expected) -> str:
    return expected.person or ""


def _who(person: UserId | None) -> str:
    return blocks.mention(person) if person else "the channel"


def _what(expected: Expected) -> str:
    said = rungs.WORDS[expected.rung]
    return f"{expected.action} ({said})" if expected.action else said


def _more(number: int) -> Block:
    return blocks.context(f"and {words.count(number, 'more day')}")

"""What people can say to a question or about a number, before anything is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.ids import BenchmarkId, QuestionId


@dataclass(frozen=True, slots=True)
class Level:
    """One of the worked options: 0 is not in place yet, 3 is Run."""

    level: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """ "I don't know": the question applies, but nobody could say."""


@dataclass(frozen=True, slots=True)
class Absent:
    """The thing does not exist here, so the question does not apply."""


Answer = Level | Unknown | Absent
Answers = Mapping[QuestionId, Answer]


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    measured: bool  # taken from billing data rather than estimated


@dataclass(frozen=True, slots=True)
class NotKnown:
    """ "We don't know": said about a number."""


Measure = Number | NotKnown
Measures = Mapping[BenchmarkId, Measure]

"""What becomes of a wish to change a setting."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.domain.bounds import Problems
from bot.domain.ids import UndoId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chosen(Generic[T]):
    before: T
    after: T
    undo: UndoId


@dataclass(frozen=True, slots=True)
class Already(Generic[T]):
    """It is so already; nothing was changed."""

    now: T


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be so, and why: a sentence for each thing that was asked for."""

    problems: Problems

    @property
    def sentence(self) -> str:
        return " ".join(self.problems.values())


@dataclass(frozen=True, slots=True)
class NotYours:
    """Said of what belongs to others and of what does not exist, in the same words."""


Outcome = Chosen[T] | Already[T] | Refused | NotYours

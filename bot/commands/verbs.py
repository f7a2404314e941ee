"""What a table of verbs is made of: the words that a verb goes by, who may use it, and what reads the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from bot.commands.dates import Base
from bot.commands.tokens import Tokens, written
from bot.domain.commands import Command
from bot.domain.understanding import Parsed, Wrong


class Who(StrEnum):
    """Who may use a verb, as help says it."""

    ANYONE = "everyone"
    ONESELF = "everyone, for themselves"
    MEMBERS = "members of the team"
    RESPONDENTS = "whoever is taking part in the draft"
    READERS = "members of the team; everyone, where the team is public"
    OWNER_OR_LEAD = "the owner and the team's lead"
    OWNER = "the owner, the team's lead, admins"
    LEAD = "the team's lead, admins"
    LEAD_ALONE = "the team's lead"
    ADMIN = "admins"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands after a verb, and what day it is where it was said."""

    tokens: Tokens
    base: Base
    example: str = ""  # of the verb that is being read

    def only(self, tokens: Tokens) -> "Said":
        return replace(self, tokens=tokens)

    def after(self, count: int) -> "Said":
        return self.only(self.tokens[count:])

    def looking_back(self) -> "Said":
        """Where a date without its year is one that has been."""
        return replace(self, base=replace(self.base, past=True))

    def wrong(self, sentence: str) -> Wrong:
        return Wrong(sentence, self.example)


SHOWN = 40  # of a person's words inside a sentence of ours

Reader = Callable[[Said], Parsed]
ActionReader = Callable[[int, Said], Parsed]  # the number of the action point comes first
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb(Generic[R]):
    name: str
    usage: str  # with words in capitals for what is to be filled in
    does: str
    who: Who
    examples: tuple[str, ...]  # the first of them stands beside whatever is wrong
    read: R


def bare(command: Command) -> Reader:
    """For a verb that takes nothing more: rather than leave words out of account, it is not done."""

    def read(said: Said) -> Parsed:
        return too_much(said) if said.tokens else command

    return read


def too_much(said: Said) -> Wrong:
    return said.wrong(f"I do not know what to do with “{shown(written(said.tokens))}” here.")


def shown(raw: str) -> str:
    return raw if len(raw) <= SHOWN else f"{raw[: SHOWN - 1]}…"


def names(verbs: Sequence[Verb[R]]) -> tuple[str, ...]:
    return tuple(verb.name for verb in verbs)


def named(verbs: Sequence[Verb[R]], name: str) -> Verb[R]:
    return next(verb for verb in verbs if verb.name == name)

"""What became of a person's words: a command, or the one thing that is in the way of it.

What is quoted of the person in these values is theirs as they typed it: a view makes it inert before it shows it.
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.command_text import text_of
from bot.domain.commands import Command


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """A word that the bot does not know, with the whole command that was probably meant, where there is just one."""

    said: str
    suggestion: str | None
    example: str
    choices: tuple[str, ...] = ()  # the words that it may stand for: between two of them nobody guesses


@dataclass(frozen=True, slots=True)
class AmbiguousDate:
    """A date that people read in two ways; each reading comes with the whole command."""

    readings: tuple[date, date]
    commands: tuple[Command, Command]

    @property
    def texts(self) -> tuple[str, str]:
        """The commands as text that a button can carry."""
        first, second = self.commands
        return text_of(first), text_of(second)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Understood, but it cannot be: what is wrong, and how it would be right."""

    sentence: str
    example: str


Parsed = Command | Misunderstood | AmbiguousDate | Wrong

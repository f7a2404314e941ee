"""What help shows: one screen of all verbs, or one verb by its examples."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpLine:
    command: str  # as it is typed behind the slash command
    does: str


@dataclass(frozen=True, slots=True)
class HelpScreen:
    first: tuple[HelpLine, ...]  # what a member needs
    more: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class HelpTopic:
    verb: str
    does: str
    who: str
    examples: tuple[str, ...]

"""The parts of a command's text: words, phrases in quotes, people and channels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.normalise import fold
from bot.domain.ids import ChannelId, UserId
from bot.domain.quoting import AS_SLACK_WRITES, DOUBLE_QUOTES, plain, unquoted


@dataclass(frozen=True, slots=True)
class Word:
    raw: str
    key: str  # as tables have it

    @property
    def is_flag(self) -> bool:
        """--public; an editor may have made a single long dash of the two."""
        name = self.key.lstrip("-")
        return name != self.key and name[:1].isalpha()


@dataclass(frozen=True, slots=True)
class Phrase:
    """In quotes, so that no word of it is taken for the bot's."""

    raw: str
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    raw: str
    user: UserId


@dataclass(frozen=True, slots=True)
class Channel:
    raw: str
    channel: ChannelId


Token = Word | Phrase | Person | Channel
Tokens = tuple[Token, ...]

_DOUBLE = rf"[{DOUBLE_QUOTES}](?P<double>(?:\\.|[^\\{DOUBLE_QUOTES}])*)[{DOUBLE_QUOTES}](?!\S)"
_SINGLE = r"['‘‚](?P<single>[^'‘’‚]*)['’](?!\S)"
_PIECE = rf"(?:{AS_SLACK_WRITES}|\S)+"
_TOKEN = re.compile(f"{_DOUBLE}|{_SINGLE}|{_PIECE}")

_PERSON = re.compile(r"@?<@(?P<id>[UW][A-Z0-9_]+)(?:\|[^<>]*)?>[,;:.!]?")
_CHANNEL = re.compile(r"#?<#(?P<id>[CGD][A-Z0-9_]+)(?:\|[^<>]*)?>[,;:.!]?")


def split(text: str) -> Tokens:
    """The tokens of a text that is clean."""
    return tuple(_token(found) for found in _TOKEN.finditer(text))


def written(tokens: Sequence[Token]) -> str:
    """As it was typed."""
    return " ".join(token.raw for token in tokens)


def text_in(tokens: Sequence[Token]) -> str:
    """The person's words; quotes around all of them only hold them together."""
    match tokens:
        case [Phrase(text=text)]:
            return text
        case _:
            return _one_line(plain(written(tokens)))


def keys(tokens: Sequence[Token]) -> list[str] | None:
    """The words to be compared with tables, in quotes or not; None where there is anything but words."""
    found: list[str] = []
    for token in tokens:
        match token:
            case Word(key=key):
                found.append(key)
            case Phrase(text=text):
                found.extend(fold(text).split())
            case _:
                return None
    return found


def _token(found: re.Match[str]) -> Token:
    raw = found[0]
    inner = found["double"] if found["double"] is not None else found["single"]
    if inner is not None:
        return Phrase(raw, _one_line(unquoted(inner)))
    if person := _PERSON.fullmatch(raw):
        return Person(raw, UserId(person["id"]))
    if channel := _CHANNEL.fullmatch(raw):
        return Channel(raw, ChannelId(channel["id"]))
    return Word(raw, fold(plain(raw)))


def _one_line(text: str) -> str:
    return " ".join(text.split())

"""Flags: words that begin with dashes, with what belongs to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.commands.matching import Found, Near, Several, match_word
from bot.commands.normalise import fold
from bot.commands.tokens import Token, Tokens, Word
from bot.commands.verbs import Said, shown
from bot.domain.understanding import Wrong


class Takes(Enum):
    """What belongs to a flag."""

    NOTHING = auto()
    A_WORD = auto()
    THE_REST = auto()  # up to the next flag


@dataclass(frozen=True, slots=True)
class Flagged:
    """A verb's own words, and what belongs to its flags."""

    words: Said
    flags: Mapping[str, Said]


def flags(said: Said, known: Mapping[str, Takes]) -> Flagged | Wrong:
    words, *segments = _segments(said.tokens)
    found: dict[str, Said] = {}
    for first, *rest in segments:
        raw, _, value = first.raw.partition("=")
        unknown = f"I do not know {shown(raw)}"
        following = (*_word(value), *rest)
        match match_word(fold(raw).lstrip("-"), known):
            case Found(name=name):
                count = {Takes.NOTHING: 0, Takes.A_WORD: 1, Takes.THE_REST: len(following)}[known[name]]
                found[name] = said.only(following[:count])
                words.extend(following[count:])
            case Near(name=name):
                return said.wrong(f"{unknown}. Did you mean --{name}?")
            case Several(names=names):
                return said.wrong(f"{unknown}. Did you mean {' or '.join(f'--{name}' for name in names)}?")
            case None:
                return said.wrong(f"{unknown} here.")
    return Flagged(said.only(tuple(words)), found)


def _segments(tokens: Tokens) -> list[list[Token]]:
    """What stands before the first flag, then each flag with all that follows it."""
    segments: list[list[Token]] = [[]]
    for token in tokens:
        if isinstance(token, Word) and token.is_flag:
            segments.append([])
        segments[-1].append(token)
    return segments


def _word(value: str) -> Sequence[Token]:
    return (Word(value, fold(value)),) if value else ()

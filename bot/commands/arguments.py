"""What verbs take: a number, a person, a team, a date, a person's own words."""

import re
from collections.abc import Callable
from datetime import date
from typing import assert_never

from bot.commands import dates
from bot.commands.tokens import Channel, Person, Phrase, Token, Tokens, Word, keys, text_in
from bot.commands.verbs import Said, shown, too_much
from bot.domain.commands import Command
from bot.domain.ids import UserId
from bot.domain.naming import InChannel, Named, TeamRef
from bot.domain.understanding import AmbiguousDate, Parsed, Wrong

# With dashes of any kind, or several of them, or none.
_ACTION = re.compile(r"(?P<letter>a?)-*0*(?P<number>[1-9]\d{0,6})[,;:.]?", re.ASCII)


def action_number(token: Token) -> int | None:
    """12 for "12", "a12" and "A-12"."""
    found = _ACTION.fullmatch(token.key) if isinstance(token, Word) else None
    return int(found["number"]) if found else None


def is_label(token: Token) -> bool:
    """Whether it can be nothing but an action point: "A-12", where "12" might be any number."""
    return isinstance(token, Word) and token.key.startswith("a") and action_number(token) is not None


def team(said: Said) -> TeamRef | Wrong | None:
    match said.tokens:
        case ():
            return None
        case (Channel(channel=channel),):
            return InChannel(channel)
        case (Phrase(text=text),) if text:
            return Named(text)
        case tokens if all(isinstance(token, Word) for token in tokens):
            return _named(said)
        case _:
            return said.wrong("Please name one team, by its channel or by its name.")


def one_team(said: Said) -> TeamRef | Wrong:
    found = team(said)
    return said.wrong("Please say which team, by its channel or by its name.") if found is None else found


def person(said: Said) -> UserId | Wrong:
    """The person with whom the words begin."""
    match said.tokens:
        case (Person(user=user), *_):
            return user
        case (Word(raw=raw), *_) if raw.startswith("@"):
            return nobody(said, raw)
        case _:
            return said.wrong("Please say who, with @ and the person's name.")


def nobody(said: Said, raw: str) -> Wrong:
    """A name that Slack did not make a mention of."""
    return said.wrong(f"I cannot tell who {shown(raw)} is. Please pick a name from the list that Slack shows after @.")


def only_person(said: Said) -> UserId | Wrong:
    return too_much(said.after(1)) if len(said.tokens) > 1 else person(said)


def own_words(tokens: Tokens) -> str | None:
    return text_in(tokens) or None


def with_reason(said: Said) -> tuple[Said, str | None]:
    """What stands before "because", and what after it."""
    words = [token.key if isinstance(token, Word) else "" for token in said.tokens]
    place = words.index("because") if "because" in words else len(words)
    return said.only(said.tokens[:place]), own_words(said.tokens[place + 1 :])


def day(said: Said) -> dates.Found:
    words = keys(said.tokens)
    return dates.read(words, said.base) if words else dates.NoDate("Please give a date.")


def dated(found: dates.Found, said: Said, command: Callable[[date], Command]) -> Parsed:
    """The command with its date, or both commands where the date is read in two ways."""
    match found:
        case dates.Either(first=first, second=second):
            return AmbiguousDate((first, second), (command(first), command(second)))
        case dates.NoDate(sentence=sentence):
            return said.wrong(sentence)
        case date():
            return command(found)
        case _:
            assert_never(found)


def _named(said: Said) -> TeamRef | Wrong:
    name = text_in(said.tokens).removeprefix("#").strip()
    flag = next((token.raw for token in said.tokens if isinstance(token, Word) and token.is_flag), None)
    if flag:
        return said.wrong(f"I do not know {shown(flag)} here.")
    return Named(name) if name else said.wrong("Please name one team, by its channel or by its name.")

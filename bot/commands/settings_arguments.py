"""What verbs for settings take: a time, days of the week, a zone, a country."""

from collections.abc import Callable
from datetime import time

from bot.commands import times
from bot.commands.matching import Near, match_word
from bot.commands.tokens import keys, written
from bot.commands.verbs import Reader, Said, shown
from bot.domain import gazetteer
from bot.domain.command_text import DEFAULT
from bot.domain.commands import Command
from bot.domain.understanding import Parsed, Wrong


def zone(command: Callable[[str | None], Command]) -> Reader:
    def read(said: Said) -> Parsed:
        words = keys(said.tokens)
        if words == [DEFAULT]:
            return command(None)
        found = gazetteer.zone_called(" ".join(words)) if words else None
        return command(found) if found else said.wrong(_no_zone(words or [], written(said.tokens)))

    return read


def country(command: Callable[[str | None], Command]) -> Reader:
    def read(said: Said) -> Parsed:
        words = keys(said.tokens)
        if words == [DEFAULT]:
            return command(None)
        found = gazetteer.code_called(" ".join(words)) if words else None
        return command(found) if found else said.wrong("Please give a country by its code or its English name.")

    return read


def digest(command: Callable[[int, time], Command]) -> Reader:
    def read(said: Said) -> Parsed:
        first, *rest = keys(said.tokens) or [""]
        day, at = times.weekday(first), times.clock(rest)
        if day is None or at is None:
            return said.wrong("Please give a day of the week and a time.")
        return command(day, at)

    return read


def at(said: Said) -> time | Wrong:
    found = times.clock(keys(said.tokens) or ())
    return said.wrong("Please give a time such as 9:30 or 2 pm.") if found is None else found


def _no_zone(words: list[str], said: str) -> str:
    if not words:
        return "Please give a time zone, or the city that it is named after."
    near = _zone_near(words)
    return f"I know no time zone “{shown(said)}”." + (f" Did you mean {near}?" if near else "")


def _zone_near(words: list[str]) -> str | None:
    """The zone or city that was probably meant."""
    match match_word("_".join(words), [*gazetteer.zones(), *gazetteer.cities()]):
        case Near(name=name):
            return gazetteer.zone_called(name)
        case _:
            return None

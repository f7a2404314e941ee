"""A verb that has verbs of its own, and what is said when none of them was typed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.matching import Found, Near, Several, match_word
from bot.commands.tokens import Word, written
from bot.commands.verbs import Reader, Said, Verb, named, names
from bot.domain.command_text import text_of
from bot.domain.understanding import AmbiguousDate, Misunderstood, Parsed, Wrong


def under(path: str, verbs: Sequence[Verb[Reader]], alone: Parsed | None = None) -> Reader:
    """Reads the verb after `path`; without one the command is `alone`, where there is such a command."""

    def read(said: Said) -> Parsed:
        match said.tokens:
            case (Word(raw=raw, key=key), *_):
                return _chosen(path, verbs, said, raw, key)
            case ():
                return alone if alone is not None else said.wrong(f"Please say what: {_listed(names(verbs))}.")
            case _:
                return Misunderstood(written(said.tokens[:1]), None, said.example)

    return read


def suggest(said: str, meant: Parsed, text: str, example: str) -> Misunderstood:
    """What somebody is asked whose words became a command only after a slip was mended."""
    match meant:
        case Misunderstood(suggestion=suggestion, choices=choices):
            return Misunderstood(said, suggestion, example, choices)
        case Wrong() | AmbiguousDate():
            return Misunderstood(said, text, example)
        case command:
            return Misunderstood(said, text_of(command), example)


def _chosen(path: str, verbs: Sequence[Verb[Reader]], said: Said, raw: str, key: str) -> Parsed:
    rest = said.after(1)
    match match_word(key, names(verbs)):
        case Found(name=name):
            return _read(named(verbs, name), rest)
        case Near(name=name):
            verb = named(verbs, name)
            return suggest(raw, _read(verb, rest), f"{path} {name} {written(rest.tokens)}".rstrip(), verb.examples[0])
        case Several(names=several):
            return Misunderstood(raw, None, said.example, tuple(f"{path} {name}" for name in several))
        case None:
            return Misunderstood(raw, None, said.example)


def _read(verb: Verb[Reader], rest: Said) -> Parsed:
    return verb.read(replace(rest, example=verb.examples[0]))


def _listed(words: Sequence[str]) -> str:
    *firsts, last = words
    return f"{', '.join(firsts)} or {last}"

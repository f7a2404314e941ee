"""What is said of an action point: its number and its verb, in either order, or a new one."""

from dataclasses import replace

from bot.commands.action_verbs import ADD, VERBS
from bot.commands.arguments import action_number
from bot.commands.matching import Found, Near, Several, match_word
from bot.commands.sub_verbs import suggest
from bot.commands.tokens import Word, written
from bot.commands.verbs import Said, named, names
from bot.domain.action_commands import Show
from bot.domain.command_text import text_of
from bot.domain.commands import Actions, Help, Which
from bot.domain.understanding import Misunderstood, Parsed, Wrong

ACTION = "action"
EXAMPLE = "action A-12 done"
ALL_VERBS = (ADD.name, *names(VERBS))


def action(said: Said) -> Parsed:
    """ "A-12 done", "done A-12", "add ..."; alone it shows how action points are spoken of."""
    match said.tokens:
        case ():
            return Help(ACTION)
        case (Word(key=key), *_) if match_word(key, ALL_VERBS) == Found(ADD.name):
            return ADD.read(replace(said.after(1), example=ADD.examples[0]))
        case (first, *_) if number := action_number(first):
            return _about(number, said.after(1))
        case (Word() as verb, second, *rest) if number := action_number(second):
            return _about(number, said.only((verb, *rest)))
        case (Word(raw=raw, key=key), *_):
            return _unnumbered(said.after(1), raw, key)
        case _:
            return Misunderstood(written(said.tokens[:1]), None, EXAMPLE)


def _about(number: int, said: Said) -> Parsed:
    match said.tokens:
        case ():
            return Show(number)
        case (Word(raw=raw, key=key), *_):
            return _decided(number, said.after(1), raw, key)
        case _:
            return Misunderstood(written(said.tokens[:1]), None, EXAMPLE)


def _decided(number: int, rest: Said, raw: str, key: str) -> Parsed:
    label = f"{ACTION} A-{number}"
    match match_word(key, names(VERBS)):
        case Found(name=name):
            return _read(name, number, rest)
        case Near(name=name):
            text = f"{label} {name} {written(rest.tokens)}".rstrip()
            return suggest(raw, _read(name, number, rest), text, named(VERBS, name).examples[0])
        case Several(names=several):
            return Misunderstood(raw, None, EXAMPLE, tuple(f"{label} {name}" for name in several))
        case None:
            return Misunderstood(raw, None, EXAMPLE)


def _read(name: str, number: int, rest: Said) -> Parsed:
    verb = named(VERBS, name)
    return verb.read(number, replace(rest, example=verb.examples[0]))


def _unnumbered(rest: Said, raw: str, key: str) -> Parsed:
    match match_word(key, ALL_VERBS):
        case Found(name=name):
            return Wrong("Please say which action point, by its number.", named(VERBS, name).examples[0])
        case Near(name=ADD.name):
            return suggest(raw, ADD.read(rest), f"{ACTION} {ADD.name} {written(rest.tokens)}", ADD.examples[0])
        case _ if key in tuple(Which):
            return Misunderstood(raw, text_of(Actions(Which(key))), EXAMPLE)
        case _:
            return Misunderstood(raw, None, EXAMPLE)

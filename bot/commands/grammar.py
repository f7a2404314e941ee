"""The table of all verbs, and how words find theirs in it."""

from dataclasses import replace

from bot.commands import admin_verbs, asking_verbs, numbered, remind_verbs, team_verbs
from bot.commands.action_verbs import VERBS as ACTION_VERBS
from bot.commands.arguments import action_number, is_label
from bot.commands.matching import Found, Near, Several, match_word
from bot.commands.numbered import ACTION, ALL_VERBS
from bot.commands.sub_verbs import suggest, under
from bot.commands.tokens import Word, written
from bot.commands.verbs import Reader, Said, Verb, Who, named, names
from bot.domain.command_text import text_of
from bot.domain.commands import Help, Start
from bot.domain.remind_commands import RemindSettings
from bot.domain.team_commands import TeamShow
from bot.domain.understanding import Misunderstood, Parsed

HELP = "help"


def read(said: Said) -> Parsed:
    """The command, whose verb comes first; an action point's number may come before its verb."""
    match said.tokens:
        case ():
            return Start()
        case (first, *_) if action_number(first):
            return numbered.action(said)
        case (Word(raw=raw, key=key), second, *_) if action_number(second):
            return _chosen(said, raw, key, (*names(VERBS), *names(ACTION_VERBS)))
        case (Word(raw=raw, key=key), *_):
            return _chosen(said, raw, key, names(VERBS))
        case _:
            return Misunderstood(written(said.tokens[:1]), None, HELP)


def _chosen(said: Said, raw: str, key: str, known: tuple[str, ...]) -> Parsed:
    match match_word(key, known):
        case Found(name=name):
            return _read(said, name)
        case _ if key in ALL_VERBS:  # an action point's verb in full, though its number does not follow
            return numbered.action(said)
        case Near(name=name):
            text = f"{name} {written(said.tokens[1:])}".rstrip()
            return suggest(raw, _read(said, name), text, _example(name))
        case Several(names=several):
            return Misunderstood(raw, None, HELP, several)
        case None:
            return Misunderstood(raw, None, HELP)


def _read(said: Said, name: str) -> Parsed:
    """The command of words whose first stands for this name."""
    if name not in names(VERBS):
        return numbered.action(said.only((Word(name, name), *said.tokens[1:])))
    rest = replace(said.after(1), example=_example(name))
    if name == "actions" and any(map(is_label, rest.tokens)):  # one of them is meant
        text = f"{ACTION} {written(rest.tokens)}"
        return suggest(said.tokens[0].raw, numbered.action(rest), text, _example(ACTION))
    return named(VERBS, name).read(rest)


def _example(name: str) -> str:
    return named(VERBS, name).examples[0] if name in names(VERBS) else named(ACTION_VERBS, name).examples[0]


def _help(said: Said) -> Parsed:
    match said.tokens:
        case ():
            return Help()
        case (Word(raw=raw, key=key), *_):
            return _help_with(raw, key)
        case _:
            return Misunderstood(written(said.tokens[:1]), None, HELP)


def _help_with(raw: str, key: str) -> Parsed:
    match match_word(key, names(VERBS)):
        case Found(name=name):
            return Help(name)
        case _ if key in ALL_VERBS:
            return Help(ACTION)
        case Near(name=name):
            return Misunderstood(raw, text_of(Help(name)), HELP)
        case Several(names=several):
            return Misunderstood(raw, None, HELP, tuple(text_of(Help(name)) for name in several))
        case None:
            return Misunderstood(raw, None, HELP)


def _noun(name: str, does: str, who: Who, read_rest: Reader, *examples: str) -> Verb[Reader]:
    """A verb with verbs of its own."""
    return Verb(name=name, usage=f"{name} …", does=does, who=who, examples=examples, read=read_rest)


_START, _RESUME, _STATUS, _HISTORY, _ACTIONS, _EXPORT = asking_verbs.VERBS

VERBS: tuple[Verb[Reader], ...] = (
    _START,
    _RESUME,
    _STATUS,
    _HISTORY,
    _ACTIONS,
    _noun(
        ACTION,
        "Changes one action point, or makes one.",
        Who.OWNER,
        numbered.action,
        "action A-12 done",
        "action A-12 snooze 3d",
        "action A-12 due 29 May because the contract ends then",
        "action A-12 assign @ada",
        "action add Tag the untagged volumes @ada due fri",
    ),
    _noun(
        "remind",
        "Says when, and how often, you are reminded.",
        Who.ONESELF,
        under("remind", remind_verbs.VERBS, RemindSettings()),
        "remind light",
        "remind",
        "remind at 10:00",
        "remind pause until 12 May",
        "remind off",
    ),
    _EXPORT,
    _noun(
        "team",
        "Shows or changes the team of the channel.",
        Who.LEAD,
        under("team", team_verbs.VERBS, TeamShow()),
        "team lead @ada",
        "team",
        "team add @ada",
        "team link #payments",
        "team rename Payments and checkout",
    ),
    _noun(
        "admin",
        "Looks after the bot in the workspace.",
        Who.ADMIN,
        under("admin", admin_verbs.VERBS),
        "admin health",
        "admin failures",
        "admin preview #payments",
        "admin policy digest mon 10:00",
        "admin grant admin @ada",
    ),
    Verb(
        name=HELP,
        usage="help [VERB]",
        does="Shows the commands, or how one of them is used.",
        who=Who.ANYONE,
        examples=("help", "help action"),
        read=_help,
    ),
)

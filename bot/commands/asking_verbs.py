"""Verbs that open an assessment, show how a team stands, or take the figures along."""

import re

from bot.commands import dates
from bot.commands.arguments import dated, day, team
from bot.commands.flags import Flagged, Takes, flags
from bot.commands.matching import Found, Near, match_word
from bot.commands.tokens import Person, Token, Word, keys, text_in
from bot.commands.verbs import Reader, Said, Verb, Who
from bot.domain.command_text import text_of
from bot.domain.commands import Actions, Export, ExportFormat, History, Order, OwnedBy, Resume, Start, Status, Which
from bot.domain.ids import AssessmentId
from bot.domain.naming import Draft
from bot.domain.understanding import Misunderstood, Parsed, Wrong

MOST_SHOWN = 50
_DRAFT = re.compile(r"[0-9a-f]{32}", re.ASCII)


def start(said: Said) -> Parsed:
    match flags(said, {"scope": Takes.THE_REST, "anonymous": Takes.NOTHING}):
        case Flagged(words=words, flags=given):
            of = team(words)
            scope = text_in(given["scope"].tokens) if "scope" in given else None
            if scope == "":
                return said.wrong("Please say what the assessment is about after --scope.")
            return of if isinstance(of, Wrong) else Start(of, scope, "anonymous" in given)
        case wrong:
            return wrong


def resume(said: Said) -> Parsed:
    match said.tokens:
        case (Word(key=key),) if _DRAFT.fullmatch(key):
            return Resume(Draft(AssessmentId(key)))
        case _:
            of = team(said)
            return of if isinstance(of, Wrong) else Resume(of)


def status(said: Said) -> Parsed:
    match flags(said, {"public": Takes.NOTHING}):
        case Flagged(words=words, flags=given):
            of = team(words)
            return of if isinstance(of, Wrong) else Status(of, "public" in given)
        case wrong:
            return wrong


def history(said: Said) -> Parsed:
    match flags(said, {"last": Takes.A_WORD, "public": Takes.NOTHING}):
        case Flagged(words=words, flags=given):
            of = team(words)
            last = _how_many(given["last"]) if "last" in given else None
            if isinstance(last, Wrong):
                return last
            return of if isinstance(of, Wrong) else History(of, last, "public" in given)
        case wrong:
            return wrong


def actions(said: Said) -> Parsed:
    head, by = _by(said)
    if isinstance(by, Wrong):
        return by
    which, rest = _which(head)
    if isinstance(which, Misunderstood):
        return which
    of = team(rest)
    if isinstance(of, Wrong):
        return of
    return Actions(which or (Which.TEAM if of or isinstance(by, OwnedBy) else Which.MINE), of, by)


def export(said: Said) -> Parsed:
    match flags(said, {"since": Takes.THE_REST}):
        case Flagged(words=words, flags=given):
            form, of = _format(words), team(words.after(1))
            if isinstance(form, Wrong):
                return form
            if isinstance(of, Wrong):
                return of
            if "since" not in given:
                return Export(form, of)
            return dated(_since(given["since"]), said, lambda since: Export(form, of, since))
        case wrong:
            return wrong


def _how_many(said: Said) -> int | Wrong:
    word = "".join(keys(said.tokens) or ())
    number = int(word) if word.isdecimal() and len(word) <= len(str(MOST_SHOWN)) else 0
    return number if 1 <= number <= MOST_SHOWN else said.wrong(f"Please give a number from 1 to {MOST_SHOWN}.")


def _by(said: Said) -> tuple[Said, OwnedBy | Order | Wrong | None]:
    """The words before "by", and what stands behind it; a person needs no "by"."""
    match said.tokens:
        case (*head, Word(key="by"), Person(user=user)) | (*head, Person(user=user)):
            return said.only(tuple(head)), OwnedBy(user)
        case (*head, Word(key="by"), Word(key=key)):
            found = match_word(key, tuple(Order))
            by = Order(found.name) if isinstance(found, Found) else said.wrong("Please say by whom, by due or by step.")
            return said.only(tuple(head)), by
        case (*head, Word(key="by")):
            return said.only(tuple(head)), said.wrong("Please say by whom, by due or by step.")
        case _:
            return said, None


def _which(said: Said) -> tuple[Which | Misunderstood | None, Said]:
    match said.tokens:
        case (Word(raw=raw, key=key), *_):
            # One slip only: what is no word of ours is the name of a team.
            match match_word(key, tuple(Which), slips=1):
                case Found(name=name):
                    return Which(name), said.after(1)
                case Near(name=name):
                    return Misunderstood(raw, text_of(Actions(Which(name))), said.example), said
    return None, said


def _format(said: Said) -> ExportFormat | Wrong:
    token: Token | None = next(iter(said.tokens), None)
    found = match_word(token.key, tuple(ExportFormat)) if isinstance(token, Word) else None
    if isinstance(found, Found):
        return ExportFormat(found.name)
    return said.wrong("Please say in which format: csv, json or ics.")


def _since(said: Said) -> dates.Found:
    return day(said.looking_back())


VERBS: tuple[Verb[Reader], ...] = (
    Verb(
        name="start",
        usage="start [TEAM] [--scope TEXT] [--anonymous]",
        does="Opens the assessment, or goes on where the draft stands.",
        who=Who.MEMBERS,
        examples=("start", "start #payments", 'start --scope "checkout in production"', "start --anonymous"),
        read=start,
    ),
    Verb(
        name="resume",
        usage="resume [TEAM or DRAFT]",
        does="Opens the draft at the step where it was left.",
        who=Who.RESPONDENTS,
        examples=("resume", "resume #payments"),
        read=resume,
    ),
    Verb(
        name="status",
        usage="status [TEAM] [--public]",
        does="Shows the stage, what holds the team back, and what is open and overdue.",
        who=Who.READERS,
        examples=("status", "status #payments", "status --public"),
        read=status,
    ),
    Verb(
        name="history",
        usage="history [TEAM] [--last NUMBER] [--public]",
        does="Shows the results so far, with dates and who answered.",
        who=Who.READERS,
        examples=("history", "history --last 4", "history #payments --public"),
        read=history,
    ),
    Verb(
        name="actions",
        usage="actions [mine, team, overdue, unowned, stalled or all] [TEAM] [by @PERSON, due or step]",
        does="Lists action points: yours, or those of a team.",
        who=Who.READERS,
        examples=("actions mine", "actions overdue", "actions team by step", "actions team by @ada"),
        read=actions,
    ),
    Verb(
        name="export",
        usage="export csv, json or ics [TEAM] [--since DATE]",
        does="Sends you a file in a direct message.",
        who=Who.MEMBERS,
        examples=("export csv", "export json --since 2026-01-01", "export ics #payments"),
        read=export,
    ),
)

"""Verbs for action points."""

import re

from bot.commands import dates
from bot.commands.arguments import dated, day, nobody, own_words, person, with_reason
from bot.commands.tokens import Person, Tokens, Word, keys, text_in, written
from bot.commands.verbs import ActionReader, Reader, Said, Verb, Who, shown, too_much
from bot.domain.action_commands import (
    AddAction,
    Assign,
    Block,
    Done,
    Drop,
    Due,
    Link,
    Nudge,
    Reopen,
    Show,
    Snooze,
    Unblock,
    WorkingDays,
)
from bot.domain.ids import UserId
from bot.domain.understanding import Parsed, Wrong

_URL = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def add(said: Said) -> Parsed:
    """The owner and the date stand at the end, in either order; all before them is the text."""
    tokens, owner = _owner(said.tokens)
    tokens, due = _due(said.only(tokens))
    if owner is None:
        tokens, owner = _owner(tokens)
    text = text_in(tokens)
    match tokens:
        case (*_, Word(raw=raw)) if raw.startswith("@") and raw != "@":
            return nobody(said, raw)
    if not text:
        return said.wrong("Please say what is to be done.")
    return AddAction(text, owner) if due is None else dated(due, said, lambda on: AddAction(text, owner, on))


def done(number: int, said: Said) -> Parsed:
    return Done(number, own_words(said.tokens))


def snooze(number: int, said: Said) -> Parsed:
    """Days are left to be counted in the owner's calendar."""
    until, because = with_reason(said)
    match dates.counted(keys(until.tokens) or ()):
        case int() as count:
            return Snooze(number, WorkingDays(count), because)
        case dates.NoDate(sentence=sentence):
            return said.wrong(sentence)
    found = dates.after(day(until), said.base.today, "Please choose a day after today.")
    return dated(found, said, lambda on: Snooze(number, on, because))


def assign(number: int, said: Said) -> Parsed:
    match said.tokens:
        case (Word(key="to"), *_):
            said = said.after(1)
    user = person(said)
    return user if isinstance(user, Wrong) else Assign(number, user, own_words(said.tokens[1:]))


def due(number: int, said: Said) -> Parsed:
    """A day that has passed is asked about where the owner's calendar is known."""
    on, because = with_reason(said)
    return dated(day(on), said, lambda found: Due(number, found, because))


def block(number: int, said: Said) -> Parsed:
    text = own_words(said.tokens)
    return Block(number, text) if text else said.wrong("Please say what it waits for.")


def drop(number: int, said: Said) -> Parsed:
    match said.tokens:
        case (Word(key="because"), *_):
            said = said.after(1)
    reason = own_words(said.tokens)
    return Drop(number, reason) if reason else said.wrong("Please say why, so that nobody has to ask later.")


def link(number: int, said: Said) -> Parsed:
    url = text_in(said.tokens)
    return Link(number, url) if _URL.fullmatch(url) else said.wrong("Please give one address, with its https://.")


def _bare(make: type[Unblock | Reopen | Show | Nudge]) -> ActionReader:
    def read(number: int, said: Said) -> Parsed:
        return too_much(said) if said.tokens else make(number)

    return read


def _owner(tokens: Tokens) -> tuple[Tokens, UserId | None]:
    """The person at the end, if there is one."""
    match tokens:
        case (*before, Word(raw="@"), Person(user=user)) | (*before, Person(user=user)):
            return tuple(before), user
        case _:
            return tokens, None


def _due(said: Said) -> tuple[Tokens, dates.Found | None]:
    """The date behind the last "due"; without a date the word is part of the text."""
    places = [place for place, token in enumerate(said.tokens) if isinstance(token, Word) and token.key == "due"]
    words = keys(said.tokens[places[-1] + 1 :]) if places else None
    if not words:
        return said.tokens, None
    found = dates.read(words, said.base)
    if not isinstance(found, dates.NoDate):
        return said.tokens[: places[-1]], found
    if not dates.resembles(words):
        return said.tokens, None
    what = shown(written(said.tokens[places[-1] :]))
    return said.tokens, dates.NoDate(
        f"I cannot read the date in “{what}”. If it is part of the text, put that in quotes."
    )


ADD: Verb[Reader] = Verb(
    name="add",
    usage="action add TEXT [@PERSON] [due DATE]",
    does="Makes an action point of your own.",
    who=Who.MEMBERS,
    examples=("action add Tag the untagged volumes @ada due fri", 'action add "Talk about what is due" due eom'),
    read=add,
)

VERBS: tuple[Verb[ActionReader], ...] = (
    Verb(
        name="done",
        usage="action A-12 done [NOTE]",
        does="Marks it done. Anybody else's word becomes a question to the owner.",
        who=Who.OWNER,
        examples=("action A-12 done", "action A-12 done all volumes carry the cost label"),
        read=done,
    ),
    Verb(
        name="snooze",
        usage="action A-12 snooze DATE or DAYS [because TEXT]",
        does="Puts the reminder off; the due date stays.",
        who=Who.OWNER_OR_LEAD,
        examples=("action A-12 snooze 3d", "action A-12 snooze next week because the invoice is late"),
        read=snooze,
    ),
    Verb(
        name="assign",
        usage="action A-12 assign @PERSON [NOTE]",
        does="Hands it over; the new owner is asked to accept it.",
        who=Who.OWNER,
        examples=("action A-12 assign @ada", "action A-12 assign @ada you know these volumes"),
        read=assign,
    ),
    Verb(
        name="due",
        usage="action A-12 due DATE [because TEXT]",
        does="Sets another due date.",
        who=Who.OWNER,
        examples=("action A-12 due 29 May", "action A-12 due eom because the contract ends then"),
        read=due,
    ),
    Verb(
        name="block",
        usage="action A-12 block TEXT",
        does="Says what it waits for.",
        who=Who.OWNER,
        examples=("action A-12 block waiting for the invoice",),
        read=block,
    ),
    Verb(
        name="unblock",
        usage="action A-12 unblock",
        does="Says that it waits no longer.",
        who=Who.OWNER,
        examples=("action A-12 unblock",),
        read=_bare(Unblock),
    ),
    Verb(
        name="drop",
        usage="action A-12 drop TEXT",
        does="Says that it is not done, and why.",
        who=Who.OWNER,
        examples=("action A-12 drop the service is switched off in June",),
        read=drop,
    ),
    Verb(
        name="reopen",
        usage="action A-12 reopen",
        does="Opens it again after it was done or dropped.",
        who=Who.OWNER,
        examples=("action A-12 reopen",),
        read=_bare(Reopen),
    ),
    Verb(
        name="show",
        usage="action A-12 [show]",
        does="Shows it with its buttons.",
        who=Who.READERS,
        examples=("action A-12 show",),
        read=_bare(Show),
    ),
    Verb(
        name="link",
        usage="action A-12 link ADDRESS",
        does="Ties it to an issue or a page.",
        who=Who.OWNER,
        examples=("action A-12 link https://issues.example.com/COST-7",),
        read=link,
    ),
    Verb(
        name="nudge",
        usage="action A-12 nudge",
        does="Reminds its owner now, in your name; once in five working days.",
        who=Who.LEAD_ALONE,
        examples=("action A-12 nudge",),
        read=_bare(Nudge),
    ),
)

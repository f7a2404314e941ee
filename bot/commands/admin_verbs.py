"""Verbs for those who look after the bot in their workspace."""

import re
from collections.abc import Callable

from bot.commands import settings_arguments
from bot.commands.arguments import one_team, only_person, team
from bot.commands.matching import Found, match_word
from bot.commands.sub_verbs import under
from bot.commands.tokens import Word
from bot.commands.verbs import Reader, Said, Verb, Who, bare
from bot.domain.admin_commands import (
    AdminFailures,
    AdminGrant,
    AdminHealth,
    AdminHolidays,
    AdminPreview,
    AdminRetry,
    AdminRoles,
    AdminStart,
    AdminStop,
    PolicyDigest,
    PolicyGuests,
    PolicyProfile,
    PolicyZone,
)
from bot.domain.commands import Command
from bot.domain.ids import DeliveryId
from bot.domain.naming import TeamRef
from bot.domain.preferences import Profile, Role
from bot.domain.understanding import Parsed, Wrong

_DELIVERY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)


def retry(said: Said) -> Parsed:
    match said.tokens:
        case (Word(raw=raw),) if _DELIVERY.fullmatch(raw):
            return AdminRetry(DeliveryId(raw))
        case _:
            return said.wrong("Please give the id of one failure, as the list of failures shows it.")


def grant(said: Said) -> Parsed:
    role, user = _role(said), only_person(said.after(1))
    if role is None:
        return said.wrong(f"Please say which role: {', '.join(Role)}.")
    return user if isinstance(user, Wrong) else AdminGrant(role, user)


def profile(said: Said) -> Parsed:
    match said.tokens:
        case (Word(key=key),) if isinstance(found := match_word(key, tuple(Profile)), Found):
            return PolicyProfile(Profile(found.name))
        case _:
            return said.wrong("Please give one profile: light, standard or off.")


def guests(said: Said) -> Parsed:
    match said.tokens:
        case (Word(key=key),) if isinstance(found := match_word(key, ("on", "off")), Found):
            return PolicyGuests(found.name == "on")
        case _:
            return said.wrong("Please say on or off.")


def _role(said: Said) -> Role | None:
    match said.tokens:
        case (Word(key=key), *_) if isinstance(found := match_word(key, tuple(Role)), Found):
            return Role(found.name)
        case _:
            return None


def _with_team(command: Callable[[TeamRef], Command]) -> Reader:
    def read(said: Said) -> Parsed:
        of = one_team(said)
        return of if isinstance(of, Wrong) else command(of)

    return read


def preview(said: Said) -> Parsed:
    of = team(said)
    return of if isinstance(of, Wrong) else AdminPreview(of)


def _verb(usage: str, does: str, read: Reader, *examples: str) -> Verb[Reader]:
    name = usage.split()[0]
    written = [f"admin {example}" for example in examples or (usage,)]
    return Verb(name=name, usage=f"admin {usage}", does=does, who=Who.ADMIN, examples=tuple(written), read=read)


def _policy(usage: str, does: str, read: Reader, *examples: str) -> Verb[Reader]:
    name = usage.split()[0]
    written = tuple(f"admin policy {example}" for example in examples)
    return Verb(name=name, usage=f"admin policy {usage}", does=does, who=Who.ADMIN, examples=written, read=read)


POLICY: tuple[Verb[Reader], ...] = (
    _policy(
        "profile light, standard or off",
        "How often people are reminded who have not chosen themselves.",
        profile,
        "profile light",
    ),
    _policy(
        "zone ZONE",
        "The time zone of whoever has none.",
        settings_arguments.zone(PolicyZone),
        "zone Europe/Paris",
    ),
    _policy(
        "digest DAY TIME",
        "When teams get their week, unless a team has its own day.",
        settings_arguments.digest(PolicyDigest),
        "digest mon 10:00",
    ),
    _policy(
        "guests on or off",
        "Whether guests may answer for a team; nothing is ever given to them.",
        guests,
        "guests on",
    ),
)

VERBS: tuple[Verb[Reader], ...] = (
    _verb("health", "Shows the last tick, what waits, and what failed.", bare(AdminHealth())),
    _verb("failures", "Lists what could not be delivered, and why.", bare(AdminFailures())),
    _verb("retry ID", "Tries one of them again.", retry, "retry 7f3a19c2"),
    _verb(
        "stop TEAM", "Stops everything that the bot says by itself to a team.", _with_team(AdminStop), "stop #payments"
    ),
    _verb("start TEAM", "Lets it speak again.", _with_team(AdminStart), "start #payments"),
    _verb("roles", "Lists who has which role.", bare(AdminRoles())),
    _verb("grant ROLE @PERSON", "Gives a person a role.", grant, "grant admin @ada"),
    _verb(
        "holidays COUNTRY",
        "Whose public holidays count where nobody chose; `default` takes them from each time zone.",
        settings_arguments.country(AdminHolidays),
        "holidays FR",
        "holidays default",
    ),
    _verb(
        "policy profile, zone, digest or guests …",
        "Sets what holds for everybody who has not chosen, and whether guests may answer.",
        under("admin policy", POLICY),
        *("policy profile light", "policy zone Europe/Paris", "policy digest mon 10:00", "policy guests on"),
    ),
    _verb(
        "preview [TEAM]",
        "Shows who would be told what in the next 14 days; nothing is sent.",
        preview,
        "preview",
        "preview #payments",
    ),
)

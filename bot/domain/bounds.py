"""What a person, a lead or an admin may choose, and the sentence that is said where it cannot be so."""

import unicodedata
from collections.abc import Mapping
from datetime import date, time, timedelta
from enum import StrEnum

from bot.domain.calendar import EARLIEST, LATEST, Pause
from bot.domain.preferences import PersonPreferences, TeamSettings, WorkspacePolicy

LONGEST_PAUSE = timedelta(days=366)
SHORTEST_CADENCE, LONGEST_CADENCE = 14, 366
LONGEST_NAME = 80


class Field(StrEnum):
    """What a refusal is about: the name of the field in a form."""

    PROFILE = "profile"
    AT = "at"
    ZONE = "zone"
    WEEKDAYS = "weekdays"
    COUNTRY = "country"
    PAUSED_FROM = "paused_from"
    PAUSED_UNTIL = "paused_until"
    DIGESTS = "digests"
    DIGEST_DAY = "digest_day"
    DIGEST_AT = "digest_at"
    ANNOUNCE_TO = "announce_to"
    DROPS = "drops"
    REASSESS_DAYS = "reassess_days"
    TARGETS = "targets"
    SPEAKS = "speaks"
    NAME = "name"
    CHANNEL = "channel"
    LEAD = "lead"
    MEMBERS = "members"
    ADMIN = "admin"
    GUESTS = "guests"


Problems = Mapping[Field, str]


def of_person(wanted: PersonPreferences, today: date) -> Problems:
    """``today``: the person's. Zones and countries are compared with their lists elsewhere."""
    return _found(
        {
            Field.AT: _hour(wanted.at),
            Field.WEEKDAYS: _week(wanted.weekdays),
            Field.PAUSED_UNTIL: _pause(wanted.pause, today),
        }
    )


def of_team(wanted: TeamSettings, *, is_private: bool) -> Problems:
    return _found(
        {
            Field.DIGEST_AT: _hour(wanted.digest_at),
            Field.REASSESS_DAYS: _cadence(wanted.reassess_days),
            Field.ANNOUNCE_TO: _OWN_CHANNEL_ONLY if is_private and wanted.announce_to else None,
        }
    )


def of_workspace(wanted: WorkspacePolicy) -> Problems:
    return _found({Field.DIGEST_AT: _hour(wanted.digest_at), Field.WEEKDAYS: _week(wanted.weekdays)})


def name(typed: str) -> str:
    """A team's name as it is kept: one line, composed, without what nobody sees or what a database refuses."""
    shown = "".join(sign for sign in unicodedata.normalize("NFC", typed) if sign.isspace() or sign.isprintable())
    return " ".join(shown.split())


def of_name(kept: str) -> Problems:
    if not kept:
        return {Field.NAME: "Please say what the team is called."}
    too_long = f"Please choose a name of {LONGEST_NAME} characters at most."
    return {Field.NAME: too_long} if len(kept) > LONGEST_NAME else {}


_OWN_CHANNEL_ONLY = "This team's channel is private: its stage is told there and nowhere else."


def _hour(at: time | None) -> str | None:
    if at is None or EARLIEST <= at <= LATEST:
        return None
    return f"Please choose a time from {EARLIEST:%H:%M} to {LATEST:%H:%M}."


def _week(weekdays: frozenset[int] | None) -> str | None:
    return None if weekdays is None or weekdays else "Please choose one working day at least."


def _pause(pause: Pause | None, today: date) -> str | None:
    if pause is None:
        return None
    if pause.last < pause.first:
        return "The pause would end before it begins. Please choose a later day."
    if pause.last < today:
        return "That day has passed. Please choose today or a later day."
    if pause.last - pause.first > LONGEST_PAUSE:
        return "A pause lasts a year at most. Please choose an earlier day, or turn reminders off."
    return None


def _cadence(days: int | None) -> str | None:
    if days is None or SHORTEST_CADENCE <= days <= LONGEST_CADENCE:
        return None
    return f"Please choose from {SHORTEST_CADENCE} to {LONGEST_CADENCE} days."


def _found(sentences: Mapping[Field, str | None]) -> Problems:
    return {field: sentence for field, sentence in sentences.items() if sentence is not None}

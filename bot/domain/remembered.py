"""Choices as plain values: kept with an undo, carried along by a form, and compared one by one.

Only what was changed is compared and put back: another setting that somebody chose meanwhile stays as they chose it.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.domain.calendar import Pause
from bot.domain.ids import ChannelId, StepId
from bot.domain.model import Stage
from bot.domain.preferences import Drops, PersonPreferences, Profile, TeamSettings, WorkspacePolicy

Values = Mapping[str, Any]


def of_person(chosen: PersonPreferences) -> Values:
    pause = chosen.pause
    return {
        "profile": chosen.profile,
        "at": _clock(chosen.at),
        "zone": chosen.zone,
        "weekdays": _days(chosen.weekdays),
        "country": chosen.country,
        "pause": [pause.first.isoformat(), pause.last.isoformat()] if pause else None,
    }


def person(values: Values) -> PersonPreferences:
    return PersonPreferences(
        profile=Profile(values["profile"]) if values["profile"] else None,
        at=_time(values["at"]),
        zone=values["zone"],
        weekdays=_weekdays(values["weekdays"]),
        country=values["country"],
        pause=Pause(*(date.fromisoformat(day) for day in values["pause"])) if values["pause"] else None,
    )


def of_team(settings: TeamSettings) -> Values:
    return {
        "zone": settings.zone,
        "digests": settings.digests,
        "digest_day": settings.digest_day,
        "digest_at": _clock(settings.digest_at),
        "announce_to": settings.announce_to,
        "drops": settings.drops,
        "reassess_days": settings.reassess_days,
        "reassess_on": settings.reassess_on.isoformat() if settings.reassess_on else None,
        "targets": {step: int(stage) for step, stage in sorted(settings.targets.items())},
    }


def team(values: Values) -> TeamSettings:
    return TeamSettings(
        zone=values["zone"],
        digests=values["digests"],
        digest_day=values["digest_day"],
        digest_at=_time(values["digest_at"]),
        announce_to=ChannelId(values["announce_to"]) if values["announce_to"] else None,
        drops=Drops(values["drops"]),
        reassess_days=values["reassess_days"],
        reassess_on=date.fromisoformat(values["reassess_on"]) if values["reassess_on"] else None,
        targets={StepId(step): Stage(level) for step, level in values["targets"].items()},
    )


def of_workspace(policy: WorkspacePolicy) -> Values:
    return {
        "profile": policy.profile,
        "zone": policy.zone,
        "country": policy.country,
        "weekdays": _days(policy.weekdays),
        "digest_day": policy.digest_day,
        "digest_at": _clock(policy.digest_at),
        "guests": policy.guests,
    }


def workspace(values: Values) -> WorkspacePolicy:
    at = _time(values["digest_at"])
    assert at is not None  # it always has one
    return WorkspacePolicy(
        profile=Profile(values["profile"]),
        zone=values["zone"],
        country=values["country"],
        weekdays=_weekdays(values["weekdays"]),
        digest_day=values["digest_day"],
        digest_at=at,
        guests=values["guests"],
    )


def difference(before: Values, after: Values) -> tuple[Values, Values]:
    """What was changed: as it was, and as it is."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}


def put_back(present: Values, before: Values, after: Values) -> Values | None:
    """The present with what was changed as it was before; None where it is not as the change left it any more."""
    if any(present.get(name) != value for name, value in after.items()):
        return None
    return {**present, **before}


def merged(present: Values, drawn: Values, submitted: Values) -> Values:
    """The present with what a form changed: a field that the person left alone overwrites nothing."""
    return {**present, **{name: value for name, value in submitted.items() if drawn.get(name) != value}}


def _clock(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None


def _time(clock: str | None) -> time | None:
    return time.fromisoformat(clock) if clock else None


def _days(weekdays: frozenset[int] | None) -> list[int] | None:
    return None if weekdays is None else sorted(weekdays)


def _weekdays(days: list[int] | None) -> frozenset[int] | None:
    return None if days is None else frozenset(days)

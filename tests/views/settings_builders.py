"""The plain case of what holds for a person, a team and the workspace; a test names only what matters to it."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.calendar import MONDAY, MONDAY_TO_FRIDAY
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.in_force import Holds, PersonInForce, Source, TeamInForce, WorkspaceInForce
from bot.domain.preferences import DIGEST_AT, PersonPreferences, Profile, TeamSettings, WorkspacePolicy
from bot.domain.teams import Place, Team
from bot.domain.touches import Rung, Track
from bot.domain.whys import Ahead, Told
from tests.domain.action_builders import ANA, LEA, TOM, an_action
from tests.domain.builders import MODEL

TODAY = date(2026, 5, 22)
PARIS = "Europe/Paris"
TEAM = Team(TeamId("te-1"), Place(ChannelId("CPAY"), "Payments", is_private=False), LEA)


def person_in_force(**changes: Any) -> PersonInForce:
    plain = PersonInForce(
        chosen=PersonPreferences(),
        today=TODAY,
        profile=Holds(Profile.STANDARD, Source.WORKSPACE),
        usual_profile=Profile.STANDARD,
        at=Holds(time(9, 42), Source.NOBODY),
        zone=Holds(PARIS, Source.SLACK),
        weekdays=Holds(MONDAY_TO_FRIDAY, Source.COUNTRY),
        country=Holds("FR", Source.ZONE),
        country_name="France",
        pause=None,
    )
    return replace(plain, **changes)


def team_in_force(**changes: Any) -> TeamInForce:
    plain = TeamInForce(
        team=TEAM,
        chosen=TeamSettings(),
        members=(ANA, TOM),
        zone=Holds(PARIS, Source.LEAD),
        digest_day=Holds(MONDAY, Source.WORKSPACE),
        digest_at=Holds(DIGEST_AT, Source.WORKSPACE),
        reassess_days=Holds(90, Source.MODEL),
        steps={step.id: step.short for step in MODEL.scored_steps},
    )
    return replace(plain, **changes)


def workspace_in_force(**changes: Any) -> WorkspaceInForce:
    return replace(WorkspaceInForce(policy=WorkspacePolicy(), country_name=None, admins=(UserId("UANA"),)), **changes)


def told(rung: Rung = Rung.T1, track: Track = Track.OWNER, **changes: Any) -> Told:
    of_action = track in (Track.OWNER, Track.LEAD, Track.OWNERLESS, Track.HANDOVER)
    plain = Told(track=track, rung=rung, team="Payments", action=an_action() if of_action else None)
    return replace(plain, **changes)


def ahead(rung: Rung, day: int) -> Ahead:
    return Ahead(told(rung), datetime(2026, 5, day, 9, 42, tzinfo=ZoneInfo(PARIS)))

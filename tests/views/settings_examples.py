"""One of everything that settings, undo and "Why am I seeing this?" show."""

from dataclasses import replace
from datetime import date, time

from bot.domain.calendar import Pause
from bot.domain.delivery import Message
from bot.domain.ids import ChannelId, StepId, UndoId
from bot.domain.in_force import Holds, Source
from bot.domain.model import Stage
from bot.domain.preferences import Drops, PersonPreferences, Profile, TeamSettings, WorkspacePolicy
from bot.domain.touches import Rung, Track
from bot.domain.whys import Said
from bot.views import (
    echo,
    person_settings,
    person_shown,
    sample,
    settings_saved,
    team_changed,
    team_people,
    team_settings,
    team_shown,
    why,
    workspace_settings,
    workspace_shown,
)
from bot.views.blocks import View
from bot.views.settings_saved import Done
from tests.domain.action_builders import ANA, TOM
from tests.views.settings_builders import TEAM, TODAY, ahead, person_in_force, team_in_force, told, workspace_in_force

LIGHT = person_in_force(
    chosen=PersonPreferences(
        profile=Profile.LIGHT,
        at=time(10, 15),
        zone="Asia/Tokyo",
        weekdays=frozenset({6, 0, 1, 2, 3}),
        country="IL",
        pause=Pause(date(2026, 5, 25), date(2026, 6, 5)),
    ),
    profile=Holds(Profile.LIGHT, Source.CHOSEN),
    at=Holds(time(10, 15), Source.CHOSEN),
    zone=Holds("Asia/Tokyo", Source.CHOSEN),
    weekdays=Holds(frozenset({6, 0, 1, 2, 3}), Source.CHOSEN),
    country=Holds("IL", Source.CHOSEN),
    country_name="Israel",
    pause=Pause(date(2026, 5, 25), date(2026, 6, 5)),
)
SET_UP = team_in_force(
    chosen=TeamSettings(
        zone="Asia/Tokyo",
        digests=False,
        digest_day=2,
        digest_at=time(9),
        announce_to=ChannelId("CWIDE"),
        drops=Drops.LEAD_ONLY,
        reassess_days=45,
        targets={StepId("process"): Stage.WALK},
    ),
    reassess_days=Holds(45, Source.TEAM),
)
STOPPED = team_in_force(team=replace(TEAM, is_stopped=True, suspended="unlinked"), members=())
GERMAN = workspace_in_force(policy=WorkspacePolicy(country="DE", digest_day=4), country_name="Germany")

MESSAGES: dict[str, Message] = {
    "changed": echo.changed("A-12 is due Fri 29 May now.", UndoId("un-1")),
    "person_shown": person_shown.build(person_in_force()),
    "person_changed": person_shown.changed(PersonPreferences(), LIGHT, UndoId("un-1")),
    "person_so_already": person_shown.so_already(person_in_force()),
    "team_shown": team_shown.build(team_in_force(), may_change=True),
    "team_shown_to_others": team_shown.build(STOPPED, may_change=False),
    "team_changed": team_shown.changed(TeamSettings(), SET_UP, UndoId("un-1")),
    "team_led": echo.changed(team_changed.led(TEAM), UndoId("un-1")),
    "team_removed": echo.changed(team_changed.removed(TEAM, TOM), UndoId("un-1")),
    "roles": workspace_shown.roles(workspace_in_force()),
    "policy_changed": workspace_shown.changed(WorkspacePolicy(), GERMAN, UndoId("un-1")),
    "sample": sample.build(ANA),
    "sample_planned": sample.planned([ahead(Rung.T5, 22), ahead(Rung.T1, 28), ahead(Rung.T0, 29)], TODAY),
    "sample_nothing_planned": sample.planned([], TODAY),
    "why_owner": why.of_touches([told()], person_in_force()),
    "why_bundle": why.of_touches([told(), told(Rung.ESCALATION, Track.LEAD), told()], person_in_force()),
    "why_digest": why.of_touches([told(Rung.DIGEST, Track.DIGEST)], None),
    "why_result": why.of_post(Said.RESULT, "Payments", None),
    "why_handed_over": why.of_post(Said.HANDED_OVER, "A-12", person_in_force()),
    "why_not_yours": why.not_yours(),
}
LISTS = frozenset({"team_shown", "roles"})

VIEWS: dict[str, View] = {
    "person_settings": person_settings.build(person_in_force()),
    "person_settings_chosen": person_settings.build(LIGHT),
    "team_settings": team_settings.build(team_in_force(), may_stop=False),
    "team_settings_chosen": team_settings.build(SET_UP, may_stop=True),
    "team_people": team_people.build(team_in_force()),
    "team_people_unlinked": team_people.build(STOPPED),
    "workspace_settings": workspace_settings.build(workspace_in_force()),
    "settings_saved": settings_saved.build([Done(team_changed.renamed(TEAM), UndoId("un-1"))]),
    "settings_nothing_saved": settings_saved.build([]),
    "settings_opening": settings_saved.opening(),
    "settings_not_yours": settings_saved.told(settings_saved.NOT_YOURS),
}

"""Forms of settings: what is drawn is what holds, and sent back untouched they change nothing."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.bounds import Field
from bot.domain.calendar import Pause
from bot.domain.ids import ChannelId, StepId, UserId
from bot.domain.in_force import Holds, Source
from bot.domain.model import Stage
from bot.domain.preferences import Drops, PersonPreferences, Profile, TeamSettings, WorkspacePolicy
from bot.domain.remembered import of_person, of_team, of_workspace
from bot.views import person_settings, team_people, team_settings, workspace_settings
from bot.views.bookmark import Unreadable
from bot.views.fields import Filled, Fix
from bot.views.team_people import Arrangement
from tests.domain.action_builders import ANA, LEA, TOM
from tests.views.builders import filled
from tests.views.checks import check_view
from tests.views.settings_builders import TEAM, TODAY, person_in_force, team_in_force, workspace_in_force

clocks = st.times(time(6), time(20)).map(lambda at: at.replace(second=0, microsecond=0))
weeks = st.frozensets(st.integers(0, 6), min_size=1)
days = st.dates(TODAY, date(2027, 5, 1))
people = st.builds(
    PersonPreferences,
    profile=st.none() | st.sampled_from(Profile),
    at=st.none() | clocks,
    zone=st.none() | st.just("Asia/Tokyo"),
    weekdays=st.none() | weeks,
    country=st.none() | st.just("IL"),
    pause=st.none() | st.builds(Pause, days, days),
)
teams = st.builds(
    TeamSettings,
    zone=st.none() | st.just("Asia/Tokyo"),
    digests=st.booleans(),
    digest_day=st.none() | st.integers(0, 6),
    digest_at=st.none() | clocks,
    announce_to=st.none() | st.just(ChannelId("CWIDE")),
    drops=st.sampled_from(Drops),
    reassess_days=st.none() | st.integers(14, 366),
    reassess_on=st.none() | days,
    targets=st.dictionaries(st.sampled_from([StepId("process"), StepId("of-another-model")]), st.sampled_from(Stage)),
)
policies = st.builds(
    WorkspacePolicy,
    profile=st.sampled_from(Profile),
    zone=st.none() | st.just("Asia/Tokyo"),
    country=st.none() | st.just("IL"),
    weekdays=st.none() | weeks,
    digest_day=st.integers(0, 6),
    digest_at=clocks,
    guests=st.booleans(),
)


@given(people, weeks)
@settings(deadline=None)
def test_ones_own_sent_back_untouched_changes_nothing(own: PersonPreferences, usual: frozenset[int]) -> None:
    week = Holds(own.weekdays or usual, Source.CHOSEN)
    view = person_settings.build(person_in_force(chosen=own, weekdays=week, pause=own.pause))
    check_view(view)
    form = person_settings.read(filled(view))
    assert isinstance(form, Filled)
    assert form.onto(of_person(own)) == of_person(own)


@given(teams, st.booleans(), st.booleans())
@settings(deadline=None)
def test_a_teams_sent_back_untouched_changes_nothing(chosen: TeamSettings, may_stop: bool, stopped: bool) -> None:
    team = replace(TEAM, is_stopped=stopped)
    view = team_settings.build(team_in_force(team=team, chosen=chosen), may_stop=may_stop)
    check_view(view)
    form = team_settings.read(filled(view))
    assert form.onto(of_team(chosen)) == of_team(chosen)
    assert form.changed("speaks") is None


@given(policies)
@settings(deadline=None)
def test_the_workspaces_sent_back_untouched_changes_nothing(policy: WorkspacePolicy) -> None:
    view = workspace_settings.build(workspace_in_force(policy=policy))
    check_view(view)
    form, admin = workspace_settings.read(filled(view))
    assert form.onto(of_workspace(policy)) == of_workspace(policy)
    assert admin is None


def test_a_teams_people_sent_back_untouched_change_nothing() -> None:
    view = team_people.build(team_in_force())
    assert team_people.read(filled(view)) == Arrangement(TEAM.id, None, None, None, frozenset(), frozenset(), False)


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        pytest.param({"profile": "light"}, "profile", "light", id="light"),
        pytest.param({"profile": "default"}, "profile", None, id="as the workspace has it"),
        pytest.param({"at": "10:30"}, "at", "10:30", id="an hour"),
        pytest.param({"zone": " Paris "}, "zone", "Paris", id="a zone as it was typed"),
        pytest.param({"zone": None}, "zone", None, id="no zone"),
        pytest.param({"weekdays": ["6", "0"]}, "weekdays", [0, 6], id="days"),
        pytest.param({"country": "France"}, "country", "France", id="a country as it was typed"),
        pytest.param({"paused_until": "2026-06-01"}, "pause", ["2026-05-22", "2026-06-01"], id="a pause from today"),
    ],
)
def test_ones_own_as_it_was_filled_in(typed: dict[str, Any], name: str, value: Any) -> None:
    form = person_settings.read(filled(person_settings.build(person_in_force()), **typed))
    assert isinstance(form, Filled)
    assert form.submitted[name] == value


def test_a_pause_ends_with_its_box() -> None:
    pause = Pause(TODAY, date(2026, 6, 1))
    view = person_settings.build(person_in_force(chosen=PersonPreferences(pause=pause), pause=pause))
    form = person_settings.read(filled(view, no_pause=[person_settings.NO_PAUSE]))
    assert isinstance(form, Filled)
    assert form.submitted["pause"] is None


def test_a_pause_without_its_first_day_is_asked_about() -> None:
    view = filled(person_settings.build(person_in_force()), paused_from=None, paused_until="2026-06-01")
    assert person_settings.read(view) == Fix({Field.PAUSED_FROM: "Please say from which day on."})


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        pytest.param({"digests": "off"}, "digests", False, id="no digest"),
        pytest.param({"digest_day": "4"}, "digest_day", 4, id="another day"),
        pytest.param({"digest_at": "08:30"}, "digest_at", "08:30", id="another hour"),
        pytest.param({"announce_to": "CWIDE"}, "announce_to", "CWIDE", id="told of elsewhere"),
        pytest.param({"drops": "lead-only"}, "drops", "lead-only", id="the lead alone"),
        pytest.param({"reassess_days": "60"}, "reassess_days", 60, id="more often"),
        pytest.param({"target.process": "2"}, "targets", {"process": 2}, id="a target"),
        pytest.param({"speaks": "off"}, "speaks", False, id="stopped"),
    ],
)
def test_a_teams_as_it_was_filled_in(typed: dict[str, Any], name: str, value: Any) -> None:
    form = team_settings.read(filled(team_settings.build(team_in_force(), may_stop=True), **typed))
    assert form.changed(name) == value


def test_a_team_is_no_longer_told_of_elsewhere_with_its_box() -> None:
    chosen = TeamSettings(announce_to=ChannelId("CWIDE"))
    view = team_settings.build(team_in_force(chosen=chosen), may_stop=False)
    form = team_settings.read(filled(view, own_channel_only=[team_settings.OWN_CHANNEL_ONLY]))
    assert form.submitted["announce_to"] is None


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        pytest.param({"name": "Checkout"}, {"name": "Checkout"}, id="another name"),
        pytest.param({"lead": str(ANA)}, {"lead": ANA}, id="another lead"),
        pytest.param({"channel": "COPS"}, {"channel": ChannelId("COPS")}, id="another channel"),
        pytest.param({"members": [str(ANA), str(LEA)]}, {"added": {LEA}, "removed": {TOM}}, id="others"),
        pytest.param({"members": []}, {"removed": {ANA, TOM}}, id="nobody"),
        pytest.param({"unlink": ["unlink"]}, {"unlinks": True}, id="no channel"),
    ],
)
def test_a_teams_people_as_they_were_filled_in(typed: dict[str, Any], wanted: dict[str, Any]) -> None:
    form = team_people.read(filled(team_people.build(team_in_force()), **typed))
    assert isinstance(form, Arrangement)
    none: dict[str, Any] = {**dict.fromkeys(("name", "lead", "channel")), "added": set(), "removed": set()}
    asked = {**none, "unlinks": False, **wanted}
    assert {name: getattr(form, name) for name in asked} == asked


def test_a_team_without_a_channel_speaks_there_again_with_its_box() -> None:
    unlinked = replace(TEAM, suspended="unlinked")
    view = team_people.build(team_in_force(team=unlinked))
    form = team_people.read(filled(view, relink=[team_people.RELINK]))
    assert isinstance(form, Arrangement)
    assert form.channel == TEAM.place.channel


def test_a_team_without_a_lead_is_asked_about() -> None:
    assert isinstance(team_people.read(filled(team_people.build(team_in_force()), lead=None)), Fix)


def test_hundreds_of_members_are_not_lost_by_a_form_that_shows_some() -> None:
    many = tuple(UserId(f"U{number:010}") for number in range(300))
    view = team_people.build(team_in_force(members=many))
    check_view(view)
    form = team_people.read(filled(view))
    assert isinstance(form, Arrangement)
    assert not form.removed


@pytest.mark.parametrize("read", [person_settings.read, team_settings.read, team_people.read, workspace_settings.read])
@pytest.mark.parametrize("metadata", ["", "{}", "[]", "null", '{"subject": 1}', '{"subject": "a", "drawn": 7}'])
def test_a_view_that_is_not_of_ours_is_unreadable(read: Any, metadata: str) -> None:
    with pytest.raises(Unreadable):
        read({"private_metadata": metadata, "state": {"values": {}}})

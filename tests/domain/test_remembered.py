"""Choices as plain values: written and read they are the same, and compared one by one."""

import json
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import remembered
from bot.domain.calendar import Pause
from bot.domain.ids import ChannelId, StepId
from bot.domain.model import Stage
from bot.domain.preferences import Drops, PersonPreferences, Profile, TeamSettings, WorkspacePolicy

clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weeks = st.frozensets(st.integers(0, 6), min_size=1)
names = st.text(min_size=1, max_size=20)
people = st.builds(
    PersonPreferences,
    profile=st.none() | st.sampled_from(Profile),
    at=st.none() | clocks,
    zone=st.none() | names,
    weekdays=st.none() | weeks,
    country=st.none() | names,
    pause=st.none() | st.builds(Pause, st.dates(), st.dates()),
)
teams = st.builds(
    TeamSettings,
    zone=st.none() | names,
    digests=st.booleans(),
    digest_day=st.none() | st.integers(0, 6),
    digest_at=st.none() | clocks,
    announce_to=st.none() | names.map(ChannelId),
    drops=st.sampled_from(Drops),
    reassess_days=st.none() | st.integers(1, 400),
    reassess_on=st.none() | st.dates(),
    targets=st.dictionaries(names.map(StepId), st.sampled_from(Stage)),
)
policies = st.builds(
    WorkspacePolicy,
    profile=st.sampled_from(Profile),
    zone=st.none() | names,
    country=st.none() | names,
    weekdays=st.none() | weeks,
    digest_day=st.integers(0, 6),
    digest_at=clocks,
    guests=st.booleans(),
)


def stored(values: remembered.Values) -> remembered.Values:
    """As a database gives it back."""
    found: remembered.Values = json.loads(json.dumps(values))
    return found


@given(people, teams, policies)
def test_what_is_kept_can_be_read_back(person: PersonPreferences, team: TeamSettings, policy: WorkspacePolicy) -> None:
    assert remembered.person(stored(remembered.of_person(person))) == person
    assert remembered.team(stored(remembered.of_team(team))) == team
    assert remembered.workspace(stored(remembered.of_workspace(policy))) == policy


@given(teams, teams)
def test_a_change_is_put_back_as_it_was(before: TeamSettings, after: TeamSettings) -> None:
    was, is_now = remembered.of_team(before), remembered.of_team(after)
    changed = remembered.difference(was, is_now)
    assert remembered.put_back(is_now, *changed) == was


LIGHT, AT_NINE = PersonPreferences(profile=Profile.LIGHT), PersonPreferences(profile=Profile.LIGHT, at=time(9))
OFF = PersonPreferences(profile=Profile.OFF, at=time(9))
NOTHING, FIRST, BOTH, OTHERWISE = (
    remembered.of_person(chosen) for chosen in (PersonPreferences(), LIGHT, AT_NINE, OFF)
)


def test_something_else_that_was_changed_since_is_left_alone() -> None:
    assert remembered.put_back(BOTH, *remembered.difference(NOTHING, FIRST)) == {**NOTHING, "at": "09:00"}


def test_the_same_that_was_changed_since_stands() -> None:
    assert remembered.put_back(OTHERWISE, *remembered.difference(NOTHING, FIRST)) is None


def test_a_form_changes_only_what_was_changed_in_it() -> None:
    drawn, submitted = NOTHING, {**NOTHING, "at": "10:00"}
    assert remembered.merged(OTHERWISE, drawn, submitted) == {**OTHERWISE, "at": "10:00"}

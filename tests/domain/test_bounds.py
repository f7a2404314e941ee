"""What can be chosen, to the last minute and day, and what is said beside the field where it cannot."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import bounds
from bot.domain.bounds import Field
from bot.domain.calendar import Pause
from bot.domain.ids import ChannelId
from bot.domain.preferences import PersonPreferences, TeamSettings, WorkspacePolicy

TODAY = date(2026, 3, 2)
A_YEAR = timedelta(days=366)


@pytest.mark.parametrize(
    ("chosen", "problems"),
    [
        pytest.param({}, set(), id="nothing"),
        pytest.param({"at": time(6)}, set(), id="as early as may be"),
        pytest.param({"at": time(20)}, set(), id="as late as may be"),
        pytest.param({"at": time(5, 59)}, {Field.AT}, id="too early"),
        pytest.param({"at": time(20, 1)}, {Field.AT}, id="too late"),
        pytest.param({"weekdays": frozenset({6})}, set(), id="one working day"),
        pytest.param({"weekdays": frozenset()}, {Field.WEEKDAYS}, id="none"),
        pytest.param({"pause": Pause(TODAY, TODAY)}, set(), id="today only"),
        pytest.param({"pause": Pause(TODAY - A_YEAR, TODAY)}, set(), id="until today"),
        pytest.param({"pause": Pause(TODAY, TODAY + A_YEAR)}, set(), id="a year"),
        pytest.param({"pause": Pause(TODAY, TODAY + A_YEAR + timedelta(1))}, {Field.PAUSED_UNTIL}, id="longer"),
        pytest.param({"pause": Pause(TODAY, TODAY - timedelta(1))}, {Field.PAUSED_UNTIL}, id="the wrong way round"),
        pytest.param({"pause": Pause(TODAY - A_YEAR, TODAY - timedelta(1))}, {Field.PAUSED_UNTIL}, id="over"),
        pytest.param({"at": time(0), "weekdays": frozenset()}, {Field.AT, Field.WEEKDAYS}, id="two at once"),
    ],
)
def test_a_persons_own(chosen: dict[str, Any], problems: set[Field]) -> None:
    assert set(bounds.of_person(PersonPreferences(**chosen), TODAY)) == problems


@pytest.mark.parametrize(
    ("chosen", "is_private", "problems"),
    [
        pytest.param({}, True, set(), id="nothing"),
        pytest.param({"reassess_days": 14}, False, set(), id="every two weeks"),
        pytest.param({"reassess_days": 366}, False, set(), id="once a year"),
        pytest.param({"reassess_days": 13}, False, {Field.REASSESS_DAYS}, id="too often"),
        pytest.param({"reassess_days": 367}, False, {Field.REASSESS_DAYS}, id="too seldom"),
        pytest.param({"digest_at": time(21)}, False, {Field.DIGEST_AT}, id="at night"),
        pytest.param({"announce_to": ChannelId("C1")}, False, set(), id="a public team is told of elsewhere"),
        pytest.param({"announce_to": ChannelId("C1")}, True, {Field.ANNOUNCE_TO}, id="a private one is not"),
    ],
)
def test_a_teams(chosen: dict[str, Any], is_private: bool, problems: set[Field]) -> None:
    assert set(bounds.of_team(TeamSettings(**chosen), is_private=is_private)) == problems


def test_a_workspaces() -> None:
    assert bounds.of_workspace(WorkspacePolicy()) == {}
    night = WorkspacePolicy(digest_at=time(3), weekdays=frozenset())
    assert set(bounds.of_workspace(night)) == {Field.DIGEST_AT, Field.WEEKDAYS}


@given(st.text(max_size=200))
def test_a_name_is_one_clean_line_and_cleaning_it_again_changes_nothing(typed: str) -> None:
    kept = bounds.name(typed)
    assert kept.isprintable()
    assert kept == kept.strip()
    assert bounds.name(kept) == kept
    assert (Field.NAME in bounds.of_name(kept)) == (not 0 < len(kept) <= 80)

"""Whose request it is comes from what Slack vouches for (C07, C08)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import TenantId, UserId
from bot.slack.tenancy import Installation, Origin, is_stranger, origin_of
from tests.slack.requests import a_command

ORG = {"is_enterprise_install": True, "enterprise": {"id": "E1"}}


def an_event(*, first: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    authorization = {"enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_enterprise_install": False}
    event = {"type": "app_home_opened", "user": "U1"}
    return {
        "type": "event_callback",
        "team_id": "T1",
        "event": event,
        "authorizations": [authorization | (first or {})],
        **more,
    }


@pytest.mark.parametrize(
    ("payload", "origin", "tenant"),
    [
        pytest.param(a_command(), Origin(None, "T1"), "T1", id="a command"),
        pytest.param(
            a_command(enterprise_id="E1", is_enterprise_install="true"),
            Origin("E1", "T1", True),
            "E1",
            id="org command",
        ),
        pytest.param(
            a_command(enterprise_id="E1", is_enterprise_install="false"),
            Origin("E1", "T1"),
            "T1",
            id="workspace in an org",
        ),
        pytest.param(an_event(), Origin(None, "T1"), "T1", id="an event"),
        pytest.param(an_event(team_id="T9"), Origin(None, "T1"), "T1", id="C07: an event from a connected workspace"),
        pytest.param(
            an_event(first={"enterprise_id": "E1", "team_id": None, "is_enterprise_install": True}),
            Origin("E1", None, True),
            "E1",
            id="C08: an org-wide event",
        ),
        pytest.param({"team": {"id": "T1"}, "user": {"team_id": "T9"}}, Origin(None, "T1"), "T1", id="C07: a button"),
        pytest.param({"team": None, **ORG}, Origin("E1", None, True), "E1", id="C08: an org-wide button"),
        pytest.param(
            {"team": {"id": "T9"}, "view": {"app_installed_team_id": "T1", "private_metadata": "T8"}},
            Origin(None, "T1"),
            "T1",
            id="C07: a stranger's modal",
        ),
        pytest.param({}, Origin(None, None), None, id="nothing"),
        pytest.param({"team": 5, "authorizations": [7], "view": []}, Origin(None, None), None, id="nonsense"),
    ],
)
def test_the_installation_is_told_by_slack(payload: dict[str, Any], origin: Origin, tenant: str | None) -> None:
    assert origin_of(payload) == origin
    assert origin_of(payload).tenant == tenant


@pytest.mark.parametrize(
    ("payload", "stranger"),
    [
        pytest.param(a_command(), False, id="a command comes from our own workspace"),
        pytest.param({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}}, False, id="a member's button"),
        pytest.param({"team": {"id": "T1"}, "user": {"id": "U9", "team_id": "T9"}}, True, id="a stranger's button"),
        pytest.param({"team": {"id": "T1"}, "user": {"id": "U9"}}, False, id="nobody says where they are at home"),
        pytest.param(
            {"team": {"id": "T9"}, "user": {"id": "U9", "team_id": "T9"}, "view": {"app_installed_team_id": "T1"}},
            True,
            id="a stranger's modal",
        ),
        pytest.param(
            {"team": None, "user": {"team_id": "T5"}, **ORG}, False, id="an org-wide modal names no workspace"
        ),
        pytest.param({"team": {"id": "T5"}, "user": {"team_id": "T5"}, **ORG}, False, id="a workspace of our org"),
        pytest.param({"team": {"id": "T5"}, "user": {"team_id": "T9"}, **ORG}, True, id="a stranger in our org"),
        pytest.param(an_event(), False, id="an event"),
        pytest.param(an_event(is_ext_shared_channel=True), True, id="an event in a shared channel, by nobody known"),
        pytest.param(an_event(event={"user_team": "T9"}, is_ext_shared_channel=True), True, id="a stranger's event"),
        pytest.param(an_event(event={"team": "T1"}, is_ext_shared_channel=True), False, id="a member's event in it"),
    ],
)
def test_people_from_elsewhere_are_told_apart(payload: dict[str, Any], stranger: bool) -> None:
    assert is_stranger(payload) is stranger


anything = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4)
names = ("authorizations", "team", "team_id", "enterprise", "enterprise_id", "view", "user", "event", "command")
holders = anything | st.dictionaries(st.sampled_from(("id", "team_id", "app_installed_team_id", "user_team")), anything)


@given(st.dictionaries(st.sampled_from(names), holders | st.lists(holders, max_size=2)))
def test_b15_no_shape_of_payload_raises(payload: dict[str, Any]) -> None:
    assert origin_of(payload).tenant != ""
    assert is_stranger(payload) in (True, False)


def test_an_installation_does_not_show_its_token() -> None:
    assert "canary" not in repr(Installation(TenantId("T1"), "xoxb-canary", UserId("UBOT")))

"""Who people are, where they are, and when they are not to be disturbed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Impossible, Role, SlackStandIn, User
from tests.sandbox.conftest import PlainApp
from tests.sandbox.shapes import asks, field, modal

FLAGS = ("is_admin", "is_owner", "is_restricted", "is_ultra_restricted")


def at(day: int, hour: int, zone: str = "Europe/Paris") -> float:
    return datetime(2027, 1, day, hour, tzinfo=ZoneInfo(zone)).timestamp()


@pytest.mark.parametrize(
    ("role", "flags"),
    [
        pytest.param(Role.MEMBER, set(), id="a member"),
        pytest.param(Role.ADMIN, {"is_admin"}, id="an administrator"),
        pytest.param(Role.OWNER, {"is_admin", "is_owner"}, id="an owner is an administrator"),
        pytest.param(Role.GUEST, {"is_restricted"}, id="a guest of several channels"),
        pytest.param(Role.SINGLE, {"is_restricted", "is_ultra_restricted"}, id="a guest of one channel"),
    ],
)
async def test_everybody_has_a_role(slack: SlackStandIn, client: AsyncWebClient, role: Role, flags: set[str]) -> None:
    slack.workspace.add(User("U_NEW", "new", role=role))
    told = (await client.users_info(user="U_NEW"))["user"]
    assert {flag for flag in FLAGS if told[flag]} == flags


async def test_a_stranger_is_somebody_whom_the_app_never_meets(slack: SlackStandIn, client: AsyncWebClient) -> None:
    async def is_stranger() -> bool:
        return bool((await client.users_info(user="U_XAV"))["user"]["is_stranger"])

    assert not await is_stranger(), "they share a channel"
    await slack.lifecycle.leave("C_EXT", "U_BOT", "U_ADA")
    assert await is_stranger()


@pytest.mark.parametrize(("asked", "locale"), [(True, "en-US"), (False, None)])
async def test_the_language_is_told_when_asked_for(client: AsyncWebClient, asked: bool, locale: str | None) -> None:
    told = (await client.users_info(user="U_ADA", include_locale=asked))["user"]
    assert told.get("locale") == locale


async def test_a_guest_is_offered_only_where_they_are(slack: SlackStandIn) -> None:
    view = slack.screens.open(slack.screens.trigger("U_EVE"), modal(asks(field("channels_select", "place"))))
    slack.person("U_EVE").type(view, {"place": "C_PAY"})
    with pytest.raises(Impossible):
        slack.person("U_EVE").type(view, {"place": "C_WEB"})


async def test_another_zone_is_told_and_seen(slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient) -> None:
    await slack.lifecycle.change_user("U_ADA", tz="Asia/Kathmandu")
    told = (await client.users_info(user="U_ADA"))["user"]
    assert (told["tz"], told["tz_offset"]) == ("Asia/Kathmandu", 20_700)
    assert plain_app.got[0].payload["event"]["user"]["tz"] == "Asia/Kathmandu"


async def test_somebody_pauses_their_notifications(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient, clock: Clock
) -> None:
    start = int(clock.now())
    await slack.lifecycle.do_not_disturb("U_ADA", start + 3600)
    paused = {"dnd_enabled": True, "next_dnd_start_ts": start, "next_dnd_end_ts": start + 3600}
    answer = await client.dnd_info(user="U_ADA")
    assert {name: answer[name] for name in paused} == paused
    assert "snooze_enabled" not in answer.data, "told to themselves alone"
    event = plain_app.got[0].payload["event"]
    assert (event["type"], event["user"], event["dnd_status"]) == ("dnd_updated_user", "U_ADA", paused)
    clock.advance(3601)
    assert (await client.dnd_info(user="U_ADA"))["dnd_enabled"] is False
    await slack.lifecycle.do_not_disturb("U_ADA", clock.now() + 60)
    await slack.lifecycle.do_not_disturb("U_ADA", 0)
    assert (await client.dnd_info(user="U_ADA"))["next_dnd_end_ts"] == 1


@pytest.mark.parametrize(
    ("now", "start", "end"),
    [
        pytest.param(at(4, 12), at(4, 22), at(5, 8), id="by day: tonight, and not quiet now"),
        pytest.param(at(4, 23), at(4, 22), at(5, 8), id="in the evening: since tonight"),
        pytest.param(at(5, 3), at(4, 22), at(5, 8), id="in the night: since yesterday"),
        pytest.param(at(5, 8), at(5, 22), at(6, 8), id="in the morning: it has ended"),
    ],
)
async def test_quiet_hours_come_every_night(
    slack: SlackStandIn, client: AsyncWebClient, clock: Clock, now: float, start: float, end: float
) -> None:
    await slack.lifecycle.change_user("U_ADA", quiet_hours=("22:00", "08:00"))
    clock.advance(now - clock.now())
    answer = await client.dnd_info(user="U_ADA")
    assert (answer["dnd_enabled"], answer["next_dnd_start_ts"], answer["next_dnd_end_ts"]) == (True, start, end)


async def test_the_app_may_ask_about_itself_and_nobody_unknown(client: AsyncWebClient) -> None:
    assert (await client.dnd_info())["snooze_enabled"] is False
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.dnd_info(user="U_NO")

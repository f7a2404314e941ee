"""Slack's channels as the benchmarks have them: the limit of each, what is there twice, and what can be found again."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bench.channels import Channels, listening
from bot.domain.ids import DeliveryId
from bot.slack.search import label


@pytest.mark.parametrize(
    ("at", "taken"),
    [
        pytest.param([0, 0, 0], [True, True, False], id="two at once, and no third"),
        pytest.param([0, 0, 0.9], [True, True, False], id="not before a second has gone by"),
        pytest.param([0, 0, 1, 2, 3], [True, True, True, True, True], id="one a second, for as long as anybody likes"),
        pytest.param([0, 0, 60, 60, 60], [True, True, True, True, False], id="nothing is saved up for later"),
    ],
)
def test_a_channel_takes_one_a_second(at: list[float], taken: list[bool]) -> None:
    channels = Channels()
    said = [channels.post("C1", None, 1000 + moment) is not None for moment in at]
    assert said == taken
    assert (channels.taken, channels.refused) == (taken.count(True), taken.count(False))


def test_channels_do_not_wait_for_each_other() -> None:
    channels = Channels()
    assert all(channels.post(f"C{number}", None, 1000) for number in range(5))


def test_what_is_there_twice_is_counted() -> None:
    channels = Channels()
    for channel, delivery in (("C1", "d1"), ("C2", "d2"), ("C3", "d1"), ("C4", "d1")):
        channels.post(channel, delivery, 1000)
    assert channels.twice == 2


async def test_it_answers_as_slack_does() -> None:
    channels = Channels()
    with listening(channels) as address:
        slack = AsyncWebClient("xoxb-1", base_url=address)
        posted = await slack.chat_postMessage(channel="C1", text="Hello", metadata=label(DeliveryId("d1")))
        await slack.chat_postMessage(channel="C1", text="Hello")
        with pytest.raises(SlackApiError) as refused:
            await slack.chat_postMessage(channel="C1", text="Hello")
        found = await slack.conversations_history(channel="C1", include_all_metadata=True)
    assert refused.value.response.headers["Retry-After"] == "1"
    assert channels.posted == {"d1": 1}
    (shown,) = found["messages"]
    assert (shown["ts"], shown["metadata"]) == (posted["ts"], label(DeliveryId("d1")))

"""F13: a host whose clock is wrong is taken out, where its operator has said how much is too much (ADR 1)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.flows.assessment import RUN, answered
from tests.process.parts import Parts, parts

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(300)]

DRAINS_SECONDS = 3.0  # it would have sent it three times by then
SAID_WITHIN = 60.0


@pytest.fixture
async def bot(own_url: str, tmp_path: Path) -> AsyncIterator[Parts]:
    async with parts(own_url, tmp_path, MOST_CLOCK_SKEW_SECONDS="30") as made:
        yield made


@pytest.mark.parametrize("ahead", [timedelta(minutes=10), timedelta(minutes=-10)])
async def test_f13_a_host_with_a_wrong_clock_is_not_ready_and_sends_nothing_until_it_is_right(
    bot: Parts, ahead: timedelta
) -> None:
    await bot.start("web")
    ada = bot.slack.person("U_ADA")
    assert (await ada.command("/finops-assess", channel="C_PAY")).status == 200
    await bot.slack.until(lambda: bot.slack.screen("U_ADA") is not None, SAID_WITHIN)
    view = bot.slack.screen("U_ADA")
    assert view is not None
    view = await answered(ada, view, 3, RUN)
    assert not (await ada.submit(view)).errors

    bot.shift(ahead)
    await bot.launch("worker")
    await bot.unready()
    await asyncio.sleep(DRAINS_SECONDS)
    assert bot.slack.messages("C_PAY") == []

    bot.shift(-ahead)
    await bot.ready()
    await bot.slack.until(lambda: bool(bot.slack.messages("C_PAY")), SAID_WITHIN)
    said = [message for message in bot.slack.messages("C_PAY") if "finished its FinOps assessment" in message.text]
    assert len(said) == 1
    assert "clocks differ" in bot.log.read_text()

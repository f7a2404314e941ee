"""G05: told to stop in the middle of a post, of a search for one, of an export; and told twice. Nothing is lost."""

import asyncio
import signal
from datetime import timedelta
from time import monotonic

import pytest

from sandbox.faults import Fault, Trouble
from tests.faults.crowd import BOTH, WITHIN, Crowd
from tests.process.parts import PATIENT

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(600)]

STOP_SECONDS = 25.0
HURRY_SECONDS = 10.0  # far less than what is under way would take
A_WHILE = timedelta(minutes=2)  # longer than any pause between two attempts
POST = "chat.postMessage"


async def at_work(crowd: Crowd, fault: str) -> None:
    """Somebody has finished an assessment, which the channel is about to be told."""
    await crowd.front.start(fault, BOTH)
    crowd.up.set()
    await asyncio.wait_for(crowd.walk(0), WITHIN)


async def stopped(crowd: Crowd, part: str, times: int = 1) -> int:
    process = crowd.front.bot.running.pop(part)
    began = monotonic()
    process.send_signal(signal.SIGTERM)
    if times > 1:
        await asyncio.wait_for(heard(crowd), WITHIN)
        process.send_signal(signal.SIGTERM)
    code = await asyncio.wait_for(process.wait(), WITHIN)
    assert monotonic() - began < (STOP_SECONDS if times == 1 else HURRY_SECONDS)
    return code


async def heard(crowd: Crowd) -> None:
    while "stopping" not in crowd.front.bot.log.read_text():  # noqa: ASYNC110  # that is all that is to be seen of it
        await asyncio.sleep(0.05)


async def told_once(crowd: Crowd) -> None:
    """By whoever is started next."""
    crowd.front.slack.faults.lift()
    crowd.front.bot.settings = {"FAULT": PATIENT}
    crowd.front.bot.shift(A_WHILE)
    await crowd.front.bot.start("worker")
    crowd.front.bot.shift(A_WHILE)
    await crowd.all_said()
    found = await crowd.found()
    assert found.broken == []
    assert (found.lost, found.doubled) == (0, 0)
    assert crowd.finished(0) == 1


async def test_g05_told_to_stop_in_the_middle_of_a_post_and_of_an_export_both_arrive(crowd: Crowd) -> None:
    await at_work(crowd, "outbox.after_post=pause:2@1")
    await crowd.front.slack.until(lambda: bool(crowd.front.slack.calls(POST)), WITHIN)

    assert await stopped(crowd, "worker") == 0

    await told_once(crowd)
    assert crowd.front.slack.calls("conversations.history") == [], "there was no doubt"
    await export_arrives(crowd)


async def export_arrives(crowd: Crowd) -> None:
    slack = crowd.front.slack
    slack.faults.add(Fault(Trouble.SLOW, "files.*", seconds=0.5))
    person = slack.person("U_C_CROWD0000")
    told = await person.command("/finops-assess", "export json", "C_CROWD00")
    assert told.message is not None
    assert "on the way" in told.message.text

    assert await stopped(crowd, "web") == 0

    assert len([file for said in slack.dm(person.id) for file in said.files]) == 1
    assert (await crowd.found()).broken == []


async def test_g05_told_twice_it_ends_at_once_and_the_post_is_found_again(crowd: Crowd) -> None:
    await at_work(crowd, "outbox.after_post=pause:60@1")
    await crowd.front.slack.until(lambda: bool(crowd.front.slack.calls(POST)), WITHIN)

    assert await stopped(crowd, "worker", times=2) == 1

    await crowd.leases_run_out()
    await told_once(crowd)
    assert crowd.front.slack.calls("conversations.history"), "it was looked for"


async def test_g05_told_to_stop_while_a_post_is_looked_for(crowd: Crowd) -> None:
    slack = crowd.front.slack
    slack.faults.add(Fault(Trouble.DROPPED, POST, count=1, performs=True))
    await at_work(crowd, "reconcile.mid=pause:2@1")
    await slack.until(lambda: bool(slack.calls(POST)), WITHIN)
    crowd.front.bot.shift(A_WHILE)
    await slack.until(lambda: bool(slack.calls("conversations.history")), WITHIN)

    assert await stopped(crowd, "worker") == 0

    await told_once(crowd)

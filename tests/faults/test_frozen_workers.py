"""A16 to A18: a worker that is frozen for longer than its lease finds that others went on without it."""

import pytest

from sandbox.faults import Trouble
from tests.faults.crew import Workers
from tests.faults.house import House

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(300)]

WITHIN = 60.0


async def overtaken(home: House, fault: str) -> Workers:
    """A worker that is frozen at this place with a delivery in hand, which another has sent meanwhile."""
    await home.put(home.channels(1), 1)
    frozen = await home.start(fault)
    await home.until_stopped(frozen)
    await home.start()
    await home.settled(WITHIN)
    assert (await home.check()).visible == 1
    # Slack takes one message a second in a channel: the late one is not to be refused for that.
    await home.time.pause(2.0)
    return frozen


async def seen_once(home: House) -> None:
    found = await home.check()
    assert found.broken == []
    assert (found.visible, found.doubled) == (1, 0)


async def test_a16_frozen_before_the_post_it_gives_up_when_it_thaws(home: House) -> None:
    frozen = await overtaken(home, "outbox.before_post=stop@1")

    home.thaw(frozen)
    await home.until_logged("lease_lost")

    await seen_once(home)
    assert len(home.slack.calls("chat.postMessage")) == 1


# Only who hears Slack's answer in time can know: a second of the machine's, so that being busy is not losing it.
@pytest.mark.parametrize("speed", [10.0])
async def test_a17_frozen_between_the_check_and_the_post_it_takes_its_own_copy_back(home: House) -> None:
    frozen = await overtaken(home, "outbox.after_check=stop@1")

    home.thaw(frozen)
    await home.until_logged("posted_after_lease")
    await home.until_counted(frozen, "duplicate_deleted")

    await seen_once(home)
    assert len(home.slack.calls("chat.postMessage")) == 2
    assert len(home.slack.calls("chat.delete")) == 1


async def test_a17_and_when_the_answer_is_lost_the_sweep_takes_the_copy_away(home: House, long: bool) -> None:
    frozen = await overtaken(home, "outbox.after_check=stop@1")
    home.breaks(trouble=Trouble.HELD, method="chat.postMessage", count=1)

    home.thaw(frozen)
    await home.until_logged("lease_lost")
    if not long:
        await home.sweep_is_due()
    await home.slack.until(lambda: bool(home.slack.calls("chat.delete")), WITHIN)

    await seen_once(home)
    assert "posted_after_lease" not in home.said()
    assert len(home.slack.calls("chat.postMessage")) == 2


async def test_a18_killed_with_a_copy_just_posted_too_late_the_sweep_takes_it_away(home: House, long: bool) -> None:
    frozen = await overtaken(home, "outbox.after_check=stop@1;outbox.after_post=kill@1")

    home.thaw(frozen)
    await home.slack.until(lambda: len(home.slack.calls("chat.postMessage")) == 2, WITHIN)
    if not long:
        await home.sweep_is_due()
    # Within twenty minutes, which are one here.
    await home.slack.until(lambda: bool(home.slack.calls("chat.delete")), WITHIN)

    await seen_once(home)

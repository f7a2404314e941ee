"""A05 to A08: workers are killed at one place of a delivery's way, again and again, and everything is visible once."""

import pytest

from sandbox.values import Called
from tests.faults.house import House

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(600)]

# A killed worker's lease, the time that Slack is given before it is asked, and a margin for a busy machine.
WITHIN = 60.0


def posted(home: House) -> list[Called]:
    return [called for called in home.slack.calls("chat.postMessage") if called.performed]


async def sound(home: House, how_many: int) -> None:
    found = await home.check()
    assert found.broken == []
    assert (found.visible, found.lost, found.doubled) == (how_many, 0, 0)


async def test_a07_killed_after_the_post_it_is_found_and_not_posted_again(home: House, long: bool) -> None:
    """In channels, and in threads, where it is looked for among the replies."""
    many = 100 if long else 4
    channels = home.channels(many)
    for place, channel in enumerate(channels):
        parent = await home.slack.person("U_ADA").say(channel, "A thread")
        await home.put_in_thread(channel, parent.ts, f"reply-{place}")
    await home.put(channels, many)
    workers = await home.start("outbox.after_post=kill")

    await home.settled(WITHIN * (20 if long else 1))

    await sound(home, 2 * many)
    assert workers.kills == 2 * many
    assert workers.counts["reconciled"] == workers.kills
    assert len(posted(home)) == 2 * many


async def test_a06_killed_before_the_post_it_is_looked_for_in_vain_and_posted_once(home: House, long: bool) -> None:
    many = 50 if long else 4
    await home.put(home.channels(many), many)
    workers = await home.start("outbox.before_post=kill", deaths=many)

    await home.settled(WITHIN * (20 if long else 1), redrives=True)

    await sound(home, many)
    assert workers.kills == many
    assert len(posted(home)) == many


async def test_a05_killed_after_the_claim_it_is_sent_within_the_lease_and_a_minute_and_a_half(
    home: House, long: bool
) -> None:
    many = 50 if long else 4
    await home.put(home.channels(many), many)
    workers = await home.start("outbox.after_claim=kill", deaths=many)

    await home.settled(WITHIN * (20 if long else 1), redrives=True)

    await sound(home, many)
    assert workers.kills == many
    assert len(posted(home)) == many
    assert await home.settled_after(workers.last_death) <= (60 + 90) * (1 + home.redriven)


async def test_a08_killed_after_it_is_written_down_nothing_is_sent_again(home: House, long: bool) -> None:
    many = 50 if long else 4
    await home.put(home.channels(many), many)
    workers = await home.start("outbox.after_delivered=kill")

    await home.settled(WITHIN * (20 if long else 1))
    await home.end()

    await sound(home, many)
    assert workers.kills == many
    assert len(posted(home)) == many
    assert home.slack.calls("conversations.history") == [], "there was no doubt"

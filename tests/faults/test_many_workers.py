"""A09, A20 and the headline: many workers at once, killed at random, among bad answers."""

from collections import defaultdict
from itertools import pairwise

import pytest

from tests.faults.house import House
from tests.faults.storm import BAD_ANSWERS, EVERYWHERE

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(900)]


async def test_a09_killed_at_random_among_bad_answers_nothing_is_lost_or_doubled(home: House, long: bool) -> None:
    many, within = (1000, 600) if long else (60, 100)
    for bad in BAD_ANSWERS:
        home.breaks(**bad)
    await home.put(home.channels(many // 2), many)
    workers = await home.start(EVERYWHERE.format(chance="0.06"), workers=3)

    await home.settled(within, redrives=True)
    await home.swept(within)
    await home.end()

    found = await home.check()
    assert found.broken == []
    assert (found.visible, found.lost, found.doubled) == (many, 0, 0)
    assert workers.kills >= many // 20


async def test_a20_many_workers_send_each_once_and_one_a_second_to_a_channel(home: House, long: bool) -> None:
    many, workers = (5000, 8) if long else (100, 4)
    channels = home.channels(many // 4)
    await home.put(channels, many)
    await home.put(channels[:1], 20, name="one")
    await home.start(workers=workers, hands=5)

    await home.settled(600 if long else 60)

    found = await home.check()
    assert found.broken == []
    assert found.visible == many + 20
    assert len(home.slack.calls("chat.postMessage")) == many + 20, "and nobody was told to wait"
    arrived = defaultdict(list)
    for called in home.slack.calls("chat.postMessage"):
        arrived[called.args["channel"]].append(called.at)
    assert min(after - before for at in arrived.values() for before, after in pairwise(at)) >= 1 / 1.2

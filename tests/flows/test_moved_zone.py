"""F16: a time zone is changed in the minute before something is due, or in the minute after: it comes once."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.remind_commands import RemindAt, RemindZone
from sandbox.values import Message
from tests.flows.asking import told
from tests.flows.assessment import agreed, posts, replies
from tests.flows.choosing import choose
from tests.flows.times import NEW_YORK, PARIS, TOKYO, at, march
from tests.flows.world import World

# In New York the hour is still to come on that day. In Tokyo it is over, and the next morning is the first.
HERE_AND_THERE = pytest.mark.parametrize(("zone", "days_on"), [(NEW_YORK, 0), (TOKYO, 1)], ids=["west", "east"])

STEP = timedelta(hours=4)


def date_of(said: Message, zone: str) -> date:
    return datetime.fromtimestamp(float(said.ts), ZoneInfo(zone)).date()


@HERE_AND_THERE
@pytest.mark.parametrize("clock", ["08:59", "09:01"], ids=["a minute before", "a minute after"])
async def test_f16_a_reminder_comes_once_on_its_local_morning(
    world: World, zone: str, days_on: int, clock: str
) -> None:
    card = await agreed(world, march(30))
    await told(world, "U_ADA", RemindAt(time(9)))
    await world.until(at(march(23), clock, PARIS))

    await told(world, "U_ADA", RemindZone(zone))
    await world.pass_time(timedelta(hours=36), STEP)

    (reminder,) = replies(world, card)
    assert date_of(reminder, zone) == march(23 + (days_on if clock < "09:00" else 0))
    assert "is due Mon 30 Mar. Which day will you do it?" in reminder.text


@HERE_AND_THERE
@pytest.mark.parametrize("clock", ["09:59", "10:01"], ids=["a minute before", "a minute after"])
async def test_f16_the_teams_digest_comes_once_on_its_local_morning(
    world: World, zone: str, days_on: int, clock: str
) -> None:
    await agreed(world, march(11))
    await world.until(at(march(9), clock, PARIS))

    await choose(world, zone=zone)
    await world.pass_time(timedelta(hours=36), STEP)

    (digest,) = [said for said in posts(world) if said.text.startswith("FinOps week")]
    assert date_of(digest, zone) == march(9 + (days_on if clock < "10:00" else 0))

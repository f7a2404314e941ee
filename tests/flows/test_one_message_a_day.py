"""However much comes due for somebody, they get one message a day and three in seven days, and the rest waits."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.person import Person
from sandbox.values import Message
from tests.flows.assessment import CRAWL, RUN, Values, assessed, own, posts, replies
from tests.flows.deciding import morning
from tests.flows.looking import buttons, explains_itself, words
from tests.flows.saying import home_of, shown_to
from tests.flows.times import PARIS, at, march
from tests.flows.world import World

pytestmark = pytest.mark.both_databases

SECRET = "Move the hidden account"
PLACES = ("C_PAY", "C_WEB", "C_DATA", "G_SEC")


async def agreed_in(world: World, channel: str, *titles: tuple[str, int]) -> None:
    """Ada takes these on there, each due on that day of March."""
    plan: Values = {}
    for place, (title, day) in enumerate(titles, 1):
        plan |= own(place, title, "U_ADA", march(day))
    await assessed(world, 3, RUN, channel=channel, plan=plan)


def in_threads(world: World) -> list[Message]:
    return [reply for channel in PLACES for post in posts(world, channel) for reply in replies(world, post)]


async def test_t28_five_things_on_one_day_in_three_channels_are_one_direct_message(world: World, ada: Person) -> None:
    await agreed_in(world, "C_PAY", ("Label the disks", 17), ("Name an owner", 17))
    await agreed_in(world, "C_WEB", ("Stop the test fleet", 17), ("Read the bill", 17))
    await agreed_in(world, "G_SEC", (SECRET, 17))

    await morning(world, march(10))

    (told,) = world.slack.dm("U_ADA")
    assert told.text == "You have 5 FinOps matters that need a decision."
    assert buttons(told) == ["Decide"] * 5
    assert SECRET in words(told)
    assert explains_itself(told)
    assert in_threads(world) == []
    elsewhere = [message for channel in ("C_PAY", "C_WEB", "C_DATA") for message in world.slack.messages(channel)]
    assert not any(SECRET in words(message) for message in elsewhere)


async def test_one_thing_alone_is_said_in_its_thread_with_its_last_line(world: World, ada: Person) -> None:
    await agreed_in(world, "C_PAY", ("Label the disks", 17))

    await morning(world, march(10))

    (reminder,) = in_threads(world)
    assert explains_itself(reminder)
    assert world.slack.dm("U_ADA") == []


async def test_what_somebody_has_just_done_is_told_at_once_and_takes_no_reminders_place(
    world: World, ada: Person
) -> None:
    """A stage that goes down is the lead's to know; on the day of a reminder, before it and after it."""
    await agreed_in(world, "C_PAY", ("Label the disks", 17))
    await agreed_in(world, "C_WEB", ("Read the bill", 30))
    await world.until(at(march(10), "09:00"))
    await assessed(world, 1, CRAWL, user="U_BEN")
    (first,) = world.slack.dm("U_ADA")
    assert first.text == "The new answers put payments at Crawl, below Run. The change has not been announced."

    await morning(world, march(10))
    assert "Which day will you do it? Label the disks" in in_threads(world)[0].text
    await assessed(world, 1, CRAWL, channel="C_WEB", user="U_BEN")

    assert len(in_threads(world)) == 1
    assert [told.text.partition(" at ")[0] for told in world.slack.dm("U_ADA")] == [
        "The new answers put payments",
        "The new answers put web-shop",
    ]


async def test_t29_twelve_things_late_in_one_week_are_three_messages_the_oldest_first(
    world: World, ada: Person
) -> None:
    for number, channel in enumerate(PLACES):
        await agreed_in(world, channel, *((f"Thing {number}{day}", day) for day in (9, 10, 11)))

    await world.until(at(march(15), "12:00"), timedelta(hours=1))

    own_words = [*world.slack.dm("U_ADA"), *in_threads(world)]
    days = Counter(
        datetime.fromtimestamp(float(message.ts), UTC).astimezone(ZoneInfo(PARIS)).date() for message in own_words
    )
    assert max(days.values()) == 1
    for day in days:
        assert sum(day - timedelta(days=7) < other <= day for other in days) <= 3
    told = _things(words(world.slack.dm("U_ADA")[-1]))
    assert len(told) == 5
    assert [due for _, due in told] == sorted(due for _, due in told)
    shown = await _all_of_home(world, ada)
    assert len(set(shown)) == len(shown) == 12, "those that were not told as well"
    assert [due for _, due in shown] == sorted(due for _, due in shown)


def _things(text: str) -> list[tuple[str, int]]:
    """The rows about action points, each with the day on which it was due."""
    found = re.findall(r"^\*A-\d+ Thing (\d)(\d+)\*", text, re.MULTILINE)
    return [(number, int(day)) for number, day in found]


async def _all_of_home(world: World, person: Person) -> list[tuple[str, int]]:
    """Twelve things that need them, five on a page."""
    view = await home_of(world, person)
    found = _things(words(view))
    for left in (7, 2):
        await person.press(view, text=f"{left} more")
        await world.answered()
        view = shown_to(world, person)
        found += _things(words(view))
    return found

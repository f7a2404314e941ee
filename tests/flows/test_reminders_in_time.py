"""When owners are reminded: their own mornings, their own working days, never twice and never late."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.domain.touches import Reason, Rung, Track
from bot.services import reminding
from bot.store.schema import TouchRow, TouchState
from sandbox.person import Person
from tests.flows.assessment import RUN, agreed, assessed, card_of, own, replies
from tests.flows.choosing import tenant_of
from tests.flows.deciding import dropped, morning, pressed, said_on
from tests.flows.looking import buttons, words
from tests.flows.times import NEW_YORK, PARIS, TOKYO, april, at, march
from tests.flows.world import World

pytestmark = pytest.mark.both_databases

WHIT_MONDAY = date(2026, 5, 25)
A_WEEK, A_MONTH = timedelta(days=7), timedelta(days=30)


async def test_the_ladder_keeps_the_owners_morning_across_the_change_of_clocks(world: World) -> None:
    card = await agreed(world, march(30))
    assert "<@U_ADA>, due Mon 30 Mar." in card.text

    assert await said_on(world, card, march(23)) == [
        "<@U_ADA> A-1 is due Mon 30 Mar. Which day will you do it? Label the disks"
    ]
    assert await said_on(world, card, march(27)) == [
        "<@U_ADA> A-1 is due Mon 30 Mar, in 1 working day. Label the disks"
    ]
    assert await said_on(world, card, march(30)) == ["<@U_ADA> A-1 is due today. Label the disks"]
    assert await said_on(world, card, march(31)) == [
        "<@U_ADA> A-1 was due on Monday. What should happen? Label the disks"
    ]
    assert len(replies(world, card)) == 4


async def test_each_reminder_stands_in_the_cards_thread_mentions_the_owner_once_and_has_buttons(world: World) -> None:
    card = await agreed(world, march(30))
    for day in (march(23), march(27), march(30), march(31)):
        await morning(world, day)
        newest = replies(world, card)[-1]
        assert newest.thread_ts == card.ts
        assert not newest.broadcast
        assert newest.text.count("<@") == words(newest).count("<@") == 1
        assert {"Already done", "Mark done", "Done"} & {*buttons(newest)}

    *older, newest = replies(world, card)
    assert buttons(newest) == ["Done", "New date", "Hand over", "Not doing this"]
    assert [buttons(reminder) for reminder in older] == [[], [], []]
    assert all("Replaced by a newer reminder." in words(reminder) for reminder in older)


async def test_an_owner_in_tokyo_is_reminded_on_the_morning_of_tokyo(world: World) -> None:
    card = await agreed(world, march(27), owner="U_CHI")

    for day in (march(19), march(26), march(27), march(30)):  # the 20th is a holiday there
        assert len(await said_on(world, card, day, TOKYO)) == 1
    assert len(replies(world, card)) == 4


async def test_due_on_a_sunday_is_said_on_the_friday_with_the_real_date(world: World) -> None:
    card = await agreed(world, march(22))

    await world.until(at(march(20), "09:29"))
    assert await said_on(world, card, march(20)) == ["<@U_ADA> A-1 is due Sun 22 Mar. Label the disks"]
    await world.until(at(march(23), "09:29"))
    assert "was due on Sunday" in (await said_on(world, card, march(23)))[0]


@pytest.mark.parametrize(
    ("owner", "zone", "day"),
    [
        pytest.param("U_ADA", PARIS, april(3), id="Easter Monday is a holiday in France"),
        pytest.param("U_BEN", NEW_YORK, april(6), id="and none in the United States"),
    ],
)
async def test_the_day_before_moves_off_a_national_holiday(world: World, owner: str, zone: str, day: date) -> None:
    card = await agreed(world, april(7), owner=owner)
    await world.until(at(april(1), "12:00", zone))
    before = len(replies(world, card))

    said = await said_on(world, card, day, zone)

    assert len(replies(world, card)) == before + 1
    assert "due" in said[0]
    assert "7 Apr" in said[0]


async def test_t18_the_owners_holiday_moves_the_owners_touch_and_not_the_leads(world: World) -> None:
    """Whit Monday is a day off in Paris and none in Tokyo, where the lead hears of the next assessment that day."""
    await assessed(world, 3, RUN, user="U_CHI", plan=own(1, "Label the disks", "U_ADA", date(2026, 5, 26)))
    card = card_of(world, "Label the disks")
    await world.until(at(date(2026, 5, 21), "18:00"), A_WEEK)
    assert [kept.text for kept in world.slack.dm("U_CHI")] == []

    assert await said_on(world, card, date(2026, 5, 22)) == [
        "<@U_ADA> A-1 is due Tue 26 May, in 1 working day. Label the disks"
    ]
    assert world.slack.dm("U_CHI") == []
    await world.until(at(WHIT_MONDAY, "09:29", TOKYO))
    assert world.slack.dm("U_CHI") == []
    await morning(world, WHIT_MONDAY, TOKYO)
    assert [kept.text for kept in world.slack.dm("U_CHI")] == [
        "The next FinOps assessment of payments is due on Mon 1 June."
    ]
    assert await said_on(world, card, WHIT_MONDAY) == []


async def test_who_moves_to_another_zone_is_reminded_by_the_new_clock(world: World) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    await world.slack.lifecycle.change_user("U_ADA", tz="America/Los_Angeles")

    assert len(await said_on(world, card, march(16), "America/Los_Angeles")) == 1
    assert len(replies(world, card)) == 2


@pytest.mark.parametrize(
    ("until", "quiet", "day", "told_by", "text"),
    [
        pytest.param(
            "11:00", ("09:51", "10:59"), march(16), "11:05", "is due tomorrow", id="until eleven: right after"
        ),
        pytest.param("18:00", ("09:51", "16:29", "18:30"), march(17), "09:51", "is due today", id="into the evening"),
    ],
)
async def test_t27_who_is_not_to_be_disturbed_is_told_when_that_is_over_or_on_the_next_working_day(
    world: World, until: str, quiet: tuple[str, ...], day: date, told_by: str, text: str
) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    before = len(replies(world, card))
    await world.until(at(march(16), "08:00"))
    await world.slack.lifecycle.do_not_disturb("U_ADA", at(march(16), until).timestamp())

    for clock in quiet:
        await world.until(at(march(16), clock))
        assert len(replies(world, card)) == before, clock
    await world.until(at(day, told_by))

    (told,) = replies(world, card)[before:]
    assert text in told.text
    assert float(told.ts) >= at(march(16), until).timestamp()
    assert world.slack.dm("U_ADA") == []


async def test_due_tomorrow_the_card_is_notice_enough_until_the_day(world: World) -> None:
    await world.until(at(march(5), "16:00"))
    card = await agreed(world, march(6))

    assert await said_on(world, card, march(6)) == ["<@U_ADA> A-1 is due today. Label the disks"]
    assert len(replies(world, card)) == 1


async def test_after_days_of_standing_still_only_the_latest_is_said(world: World) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    assert len(replies(world, card)) == 1

    world.clock.advance(timedelta(days=8).total_seconds())  # nobody at work across two rungs
    await world.settle()

    assert [kept.text for kept in replies(world, card)[1:]] == [
        "<@U_ADA> A-1 was due on Tuesday. What should happen? Label the disks"
    ]


async def test_t23_after_three_days_of_standing_still_one_message_comes_and_its_lateness_is_measured(
    world: World,
) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    before = len(replies(world, card))
    assert b"reminder_lateness_seconds_count 1.0" in world.metrics.page()
    await world.until(at(march(16), "08:00"))

    world.clock.advance((at(march(18), "11:00") - world.now()).total_seconds())  # over T-1, T0 and T+1
    await world.settle()

    assert [kept.text for kept in replies(world, card)[before:]] == [
        "<@U_ADA> A-1 was due on Tuesday. What should happen? Label the disks"
    ]
    async with world.db.read(tenant_of(world)) as tx:
        ended = {
            row.rung: (row.state, row.reason)
            for row in await tx.session.scalars(select(TouchRow).where(TouchRow.track == Track.OWNER))
            if row.state is not TouchState.PLANNED
        }
    assert ended[Rung.T1] == ended[Rung.T0] == (TouchState.SKIPPED, Reason.LATE)
    assert ended[Rung.OVERDUE] == (TouchState.SENT, Reason.DUE)
    page = world.metrics.page()
    assert b'reminder_lateness_seconds_bucket{le="3600.0"} 1.0' in page
    assert b'reminder_lateness_seconds_bucket{le="21600.0"} 2.0' in page


async def test_once_overdue_it_is_weekly_four_times_and_then_stalled(world: World) -> None:
    card = await agreed(world, march(3))
    for day in (march(3), march(4), march(9), march(16), march(23), march(30)):
        assert len(await said_on(world, card, day)) == 1

    await world.until(world.now() + 2 * A_MONTH, A_WEEK)
    assert len(replies(world, card)) == 6
    assert "Stalled: reminders have stopped until someone decides" in words(card_of(world, "Label the disks"))


async def test_without_a_date_nobody_is_reminded(world: World) -> None:
    card = await agreed(world, None)

    await world.until(world.now() + A_MONTH, A_WEEK)

    assert replies(world, card) == []


@pytest.mark.parametrize("how", ["done", "dropped"])
async def test_d06_what_is_closed_is_never_mentioned_again(world: World, ada: Person, how: str) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    if how == "done":
        await pressed(world, ada, replies(world, card)[0], "Already done")
    else:
        await dropped(world, ada, card, "Solved otherwise")

    await world.until(world.now() + A_MONTH, A_WEEK)

    assert len(replies(world, card)) == 1


async def test_one_tick_reminds_everybody_however_few_it_looks_at_in_one_go(world: World) -> None:
    await agreed(world, march(12), title="Label the disks")
    await agreed(world, march(12), title="Stop the old machines", owner="U_BEN")
    world.clock.advance((at(march(11), "09:51", NEW_YORK) - world.now()).total_seconds())

    assert len(await reminding.tick(world.db, world.gateway, world.now(), batch=1)) == 2

"""F17: nobody works for eight days, and then each is told once what matters still, one after the other.

In one process with a moved clock: who dies here leaves what it had to its leases, as A05 to A09 show.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise

import pytest
from sqlalchemy import select

from bot.domain.ids import ActionId, ChannelId, UserId
from bot.domain.notices import CardPost
from bot.domain.pacing import MOST_A_MINUTE
from bot.domain.touches import Rung, Track
from bot.services import planning, reminding
from bot.store import cards, outbox, people
from bot.store.database import Database
from bot.store.schema import TouchRow, TouchState
from sandbox.values import Called, User
from tests.domain.action_builders import PARIS
from tests.flows import world as worlds
from tests.flows.test_two_workers import another_worker
from tests.flows.times import at, march
from tests.flows.world import World
from tests.services.post_office import HERE
from tests.store.builders import a_draft, a_team, put_action

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(3600)]

LEAD = UserId("U_ADA")
CHANNELS = ("C_PAY", "C_WEB", "C_DATA", "G_SEC")
LAST_SEEN, BACK = at(march(10), "08:00"), at(march(18), "11:00")
# Something on each of the days, a thing that is a month old by then, and one that is due later.
DUE_ON = (march(9), march(11), march(12), march(13), march(17), march(25))
TICK, LOOK = timedelta(seconds=15), timedelta(seconds=5)
DEAD_FOR = timedelta(minutes=7)
MINUTE = timedelta(minutes=1)
NUMBERS = count(1)


@pytest.fixture
async def world(database: Database) -> AsyncIterator[World]:
    async with worlds.world(database, start=LAST_SEEN) as made:
        yield made
        assert made.slack.complaints == []


async def owners(world: World, users: Sequence[UserId], due_on: Collection[date]) -> None:
    """Dealt out among the teams, each with an action point for each day."""
    for place, channel in enumerate(CHANNELS):
        async with world.db.begin(HERE) as tx:
            await people.meet(tx, LEAD, world.now())
            team = await a_team(tx, ChannelId(channel), LEAD)
            draft = await a_draft(tx, team.id, f"as-{channel}-{users[0]}", LEAD)
            card = await cards.add(tx, team.id, ChannelId(channel))
            await outbox.enqueue(tx, f"card:{card}", CardPost(card), ChannelId(channel), card, world.now())
            for user in users[place :: len(CHANNELS)]:
                world.slack.workspace.add(User(user, user.lower(), tz="Europe/Paris"))
                await people.meet(tx, user, world.now())
                await people.put(tx, user, "Europe/Paris", True, True, world.now())
                for day in due_on:
                    named = {"id": ActionId(f"{user}-{day}"), "number": next(NUMBERS)}
                    action = await put_action(tx, draft, card, owner=user, due_on=day, **named)
                    await planning.replan(tx, action, world.now())


async def live(world: World, until: datetime) -> None:
    """Two workers, as they tick: what is due is looked at each fifteen seconds, and what is to be said at once."""
    workers = (world.delivering, another_worker(world))
    plan_at = world.now()
    while world.now() < until:
        if world.now() >= plan_at:
            await asyncio.gather(*(reminding.tick(world.db, world.gateway, world.now()) for _ in workers))
            plan_at = world.now() + TICK
        await asyncio.gather(*(worker.drain(world.now()) for worker in workers))
        await asyncio.gather(*(worker.idle() for worker in workers))
        world.clock.advance(LOOK.total_seconds())


def told(world: World) -> Mapping[str, Sequence[datetime]]:
    """When each person, or channel, was spoken to."""
    found = defaultdict[str, list[datetime]](list)
    for called in world.slack.calls("chat.postMessage"):
        found[called.args["channel"]].append(_when(called))
    return found


def _when(called: Called) -> datetime:
    return datetime.fromtimestamp(called.at, UTC)


def most_in_a_minute(moments: Collection[datetime]) -> int:
    ordered = sorted(moments)
    return max(sum(first <= other < first + MINUTE for other in ordered[start:]) for start, first in enumerate(ordered))


async def test_f17_after_eight_days_down_everybody_has_one_message_and_nobody_is_flooded(
    world: World, long: bool
) -> None:
    users = [UserId(f"U_F17{number:03}") for number in range(500 if long else 48)]
    await owners(world, users, DUE_ON)
    await live(world, LAST_SEEN + MINUTE)
    world.clock.advance((BACK - world.now()).total_seconds())

    await live(world, BACK + 2 * MINUTE)
    world.clock.advance(DEAD_FOR.total_seconds())
    # One each 6.7 seconds, but for those minutes.
    await live(world, BACK + timedelta(hours=1.25 if long else 0.25))

    said = told(world)
    assert {user: len(said[user]) for user in users} == dict.fromkeys(users, 1)
    moments = [moment for channel in said.values() for moment in channel]
    assert most_in_a_minute(moments) <= MOST_A_MINUTE
    assert all(after - before >= timedelta(seconds=1) for own in said.values() for before, after in pairwise(own))
    await accounted_for(world, users)


async def accounted_for(world: World, users: Sequence[UserId]) -> None:
    """All that was planned was said, or says why it was not."""
    async with world.db.read_for_all() as tx:
        rows = (await tx.session.scalars(select(TouchRow).where(TouchRow.track == Track.OWNER))).all()
    over = [row for row in rows if row.state is not TouchState.PLANNED]
    assert all(row.reason and row.settled_at for row in over)
    assert all(row.planned_for > world.now() for row in rows if row.state is TouchState.PLANNED)
    sent = Counter(row.subject for row in over if row.state is TouchState.SENT)
    assert set(sent.values()) == {1}, "the last that was due, and none before it"
    assert {row.subject.rpartition("-2026")[0] for row in over if row.state is TouchState.SENT} == set(users)
    oldest = {row.subject[-10:] for row in over if row.rung is Rung.OVERDUE and row.state is TouchState.SENT}
    assert min(map(date.fromisoformat, oldest)) > march(18) - timedelta(days=7)


async def test_f17_what_comes_in_its_own_time_is_not_held_up_by_the_line(world: World) -> None:
    """Back at half past nine, with a line of ten minutes: whoever is due in these minutes hears of it in time."""
    back = at(march(18), "09:31")
    numbered = [UserId(f"U_SLOT{number:03}") for number in range(200)]
    slots = {user: PARIS.slot(march(18), user) for user in numbered}
    fresh = [user for user in numbered if back < slots[user] < back + 5 * MINUTE][:20]
    await owners(world, [UserId(f"U_LATE{number:03}") for number in range(96)], [march(16)])
    await owners(world, fresh, [march(18)])
    world.clock.advance((at(march(16), "08:00") - world.now()).total_seconds())
    await live(world, world.now() + MINUTE)
    world.clock.advance((back - world.now()).total_seconds())

    await live(world, back + 6 * MINUTE)

    said = {called.args["text"].split()[0]: called for called in world.slack.calls("chat.postMessage")}
    late = {user: _when(said[f"<@{user}>"]) - slots[user] for user in fresh}
    assert max(late.values()) < MINUTE, late
    assert world.now() < max(_when(called) for called in said.values()) + 2 * MINUTE, "and the line went on beside it"

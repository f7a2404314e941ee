"""Several processes on one PostgreSQL may tick at the same second: what is due is said once all the same."""

import asyncio
from collections import Counter
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ids import ActionId, ChannelId, TenantId, UserId
from bot.domain.notices import CardPost
from bot.domain.preferences import PersonPreferences
from bot.metrics import Deliveries, Metrics
from bot.services import planning, reminding
from bot.services.correspondence import turns
from bot.services.delivering import Delivering, Means
from bot.services.telling import Telling
from bot.store import cards, outbox, people
from bot.store.database import Transaction
from sandbox.values import Message, User
from tests.flows.world import World
from tests.store.builders import a_draft, a_team, put_action

CHANNELS = ("C_PAY", "C_WEB", "C_DATA", "G_SEC")
IN_EACH = 125
HERE = TenantId("T0SANDBOX")
ADA = UserId("U_ADA")
DUE_ON = date(2026, 3, 12)
MORNING = datetime.combine(DUE_ON, time(10, 30), ZoneInfo("Europe/Paris"))


async def a_channel_full_of_actions(world: World, tx: Transaction, channel: str) -> None:
    """A list card whose thread serves many action points, each of somebody else and all due on the same day."""
    team = await a_team(tx, ChannelId(channel), ADA)
    draft = await a_draft(tx, team.id, f"as-{channel}", ADA)
    card = await cards.add(tx, team.id, ChannelId(channel))
    await outbox.enqueue(tx, f"card:{card}", CardPost(card), ChannelId(channel), card, world.now())
    for number in range(1, IN_EACH + 1):
        owner = UserId(f"U_{channel}_{number}")
        world.slack.workspace.add(User(owner, owner.lower(), tz="Europe/Paris"))
        await people.meet(tx, owner, world.now())
        await people.put(tx, owner, "Europe/Paris", True, True, MORNING)
        # All want it at one minute, and have it then: what is late would stand in line.
        await people.choose(tx, owner, PersonPreferences(at=MORNING.time()))
        action = await put_action(
            tx, draft, card, id=ActionId(f"{channel}-{number}"), number=number, owner=owner, due_on=DUE_ON
        )
        await planning.replan(tx, action, world.now())


def another_worker(world: World) -> Delivering:
    means = Means(
        world.db,
        world.gateway,
        Telling(world.deps.models),
        Deliveries(Metrics()),
        world.now,
        world.clock.steady,
        lambda: 0.0,
        world.deps.gallery,
        turns(world.db),
    )
    return Delivering(means)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("migrated_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_t26_two_processes_at_the_same_second_send_500_due_reminders_500_times(world: World) -> None:
    async with world.db.begin(HERE) as tx:
        await people.meet(tx, ADA, world.now())
        for channel in CHANNELS:
            await a_channel_full_of_actions(world, tx, channel)
    await world.settle()
    world.clock.advance((MORNING - world.now()).total_seconds())
    await reminding.ask_slack(world.db, world.gateway, world.now())

    workers = (world.delivering, another_worker(world))
    for _ in range(IN_EACH * 3):
        await asyncio.gather(
            *(reminding.tick(world.db, world.gateway, world.now()) for _ in workers),
            *(worker.drain(world.now()) for worker in workers),
        )
        await asyncio.gather(*(worker.idle() for worker in workers))
        world.clock.advance(1.0)
        if sum(len(replies(world, channel)) for channel in CHANNELS) >= IN_EACH * len(CHANNELS):
            break

    for channel in CHANNELS:
        said = Counter(reply.text.split(" is due today")[0] for reply in replies(world, channel))
        assert set(said) == {f"<@U_{channel}_{number}> A-{number}" for number in range(1, IN_EACH + 1)}
        assert set(said.values()) == {1}


def replies(world: World, channel: str) -> list[Message]:
    return [message for message in world.slack.messages(channel) if message.thread_ts not in (None, message.ts)]

"""A team's channel is renamed, renumbered, made private: T39. Everything that goes by it follows."""

import pytest

from bot.domain.ids import ChannelId, TenantId
from bot.services import leading
from bot.store import teams
from sandbox.person import Person
from tests.flows.assessment import CRAWL, RUN, agreed, answered, assessed, card_of, opened, posts
from tests.flows.deciding import pressed
from tests.flows.looking import shown, words
from tests.flows.places import A_MORNING, asked_for_a_channel, refusals, results
from tests.flows.times import march
from tests.flows.world import World

pytestmark = pytest.mark.both_databases


async def test_t39_the_teams_name_follows_its_channels(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    await assessed(world, 3, RUN, channel="G_SEC")

    await world.slack.lifecycle.rename("C_PAY", "money")
    await world.slack.lifecycle.rename("G_SEC", "quiet-money")
    await world.answered()

    first = await opened(world, ada)
    assert "for *money*" in words(first)
    await ada.close(first)
    assert "for *quiet-money*" in words(await opened(world, ada, "G_SEC"))


async def test_t39_a_name_that_its_lead_chose_stays(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    async with world.db.begin(TenantId("T0SANDBOX")) as tx:
        team = await teams.of_channel(tx, ChannelId("C_PAY"))
        assert team is not None
        await leading.rename(tx, team.lead, team.id, "The money people", world.now())

    await world.slack.lifecycle.rename("C_PAY", "money")
    await world.answered()

    assert "for *The money people*" in words(await opened(world, ada))


async def test_t39_c09_under_another_id_everything_goes_on_where_it_stood(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))

    await world.slack.lifecycle.change_id("C_PAY", "C_PAY2")
    await world.answered()
    moved = card_of(world, "Label the disks", "C_PAY2")
    await pressed(world, ada, moved, "Mark done")

    assert "Done" in words(card_of(world, "Label the disks", "C_PAY2"))
    assert (moved.ts, len(posts(world, "C_PAY2"))) == (card.ts, 2)
    await assessed(world, 3, RUN, channel="C_PAY2")
    assert len(results(world, "C_PAY2")) == 2


async def test_t39_c09_what_waited_under_the_old_id_is_said_under_the_new_one(world: World, ada: Person) -> None:
    shown(await ada.submit(await answered(ada, await opened(world, ada), 3, RUN), {}))

    await world.slack.lifecycle.change_id("C_PAY", "C_PAY2")
    await world.settle()

    assert len(results(world, "C_PAY2")) == 1
    assert refusals(world) == []


async def test_t39_c09_refused_before_slack_told_of_the_new_id_nothing_is_lost_and_nobody_asked(
    world: World, ada: Person
) -> None:
    shown(await ada.submit(await answered(ada, await opened(world, ada), 3, RUN), {}))
    world.slack.workspace.move("C_PAY", "C_PAY2")
    await world.settle()
    assert refusals(world) == ["channel_not_found"]

    await world.slack.event("channel_id_changed", old_channel_id="C_PAY", new_channel_id="C_PAY2")
    await world.settle()
    await world.pass_time(A_MORNING)

    assert len(results(world, "C_PAY2")) == 1
    assert asked_for_a_channel(world) == []


async def test_t39_made_private_with_the_bot_in_it_the_team_is_private_from_then_on(world: World) -> None:
    await assessed(world, 0, CRAWL)

    await world.slack.lifecycle.make_private("C_PAY", "U_ADA")
    await world.answered()
    await assessed(world, 3, RUN)
    await world.pass_time(A_MORNING)

    assert world.slack.messages("C_DATA") == []  # only of a public team is a stage told beyond its channel
    assert "moved from Crawl" in posts(world)[-1].text
    assert asked_for_a_channel(world) == []

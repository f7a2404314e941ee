"""People of other workspaces, and a bot that was removed: nothing is shown, nothing is sent, nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sandbox.person import Person
from tests.flows.assessment import RUN, agreed, assessed, replies
from tests.flows.deciding import morning
from tests.flows.looking import words
from tests.flows.times import march
from tests.flows.world import World

pytestmark = pytest.mark.both_databases


@pytest.fixture
def xav(world: World) -> Person:
    """Of a partner's workspace, with which a channel is shared."""
    return world.slack.person("U_XAV")


async def test_an_external_persons_home_tells_of_no_team(world: World, xav: Person) -> None:
    await assessed(world, 3, RUN, channel="C_EXT")

    await xav.open_home()
    await world.answered()

    assert "Welcome" in words(world.slack.home("U_XAV"))
    assert "partner" not in words(world.slack.home("U_XAV"))


async def test_after_the_bot_was_removed_nothing_is_sent(world: World) -> None:
    card = await agreed(world, march(17))

    await world.slack.uninstall()
    await world.answered()
    before = len(world.slack.journal)
    await world.until(world.now() + timedelta(days=21), timedelta(days=7))

    assert replies(world, card) == []
    assert world.slack.journal[before:] == []


async def test_a_revoked_token_stops_everything_at_the_first_refusal(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    token = world.slack.workspace.tokens[world.slack.bot_token]
    world.slack.workspace.add(replace(token, revoked=True))

    await morning(world, march(10))
    refused = [called for called in world.slack.journal if called.outcome != "ok"]
    await world.until(world.now() + timedelta(days=21), timedelta(days=7))

    assert replies(world, card) == []
    assert 1 <= len(refused) <= 2
    assert len([called for called in world.slack.journal if called.outcome != "ok"]) == len(refused)

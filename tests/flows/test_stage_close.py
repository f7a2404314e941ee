"""A stage that changed by a hair is announced when the next assessment agrees; and what a lead chose about it."""

from bot.domain.ids import ChannelId, StepId
from bot.domain.model import Stage
from bot.domain.preferences import Drops
from sandbox.person import Person
from sandbox.values import Message
from tests.flows.assessment import CRAWL, RUN, WALK, answered, assessed, cards, numbers, opened, posts
from tests.flows.choosing import choose
from tests.flows.looking import buttons, fields, words
from tests.flows.world import ANNOUNCED, World

# A number two points across the border of 50 %, and one short of it: levels alone would be Walk.
JUST_WALK, JUST_CRAWL = numbers("51", "14"), numbers("49", "14")
LESS = numbers("55", "18")


def _announced(world: World) -> list[str]:
    return [kept.text for kept in posts(world) if "moved from" in kept.text or "is now at" in kept.text]


def _results(world: World) -> list[Message]:
    return [kept for kept in posts(world) if "finished its FinOps" in kept.text]


async def test_t45_across_the_boundary_and_back_nothing_is_announced_and_the_result_says_how_close(
    world: World,
) -> None:
    await assessed(world, 2, WALK)
    await assessed(world, 2, JUST_CRAWL)
    assert "Crawl, close to the boundary with Walk" in words(_results(world)[-1])
    await assessed(world, 2, JUST_WALK)

    assert _announced(world) == []
    assert world.slack.messages(ANNOUNCED) == []
    assert world.slack.dm("U_ADA") == []
    assert "close to the boundary" not in words(_results(world)[-1])


async def test_two_assessments_that_agree_are_announced_however_close(world: World) -> None:
    await assessed(world, 1, CRAWL)
    await assessed(world, 2, JUST_WALK)
    assert _announced(world) == []
    assert "*Close to the boundary*: one answer or number the other way" in words(_results(world)[-1])

    await assessed(world, 2, JUST_WALK)

    assert _announced(world) == ["payments moved from Crawl to Walk."]
    assert "*Teams*, Crawl to Walk" in words(next(kept for kept in posts(world) if "moved from" in kept.text))
    assert len(world.slack.messages(ANNOUNCED)) == 1


async def test_two_that_agree_on_the_way_down_are_the_leads_to_know_first(world: World) -> None:
    await assessed(world, 2, WALK)
    await assessed(world, 2, JUST_CRAWL)
    assert world.slack.dm("U_ADA") == []

    await assessed(world, 2, JUST_CRAWL)

    (told,) = world.slack.dm("U_ADA")
    assert told.text == "The new answers put payments at Crawl, below Walk. The change has not been announced."
    assert _announced(world) == []


async def test_a_lead_may_keep_moves_down_to_themselves(world: World) -> None:
    await assessed(world, 3, RUN)
    await choose(world, drops=Drops.LEAD_ONLY)
    await assessed(world, 1, LESS)

    (told,) = world.slack.dm("U_ADA")
    assert buttons(told) == ["Correct answers"]
    assert "The channel is not told: this team's moves down are for its lead alone." in words(told)
    await assessed(world, 1, LESS)
    await assessed(world, 3, RUN)

    assert len([kept for kept in world.slack.dm("U_ADA") if "put payments at" in kept.text]) == 1
    assert _announced(world) == []


async def test_chosen_during_the_hold_the_channel_is_not_told_any_more(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    await assessed(world, 1, LESS)
    await choose(world, drops=Drops.LEAD_ONLY)

    await ada.press(world.slack.dm("U_ADA")[0], text="Post it")
    await world.settle()
    await assessed(world, 3, RUN)

    assert _announced(world) == []


async def test_a_team_may_name_one_more_channel_for_its_moves_up(world: World) -> None:
    await assessed(world, 1, CRAWL)
    await choose(world, announce_to=ChannelId("C_WEB"))
    await assessed(world, 3, RUN)

    for channel in ("C_PAY", "C_WEB", ANNOUNCED):
        assert [kept.text for kept in posts(world, channel) if "moved from" in kept.text] == [
            "payments moved from Crawl to Run."
        ]


async def test_a_private_team_is_told_of_nowhere_else_whatever_was_named(world: World) -> None:
    await assessed(world, 1, CRAWL, channel="G_SEC")
    await choose(world, "G_SEC", announce_to=ChannelId("C_WEB"))
    await assessed(world, 3, RUN, channel="G_SEC")

    assert posts(world, "C_WEB") == []
    assert world.slack.messages(ANNOUNCED) == []


async def test_nothing_is_proposed_beyond_what_a_team_finds_good_enough(world: World, ada: Person) -> None:
    await assessed(world, 1, CRAWL)
    for card in cards(world):
        await ada.press(card, text="Mark done")
    steps = ("process", "governance", "consumers", "tools")
    await choose(world, targets={StepId(step): Stage.CRAWL for step in steps})

    fifth = await answered(ada, await opened(world, ada), 1, numbers("55", "18"))

    assert [block for block in fields(fifth) if block.startswith("take.")] == []

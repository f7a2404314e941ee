"""A stage that went up is told at once, with its reason, once in each place."""

from sandbox.person import Person
from sandbox.values import Message
from tests.flows.assessment import CRAWL, RUN, WALK, answered, assessed, cards, numbers, opened, posts
from tests.flows.looking import shown, words
from tests.flows.world import ANNOUNCED, World


def _stages(world: World, channel: str) -> list[Message]:
    return [kept for kept in posts(world, channel) if "moved from" in kept.text or "is now at" in kept.text]


async def test_it_is_told_in_both_channels_with_what_made_the_difference(world: World) -> None:
    await assessed(world, 0, CRAWL)
    await assessed(world, 2, WALK)

    for channel in ("C_PAY", ANNOUNCED):
        (told,) = _stages(world, channel)
        assert told.text == "payments moved from Crawl to Walk."
        assert "*What made the difference*" in words(told)
        assert "*Tools*, not in place yet to Walk" in words(told)
    assert world.slack.dm("U_ADA") == []


async def test_it_is_told_once_however_often_the_last_step_arrives(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL)
    shown(await ada.submit(await answered(ada, await opened(world, ada), 3, RUN), {}))
    await world.slack.resend()
    await world.settle()
    await world.settle()

    assert [told.text for told in _stages(world, "C_PAY")] == ["payments moved from Crawl to Run."]
    assert [told.text for told in _stages(world, ANNOUNCED)] == ["payments moved from Crawl to Run."]


async def test_action_points_that_were_closed_are_named_as_a_reason(world: World, ada: Person) -> None:
    await assessed(world, 1, CRAWL)
    await ada.press(cards(world)[0], text="Mark done")
    await world.settle()
    await assessed(world, 2, WALK)

    (told,) = _stages(world, ANNOUNCED)
    assert "1 action point closed since the assessment before." in words(told)


async def test_a_number_alone_can_make_the_difference(world: World) -> None:
    await assessed(world, 3, numbers("75", "8"))
    await assessed(world, 3, RUN)

    (told,) = _stages(world, ANNOUNCED)
    assert told.text == "payments moved from Walk to Run."
    assert "*Cost allocation*, 75 % to 95 %." in words(told)


async def test_a_private_channels_team_is_told_of_in_its_channel_only(world: World) -> None:
    await assessed(world, 0, CRAWL, channel="G_SEC")
    await assessed(world, 3, RUN, channel="G_SEC")

    assert [told.text for told in _stages(world, "G_SEC")] == ["secrets moved from Crawl to Run."]
    assert world.slack.messages(ANNOUNCED) == []


async def test_the_team_of_the_announcing_channel_itself_is_told_of_once(world: World) -> None:
    await assessed(world, 0, CRAWL, channel=ANNOUNCED)
    await assessed(world, 3, RUN, channel=ANNOUNCED)

    assert len(_stages(world, ANNOUNCED)) == 1


async def test_the_same_stage_again_is_not_told(world: World) -> None:
    await assessed(world, 2, WALK)
    await assessed(world, 2, numbers("88", "13"))

    assert _stages(world, "C_PAY") == []
    assert world.slack.messages(ANNOUNCED) == []

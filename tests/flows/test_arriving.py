"""The bot's first words: once to who installed it, once in a channel that it is invited to."""

from bot.domain.ids import UserId
from bot.services import introducing
from sandbox.person import Person
from sandbox.values import Message
from tests.flows.assessment import opened
from tests.flows.choosing import tenant_of
from tests.flows.looking import buttons, words
from tests.flows.world import World


def _introductions(world: World, channel: str = "C_OUT") -> list[Message]:
    return [kept for kept in world.slack.messages(channel) if kept.text.startswith("Hello. In this channel")]


async def _invited(world: World, channel: str = "C_OUT") -> None:
    await world.slack.lifecycle.join(channel, world.slack.app.bot_user, inviter="U_ADA")
    await world.settle()


async def test_invited_to_a_channel_it_says_what_it_will_post_how_often_and_who_can_change_it(
    world: World, ada: Person
) -> None:
    await _invited(world)

    (told,) = _introductions(world)
    said = words(told)
    for part in ("*What I post*", "on Monday at 10:00", "at most one message a day", "*Who can change it*"):
        assert part in said
    await ada.press(told, text=buttons(told)[0])
    await world.answered()
    view = world.slack.screen("U_ADA")
    assert view is not None
    assert "for *elsewhere*" in words(view)


async def test_it_says_why_it_said_that(world: World, ada: Person) -> None:
    await _invited(world)

    await ada.press(_introductions(world)[0], text="Why am I seeing this?")
    await world.settle()

    assert "because the bot was invited to this channel" in world.slack.ephemerals("U_ADA")[-1].text


async def test_never_twice_in_a_channel(world: World) -> None:
    await _invited(world)
    await world.slack.lifecycle.leave("C_OUT", world.slack.app.bot_user, by="U_ADA")
    await _invited(world)

    assert len(_introductions(world)) == 1


async def test_where_it_goes_by_itself_and_where_others_come_nothing_is_said(world: World, ada: Person) -> None:
    await world.slack.lifecycle.join("C_OUT", world.slack.app.bot_user)
    await world.slack.lifecycle.join("C_OUT", "U_CHI", inviter="U_ADA")
    await world.settle()
    await ada.close(await opened(world, ada, "C_OUT"))

    assert _introductions(world) == []


async def test_who_installed_it_is_greeted_once(world: World) -> None:
    for _ in range(2):
        async with world.db.begin(tenant_of(world)) as tx:
            await introducing.greet(tx, UserId("U_ADA"), world.now())
        await world.settle()

    (told,) = world.slack.dm("U_ADA")
    assert told.text.startswith("Thank you for installing FinOps Assess.")

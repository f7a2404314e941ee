"""What becomes of a team's channel: T39, T40, T41. The team goes on, its lead is asked once, and nothing is lost."""

from datetime import timedelta

import pytest

from bot.domain.channels import Lost
from bot.domain.ids import ChannelId, TenantId
from bot.domain.items import ChannelLost
from bot.domain.touches import Rung, Touch, Track
from bot.services import suspending
from bot.store import teams, touches
from sandbox.person import Person
from sandbox.values import Message
from tests.flows.assessment import CRAWL, RUN, agreed, assessed, card_of, opened, own, posts, replies
from tests.flows.deciding import pressed
from tests.flows.looking import words
from tests.flows.times import march
from tests.flows.world import World

HERE = TenantId("T0SANDBOX")


async def asked(world: World, channel: str = "C_PAY") -> ChannelLost | None:
    """What the lead is to be asked about the team of that channel."""
    async with world.db.read(HERE) as tx:
        team = await teams.of_channel(tx, ChannelId(channel))
        assert team is not None
        planned = await touches.planned_of(tx, Track.CHANNEL, team.id)
        said = await suspending.channel_lost(tx, planned, world.now()) if planned else None
    assert not planned or planned.touch.recipient == team.lead
    return said if isinstance(said, ChannelLost) else None


async def archived(world: World, channel: str = "C_PAY", is_archived: bool = True) -> None:
    await world.slack.lifecycle.archive(channel, "U_ADA", is_archived)
    await world.settle()


def results(world: World, channel: str) -> list[Message]:
    return [kept for kept in posts(world, channel) if "finished its FinOps assessment" in kept.text]


async def test_t39_the_teams_name_follows_its_channels(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)

    await world.slack.lifecycle.rename("C_PAY", "money")
    await world.answered()

    assert "for *money*" in words(await opened(world, ada))


async def test_t39_under_another_id_everything_goes_on_where_it_stood(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))

    await world.slack.lifecycle.change_id("C_PAY", "C_PAY2")
    await world.answered()
    moved = card_of(world, "Label the disks", "C_PAY2")
    await pressed(world, ada, moved, "Mark done")

    assert "Done" in words(card_of(world, "Label the disks", "C_PAY2"))
    assert (moved.ts, len(posts(world, "C_PAY2"))) == (card.ts, 2)
    await assessed(world, 3, RUN, channel="C_PAY2")
    assert len(results(world, "C_PAY2")) == 2


async def test_t39_what_waited_under_the_old_id_is_said_under_the_new_one(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    await ada.submit(await _last_step(world, ada), {})
    await world.answered()

    await world.slack.lifecycle.change_id("C_PAY", "C_PAY2")
    await world.settle()

    assert len(results(world, "C_PAY2")) == 2
    assert await asked(world, "C_PAY2") is None


async def test_t39_posted_before_slack_told_of_the_new_id_it_is_not_lost(world: World) -> None:
    await assessed(world, 3, RUN)
    world.slack.workspace.move("C_PAY", "C_PAY2")
    await assessed(world, 3, RUN, channel="C_WEB")  # another team's, meanwhile
    await _assessed_in_vain(world)
    assert await asked(world) is not None

    await world.slack.event("channel_id_changed", old_channel_id="C_PAY", new_channel_id="C_PAY2")
    await world.settle()

    assert len(results(world, "C_PAY2")) == 2
    assert await asked(world, "C_PAY2") is None


async def test_t39_made_private_with_the_bot_in_it_the_team_is_private_from_then_on(world: World) -> None:
    await assessed(world, 0, CRAWL)

    await world.slack.lifecycle.make_private("C_PAY", "U_ADA")
    await world.answered()
    await assessed(world, 3, RUN)

    assert world.slack.messages("C_DATA") == []  # a stage that went up is told beyond the channel of a public team only
    assert await asked(world) is None


async def test_t40_archived_its_lead_is_asked_once_and_other_teams_notice_nothing(world: World) -> None:
    await assessed(world, 3, RUN)
    await assessed(world, 0, CRAWL, channel="C_WEB")
    await archived(world)

    lost = await asked(world)
    assert lost is not None
    assert lost.why is Lost.ARCHIVED
    await _assessed_in_vain(world)
    await assessed(world, 0, CRAWL, channel="C_WEB")

    assert await asked(world) == lost
    assert len(results(world, "C_WEB")) == 2
    assert len([called for called in world.slack.calls("chat.postMessage") if called.outcome != "ok"]) == 0


async def test_t40_without_an_event_the_first_refusal_tells(world: World) -> None:
    await assessed(world, 3, RUN)
    world.slack.workspace.add(_archived(world, "C_PAY"))

    await _assessed_in_vain(world)
    refused = [called for called in world.slack.calls("chat.postMessage") if called.outcome != "ok"]
    await world.pass_time(timedelta(days=2))

    assert [called.outcome for called in refused] == ["is_archived"]
    assert (await asked(world) or pytest.fail("nobody is asked")).why is Lost.ARCHIVED
    assert [c for c in world.slack.calls("chat.postMessage") if c.outcome != "ok"] == refused


@pytest.mark.parametrize("channel", ["C_PAY", "G_SEC"])
async def test_t40_opened_again_what_waited_is_said_and_nobody_is_asked(world: World, channel: str) -> None:
    await assessed(world, 3, RUN, channel=channel)
    await archived(world, channel)
    await _assessed_in_vain(world, channel)

    await archived(world, channel, is_archived=False)

    assert len(results(world, channel)) == 2
    assert await asked(world, channel) is None


async def test_t40_what_nobody_can_read_for_a_week_is_given_up_with_a_reason(world: World) -> None:
    await assessed(world, 3, RUN)
    await archived(world)
    await _assessed_in_vain(world)

    await world.pass_time(timedelta(days=6, hours=23), timedelta(days=1))
    await world.delivering.sweep(world.now())
    assert 'outcome="expired"' not in world.metrics.page().decode()
    await world.pass_time(timedelta(hours=2))
    await world.delivering.sweep(world.now())
    await archived(world, is_archived=False)

    assert len(results(world, "C_PAY")) == 1
    assert 'kind="result",outcome="expired"' in world.metrics.page().decode()


async def test_t40_handed_over_meanwhile_the_new_owner_is_told_directly(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    await archived(world)
    view = await _form(world, ada, card)
    await ada.submit(view, {"owner": "U_BEN"})
    await world.settle()

    await world.delivering.sweep(world.now())
    await world.settle()

    assert "A-1 is yours now" in world.slack.dm("U_BEN")[-1].text
    assert replies(world, card) == []


async def test_t40_the_lead_chooses_another_channel_and_everything_is_there(world: World, ada: Person) -> None:
    await agreed(world, march(17))
    await archived(world)
    await _assessed_in_vain(world)

    await _choose(world, ada, "C_WEB")

    assert len(results(world, "C_WEB")) == 1
    card = card_of(world, "Label the disks", "C_WEB")
    await pressed(world, ada, card, "Mark done")
    assert "Done" in words(card_of(world, "Label the disks", "C_WEB"))
    assert await asked(world, "C_WEB") is None
    assert "for *web-shop*" in words(await opened(world, ada, "C_WEB"))


async def test_t40_many_open_action_points_come_along_as_one_list(world: World, ada: Person) -> None:
    plan = {}
    for place in range(1, 4):
        plan |= own(place, f"Thing {place}", "U_ADA", march(17))
    await assessed(world, 3, RUN, plan=plan)
    await assessed(world, 3, RUN, plan=own(1, "Thing 4", "U_ADA", march(18)))
    await archived(world)

    await _choose(world, ada, "C_WEB")

    (listed,) = posts(world, "C_WEB")
    assert "*payments* has 4 FinOps action points" not in words(listed)
    assert "has 4 FinOps action points." in listed.text
    assert all(f"Thing {place}" in words(listed) for place in range(1, 5))


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        pytest.param("C_OLD", "That channel is archived.", id="archived"),
        pytest.param("C_WEB", "Another team is in that channel.", id="taken"),
    ],
)
async def test_t40_a_channel_that_will_not_do_is_told_beside_the_field(
    world: World, ada: Person, channel: str, said: str
) -> None:
    await assessed(world, 3, RUN)
    await assessed(world, 3, RUN, channel="C_WEB")

    view = await _chooser(world, ada)
    submission = await ada.submit(view, {"channel": channel})

    assert submission.errors["channel"].startswith(said)


async def test_t40_nobody_but_the_lead_moves_a_team(world: World, ada: Person, ben: Person) -> None:
    await assessed(world, 3, RUN, user="U_BEN")

    view = await _chooser(world, world.slack.person("U_CHI"), leads=False)

    assert "Only the team's lead or an admin" in words(view)


async def test_t41_sent_out_of_a_public_channel_the_bot_joins_again_to_post(world: World) -> None:
    await assessed(world, 3, RUN)
    await world.slack.lifecycle.leave("C_PAY", world.slack.app.bot_user, "U_ADA")
    await world.answered()

    await assessed(world, 3, RUN)

    assert len(results(world, "C_PAY")) == 2
    assert len(world.slack.calls("conversations.join")) == 1
    assert await asked(world) is None


async def test_t41_sent_out_of_a_private_channel_the_lead_is_asked_once_for_an_invitation(world: World) -> None:
    await assessed(world, 3, RUN, channel="G_SEC")
    await world.slack.lifecycle.leave("G_SEC", world.slack.app.bot_user, "U_ADA")
    await world.settle()

    lost = await asked(world, "G_SEC")
    assert lost is not None
    assert lost.why is Lost.UNINVITED
    await _assessed_in_vain(world, "G_SEC")
    assert [called for called in world.slack.calls("chat.postMessage") if called.outcome != "ok"] == []

    await world.slack.lifecycle.join("G_SEC", world.slack.app.bot_user, "U_ADA")
    await world.settle()
    assert len(results(world, "G_SEC")) == 2
    assert await asked(world, "G_SEC") is None


async def test_t41_not_told_that_it_was_sent_out_one_refusal_is_enough(world: World) -> None:
    await assessed(world, 3, RUN, channel="G_SEC")
    place = world.slack.workspace.channels["G_SEC"]
    world.slack.workspace.add(_without_bot(world, "G_SEC"))

    await _assessed_in_vain(world, "G_SEC")
    await world.pass_time(timedelta(days=1), timedelta(hours=6))

    refused = [called.outcome for called in world.slack.calls("chat.postMessage") if called.outcome != "ok"]
    assert refused == ["channel_not_found"]
    assert (await asked(world, "G_SEC") or pytest.fail("nobody is asked")).why is Lost.UNINVITED
    world.slack.workspace.add(place)


async def test_t37_handed_over_a_minute_before_the_new_owner_is_left_in_peace_for_a_day(world: World) -> None:
    ada = world.slack.person("U_ADA")
    card = await agreed(world, march(10))
    await world.until(world.now().replace(day=9, hour=8, minute=29))
    view = await _form(world, ada, card)
    await ada.submit(view, {"owner": "U_CHI"})
    await world.settle()
    await world.pass_time(timedelta(hours=23), timedelta(hours=1))

    (told,) = replies(world, card)
    assert told.text.startswith("<@U_CHI> A-1 is yours now")

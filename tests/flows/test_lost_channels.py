"""Channels that the bot cannot speak in: T40, T41. A lead is asked once, what is owed waits, others notice nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import ChannelId, TenantId, UserId
from bot.store import leads, teams
from sandbox.person import Person
from tests.flows.assessment import RUN, Values, agreed, assessed, card_of, opened, own, posts, replies
from tests.flows.deciding import form, morning, pressed
from tests.flows.looking import shown, words
from tests.flows.places import (
    A_MORNING,
    archived,
    asked_for_a_channel,
    chooser,
    finished_from_home,
    refusals,
    results,
)
from tests.flows.times import march
from tests.flows.world import World

A_WEEK = timedelta(days=7)


async def test_t40_archived_the_lead_is_asked_once_and_other_teams_notice_nothing(world: World) -> None:
    await assessed(world, 3, RUN)
    await assessed(world, 3, RUN, channel="C_WEB")
    await archived(world)
    await finished_from_home(world)
    await assessed(world, 3, RUN, channel="C_WEB")
    await world.pass_time(timedelta(days=3), A_MORNING)

    (asked,) = asked_for_a_channel(world)
    assert asked.text == "The channel of payments is archived, so I cannot post there any more."
    assert (len(results(world)), len(results(world, "C_WEB"))) == (1, 2)
    assert refusals(world) == []


async def test_t40_without_an_event_one_refusal_is_enough(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    _archived_in_silence(world)

    await finished_from_home(world)
    await world.pass_time(timedelta(days=2), A_MORNING)

    assert refusals(world) == ["is_archived"]
    assert len(asked_for_a_channel(world)) == 1


@pytest.mark.parametrize("channel", ["C_PAY", "G_SEC"])
async def test_t40_opened_again_what_waited_is_said_and_nobody_is_asked(world: World, channel: str) -> None:
    await assessed(world, 3, RUN, channel=channel)
    await archived(world, channel)
    told = await finished_from_home(world)
    assert "waits until" in words(told)

    await archived(world, channel, is_archived=False)
    await world.pass_time(A_MORNING)

    assert len(results(world, channel)) == 2
    assert asked_for_a_channel(world) == []


async def test_t40_what_waits_for_a_week_is_given_up_with_a_reason(world: World) -> None:
    await assessed(world, 3, RUN)
    await archived(world)
    await finished_from_home(world)

    await world.pass_time(A_WEEK - timedelta(hours=1), A_WEEK)
    assert await world.delivering.sweep(world.now()) == 0
    await world.pass_time(timedelta(hours=2), timedelta(hours=2))
    assert await world.delivering.sweep(world.now()) == 1
    await archived(world, is_archived=False)

    assert len(results(world)) == 1
    assert b'deliveries_total{kind="result",outcome="expired"} 1.0' in world.metrics.page()


async def test_t40_owners_are_reminded_directly_meanwhile(world: World) -> None:
    card = await agreed(world, march(17), "U_BEN")
    await archived(world)

    await world.until(world.now().replace(day=17, hour=14))

    assert [kept.text for kept in world.slack.dm("U_BEN")][-1].startswith("A-1 is due today.")
    assert replies(world, card) == []
    assert refusals(world) == []


async def test_t40_a_reminder_that_met_the_archive_comes_directly(world: World) -> None:
    card = await agreed(world, march(17), "U_ADA")
    await morning(world, march(16))
    before = len(replies(world, card))
    _archived_in_silence(world)
    await morning(world, march(17))
    assert refusals(world) == ["is_archived"]

    await world.delivering.sweep(world.now())
    await world.settle()

    assert "A-1 is due today." in world.slack.dm("U_ADA")[-1].text
    assert len(replies(world, card)) == before


async def test_t40_handed_over_meanwhile_the_new_owner_is_told_directly(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    view = await form(world, ada, card, "Hand over")
    await archived(world)
    assert not (await ada.submit(view, {"owner": "U_BEN"})).errors
    await world.settle()

    await world.delivering.sweep(world.now())
    await world.settle()

    assert "A-1 is yours now" in world.slack.dm("U_BEN")[-1].text


async def test_t40_the_lead_chooses_another_channel_and_everything_is_there(world: World, ada: Person) -> None:
    await agreed(world, march(17))
    await archived(world)
    await finished_from_home(world)
    await world.pass_time(A_MORNING)

    told = shown(await ada.submit(await chooser(world, ada, asked_for_a_channel(world)[-1]), {"channel": "C_WEB"}))
    await world.settle()

    assert "*payments* is told everything in <#C_WEB> from now on." in words(told)
    assert len(results(world, "C_WEB")) == 1
    await pressed(world, ada, card_of(world, "Label the disks", "C_WEB"), "Mark done")
    assert "Done" in words(card_of(world, "Label the disks", "C_WEB"))
    await ada.close(told)
    assert "for *payments*" in words(await opened(world, ada, "C_WEB"))


async def test_t40_many_open_action_points_come_along_as_one_list(world: World, ada: Person) -> None:
    plan: Values = {}
    for place in range(1, 4):
        plan |= own(place, f"Thing {place}", "U_ADA", march(17))
    await assessed(world, 3, RUN, plan=plan)
    await assessed(world, 3, RUN, plan=own(1, "Thing 4", "U_ADA", march(18)))
    await archived(world)
    await world.pass_time(A_MORNING)

    shown(await ada.submit(await chooser(world, ada, asked_for_a_channel(world)[-1]), {"channel": "C_WEB"}))
    await world.settle()

    (listed,) = posts(world, "C_WEB")
    assert listed.text == "payments has 4 FinOps action points."
    assert all(f"Thing {place}" in words(listed) for place in range(1, 5))


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        pytest.param("G_HID", "I cannot see that channel.", id="never invited"),
        pytest.param("C_WEB", "That channel has a team of its own already.", id="taken"),
    ],
)
async def test_t40_a_channel_that_will_not_do_is_told_beside_the_field(
    world: World, ben: Person, channel: str, said: str
) -> None:
    await assessed(world, 3, RUN, user="U_BEN")
    await assessed(world, 3, RUN, channel="C_WEB")
    await archived(world)
    await world.pass_time(timedelta(hours=8), A_MORNING)

    view = await chooser(world, ben, asked_for_a_channel(world, "U_BEN")[-1])
    submission = await ben.submit(view, {"channel": channel})

    assert submission.errors["channel"].startswith(said)


async def test_t41_sent_out_of_a_public_channel_the_bot_joins_again_to_post(world: World) -> None:
    await assessed(world, 3, RUN)
    await world.slack.lifecycle.leave("C_PAY", world.slack.app.bot_user, "U_ADA")
    await world.answered()

    await assessed(world, 3, RUN)
    await world.pass_time(A_MORNING)

    assert len(results(world)) == 2
    assert len(world.slack.calls("conversations.join")) == 1
    assert asked_for_a_channel(world) == []


async def test_t41_sent_out_of_a_private_channel_the_lead_is_asked_once_for_an_invitation(world: World) -> None:
    await assessed(world, 3, RUN, channel="G_SEC")
    await world.slack.lifecycle.leave("G_SEC", world.slack.app.bot_user, "U_ADA")
    await world.settle()
    await assessed(world, 3, RUN, channel="G_SEC")
    await world.pass_time(timedelta(days=3), A_MORNING)

    (asked,) = asked_for_a_channel(world)
    assert "Please invite me." in asked.text
    assert "/invite @FinOps" in words(asked)
    assert (len(results(world, "G_SEC")), refusals(world)) == (1, [])

    await world.slack.lifecycle.join("G_SEC", world.slack.app.bot_user, "U_ADA")
    await world.settle()
    assert len(results(world, "G_SEC")) == 2


async def test_t41_not_told_of_it_one_refusal_is_enough(world: World) -> None:
    await assessed(world, 3, RUN, channel="G_SEC")
    _left_in_silence(world, "G_SEC")

    await assessed(world, 3, RUN, channel="G_SEC")
    await world.pass_time(timedelta(days=2), A_MORNING)

    assert refusals(world) == ["channel_not_found"]
    assert "Please invite me." in asked_for_a_channel(world)[-1].text


async def test_nobody_but_the_lead_and_admins_moves_a_team(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, user="U_BEN")
    await archived(world)
    await world.pass_time(timedelta(hours=8))
    ben = world.slack.person("U_BEN")
    view = await chooser(world, ben, asked_for_a_channel(world, "U_BEN")[-1])
    await _lead_is(world, "U_CHI")

    told = shown(await ben.submit(view, {"channel": "C_WEB"}))

    assert "Only the team's lead or an admin can choose its channel." in words(told)


def _archived_in_silence(world: World) -> None:
    """Slack's word about it does not arrive."""
    place = world.slack.workspace.channels["C_PAY"]
    world.slack.workspace.add(replace(place, archived=True, members=place.members - {world.slack.app.bot_user}))


def _left_in_silence(world: World, channel: str) -> None:
    place = world.slack.workspace.channels[channel]
    world.slack.workspace.add(replace(place, members=place.members - {world.slack.app.bot_user}))


async def _lead_is(world: World, user: str) -> None:
    async with world.db.begin(TenantId("T0SANDBOX")) as tx:
        team = await teams.of_channel(tx, ChannelId("C_PAY"))
        assert team is not None
        await leads.give(tx, team.id, UserId(user))

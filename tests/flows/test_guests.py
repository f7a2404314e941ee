"""People of other workspaces, and guests: T43. Refused politely, with who can help, and nothing is shown to them."""

from datetime import timedelta

import pytest

from bot.domain.ids import TenantId, UserId
from bot.domain.preferences import WorkspacePolicy
from bot.services import meeting
from bot.store import choices
from sandbox import Fault, Trouble
from sandbox.person import Person
from sandbox.values import Role
from tests.flows.assessment import NOT_KNOWN, RUN, agreed, answered, assessed, card_of, opened, own
from tests.flows.deciding import form, pressed
from tests.flows.looking import buttons, words
from tests.flows.times import march
from tests.flows.world import World

GUEST = "Only full members of this workspace can do that here."


@pytest.fixture
def eve(world: World) -> Person:
    """A guest of several channels."""
    return world.slack.person("U_EVE")


@pytest.fixture
def xav(world: World) -> Person:
    """Of a partner's workspace, with which a channel is shared."""
    return world.slack.person("U_XAV")


async def test_t43_an_external_person_who_presses_a_button_is_told_whom_to_ask(world: World, xav: Person) -> None:
    await assessed(world, 3, RUN, channel="C_EXT", plan=own(1, "Label the disks", None, march(17)))
    card = card_of(world, "Label the disks", "C_EXT")

    for text in ("Mark done", "Assign"):
        await xav.press(card, text=text)
    await world.settle()

    assert world.slack.screen("U_XAV") is None
    said = {told.text for told in world.slack.ephemerals("U_XAV")}
    assert said == {"This bot works for members of the workspace that it is installed in. Please ask one of them."}
    assert world.slack.calls("chat.update") == []


async def test_t43_a_guest_who_starts_is_told_who_can_help(world: World, ada: Person, eve: Person) -> None:
    await assessed(world, 3, RUN)

    view = await opened(world, eve, user="U_EVE")

    assert words(view) == f"{GUEST} <@U_ADA>, who leads the team, can help you."
    assert buttons(view) == []


async def test_t43_a_guest_where_there_is_no_team_yet_is_told_so_too(world: World, eve: Person) -> None:
    assert words(await opened(world, eve, user="U_EVE")) == f"{GUEST} One of them can help you."


async def test_t43_a_guest_who_presses_a_button_is_told_who_can_help(world: World, eve: Person) -> None:
    card = await agreed(world, march(17))

    await pressed(world, eve, card, "Mark done")

    assert words(world.slack.ephemerals("U_EVE")[-1]) == f"{GUEST} <@U_ADA>, who leads the team, can help you."
    assert "Done" not in words(card_of(world, "Label the disks"))


async def test_t43_where_the_workspace_lets_guests_in_they_answer(world: World, eve: Person) -> None:
    async with world.db.begin(TenantId("T0SANDBOX")) as tx:
        await choices.choose_for_workspace(tx, WorkspacePolicy(guests=True))

    second = await answered(eve, await opened(world, eve, user="U_EVE"), 2, NOT_KNOWN, ["process"])

    assert second.title == "Step 2 of 5: Governance"


@pytest.mark.parametrize(("channel", "owner"), [("C_PAY", "U_EVE"), ("C_EXT", "U_XAV")])
async def test_t43_picked_as_owner_they_are_refused_beside_the_field(
    world: World, ada: Person, channel: str, owner: str
) -> None:
    plan = own(1, "Label the disks", owner, march(17))
    last = await answered(ada, await opened(world, ada, channel), 3, RUN)
    assert "full member" in (await ada.submit(last, plan)).errors["owner.own.1"]

    await ada.submit(last, own(1, "Label the disks", "U_ADA", march(17)))
    await world.settle()
    view = await form(world, ada, card_of(world, "Label the disks", channel), "Hand over")
    assert "full member" in (await ada.submit(view, {"owner": owner})).errors["owner"]


async def test_t43_who_becomes_a_guest_is_turned_away_from_then_on(world: World, ben: Person) -> None:
    second = await answered(ben, await opened(world, ben, user="U_BEN"), 2, NOT_KNOWN, ["process"])
    await world.settle()
    await world.slack.lifecycle.change_user("U_BEN", role=Role.GUEST)
    await world.answered()

    told = await ben.submit(second, {}, force=True)

    assert GUEST in words(told.view)


async def test_c04_who_left_is_turned_away_even_where_guests_are_let_in(world: World) -> None:
    await agreed(world, march(17), owner="U_BEN")
    async with world.db.begin(TenantId("T0SANDBOX")) as tx:
        await choices.choose_for_workspace(tx, WorkspacePolicy(guests=True))
    await world.slack.lifecycle.change_user("U_BEN", deleted=True)
    await world.settle()

    assert await meeting.is_guest(world.db, world.gateway, TenantId("T0SANDBOX"), UserId("U_BEN"))
    assert not await meeting.is_guest(world.db, world.gateway, TenantId("T0SANDBOX"), UserId("U_EVE"))


async def test_t43_where_slack_does_not_say_who_it_is_nobody_is_turned_away(world: World, ada: Person) -> None:
    world.slack.faults.add(Fault(Trouble.UNAVAILABLE, "users.info"))

    assert (await opened(world, ada)).title == "Step 1 of 5: Processes"
    world.slack.faults.lift()


async def test_t43_a_score_is_not_posted_where_outsiders_read_until_the_lead_says_so(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, channel="C_EXT")
    await world.pass_time(timedelta(hours=2))
    assert [kept for kept in world.slack.messages("C_EXT") if "finished" in kept.text] == []
    (asked,) = world.slack.dm("U_ADA")
    assert asked.text == "with-partner finished its FinOps assessment: Run, 100 of 100. This has not been posted."

    await pressed(world, ada, asked, "Post it")

    assert [kept.text for kept in world.slack.messages("C_EXT")] == [
        "with-partner finished its FinOps assessment: Run, 100 of 100."
    ]
    await pressed(world, ada, asked, "Post it")
    assert "There is nothing to post any more." in world.slack.ephemerals("U_ADA")[-1].text


async def test_t43_shared_later_a_channel_hears_no_more_scores_and_again_when_it_is_not(world: World) -> None:
    await assessed(world, 0, RUN)
    await world.slack.lifecycle.share("C_PAY", "T0PARTNER", ["U_XAV"])
    await world.answered()
    await assessed(world, 3, RUN)
    assert len([kept for kept in world.slack.messages("C_PAY") if "finished" in kept.text]) == 1

    await world.slack.lifecycle.unshare("C_PAY", "T0PARTNER")
    await world.answered()
    await assessed(world, 3, RUN)

    assert len([kept for kept in world.slack.messages("C_PAY") if "finished" in kept.text]) == 2


async def test_t43_a_stage_is_told_where_all_teams_are_told_of_only_if_nobody_else_reads_there(world: World) -> None:
    await world.slack.lifecycle.share("C_DATA", "T0PARTNER", ["U_XAV"])
    await assessed(world, 0, RUN)
    await assessed(world, 3, RUN)

    assert "moved from" in world.slack.messages("C_PAY")[-1].text
    assert world.slack.messages("C_DATA") == []

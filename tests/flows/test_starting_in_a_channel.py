"""`/finops-assess` typed in a channel, and the words that may follow it."""

import pytest

from sandbox.faults import Fault, Trouble
from sandbox.person import Person
from tests.flows.assessment import NOT_KNOWN, answered, opened, turned
from tests.flows.looking import buttons, fields, held, words
from tests.flows.world import World


async def test_the_command_opens_the_first_step_for_the_team_of_the_channel(world: World, ada: Person) -> None:
    view = await opened(world, ada)

    assert view.title == "Step 1 of 5: Processes"
    assert "for *payments*" in words(view)
    assert "■□□□□ Step 1 of 5" in words(view)


async def test_a_public_channel_that_the_bot_has_not_joined_has_a_team_all_the_same(world: World, ada: Person) -> None:
    view = await opened(world, ada, "C_OUT")

    assert "for *elsewhere*" in words(view)


async def test_nothing_is_made_until_the_first_step_is_submitted(world: World, ada: Person) -> None:
    await ada.close(await opened(world, ada))
    await world.answered()

    home = await ada.open_home()
    await world.answered()

    assert home is None or "payments" not in words(home)
    assert "payments" not in words(world.slack.home("U_ADA"))


@pytest.mark.parametrize("typed", ["help", "HELP"])
async def test_help_is_one_screen_that_only_the_asker_sees(world: World, ada: Person, typed: str) -> None:
    reply = await ada.command("/finops-assess", typed)

    assert "starts the FinOps assessment" in reply.text
    assert reply.message is not None
    assert reply.message.ephemeral_for == "U_ADA"
    assert world.slack.screen("U_ADA") is None


async def test_an_unknown_word_is_answered_with_what_may_be_meant_and_where_help_is(world: World, ada: Person) -> None:
    reply = await ada.command("/finops-assess", "statsu <!channel>")

    assert "“statsu” is not something I know. Did you mean *status" in words(reply)
    assert "`/finops-assess help` shows everything" in words(reply)
    assert world.slack.screen("U_ADA") is None


@pytest.mark.parametrize("reason", ["expired_trigger_id", "trigger_expired"])
async def test_t02_typed_too_late_a_button_opens_the_same_draft(world: World, ada: Person, reason: str) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    await ada.close(second)
    world.slack.faults.add(Fault(Trouble.ERROR, "views.open", count=1, performs=False, error=reason))

    await ada.command("/finops-assess")
    await world.answered()
    late = world.slack.ephemerals("U_ADA")[-1]

    assert "That took too long" in late.text
    assert world.slack.screen("U_ADA") is None
    await ada.press(late, text=buttons(late)[0])
    await world.answered()
    view = world.slack.screen("U_ADA")
    assert view is not None
    assert view.title == "Step 2 of 5: Governance"


async def test_a_draft_is_resumed_at_its_step_with_the_choice_to_start_over(world: World, ada: Person) -> None:
    fourth = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process", "governance", "consumers"])
    await ada.close(fourth)

    view = await opened(world, ada)

    assert view.title == "Step 4 of 5: Tools"
    assert "Welcome back" in words(view)
    assert "Start over" in buttons(view)


async def test_starting_over_forgets_ones_own_answers_and_no_others(world: World, ada: Person, ben: Person) -> None:
    await ada.close(await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"]))
    await ben.close(await answered(ben, await opened(world, ben, user="U_BEN"), 1, NOT_KNOWN, ["process"]))

    first = await turned(world, ada, await opened(world, ada), "Start over")
    assert first.title == "Step 1 of 5: Processes"
    assert [held(first, question) for question in fields(first) if question.startswith("p_")] == [None] * 6

    bens = await opened(world, ben, user="U_BEN")
    assert bens.title == "Step 2 of 5: Governance"
    assert held(await turned(world, ben, bens, "Back"), "p_reporting") == "1"


async def test_started_over_at_the_first_step_nothing_that_was_chosen_is_shown_any_more(
    world: World, ada: Person
) -> None:
    first = await opened(world, ada)
    for field, option in (("claimed", "2"), ("persona", "finops"), ("p_reporting", "1")):
        await ada.press(first, block_id=field, option=option)
        await world.answered()
    await ada.close(first)
    resumed = await opened(world, ada)
    assert (held(resumed, "claimed"), held(resumed, "persona"), held(resumed, "p_reporting")) == ("2", "finops", "1")

    again = await turned(world, ada, resumed, "Start over")

    assert [held(again, field) for field in ("claimed", "persona", "p_reporting")] == [None] * 3


async def test_a_draft_that_only_one_had_a_part_in_is_thrown_away_with_it(world: World, ada: Person) -> None:
    await ada.close(await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"]))

    first = await turned(world, ada, await opened(world, ada), "Start over")
    second = await answered(ada, first, 0, NOT_KNOWN, ["process"])

    assert second.title == "Step 2 of 5: Governance"

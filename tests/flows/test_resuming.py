"""`start` and `resume` in words: for which team, and what there is to go on with."""

from datetime import timedelta

import pytest

from sandbox.person import Person
from sandbox.values import Channel, Kind, Message
from sandbox.views import View
from tests.flows.assessment import NOT_KNOWN, RUN, answered, assessed, opened
from tests.flows.looking import buttons, fields, words
from tests.flows.world import World

pytestmark = pytest.mark.both_databases


async def typed(world: World, person: Person, text: str, channel: str = "C_PAY") -> View | None:
    await person.command("/finops-assess", text, channel=channel)
    await world.answered()
    return world.slack.screen(person.id)


async def begun(world: World, person: Person, channel: str = "C_PAY") -> None:
    """Steps 1 and 2, and then closed."""
    first = await opened(world, person, channel, person.id)
    await person.close(await answered(person, first, 2, NOT_KNOWN, ["process", "governance"]))
    await world.answered()


def told(world: World, person: Person) -> Message:
    return world.slack.ephemerals(person.id)[-1]


async def test_resume_opens_the_step_that_is_not_saved_yet(world: World, ada: Person) -> None:
    await begun(world, ada)

    view = await typed(world, ada, "resume")

    assert view is not None
    assert view.title == "Step 3 of 5: Teams"


async def test_resume_in_a_direct_message_goes_on_where_something_was_saved_last(world: World, ada: Person) -> None:
    await begun(world, ada)
    await world.pass_time(timedelta(minutes=1))
    await begun(world, ada, "C_WEB")

    view = await typed(world, ada, "resume", "D_U_ADA")

    assert view is not None
    assert "for *web-shop*" in words(view)


async def test_nothing_to_resume_offers_to_start(world: World, ada: Person, ben: Person) -> None:
    await begun(world, ada)  # somebody else's

    assert await typed(world, ben, "resume") is None

    assert told(world, ben).text == "Nothing to resume. Start?"
    await ben.press(told(world, ben), text=buttons(told(world, ben))[0])
    await world.answered()
    view = world.slack.screen("U_BEN")
    assert view is not None
    assert view.title == "Step 1 of 5: Processes"


async def test_a_finished_assessment_is_nothing_to_resume(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)

    assert await typed(world, ada, "resume") is None
    assert told(world, ada).text == "Nothing to resume. Start?"


@pytest.mark.parametrize("named", ["<#CSHOP|shop>", "shop"])
async def test_start_names_another_team(world: World, ada: Person, named: str) -> None:
    _open(world, "CSHOP", "shop")
    await assessed(world, 3, RUN, channel="CSHOP")

    view = await typed(world, ada, f"start {named}")

    assert view is not None
    assert "for *shop*" in words(view)


async def test_start_names_a_channel_without_a_team_yet(world: World, ada: Person) -> None:
    _open(world, "CSHOP", "shop")

    view = await typed(world, ada, "start <#CSHOP|shop>")

    assert view is not None
    assert "for *shop*" in words(view)


@pytest.mark.parametrize("named", ["<#GSECRET|secrets>", "secrets"])
async def test_a_private_team_is_not_started_from_outside_nor_is_its_name_told(world: World, named: str) -> None:
    _open(world, "GSECRET", "secrets", Kind.PRIVATE)
    await assessed(world, 3, RUN, channel="GSECRET")
    chi = world.slack.person("U_CHI")

    view = await typed(world, chi, f"start {named} --scope audits")

    assert view is not None
    assert "Which team is this about?" in words(view)
    assert "secrets" not in words(view)
    assert fields(view) == ["channel"]


async def test_what_it_is_about_survives_the_question_which_team(world: World, ada: Person) -> None:
    asked = await typed(world, ada, "start --scope audits", "D_U_ADA")
    assert asked is not None

    submission = await ada.submit(asked, {"channel": "C_WEB"})

    assert submission.view is not None
    assert "for *web-shop* · about *audits*" in words(submission.view)


def _open(world: World, channel: str, name: str, kind: Kind = Kind.PUBLIC) -> None:
    """A channel whose id is like Slack's own, so that a mention of it is one."""
    members = frozenset({"U_ADA", world.slack.app.bot_user})
    world.slack.workspace.add(Channel(channel, name, kind, members))

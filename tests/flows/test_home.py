"""The App Home: what needs this person, their teams, and nobody else's."""

from sandbox.person import Person
from sandbox.values import Message
from sandbox.views import View
from tests.flows.assessment import NOT_KNOWN, RUN, agreed, answered, assessed, card_of, opened, own
from tests.flows.deciding import morning
from tests.flows.looking import buttons, words
from tests.flows.times import april, march
from tests.flows.world import World


async def _home(world: World, person: Person) -> View:
    await person.open_home()
    await world.answered()
    view = world.slack.home(person.id)
    assert view is not None
    return view


async def test_who_is_new_sees_three_steps_to_begin(world: World, ada: Person) -> None:
    said = words(await _home(world, ada))

    assert "Welcome to FinOps Assess" in said
    assert "1. Type `/finops-assess` in your team's channel." in said


async def test_it_shows_ones_own_open_action_points_the_most_urgent_first(world: World, ada: Person) -> None:
    plan = own(1, "Later", due=april(20)) | own(2, "Sooner", due=march(17)) | own(3, "For Ben", "U_BEN", march(16))
    await assessed(world, 3, RUN, plan=plan)

    said = words(await _home(world, ada))

    assert said.index("A-2 Sooner* – due Tue 17 Mar.") < said.index("A-1 Later* – due Mon 20 Apr.")
    assert "For Ben" not in said
    assert "*payments*: Run." in said
    assert "next Mon 1 June · 3 open action points" in said


async def test_it_shows_no_team_in_which_the_person_has_no_part(world: World, ada: Person, ben: Person) -> None:
    await assessed(world, 3, RUN, channel="G_SEC")
    await assessed(world, 3, RUN, user="U_BEN")

    assert "payments" not in words(await _home(world, ada))
    assert "secrets" not in words(await _home(world, ben))
    assert "*secrets*: Run." in words(await _home(world, ada))


async def test_its_buttons_decide_as_those_of_the_card_do(world: World, ada: Person) -> None:
    await agreed(world, march(17))
    await morning(world, march(18))
    view = await _home(world, ada)
    assert "A-1 Label the disks* – was due Tue 17 Mar." in words(view)

    await ada.press(view, text="Mark done")
    await world.settle()

    card: Message = card_of(world, "Label the disks")
    assert "Done by <@U_ADA>" in words(card)
    assert "you own no open action points" in words(await _home(world, ada))


async def test_a_draft_is_resumed_from_there(world: World, ada: Person) -> None:
    await ada.close(await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"]))
    view = await _home(world, ada)
    assert buttons(view) == ["Resume"]

    await ada.press(view, text="Resume")
    await world.answered()

    step = world.slack.screen("U_ADA")
    assert step is not None
    assert step.title == "Step 2 of 5: Governance"

"""Steps 1 to 4: what is asked, what is refused beside its field, and what is kept."""

import pytest

from bot.domain.model import Form
from sandbox.person import Person
from sandbox.views import View
from tests.flows.assessment import MODEL, NOT_KNOWN, STEPS, WALK, answered, answers, numbers, opened, posts, turned
from tests.flows.looking import fields, held, shown, words
from tests.flows.world import World

pytestmark = pytest.mark.both_databases

TITLES = ["Step 1 of 5: Processes", "Step 2 of 5: Governance", "Step 3 of 5: Teams", "Step 4 of 5: Tools"]
QUESTIONS = {question.id for step in MODEL.scored_steps for question in step.questions}


async def test_twenty_two_questions_take_five_submissions_of_one_modal(world: World, ada: Person) -> None:
    view = await opened(world, ada)
    modal, titles, asked, most_blocks = view.id, [], [], 0
    for step in STEPS:
        titles.append(view.title)
        asked += [block for block in fields(view) if block in QUESTIONS]
        most_blocks = max(most_blocks, len(view.blocks))
        view = shown(await ada.submit(view, answers(step, 2) | WALK.get(step, {})))
    last = shown(await ada.submit(view, {}))

    assert titles == TITLES
    assert len(asked) == len(set(asked)) == 22
    assert max(most_blocks, len(view.blocks)) <= 100
    assert (view.title, view.id, last.id) == ("Step 5 of 5: Actions", modal, modal)
    assert len([sent for sent in world.slack.sent if sent.payload.get("type") == "view_submission"]) == 5


async def test_the_numbers_are_asked_where_they_belong_with_what_is_meant_by_them(world: World, ada: Person) -> None:
    first = await opened(world, ada)
    second = await answered(ada, first, 2, NOT_KNOWN, ["process"])
    third = await answered(ada, second, 2, NOT_KNOWN, ["governance"])

    assert [block for block in fields(first) if block.startswith("b_")] == ["b_forecast", "b_forecast.source"]
    assert [block for block in fields(second) if block.startswith("b_")] == ["b_allocation", "b_allocation.source"]
    assert "What is meant: mean of |forecast - actual| / actual x 100" in words(first)
    assert "We don't know" in words(second)
    assert not [block for block in fields(third) if block.startswith("b_")]


async def test_what_is_missing_is_told_beside_its_field(world: World, ada: Person) -> None:
    view = await opened(world, ada)

    refused = await ada.submit(view, {"p_reporting": "1"}, force=True)

    missing = [block for block in fields(view) if block.startswith("p_")][1:]
    assert refused.errors == dict.fromkeys([*missing, "b_forecast.source"], "Please choose one.")


WRONG_NUMBERS = [  # as typed, its source; the field beside which that is told, and what is told
    ("about ten", "measured", "b_forecast", "Please give a number such as 15"),
    ("501", "measured", "b_forecast", "from 0 to 500"),
    ("-3", "estimate", "b_forecast", "from 0 to 500"),
    ("50/53; 52/51", "measured", "b_forecast", "Please give 3 months"),
    ("", "measured", "b_forecast", "Please give the number"),
    ("14", "unknown", "b_forecast.source", "There is a number above"),
    ("14", None, "b_forecast.source", "Please choose one."),
]


async def test_a_number_is_refused_beside_its_field_and_nothing_is_lost(world: World, ada: Person) -> None:
    view = ada.type(await opened(world, ada), answers("process", 2))
    for typed, source, field, told in WRONG_NUMBERS:
        refused = await ada.submit(view, {"b_forecast": typed, "b_forecast.source": source}, force=True)
        assert list(refused.errors) == [field], typed
        assert told in refused.errors[field], typed

    right = {"b_forecast": "50000/53000; 52000/51000; 55000/61000", "b_forecast.source": "measured"}
    second = shown(await ada.submit(view, right))
    assert held(await turned(world, ada, second, "Back"), "p_reporting") == "2"


async def test_the_short_form_asks_the_core_questions_only(world: World, ada: Person) -> None:
    first = await opened(world, ada)
    view = await turned(world, ada, first, block_id="form", option="short")
    asked = []
    for step in STEPS:
        asked += [block for block in fields(view) if block in QUESTIONS]
        view = shown(await ada.submit(view, answers(step, 2, Form.SHORT) | WALK.get(step, {})))
    shown(await ada.submit(view, {}))
    await world.settle()

    assert len(asked) == 12
    assert "short form: the core questions only" in words(posts(world)[0])


async def test_choosing_the_form_keeps_what_was_chosen(world: World, ada: Person) -> None:
    first = ada.type(await opened(world, ada), {"p_reporting": "3"})

    short = await turned(world, ada, first, block_id="form", option="short")

    assert held(short, "p_reporting") == "3"


async def test_t07_back_shows_what_is_stored_and_keeps_half_a_step(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, numbers(None, "14"), ["process"])

    first = await turned(world, ada, ada.type(second, {"g_roles": "3", "b_allocation": "lots"}), "Back")
    assert first.title == "Step 1 of 5: Processes"
    assert (held(first, "p_reporting"), held(first, "b_forecast")) == ("2", "14")
    again = shown(await ada.submit(first, {"p_reporting": "0"}))

    assert (held(again, "g_roles"), held(again, "g_skills")) == ("3", None)
    before = await turned(world, ada, again, "Back")
    assert held(before, "p_reporting") == "0"
    # Under a name that Slack has not seen, or it would show what it remembers itself.
    assert not names(before) & names(first)


def names(view: View) -> set[tuple[str, str]]:
    inputs = [block for block in view.blocks if block["type"] == "input"]
    return {(block["block_id"], block["element"]["action_id"]) for block in inputs}


async def test_what_is_marked_as_not_existing_here_is_left_out(world: World, ada: Person) -> None:
    view = await opened(world, ada)
    marked = {"process.absent": ["p_commit"]}

    refused = await ada.submit(view, answers("process", 2) | WALK["process"] | marked)
    assert "Marked below as not existing here" in refused.errors["p_commit"]

    second = shown(await ada.submit(view, {"p_commit": "unknown"}))
    before = await turned(world, ada, second, "Back")
    assert held(before, "process.absent") == ["p_commit"]
    fifth = await answered(ada, shown(await ada.submit(before, {})), 2, WALK, STEPS[1:])
    shown(await ada.submit(fifth, {}))
    await world.settle()
    assert "payments finished its FinOps assessment: Walk" in posts(world)[0].text
    assert "provisional" not in words(posts(world)[0])

"""A modal that comes back otherwise than it was drawn, signed by Slack's secret all the same: C02."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.store.schema import AnswerRow
from sandbox import payloads
from sandbox.person import Person
from sandbox.values import Json
from sandbox.views import View
from tests.flows.assessment import NOT_KNOWN, answered, answers, opened
from tests.flows.looking import buttons, words
from tests.flows.world import World

CALM = "This form cannot be used any more, and nothing was changed. Please close it and open it once more."
Change = Callable[[Json], Json]


def refused(world: World) -> float:
    return world.metrics.registry.get_sample_value("forms_refused_total") or 0


def _edited(metadata: str) -> str:
    carried = json.loads(metadata)
    return json.dumps(carried | {"version": carried["version"] + 1})


CHANGES: dict[str, Change] = {
    "edited": lambda payload: _with(payload, _edited(payload["view"]["private_metadata"])),
    "truncated": lambda payload: _with(payload, payload["view"]["private_metadata"][:-20]),
    "unsigned, as before the bot was exchanged": lambda payload: _with(payload, _bare(payload)),
    "another person": lambda payload: payload | {"user": payload["user"] | {"id": "U_BEN"}},
    "another step": lambda payload: _with(payload, payload["view"]["private_metadata"].replace("process", "tools")),
    "another form": lambda payload: payload | {"view": payload["view"] | {"callback_id": "assess.plan"}},
}


def _with(payload: Json, metadata: str) -> Json:
    return payload | {"view": payload["view"] | {"private_metadata": metadata}}


def _bare(payload: Json) -> str:
    carried = json.loads(payload["view"]["private_metadata"])
    return json.dumps({name: value for name, value in carried.items() if name != "bound"})


def submission(world: World, person: Person, view: View, values: dict[str, Any]) -> Json:
    filled = person.type(view, values)
    trigger = world.slack.screens.trigger(person.id, filled.id)
    return payloads.submission(world.slack.workspace, person.user, filled, trigger)


@pytest.mark.parametrize("name", CHANGES)
async def test_c02_it_is_refused_calmly_in_the_modal_and_nothing_is_stored(
    world: World, ada: Person, name: str
) -> None:
    payload = submission(world, ada, await opened(world, ada), answers("process", 2) | NOT_KNOWN["process"])

    sent = await world.slack.sender.interaction(CHANGES[name](payload))

    assert sent.status == 200
    told = sent.json()
    assert told["response_action"] == "update"
    assert told["view"]["blocks"][0]["text"]["text"] == CALM
    assert refused(world) == 1
    assert await stored(world) == 0


async def test_what_a_form_asks_follows_from_its_step_whatever_comes_back_as_its_blocks(
    world: World, ada: Person
) -> None:
    payload = submission(world, ada, await opened(world, ada), answers("process", 2) | NOT_KNOWN["process"])

    sent = await world.slack.sender.interaction(payload | {"view": payload["view"] | {"blocks": []}})

    assert sent.json()["view"]["title"]["text"] == "Step 2 of 5: Governance"
    assert refused(world) == 0


async def test_c02_a_button_in_it_is_refused_in_the_modal_too(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    before = await stored(world)
    await ada.press(second, text="Back")
    pressed = world.slack.sent[-1].payload
    await world.answered()
    shown = world.slack.screen("U_ADA")
    assert shown is not None

    forged = _with(pressed, pressed["view"]["private_metadata"].replace("governance", "process"))
    assert (await world.slack.sender.interaction(forged | {"trigger_id": "forged"})).status == 200
    await world.answered()

    assert words(world.slack.screen("U_ADA")) == CALM
    assert buttons(world.slack.screen("U_ADA")) == []
    assert (refused(world), await stored(world)) == (1, before)


async def stored(world: World) -> int:
    async with world.db.read_for_all() as tx:
        return len((await tx.session.scalars(select(AnswerRow.question_id))).all())

"""Payloads that Slack signed and that nobody draws so: parts missing or of another kind, and names nobody knows."""

import pytest
from structlog.testing import capture_logs

from sandbox.person import Person
from sandbox.values import Json
from tests.door.mutations import changed, variations
from tests.door.setting import a_team_with_an_action
from tests.flows.assessment import NOT_KNOWN, answered, opened
from tests.flows.deciding import form
from tests.flows.typing import called, typed
from tests.flows.world import World
from tests.rights.probes import dispatching


async def of_every_kind(world: World, ada: Person, ben: Person) -> list[Json]:
    """One of each that a person's day brings: typed, said, pressed, chosen, submitted, closed, opened."""
    await a_team_with_an_action(world)
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    await ada.press(second, text="Back")
    await world.answered()
    view = world.slack.screen("U_ADA")
    assert view is not None
    await ada.close(view)
    said = await typed(world, ben, "action A-1")
    await ben.submit(await form(world, ben, said, "Not doing this"), {"reason": "Solved elsewhere"})
    await world.settle()
    await called(world, ben, "action A-1 reopen")
    await ben.open_home()
    await world.answered()
    kinds = {
        str((sent.payload.get("type"), sent.payload.get("event", {}).get("type"))): sent for sent in world.slack.sent
    }
    return [sent.payload for sent in kinds.values()]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_b15_whatever_is_missing_or_strange_nothing_breaks(world: World, ada: Person, ben: Person) -> None:
    payloads, dispatch = await of_every_kind(world, ada, ben), await dispatching(world)
    assert len(payloads) >= 6

    with capture_logs():  # to print every traceback would take longer than everything else
        for payload in payloads:
            for strange in variations(payload):
                assert (await dispatch(strange)).status < 500
    await world.answered()
    world.slack.complaints.clear()  # of views and channels that there are none of


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_b14_what_nobody_knows_is_answered_politely_and_told_of_once(
    world: World, ada: Person, ben: Person
) -> None:
    payloads, dispatch = await of_every_kind(world, ada, ben), await dispatching(world)
    unheard: Json = {"command": "/unheard-of", "type": "unheard_of", "event": {"type": "unheard_of"}}
    strange = [payload | {name: unheard[name]} for payload in payloads for name in unheard if name in payload]
    strange += [changed(each, ("actions", 0, "action_id"), "unheard.of") for each in payloads if "actions" in each]

    for payload in strange:
        with capture_logs() as logged:
            reply = await dispatch(payload)
        assert reply.status == 200
        assert [line["event"] for line in logged if line["event"] != "request repeated"] == ["nobody answers"]
        assert "command" not in payload or "I don't know this one." in reply.body

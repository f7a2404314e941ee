"""E10: Slack is never asked whose token this is while somebody waits: that is known from our own table."""

import pytest

from sandbox.faults import Fault, Trouble
from sandbox.person import Person
from tests.flows.assessment import NOT_KNOWN, answered, opened
from tests.flows.typing import typed
from tests.flows.world import World


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(method="auth.test", trouble=Trouble.HELD), id="slow"),
        pytest.param(Fault(method="auth.test", trouble=Trouble.UNAVAILABLE, status=500), id="failing"),
        pytest.param(Fault(method="auth.test", trouble=Trouble.ERROR, error="invalid_auth"), id="refusing"),
    ],
)
async def test_e10_with_an_auth_test_that_does_not_answer_nobody_notices(
    world: World, ada: Person, fault: Fault
) -> None:
    at_the_start = len(world.slack.calls("auth.test"))
    world.slack.faults.add(fault)

    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    told = await typed(world, ada, "help")
    await world.slack.event("app_home_opened", user="U_ADA", tab="home")
    await world.answered()

    assert second.title == "Step 2 of 5: Governance"
    assert "/finops-assess" in told.text
    assert world.slack.home("U_ADA") is not None
    assert len(world.slack.calls("auth.test")) == at_the_start

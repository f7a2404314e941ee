"""F19: a mistake of ours holds up the event loop: it is measured, and told of in one line."""

import asyncio
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from bot import failpoints, watching
from bot.metrics import Metrics

WITHIN = 20.0


@pytest.fixture
def blocking() -> Iterator[None]:
    failpoints.arm(failpoints.parse("submit.before_commit=block:2@1"))
    yield
    failpoints.arm(())


@pytest.mark.usefixtures("blocking")
async def test_f19_a_blocked_event_loop_is_measured_and_told_of() -> None:
    metrics, told = Metrics(), asyncio.Event()

    def tell(seconds: float) -> None:
        metrics.loop_blocked.observe(seconds)
        told.set()

    with capture_logs() as logs:
        watched = asyncio.create_task(watching.watch(tell))
        await asyncio.sleep(0)  # it looks at the clock
        await failpoints.point("submit.before_commit")
        await asyncio.wait_for(told.wait(), WITHIN)
        watched.cancel()
        await asyncio.wait({watched})

    assert (metrics.registry.get_sample_value("event_loop_blocked_seconds_sum") or 0) > 1.5
    assert metrics.registry.get_sample_value("event_loop_blocked_seconds_count") == 1
    assert [line["event"] for line in logs] == ["event loop blocked"]

"""What of the bot's own state somebody should look at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.health import Health, Worry, worries
from bot.domain.ids import ChannelId, TeamId
from bot.domain.teams import Place, Team
from tests.domain.action_builders import ANA, LEA

NOW = datetime(2026, 5, 28, 10, tzinfo=UTC)
WELL = Health(now=NOW, ticked_at=NOW)
SUSPENDED = Team(TeamId("te-1"), Place(ChannelId("C1"), "old", False), LEA, suspended="is_archived")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="all is well"),
        pytest.param({"ticked_at": None}, [Worry.NO_TICK], id="never ticked"),
        pytest.param({"ticked_at": NOW - timedelta(minutes=2)}, [], id="ticked just in time"),
        pytest.param({"ticked_at": NOW - timedelta(seconds=121)}, [Worry.NO_TICK], id="ticked too long ago"),
        pytest.param({"due": 3, "due_since": NOW - timedelta(minutes=1)}, [], id="due, for a tick to come"),
        pytest.param({"due": 3, "due_since": NOW - timedelta(minutes=6)}, [Worry.LATE], id="due for long"),
        pytest.param({"queued": 3, "queued_since": NOW - timedelta(minutes=1)}, [], id="on its way"),
        pytest.param({"queued": 3, "queued_since": NOW - timedelta(minutes=6)}, [Worry.QUEUE], id="waits for long"),
        pytest.param({"failures": {"is_archived": 1}}, [Worry.FAILURES], id="given up"),
        pytest.param({"unknown": 1}, [Worry.UNKNOWN], id="may have been seen"),
        pytest.param({"suspended": (SUSPENDED,)}, [Worry.SUSPENDED], id="a channel is lost"),
        pytest.param({"without_zone": (ANA,)}, [Worry.NO_ZONE], id="somebody has no zone"),
        pytest.param({"ticked_at": None, "unknown": 1}, [Worry.NO_TICK, Worry.UNKNOWN], id="the worst first"),
    ],
)
def test_what_is_to_be_looked_at(changes: dict[str, Any], expected: list[Worry]) -> None:
    assert list(worries(replace(WELL, **changes))) == expected

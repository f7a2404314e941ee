"""A19: four workers look at the same second at what has come due, and everybody is told of it once."""

from collections.abc import AsyncIterator
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ids import ActionId, ChannelId, UserId
from bot.services import planning
from bot.store import cards, people
from sandbox.values import User
from tests.faults.house import House, house
from tests.services.post_office import HERE
from tests.store.builders import a_draft, a_team, put_action

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(300)]

PARIS = ZoneInfo("Europe/Paris")
LEAD = UserId("U_ADA")
DUE_ON = date(2026, 3, 12)
MORNING = datetime.combine(DUE_ON, time(10, 30), PARIS)  # after every slot
WHEN_PLANNED = datetime.combine(date(2026, 3, 11), time(10, 30), PARIS)
IN_EACH = 5


@pytest.fixture
async def morning(own_url: str, tmp_path: Path) -> AsyncIterator[House]:
    async with house(own_url, tmp_path, start=MORNING) as made:
        yield made


async def owners(morning: House, channel: str) -> None:
    """Each with an action point that is due on this day."""
    async with morning.database.begin(HERE) as tx:
        await people.meet(tx, LEAD, WHEN_PLANNED)
        team = await a_team(tx, ChannelId(channel), LEAD)
        draft = await a_draft(tx, team.id, f"as-{channel}", LEAD)
        card = await cards.add(tx, team.id, ChannelId(channel))
        for number in range(1, IN_EACH + 1):
            owner = UserId(f"U_{channel}_{number}")
            morning.slack.workspace.add(User(owner, owner.lower(), tz="Europe/Paris"))
            await people.meet(tx, owner, WHEN_PLANNED)
            await people.put(tx, owner, "Europe/Paris", True, True, MORNING)
            action = await put_action(
                tx, draft, card, id=ActionId(f"{channel}-{number}"), number=number, owner=owner, due_on=DUE_ON
            )
            await planning.replan(tx, action, WHEN_PLANNED)


async def test_a19_four_who_plan_at_once_tell_everybody_once(morning: House, long: bool) -> None:
    channels = morning.channels(40 if long else 4)
    for channel in channels:
        await owners(morning, channel)

    await morning.start("due.after_insert=pause:0.2", workers=4, hands=5, plans=True)
    await morning.settled_at(len(channels) * IN_EACH, within=300 if long else 100)

    found = await morning.check()
    assert found.broken == []
    assert (found.visible, found.doubled) == (len(channels) * IN_EACH, 0)
    assert morning.said() == "", "and nobody made a noise about it"

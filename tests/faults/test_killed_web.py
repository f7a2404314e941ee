"""A01 to A04 and A23: the web dies, or loses the database's answer, while people submit and Slack tells things."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.store.database import Database
from bot.store.schema import AnswerRow, AssessmentRow, RespondentRow, TeamRow, TenantRow
from sandbox.sender import Sent
from tests.faults import invariants
from tests.faults.desk import Desk, desk
from tests.faults.invariants import Findings
from tests.faults.proxy import Proxy
from tests.flows.assessment import STEPS
from tests.process.parts import STOP_SECONDS

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(300)]

FIRST = STEPS[0]
CHANNELS = ("C_PAY", "C_WEB", "C_DATA", "G_SEC")
WITHIN = 20.0


@pytest.fixture
async def front(own_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(own_url, tmp_path / "web.log") as made:
        yield made


async def count(database: Database, table: type[AnswerRow | AssessmentRow | RespondentRow]) -> int:
    async with database.read_for_all() as tx:
        return await tx.session.scalar(select(func.count()).select_from(table)) or 0


async def found(front: Desk, database: Database) -> Findings:
    return await invariants.check(
        database, front.slack, datetime.fromtimestamp(front.slack.clock.now(), UTC), front.bot.log, front.saved
    )


async def test_a01_killed_before_the_commit_nothing_is_stored_and_the_next_form_is_stored_once(
    front: Desk, database: Database
) -> None:
    await front.start("submit.before_commit=kill@1")
    ada = front.slack.person("U_ADA")
    view = await front.opened(ada)

    lost = await front.submit(ada, view, FIRST)

    assert lost.status == 0, "Slack sees that the connection ended, and tells Ada"
    assert await count(database, AnswerRow) == 0
    await front.start()
    again = await front.submit(ada, view, FIRST)
    assert again.view is not None
    assert await count(database, AssessmentRow) == 1
    assert (await found(front, database)).broken == []


async def test_a02_killed_after_the_commit_the_same_bytes_once_more_are_answered_as_saved(
    front: Desk, database: Database
) -> None:
    await front.start("submit.after_commit_before_ack=kill@1")
    ada = front.slack.person("U_ADA")
    view = await front.opened(ada)
    assert (await front.submit(ada, view, FIRST)).status == 0
    stored = await count(database, AnswerRow)
    assert stored > 0

    await front.start()
    again = await front.slack.resend()

    assert again.status == 200
    assert again.json()["response_action"] == "update"
    assert (await count(database, AssessmentRow), await count(database, AnswerRow)) == (1, stored)
    assert (await found(front, database)).broken == []


async def test_a03_told_to_stop_with_twenty_forms_on_their_way_it_stores_and_answers_all(
    front: Desk, database: Database, long: bool
) -> None:
    """Twelve in the short form: on a machine with much else to do, twenty wait for a connection for too long."""
    await front.start("submit.after_commit_before_ack=pause:1.5")
    places = [(person, channel) for channel in CHANNELS for person in front.people(5 if long else 3, channel)]
    forms = [(person, await front.opened(person, channel), FIRST) for person, channel in places]
    # Each team is there already: only one can make it, and the others would wait for that one's pause.
    for place in range(0, len(forms), len(forms) // len(CHANNELS)):
        person, view, step = forms[place]
        begun = await front.submit(person, view, step)
        assert begun.view is not None
        forms[place] = (person, begun.view, STEPS[1])

    sending = [asyncio.create_task(front.submit(*form)) for form in forms]
    await until_stored(database, len(CHANNELS) + 2)
    web = front.bot.running["web"]
    web.send_signal(signal.SIGTERM)

    done = await asyncio.gather(*sending)
    assert [(one.status, one.errors) for one in done] == [(200, {})] * len(forms)
    assert await asyncio.wait_for(web.wait(), STOP_SECONDS) == 0
    assert len(front.saved) == len(forms) + len(CHANNELS)
    assert (await found(front, database)).broken == []


async def until_stored(database: Database, people: int) -> None:
    async with asyncio.timeout(WITHIN):
        while True:
            async with database.read_for_all() as tx:
                if len((await tx.session.scalars(select(AnswerRow.user_id).distinct())).all()) >= people:
                    return
            await asyncio.sleep(0.02)


async def test_a04_told_to_stop_while_slack_tells_of_a_moved_channel_the_team_has_moved(
    front: Desk, database: Database
) -> None:
    await front.start()
    ada = front.slack.person("U_ADA")
    await front.submit(ada, await front.opened(ada), FIRST)

    async with database.begin_for_all() as busy:
        await busy.session.execute(text("LOCK TABLE teams IN EXCLUSIVE MODE"))
        telling = asyncio.create_task(
            front.slack.event("channel_id_changed", old_channel_id="C_PAY", new_channel_id="C_NEW")
        )
        await stopped_meanwhile(front, database)
    await told(front, telling)

    async with database.read_for_all() as tx:
        assert (await tx.session.scalars(select(TeamRow.channel_id))).all() == ["C_NEW"]
    assert (await found(front, database)).broken == []


async def test_a04_told_to_stop_while_slack_tells_of_its_removal_the_workspace_is_stopped(
    front: Desk, database: Database
) -> None:
    await front.start()

    async with database.begin_for_all() as busy:
        await busy.session.execute(text("LOCK TABLE tenants IN EXCLUSIVE MODE"))
        telling = asyncio.create_task(front.slack.event("app_uninstalled"))
        await stopped_meanwhile(front, database)
    await told(front, telling)

    async with database.read_for_all() as tx:
        assert None not in (await tx.session.scalars(select(TenantRow.stopped_at))).all()


async def stopped_meanwhile(front: Desk, database: Database) -> None:
    """The handler waits for a lock, and then the process is told to stop."""
    waits = text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'finops' AND wait_event_type = 'Lock'")
    async with asyncio.timeout(WITHIN):
        while True:
            async with database.engine.connect() as connection:
                if await connection.scalar(waits):
                    break
            await asyncio.sleep(0.02)
    front.bot.running["web"].send_signal(signal.SIGTERM)


async def told(front: Desk, telling: asyncio.Task[Sent]) -> None:
    """Slack was answered before the process ended, and will not tell it again."""
    assert (await telling).ok
    assert await asyncio.wait_for(front.bot.running["web"].wait(), STOP_SECONDS) == 0


async def test_a23_cut_off_at_the_commit_the_form_is_found_to_be_saved_and_has_one_effect(
    own_url: str, database: Database, tmp_path: Path
) -> None:
    async with Proxy.before(own_url) as proxy, desk(proxy.url, tmp_path / "web.log") as front:
        await front.start()
        ada = front.slack.person("U_ADA")
        view = await front.opened(ada)
        proxy.cuts_at(b"COMMIT", after=b"INSERT INTO answers")

        # Whether it was stored is not known. It is done once more, and found to be done: the person sees the next step.
        assert not (await front.submit(ada, view, FIRST)).errors

        assert (proxy.cuts, len(front.saved)) == (1, 1)
        assert (await count(database, AssessmentRow), await count(database, AnswerRow)) == (
            1,
            len(front.saved[0].answers),
        )
        assert (await found(front, database)).broken == []

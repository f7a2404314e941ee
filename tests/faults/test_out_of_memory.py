"""A22: an export that is too large for what memory there is fails by itself, and is told; everybody else goes on."""

import resource
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.ids import ChannelId
from bot.store.database import Transaction
from sandbox.person import Person
from tests.faults.crowd import Crowd
from tests.faults.desk import PATIENCE
from tests.services.post_office import HERE
from tests.store.builders import ADA, a_draft, a_team, put_action

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(300)]

PLACE = "C_PAY"
MEGABYTE = 2**20
LEFT = 24 * MEGABYTE  # for a form, and far less than the export takes
COPIES = """
INSERT INTO actions SELECT (jsonb_populate_record(first, jsonb_build_object(
    'id', 'copy-' || copy, 'origin', 'copy-' || copy, 'number', copy + 1, 'why', repeat('why ', 250)))).*
FROM actions AS first, generate_series(1, :many) AS copy
"""


async def little_to_export(tx: Transaction) -> None:
    team = await a_team(tx, ChannelId(PLACE), ADA)
    await put_action(tx, await a_draft(tx, team.id), number=1)


def confine(pid: int, more: int | None) -> None:
    """To so many bytes more than it has now; None: to none at all."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
    most = resource.RLIM_INFINITY if more is None else pages * resource.getpagesize() + more
    resource.prlimit(pid, resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


async def exported(person: Person) -> str:
    return (await person.command("/finops-assess", "export json", channel=PLACE)).text


async def test_a22_an_export_runs_out_of_memory_and_only_its_asker_is_refused(crowd: Crowd, long: bool) -> None:
    front, slack = crowd.front, crowd.front.slack
    await front.start()
    async with crowd.database.begin(HERE) as tx:
        await little_to_export(tx)
    (ben,) = front.people(1)
    view = await front.opened(ben)
    ada, web = slack.person("U_ADA"), front.bot.running["web"]
    assert "on the way" in await exported(ada), "all that it needs is loaded"
    async with crowd.database.begin(HERE) as tx:
        await tx.session.execute(text(COPIES), {"many": 10_000 if long else 5_000})

    confine(web.pid, LEFT)
    for _ in range(10 if long else 2):
        assert "went wrong" in await exported(ada)
    saved = await front.submit(ben, view, "process")

    assert (saved.status, saved.errors) == (200, {})
    assert web.returncode is None
    confine(web.pid, None)
    assert "on the way" in await exported(ada)
    await slack.until(lambda: sum(len(said.files) for said in slack.dm("U_ADA")) == 2, PATIENCE)
    found = await crowd.found()
    assert [wrong for wrong in found.broken if "traceback" not in wrong] == []
    assert "MemoryError" in front.bot.log.read_text()

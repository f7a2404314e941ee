"""Ten thousand reminders that come due at one moment, fifty in the one channel of each of two hundred workspaces."""

import asyncio
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import crowd, slack
from bench.channels import PER_SECOND, Channels, listening
from bench.copies import statement
from bench.databases import executed, migrated
from bench.measure import Figures, interleaved
from bench.process import started
from bench.rows import Bound, Limit, Line, NotRun, Row
from bench.workbench import NO_SERVER, WHOLE_ONLY, Workbench
from bot.app import utc_now
from bot.domain.ids import TenantId, UserId
from bot.slack.secrets import KeyRing
from bot.slack.tenancy import Installation
from bot.store.database import open_database
from bot.store.schema import ActionRow, CardRow, PersonRow, TeamRow, TouchRow
from bot.store.tenants import Installations
from tests import faketime

WORKSPACES, EACH = 200, 50
LIMIT_SECONDS, ROOM = EACH / PER_SECOND, 1.1
WHAT = f"{WORKSPACES * EACH:,} reminders due at once in {WORKSPACES} workspaces"
KEY = urlsafe_b64encode(bytes(range(32))).decode()
TENANT_OF, TEAM_OF = f"'T' || (i / {EACH})", f"'te-' || (i / {EACH})"


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.quick or bench.cluster is None:
        yield NotRun(WHAT, WHOLE_ONLY if bench.quick else NO_SERVER)
        return
    if faketime.library() is None:
        yield NotRun(WHAT, "there is no libfaketime on this machine: they would wait for a decent hour")
        return
    found = interleaved({"bot": lambda: _run(bench)}, 1)["bot"]
    what = f"{WHAT}: posted within {ROOM} times Slack's limit"
    yield Row(what, "%", found["share"], None, None, Limit(Bound.AT_LEAST, 100))
    yield Row("posted more than once", "messages", found["twice"], None, None, Limit(Bound.AT_MOST, 0))


def _run(bench: Workbench) -> Figures:
    place = Channels()
    with ExitStack() as house:
        url = house.enter_context(migrated(bench, "PostgreSQL"))
        due_at = asyncio.run(_first(url))
        _filled(url, due_at)
        directory = Path(house.enter_context(TemporaryDirectory()))
        settings = _settings(url, house.enter_context(listening(place)), directory / "clock", due_at)
        process = house.enter_context(started(("bot", "worker"), settings, directory))
        process.wait_until_ready()
        time.sleep(LIMIT_SECONDS * ROOM)  # what is measured: how far it comes in that time
        return {"share": 100 * place.taken / (WORKSPACES * EACH), "twice": place.twice}


def _settings(url: str, api: str, clock: Path, at: datetime) -> Mapping[str, str]:
    """Of a worker for many workspaces, in whose life they come due as it begins."""
    faketime.write(clock, at - utc_now())
    settings = dict(slack.settings(url, api))
    del settings["SLACK_BOT_TOKEN"]  # each workspace has its own
    moved = faketime.environment(clock)
    assert moved is not None  # whoever asks has looked
    oauth = {"SLACK_CLIENT_ID": "1.1", "SLACK_CLIENT_SECRET": "benchmark", "ENCRYPTION_KEYS": KEY}
    return {**settings, **oauth, **moved}


async def _first(url: str) -> datetime:
    """The workspaces, and the one action point that is to be copied; when it would come due."""
    db = open_database(url)
    try:
        installations = Installations(db, KeyRing([KEY]))
        for number in range(WORKSPACES):
            held = Installation(TenantId(f"T{number}"), f"xoxb-{number}", UserId("UBOT"), "B1")
            await installations.save(held, UserId("U1"), crowd.MADE)
        return await crowd.first(db)
    finally:
        await db.close()


def _filled(url: str, due_at: datetime) -> None:
    """In each workspace a team with its card, and as many people who own one action point each."""
    team = {"tenant_id": "'T' || i", "id": "'te-' || i", "channel_id": "'C_' || i", "lead": f"'U_' || (i * {EACH})"}
    card = {"tenant_id": "'T' || i", "id": "'ca-' || i", "team_id": "'te-' || i", "channel_id": "'C_' || i",
            "ts": "'1.000100'"}  # fmt: skip
    action = {"tenant_id": TENANT_OF, "id": "'ac-' || i", "team_id": TEAM_OF, "card_id": f"'ca-' || (i / {EACH})",
              "owner": "'U_' || i", "number": f"mod(i, {EACH})", "origin": "'copy ' || i"}  # fmt: skip
    touch = {"tenant_id": TENANT_OF, "id": "'to-' || i", "subject": "'ac-' || i", "recipient": "'U_' || i",
             "planned_for": f"'{due_at.isoformat()}'::timestamptz"}  # fmt: skip
    many = WORKSPACES * EACH
    executed(
        url,
        statement(PersonRow, many, {"tenant_id": TENANT_OF, "user_id": "'U_' || i"}),
        statement(TeamRow, WORKSPACES, team),
        statement(CardRow, WORKSPACES, card),
        statement(ActionRow, many, action),
        statement(TouchRow, many, touch),
        "ANALYZE",
    )

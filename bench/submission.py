"""What Slack sends when a step is submitted: recorded once from a real conversation, and made anybody's."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.slack import SECRET, TEAM
from bot.app import utc_now
from bot.domain.ids import TenantId, UserId
from bot.slack.binding import Binding
from bot.store.database import open_database
from sandbox.sender import FORM, signature
from tests.flows.assessment import NOT_KNOWN, STEPS, answers, opened
from tests.flows.world import world

NEXT = b"Step 2 of 5"  # what the answer to it shows
PATH, JSON = "/slack/events", "application/json"
TENANT, BINDING = TenantId(TEAM), Binding(SECRET)


def recorded(url: str) -> dict[str, Any]:
    """The first step of an assessment, every question answered; ``url``: a database to hold the conversation in."""
    return asyncio.run(_recorded(url))


async def _recorded(url: str) -> dict[str, Any]:
    db = open_database(url)
    try:
        async with world(db) as held:
            ada = held.slack.person("U_ADA")
            view = await opened(held, ada)
            submitted = await ada.submit(view, answers(STEPS[0], 2) | NOT_KNOWN.get(STEPS[0], {}))
            assert not submitted.errors, submitted.errors
            payload = json.dumps(held.slack.sent[-1].payload)
            mine: dict[str, Any] = json.loads(payload.replace(held.slack.workspace.team_id, TEAM))
            carried = held.deps.binding.carried(TenantId(held.slack.workspace.team_id), UserId(ada.id), view.spec)
            assert carried is not None
            mine["view"] = BINDING.bind(TENANT, UserId(ada.id), mine["view"] | {"private_metadata": carried})
            return mine
    finally:
        await db.close()


def requests(form: dict[str, Any], count: int) -> Iterator[bytes]:
    """As many, each of another person about another team: whole requests as they go over the wire, signed now."""
    for _ in range(count):
        yield signed({"payload": json.dumps(_by_somebody(form))})


def _by_somebody(form: dict[str, Any]) -> dict[str, Any]:
    name = uuid4().hex[:12].upper()
    view = form["view"]
    before = BINDING.carried(TENANT, UserId(form["user"]["id"]), view)
    assert before is not None
    carried = json.loads(before) | {"assessment": uuid4().hex, "channel": f"C{name}", "name": f"team-{name.lower()}"}
    drawn = view | {"private_metadata": json.dumps(carried, separators=(",", ":")), "id": f"V{name}"}
    user = form["user"] | {"id": f"U{name}", "name": name.lower(), "username": name.lower()}
    # A request is known by its trigger: with the same one it would be one request, sent again.
    return form | {"user": user, "trigger_id": name, "view": BINDING.bind(TENANT, UserId(user["id"]), drawn)}


def signed(fields: Mapping[str, str]) -> bytes:
    """A whole request of Slack's, as it goes over the wire, of just now."""
    return _signed(urlencode(fields).encode(), FORM)


def signed_event(payload: Mapping[str, Any]) -> bytes:
    return _signed(json.dumps(payload).encode(), JSON)


def _signed(body: bytes, kind: str) -> bytes:
    timestamp = str(int(utc_now().timestamp()))
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        f"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: {signature(SECRET, timestamp, body)}\r\n\r\n"
    )
    return head.encode() + body

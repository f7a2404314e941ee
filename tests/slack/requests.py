"""Requests as Slack signs them, for the tests of the doors."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from bot.slack.gate import RawHeaders, signature

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp())).encode()
FORM = b"application/x-www-form-urlencoded"
JSON = b"application/json"


def signed(
    body: bytes, content_type: bytes, *, secret: str = SECRET, stamp: bytes = STAMP
) -> list[tuple[bytes, bytes]]:
    return [
        (b"Content-Type", content_type),
        (b"X-Slack-Request-Timestamp", stamp),
        (b"X-Slack-Signature", signature(secret, stamp, body)),
    ]


def with_header(headers: RawHeaders, name: bytes, *values: bytes) -> list[tuple[bytes, bytes]]:
    """The same headers with this one replaced; no values take it away, several repeat it."""
    kept = [(header, value) for header, value in headers if header.lower() != name.lower()]
    return [*kept, *((name, value) for value in values)]


def in_form(payload: dict[str, Any]) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def in_json(payload: dict[str, Any]) -> bytes:
    return json.dumps(payload).encode()


def a_command(**fields: str) -> dict[str, str]:
    return {"command": "/finops-assess", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "text": ""} | fields

"""The least that answers Slack at all: an ASGI handler that verifies the signature and says 200."""

import hashlib
import hmac
import os
from typing import Any

import uvicorn

settings = os.environ  # noqa: TID251  # a process of its own
SECRET = settings["SLACK_SIGNING_SECRET"].encode()


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    assert scope["type"] == "http"
    body, more = b"", True
    while more:
        part = await receive()
        body += part.get("body", b"")
        more = part.get("more_body", False)
    headers = dict(scope["headers"])
    signed = b"v0:" + headers.get(b"x-slack-request-timestamp", b"") + b":" + body
    expected = "v0=" + hmac.new(SECRET, signed, hashlib.sha256).hexdigest()
    is_slack = hmac.compare_digest(expected.encode(), headers.get(b"x-slack-signature", b""))
    status = 200 if is_slack or scope["path"] == "/readyz" else 401
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    uvicorn.run(app, host=settings["HOST"], port=int(settings["PORT"]), lifespan="off", access_log=False)

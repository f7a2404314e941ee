"""The Web API, from a request's arguments to its answer: faults, tokens, scopes, then the method itself."""

import asyncio
import json
from dataclasses import dataclass, field, replace

from sandbox.faults import Fault, Faults, Trouble
from sandbox.methods import METHODS
from sandbox.methods.call import Call, Method, Platform
from sandbox.values import Called, Json, Refused, Token

# An app that runs into one of these has built something that nobody will ever see.
CLUMSY = frozenset(
    {
        "invalid_blocks", "invalid_arguments", "msg_blocks_too_long", "msg_too_long", "view_too_large", "no_text",
        "unknown_method", "invalid_metadata_format", "push_limit_reached", "markdown_text_conflict",
    }
)  # fmt: skip
UPLOAD = "upload"
PAGE = b"<!DOCTYPE html><html><body><h1>Server Error</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    args: Json
    token: str
    origin: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` None: the connection is cut instead."""

    body: bytes | None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    reset: bool = False
    after: float = 0.0


class Api:
    """Answers what an app asks, and writes everything down."""

    def __init__(self, platform: Platform, faults: Faults) -> None:
        self._platform = platform
        self._faults = faults

    async def answer(self, request: Request) -> Answer:
        fault = self._faults.next(request.method)
        performed = fault is None or fault.takes_effect
        lag = fault.seconds if fault and fault.trouble is Trouble.LAG else 0.0
        answer = self._perform(request, lag) if performed else {"ok": False, "error": "not_performed"}
        outcome = str(answer.get("error", "ok")) if fault is None else f"{fault.trouble}:{answer.get('error', 'ok')}"
        workspace = self._platform.workspace
        workspace.journal.append(
            Called(workspace.clock.now(), request.method, request.args, request.token, outcome, performed, answer)
        )
        workspace.changes.happened()
        plain = _plain(answer)
        return await _given(fault, replace(plain, headers=plain.headers | self._rights(request.token)))

    def _rights(self, token: str) -> dict[str, str]:
        """What the token may: Slack says so with every answer."""
        known = self._platform.workspace.tokens.get(token)
        if known is None or known.revoked or known.scopes is None:
            return {}
        return {"X-OAuth-Scopes": ",".join(sorted(known.scopes))}

    async def upload(self, file_id: str, content: bytes) -> Answer:
        """Bytes at an address that was given out; faults know it as a method of the name ``upload``."""
        upload = self._platform.workspace.uploads.get(file_id)
        if upload is None:
            return Answer(b"", 404, kind="text/plain")
        fault = self._faults.next(UPLOAD)
        if fault is None or fault.takes_effect:
            upload.content = content
        return await _given(fault, Answer(f"OK - {len(content)}".encode(), kind="text/plain"))

    def _perform(self, request: Request, lag: float) -> Json:
        try:
            method, token = self._allowed(request)
            call = Call(self._platform, request.args, token, request.origin, lag)
            if method.scopes:
                call.needs(*method.scopes)
            return {"ok": True, **method.run(call)}
        except Refused as refusal:
            if refusal.error in CLUMSY:
                notes = refusal.details.get("response_metadata", {}).get("messages", [])
                self._platform.workspace.complain(refusal.error, f"{request.method}: {'; '.join(notes)}")
            return {"ok": False, "error": refusal.error, **refusal.details}

    def _allowed(self, request: Request) -> tuple[Method, Token]:
        method = METHODS.get(request.method)
        if method is None:
            raise Refused("unknown_method", req_method=request.method)
        if method.open:
            return method, Token(request.token)
        token = self._platform.workspace.tokens.get(request.token)
        if token is None:
            raise Refused("invalid_auth" if request.token else "not_authed")
        if token.revoked:
            raise Refused("token_revoked")
        if token.expires_at is not None and self._platform.workspace.clock.now() >= token.expires_at:
            raise Refused("token_expired")
        if token.for_sockets != method.for_sockets:
            raise Refused("not_allowed_token_type")
        return method, token


def _plain(answer: Json) -> Answer:
    pause = answer.get("retry_after")
    body = json.dumps({name: value for name, value in answer.items() if name != "retry_after"}).encode()
    return Answer(body, 429, {"Retry-After": str(pause)}) if pause else Answer(body)


async def _given(fault: Fault | None, plain: Answer) -> Answer:
    struck = _struck(fault, plain) if fault else plain
    if struck.after:
        await asyncio.sleep(struck.after)
    return struck


def _struck(fault: Fault, plain: Answer) -> Answer:
    match fault.trouble:
        case Trouble.LIMITED:
            headers = {} if fault.retry_after is None else {"Retry-After": fault.retry_after}
            return Answer(b'{"ok":false,"error":"ratelimited"}', 429, headers)
        case Trouble.UNAVAILABLE:
            return Answer(PAGE, fault.status, kind="text/html")
        case Trouble.ERROR:
            return Answer(json.dumps({"ok": False, "error": fault.error}).encode())
        case Trouble.TRUNCATED:
            return replace(plain, body=(plain.body or b"")[: len(plain.body or b"") // 2])
        case Trouble.EMPTY:
            return Answer(b"")
        case Trouble.SLOW:
            return replace(plain, after=fault.seconds)
        case Trouble.DROPPED:
            return Answer(None, reset=fault.reset)
        case Trouble.HELD:
            return Answer(None, after=fault.seconds or 3600)
        case Trouble.LAG:
            return plain

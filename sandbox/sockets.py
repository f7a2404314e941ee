"""Socket Mode: what would be sent to the app's address goes over a WebSocket that the app opened itself."""

import asyncio
import json
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.methods.call import Platform
from sandbox.sender import Socket
from sandbox.values import Json

ENVELOPES = {"command": "slash_commands", "interaction": "interactive", "event": "events_api"}
MOST = 10


class Sockets:
    """Up to ten connections; each payload goes to one of them, in turn."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[bytes]] = {}
        self._turn = 0

    @property
    def count(self) -> int:
        return len(self._open)

    def current(self) -> Socket | None:
        return self.deliver if self._open else None

    async def accept(self, request: web.Request) -> web.StreamResponse:
        ticket = self._platform.codes.get(request.query.get("ticket", ""))
        if ticket is None or ticket["used"] or "socket" not in ticket or len(self._open) >= MOST:
            return web.Response(status=403)
        ticket["used"] = True
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        self._open.append(connection)
        try:
            await connection.send_json(self._hello())
            self._platform.workspace.changes.happened()
            async for message in connection:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(message.data)
        finally:
            self._open.remove(connection)
            self._platform.workspace.changes.happened()
        return connection

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._platform.workspace.app.id},
        }

    def _acknowledged(self, text: str) -> None:
        try:
            acknowledgement: Any = json.loads(text)
        except ValueError:
            self._platform.workspace.complain("not JSON", f"over the socket: {text[:200]}")
            return
        waiting = self._waiting.pop(acknowledgement.get("envelope_id", ""), None)
        if waiting is None or waiting.done():
            self._platform.workspace.complain("acknowledged nothing", f"over the socket: {text[:200]}")
            return
        answer = acknowledgement.get("payload")
        waiting.set_result(json.dumps(answer).encode() if answer else b"")

    async def deliver(self, kind: str, payload: Json, patience: float) -> bytes | None:
        waiting: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        envelope_id = f"envelope-{self._platform.workspace.number()}"
        self._waiting[envelope_id] = waiting
        self._turn += 1
        connection = self._open[self._turn % len(self._open)]
        envelope: Json = {"envelope_id": envelope_id, "type": ENVELOPES[kind], "payload": payload}
        envelope |= {"accepts_response_payload": kind != "event"}
        if kind == "event":
            envelope |= {"retry_attempt": 0, "retry_reason": ""}
        try:
            await connection.send_json(envelope)
            async with asyncio.timeout(patience):
                return await waiting
        except (TimeoutError, ConnectionError):
            self._waiting.pop(envelope_id, None)
            return None

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """`warning` announces what the other reasons do: the connections are closed."""
        for connection in list(self._open):
            await connection.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
            if reason != "warning":
                await connection.close()

    async def close(self) -> None:
        for connection in list(self._open):
            await connection.close()

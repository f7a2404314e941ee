"""The Socket Mode door: envelopes over a WebSocket of ours, to the same handlers, acknowledged with their answer."""

import asyncio
import contextlib
import json
import logging
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.metrics import Metrics
from bot.slack.bolt import Dispatch, kind_of
from bot.slack.gate import storable
from bot.slack.replies import Reply

log = structlog.get_logger(__name__)

STOP_SECONDS = 10.0
PING_SECONDS = 5.0
KINDS = ("slash_commands", "interactive", "events_api")


class SocketDoor:
    """From `start` it keeps one connection up; `stop` answers what is running first, and takes nothing new."""

    def __init__(
        self, app_token: str, api_url: str, dispatch: Dispatch, metrics: Metrics, ping_seconds: float = PING_SECONDS
    ) -> None:
        self._app_token = app_token
        self._api_url = api_url
        self._dispatch = dispatch
        self._metrics = metrics
        self._ping_seconds = ping_seconds
        self._running: set[asyncio.Task[Any]] = set()
        self._stopping = False
        self._client: SocketModeClient | None = None
        self._tasks: tuple[asyncio.Task[None], ...] = ()

    async def start(self) -> None:
        """Returns at once: while Slack cannot be reached the client goes on trying, and `connected` says so."""
        logger = logging.getLogger("slack_sdk.socket_mode")
        logger.setLevel(logging.CRITICAL)  # it prints envelopes and the ticket of the connection
        web_client = AsyncWebClient(base_url=self._api_url, logger=logger, retry_handlers=[])
        self._client = SocketModeClient(
            self._app_token, logger=logger, web_client=web_client, ping_interval=self._ping_seconds
        )
        self._client.socket_mode_request_listeners.append(self._on_request)
        self._tasks = (
            asyncio.create_task(_connect(self._client)),
            asyncio.create_task(_drop_old_tickets(self._client, self._ping_seconds)),
        )

    async def connected(self) -> bool:
        return self._client is not None and await self._client.is_connected()

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        self._stopping = True
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        for late in tuple(self._running):
            late.cancel()
        if self._client is not None:
            await _closed(self._client)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _on_request(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if self._stopping or request.type not in KINDS:
            return  # not acknowledged: Slack gives it to another connection, or to us after the restart
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        with logs.request(), self._metrics.ack_seconds.time():
            # What the gate refuses over HTTP is no more welcome here.
            reply = await self._dispatch(request.payload) if storable(request.payload) else Reply(400)
            await self._acknowledge(client, request, reply)

    async def _acknowledge(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest, reply: Reply) -> None:
        answered = reply.status < 400
        self._metrics.inbound.labels(kind_of(request.payload), "answered" if answered else "refused").inc()
        if reply.status >= 500:
            return  # as with a 5xx over HTTP, Slack shall send it again
        try:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, _content(request, reply)))
        except (ConnectionError, aiohttp.ClientError, RuntimeError) as error:
            # The work is stored; Slack sends the envelope again over the next connection, which changes nothing.
            log.warning("acknowledgement lost", error=type(error).__name__)


def _content(request: SocketModeRequest, reply: Reply) -> dict[str, Any] | None:
    if not request.accepts_response_payload or not reply.body or reply.status >= 400:
        return None
    if reply.headers.get("Content-Type", "").startswith("application/json"):
        content = json.loads(reply.body)
        return content if isinstance(content, dict) else None
    return {"text": reply.body}


async def _connect(client: SocketModeClient) -> None:
    await client.connect()  # type: ignore[no-untyped-call]


async def _drop_old_tickets(client: SocketModeClient, seconds: float) -> None:
    """Left alone, the client tries one address for ever, though its ticket is good for a single short while."""
    while True:
        await asyncio.sleep(seconds)
        if not await client.is_connected():
            client.wss_uri = None


async def _closed(client: SocketModeClient) -> None:
    tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
    with contextlib.suppress(aiohttp.ClientError, ConnectionError, SlackClientError):
        await client.close()  # type: ignore[no-untyped-call]
    # `close` only asks its tasks to end.
    await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)

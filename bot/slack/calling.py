"""One call of Slack's Web API: with the tenant's token, never twice, and with its troubles sorted. And uploads."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.delivery import NotNow, TenantGone, Undeliverable
from bot.domain.ids import TenantId
from bot.slack.errors import FAILURES, RENEWABLE, Trouble, not_taken, trouble

TIMEOUT_SECONDS = 10
TokenOf = Callable[[TenantId], Awaitable[str]]
AnotherToken = Callable[[TenantId, str], Awaitable[str | None]]
Send = Callable[..., Awaitable[AsyncSlackResponse]]
# Apart from every other logger: the SDK's would print bodies and tokens as soon as somebody asks for more detail.
SILENT = logging.Logger("silent", logging.CRITICAL + 1)


class Caller:
    """One HTTP session for all tenants, so without cookies. ``throttled`` is told the method of every 429."""

    def __init__(
        self,
        api_url: str,
        token_of: TokenOf,
        throttled: Callable[[str], None],
        timeout: float,
        another_token: AnotherToken | None = None,
    ) -> None:
        self._api_url = api_url
        self._token_of = token_of
        self._another_token = another_token
        self._throttled = throttled
        self._timeout = timeout
        self._client: AsyncWebClient | None = None

    async def start(self) -> None:
        session = ClientSession(timeout=ClientTimeout(total=self._timeout), cookie_jar=DummyCookieJar())
        # No retry handlers: the SDK would post again by itself when only the answer was lost.
        self._client = AsyncWebClient(base_url=self._api_url, session=session, retry_handlers=[], logger=SILENT)

    async def close(self) -> None:
        if self._client is not None and self._client.session is not None:
            await self._client.session.close()

    @property
    def methods(self) -> AsyncWebClient:
        if self._client is None:
            raise RuntimeError("the gateway was not started")
        return self._client

    async def __call__(
        self, tenant: TenantId, send: Send, *, is_repeatable: bool = True, **arguments: Any
    ) -> AsyncSlackResponse:
        token = await self._token_of(tenant)
        answer = await self._sent(send, token, is_repeatable, arguments)
        # Refused for its token, it has had no effect.
        is_refused = isinstance(answer, TenantGone) and answer.reason in RENEWABLE
        if is_refused and self._another_token and (another := await self._another_token(tenant, token)):
            answer = await self._sent(send, another, is_repeatable, arguments)
        if isinstance(answer, AsyncSlackResponse):
            return answer
        raise self._counted(answer, _name(send))

    async def _sent(
        self, send: Send, token: str, is_repeatable: bool, arguments: dict[str, Any]
    ) -> AsyncSlackResponse | Trouble:
        try:
            return await send(token=token, **arguments)
        except FAILURES as failure:
            return trouble(failure, is_repeatable)

    async def bring(self, address: str, content: bytes) -> None:
        """Bytes to where Slack has said that an upload goes; no token is shown there."""
        try:
            kind = await self._brought(address, content)
        except FAILURES as failure:
            kind = trouble(failure, is_repeatable=True)
        if kind is not None:
            raise self._counted(kind, "upload")

    async def _brought(self, address: str, content: bytes) -> Trouble | None:
        session = self.methods.session
        if session is None or not self._is_trusted(address):
            return Undeliverable("upload_address_refused")
        async with session.post(address, data=content, allow_redirects=False) as answer:
            return not_taken(answer.status, answer.headers.get("Retry-After"))

    def _is_trusted(self, address: str) -> bool:
        """Encrypted, or on the very host that is asked for everything else."""
        wanted, known = urlsplit(address), urlsplit(self._api_url)
        return bool(wanted.netloc) and (wanted.scheme == "https" or wanted[:2] == known[:2])

    def _counted(self, kind: Trouble, method: str) -> Trouble:
        if isinstance(kind, NotNow) and kind.reason == "ratelimited":
            self._throttled(method)
        return kind


def _name(send: Send) -> str:
    """``chat_postMessage`` of the SDK is ``chat.postMessage`` of Slack."""
    return str(getattr(send, "__name__", "")).replace("_", ".", 1)

"""The control door from another process, as an async client."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp

from sandbox.values import Impossible, Json

T = TypeVar("T")


class SandboxClient:
    """Drives a stand-in that runs elsewhere; everything comes back as JSON."""

    def __init__(self, origin: str) -> None:
        self._origin = origin.rstrip("/") + "/sandbox/"
        self._session = aiohttp.ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def _ask(self, verb: str, path: str, body: Json | None = None, query: Mapping[str, str] | None = None) -> Any:
        async with self._session.request(verb, self._origin + path, json=body, params=query or {}) as response:
            answer = await response.json()
            if response.status == 409:
                raise Impossible(answer["impossible"])
            response.raise_for_status()
            return answer

    async def act(self, user: str, deed: str, **given: Any) -> Any:
        """command, submit, type, press, close, say, home, search, message_shortcut or global_shortcut."""
        return await self._ask("POST", f"people/{user}/{deed}", given)

    async def command(self, user: str, name: str, text: str = "", channel: str = "C_PAY") -> Json:
        reply: Json = await self.act(user, "command", name=name, text=text, channel=channel)
        return reply

    async def submit(self, user: str, view: Json, values: Json | None = None, **more: Any) -> Json:
        submission: Json = await self.act(user, "submit", view=view["id"], values=values or {}, **more)
        return submission

    async def press(self, user: str, where: Json, **more: Any) -> Json:
        """On a message or a view, as it was read before."""
        place = {"channel": where["channel"], "ts": where["ts"]} if "ts" in where else {"view": where["id"]}
        reply: Json = await self.act(user, "press", **place, **more)
        return reply

    async def person(self, user: str) -> Json:
        """The screen, the stack, the Home, the ephemeral messages and the conversation with the app."""
        shown: Json = await self._ask("GET", f"people/{user}")
        return shown

    async def workspace(self) -> Json:
        whole: Json = await self._ask("GET", "workspace")
        return whole

    async def messages(self, channel: str, thread: str | None = None) -> list[Json]:
        kept: list[Json] = await self._ask(
            "GET", "messages", query={"channel": channel} | ({"thread": thread} if thread else {})
        )
        return kept

    async def journal(self, method: str | None = None) -> list[Json]:
        called: list[Json] = await self._ask("GET", "journal", query={"method": method} if method else {})
        return called

    async def complaints(self) -> list[Json]:
        told: list[Json] = await self._ask("GET", "complaints")
        return told

    async def fault(self, trouble: str, **more: Any) -> None:
        await self._ask("POST", "faults", {"trouble": trouble, **more})

    async def lift_faults(self, method: str | None = None) -> None:
        await self._ask("DELETE", "faults", query={"method": method} if method else {})

    async def settings(self, **changes: Any) -> Json:
        """Change some of offset, advance, request_url, burst, patience; all of them come back."""
        now: Json = await self._ask("POST", "settings", changes)
        return now

    async def event(self, kind: str, **fields: Any) -> Json:
        sent: Json = await self._ask("POST", "event", {"type": kind, **fields})
        return sent

    async def resend(self, n: int = -1) -> Json:
        sent: Json = await self._ask("POST", "resend", {"n": n})
        return sent

    async def lifecycle(self, what: str, **given: Any) -> None:
        """Anything that `Lifecycle` can do, with the same arguments."""
        await self._ask("POST", f"lifecycle/{what}", given)

    async def until(self, predicate: Callable[[], Awaitable[T]], seconds: float = 10) -> T:
        """The first true answer of `predicate`, asked now and after each change in the workspace."""
        async with asyncio.timeout(seconds):
            count = -1
            while True:
                count = (await self._ask("GET", "changes", query={"after": str(count)}))["count"]
                if answer := await predicate():
                    return answer

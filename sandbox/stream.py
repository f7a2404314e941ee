"""What one person's page shows, told again part by part as it changes: server-sent events."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from aiohttp import web

from sandbox import encoding
from sandbox.sender import Sent
from sandbox.standin import SlackStandIn
from sandbox.values import Called, Json
from sandbox.workspace import Changes

PULSE_SECONDS = 15.0
TOGETHER_SECONDS = 0.02  # changes that come so close to each other are told at once
KEPT = 80


class Watcher:
    """What this connection was told already, and so what is new to it."""

    def __init__(self, slack: SlackStandIn, user: str, extra: Callable[[], Json]) -> None:
        self._slack = slack
        self._workspace = slack.workspace
        self._user = user
        self._extra = extra
        self._told: dict[str, str] = {}
        self._place = len(self._workspace.touched)
        self._latest = self._latest_of_all()

    def news(self) -> Json:
        """Messages that came, changed or went, and every other part that differs from what was told."""
        changed, messages = {}, self._messages()
        for name, part in self._parts().items():
            encoded = json.dumps(part)
            if self._told.get(name) != encoded:
                self._told[name], changed[name] = encoded, part
        if "clock" in changed:
            changed["clock"] = changed["clock"] | {"now": self._slack.clock.now()}
        return {"parts": changed, "messages": messages}

    def _parts(self) -> Json:
        slack, shown = self._slack, self._workspace
        return {
            "workspace": encoding.everything(shown),
            "stack": [encoding.view(shown, view) for view in slack.screens.stack(self._user)],
            "home": encoding.view(shown, slack.home(self._user)),
            "ephemerals": [encoding.message(shown, kept) for kept in slack.ephemerals(self._user)],
            "latest": self._latest,
            "complaints": encoding.listed(slack.complaints[-KEPT:]),
            "faults": encoding.listed(list(slack.faults.on)),
            "traffic": traffic(slack),
            "clock": {"offset": slack.clock.offset},
            "app": self._extra(),
        }

    def _messages(self) -> list[Json]:
        """Each with the channel and time that name it; without anything else when it is gone."""
        touched = self._workspace.touched[self._place :]
        self._place += len(touched)
        seen = dict.fromkeys(place for place in touched if self._sees(place[0]))
        parents = {(channel, self._parent(channel, ts)): None for channel, ts in seen}
        return [self._told_of(channel, ts) for channel, ts in seen | parents if ts]

    def _told_of(self, channel: str, ts: str) -> Json:
        kept = self._workspace.find(channel, ts)
        if kept and kept.user != self._user and ts > self._latest.get(channel, ""):
            self._latest = {**self._latest, channel: ts}
        return encoding.message(self._workspace, kept) if kept else {"channel": channel, "ts": ts, "gone": True}

    def _parent(self, channel: str, ts: str) -> str:
        kept = self._workspace.find(channel, ts)
        return kept.thread_ts or "" if kept and kept.is_reply else ""

    def _sees(self, channel_id: str) -> bool:
        channel = self._workspace.channels.get(channel_id)
        return channel is not None and self._user in channel.members

    def _latest_of_all(self) -> dict[str, str]:
        """The newest message of others in each channel, so that a page knows what is unread."""
        latest: dict[str, str] = {}
        for channel in self._workspace.channels:
            others = [kept.ts for kept in self._workspace.all_messages(channel) if kept.user != self._user]
            if others and self._sees(channel):
                latest[channel] = others[-1]
        return latest


def traffic(slack: SlackStandIn) -> list[Json]:
    """The last calls of the app and the last requests to it, the newest first."""
    both = [_call(called) for called in slack.journal[-KEPT:]] + [_request(sent) for sent in slack.sent[-KEPT:]]
    return sorted(both, key=lambda entry: entry["at"], reverse=True)[:KEPT]


def _call(called: Called) -> Json:
    struck = ":" in called.outcome
    return {
        "at": called.at, "way": "call", "what": called.method, "outcome": called.outcome,
        "trouble": struck or called.outcome != "ok",
    }  # fmt: skip


def _request(sent: Sent) -> Json:
    event: Any = sent.payload.get("event") or {}
    what = sent.payload.get("command") or event.get("type") or sent.payload.get("type") or sent.kind
    outcome = sent.failure or f"{sent.status} in {sent.seconds * 1000:.0f} ms"
    return {"at": sent.at, "way": "request", "what": what, "outcome": outcome, "trouble": bool(sent.failure)}


class Stream:
    """`/sandbox/stream?user=…`"""

    def __init__(self, slack: SlackStandIn, extra: Callable[[], Json] = dict) -> None:
        self._slack = slack
        self._extra = extra

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/sandbox/stream", self.serve)]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        watcher = Watcher(self._slack, request.query["user"], self._extra)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with suppress(ConnectionError):  # the page was closed
            await self._tell(watcher, response)
        return response

    async def _tell(self, watcher: Watcher, response: web.StreamResponse) -> None:
        changes = self._slack.workspace.changes
        while True:
            seen = changes.count
            news = watcher.news()
            if news["parts"] or news["messages"]:
                await response.write(f"data: {json.dumps(news)}\n\n".encode())
            try:
                await changes.until(partial(_more_than, changes, seen), PULSE_SECONDS)
            except TimeoutError:
                await response.write(b": still here\n\n")
            await asyncio.sleep(TOGETHER_SECONDS)


def _more_than(changes: Changes, seen: int) -> bool:
    return changes.count > seen

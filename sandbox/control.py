"""The control door: everything that a test does in process, over HTTP, for another process or a page."""

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import available_timezones

from aiohttp import web

from sandbox import encoding
from sandbox.deeds import Deeds
from sandbox.faults import fault_from
from sandbox.standin import SlackStandIn
from sandbox.values import Impossible, Json, Refused

WAIT_SECONDS = 25.0


class Control:
    """`/sandbox/...`: one address per deed."""

    def __init__(self, slack: SlackStandIn) -> None:
        self._slack = slack
        self._workspace = slack.workspace
        self._deeds = Deeds(slack).table

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sandbox/workspace", self.workspace),
            web.get("/sandbox/messages", self.messages),
            web.get("/sandbox/history", self.history),
            web.get("/sandbox/people/{user}", self.person),
            web.post("/sandbox/people/{user}/{deed}", self.deed),
            web.post("/sandbox/lifecycle/{what}", self.lifecycle),
            web.post("/sandbox/event", self.event),
            web.post("/sandbox/resend", self.resend),
            web.post("/sandbox/uninstall", self.uninstall),
            web.post("/sandbox/socket/disconnect", self.disconnect),
            web.get("/sandbox/journal", self.journal),
            web.get("/sandbox/sent", self.sent),
            web.get("/sandbox/complaints", self.complaints),
            web.delete("/sandbox/complaints", self.forgive),
            web.get("/sandbox/faults", self.faults),
            web.post("/sandbox/faults", self.add_fault),
            web.delete("/sandbox/faults", self.lift_faults),
            web.get("/sandbox/settings", self.settings),
            web.post("/sandbox/settings", self.set),
            web.get("/sandbox/changes", self.changes),
            web.get("/sandbox/zones", self.zones),
        ]

    async def workspace(self, request: web.Request) -> web.Response:
        return web.json_response(encoding.everything(self._workspace))

    async def messages(self, request: web.Request) -> web.Response:
        kept = self._slack.messages(request.query["channel"], request.query.get("thread"))
        return web.json_response([encoding.message(self._workspace, message) for message in kept])

    async def history(self, request: web.Request) -> web.Response:
        """The newest `limit` messages of a channel `before` a time, without the replies in threads."""
        before, limit = request.query.get("before", "~"), int(request.query.get("limit", "100"))
        kept = [each for each in self._workspace.top_level(request.query["channel"]) if each.ts < before]
        shown = [encoding.message(self._workspace, message) for message in kept[-limit:]]
        return web.json_response({"messages": shown, "more": len(kept) > limit})

    async def person(self, request: web.Request) -> web.Response:
        """What stands on one person's screen and nobody else's."""
        user = request.match_info["user"]
        stack = self._slack.screens.stack(user)
        shown = {
            "screen": encoding.view(self._workspace, self._slack.screen(user)),
            "stack": [encoding.view(self._workspace, view) for view in stack],
            "home": encoding.view(self._workspace, self._slack.home(user)),
            "ephemerals": [encoding.message(self._workspace, kept) for kept in self._slack.ephemerals(user)],
            "dm": [encoding.message(self._workspace, kept) for kept in self._slack.dm(user)],
        }
        return web.json_response(shown)

    async def deed(self, request: web.Request) -> web.Response:
        deed = self._deeds.get(request.match_info["deed"])
        if deed is None:
            raise web.HTTPNotFound
        person = self._slack.person(request.match_info["user"])
        try:
            return web.json_response(await deed(person, await body_of(request)))
        except (Impossible, Refused) as no:
            return web.json_response({"impossible": str(no)}, status=409)

    async def lifecycle(self, request: web.Request) -> web.Response:
        events = self._slack.lifecycle
        deeds: dict[str, Callable[..., Awaitable[Any]]] = {
            "join": events.join,
            "leave": events.leave,
            "archive": events.archive,
            "unarchive": events.unarchive,
            "rename": events.rename,
            "remove": events.remove,
            "change_id": events.change_id,
            "make_private": events.make_private,
            "share": events.share,
            "unshare": events.unshare,
            "change_user": events.change_user,
            "do_not_disturb": events.do_not_disturb,
        }
        deed = deeds.get(request.match_info["what"])
        if deed is None:
            raise web.HTTPNotFound
        try:
            await deed(**await body_of(request))
        except Impossible as no:
            return web.json_response({"impossible": str(no)}, status=409)
        return web.json_response({"ok": True})

    async def event(self, request: web.Request) -> web.Response:
        given = await body_of(request)
        return web.json_response(encoding.sent(await self._slack.event(given.pop("type"), **given)))

    async def resend(self, request: web.Request) -> web.Response:
        return web.json_response(encoding.sent(await self._slack.resend(**await body_of(request))))

    async def uninstall(self, request: web.Request) -> web.Response:
        await self._slack.uninstall()
        return web.json_response({"ok": True})

    async def disconnect(self, request: web.Request) -> web.Response:
        await self._slack.sockets.disconnect(**await body_of(request))
        return web.json_response({"ok": True})

    async def journal(self, request: web.Request) -> web.Response:
        wanted = request.query.get("method")
        kept = [called for called in self._slack.journal if wanted in (None, called.method)]
        return web.json_response(encoding.listed(kept))

    async def sent(self, request: web.Request) -> web.Response:
        return web.json_response([encoding.sent(delivered) for delivered in self._slack.sent])

    async def complaints(self, request: web.Request) -> web.Response:
        return web.json_response(encoding.listed(self._slack.complaints))

    async def forgive(self, request: web.Request) -> web.Response:
        self._slack.complaints.clear()
        self._workspace.changes.happened()
        return web.json_response([])

    async def faults(self, request: web.Request) -> web.Response:
        return web.json_response(encoding.listed(list(self._slack.faults.on)))

    async def add_fault(self, request: web.Request) -> web.Response:
        self._slack.faults.add(fault_from(await body_of(request)))
        return await self.faults(request)

    async def lift_faults(self, request: web.Request) -> web.Response:
        self._slack.faults.lift(request.query.get("method"))
        return await self.faults(request)

    async def settings(self, request: web.Request) -> web.Response:
        slack = self._slack
        return web.json_response({
            "now": slack.clock.now(), "offset": slack.clock.offset, "request_url": slack.request_url,
            "burst": slack.rates.burst, "patience": slack.sender.patience, "sockets": slack.sockets.count,
        })  # fmt: skip

    async def set(self, request: web.Request) -> web.Response:
        """Any of offset, advance (seconds), request_url, burst, patience."""
        given, slack = await body_of(request), self._slack
        slack.clock.offset = float(given.get("offset", slack.clock.offset))
        slack.clock.advance(float(given.get("advance", 0)))
        slack.request_url = str(given.get("request_url", slack.request_url))
        slack.rates.burst = int(given.get("burst", slack.rates.burst))
        slack.sender.patience = float(given.get("patience", slack.sender.patience))
        self._workspace.changes.happened()
        return await self.settings(request)

    async def changes(self, request: web.Request) -> web.Response:
        """Answers as soon as there were more changes than `after`, or after a while."""
        after, seen = int(request.query.get("after", "-1")), self._workspace.changes
        try:
            await seen.until(lambda: seen.count > after, WAIT_SECONDS)
        except TimeoutError:
            return web.json_response({"count": seen.count})
        return web.json_response({"count": seen.count})

    async def zones(self, request: web.Request) -> web.Response:
        """Where somebody can be."""
        return web.json_response(sorted(zone for zone in available_timezones() if "/" in zone))


async def body_of(request: web.Request) -> Json:
    given = await request.json() if request.can_read_body else {}
    return given if isinstance(given, dict) else {}

"""What a person at the page may do to the world: move its time, kill the app, start it again."""

from typing import Any

from aiohttp import web

from sandbox.child import Child, WillNotStart
from sandbox.control import body_of
from sandbox.standin import SlackStandIn
from sandbox.travel import Travel
from sandbox.values import Impossible, Json


class Levers:
    """`/sandbox/app/...` and `/sandbox/travel`."""

    def __init__(self, slack: SlackStandIn, child: Child | None = None) -> None:
        self._slack = slack
        self._child = child
        self.travel = Travel(slack, child)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/sandbox/travel", self.go),
            web.get("/sandbox/app", self.app),
            web.post("/sandbox/app/{what}", self.act),
        ]

    def shown(self) -> Json:
        """How the app's process is, and where time is going."""
        child, journey = self._child, self.travel.journey
        told: Json = {"journey": {"moving": journey.moving, "note": journey.note}, "ours": child is not None}
        if child:
            told |= {"state": child.state, "code": child.code, "command": " ".join(child.command)}
            told |= {"follows": child.can_move, "tail": child.tail() if child.state == "died" else ""}
        return told

    async def app(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown())

    async def go(self, request: web.Request) -> web.Response:
        """`seconds` from now, `to` a moment of Unix time, or `listen` there and daily after for a word of the app."""
        given = await body_of(request)
        return await self._answer(self._go(given))

    async def _go(self, given: Json) -> None:
        if "listen" in given:
            await self.travel.until_the_app_speaks(float(given["listen"]))
            return
        seconds = float(given["seconds"] if "seconds" in given else given["to"] - self._slack.clock.now())
        if seconds < 0:
            raise Impossible("what is said cannot be unsaid: time moves on only")
        await self.travel.by(seconds)

    async def act(self, request: web.Request) -> web.Response:
        if self._child is None:
            raise web.HTTPNotFound
        match request.match_info["what"]:
            case "kill":
                return await self._answer(self._child.kill())
            case "stop":
                return await self._answer(self._child.stop())
            case "start":
                await self._child.stop()
                return await self._answer(self._child.start(self._slack.clock.offset))
            case _:
                raise web.HTTPNotFound

    async def _answer(self, work: Any) -> web.Response:
        try:
            await work
        except (Impossible, WillNotStart) as no:
            return web.json_response({"impossible": str(no)}, status=409)
        return web.json_response(self.shown())

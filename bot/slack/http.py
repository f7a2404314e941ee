"""The HTTP door: requests of Slack through the gate to Bolt, and what operators ask (health, readiness, metrics)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from bot import logs
from bot.metrics import CONTENT_TYPE, Metrics
from bot.slack import gate
from bot.slack.bolt import Dispatch, kind_of
from bot.slack.gate import Reason, Rejected
from bot.slack.patience import Patience
from bot.slack.replies import Reply

log = structlog.get_logger(__name__)

READ_SECONDS = 5.0
READY_SECONDS = 2.0
STOP_SECONDS = 10.0
# Who sends nothing, or half a head, is let go then. Longer than the minute for which proxies keep an idle connection
# to us: one that we closed just as they use it again would cost somebody their request.
IDLE_SECONDS = 75.0

Ready = Callable[[], Awaitable[Mapping[str, str | None]]]  # each check by name, with what is wrong or None


@dataclass(frozen=True, slots=True)
class SlackDoor:
    signing_secret: str
    dispatch: Dispatch
    now: Callable[[], datetime]
    read_seconds: float = READ_SECONDS


class PortTaken(Exception):
    pass


def build(
    metrics: Metrics,
    ready: Ready,
    slack: SlackDoor | None = None,
    routes: Iterable[web.RouteDef] = (),
    store_away: tuple[type[Exception], ...] = (),
) -> web.Application:
    """Without `slack` (the worker, Socket Mode) there are only the three pages for operators, and `routes`."""
    app = web.Application(middlewares=[_outermost(store_away)], client_max_size=gate.MOST_BYTES)
    app.on_response_prepare.append(_say_little)
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz(ready))
    app.router.add_get("/metrics", _metrics(metrics))
    app.router.add_routes(list(routes))
    if slack is not None:
        app.router.add_post(gate.PATH, _events(slack, metrics))
    return app


def _events(door: SlackDoor, metrics: Metrics) -> Handler:
    async def events(request: web.Request) -> web.Response:
        verdict = await _verdict(request, door)
        if isinstance(verdict, Rejected):
            return _refuse(verdict, metrics)
        kind = kind_of(verdict.payload)
        with metrics.ack_seconds.time():
            reply = await door.dispatch(verdict.payload)
        metrics.inbound.labels(kind, "answered" if reply.status < 400 else "refused").inc()
        return _response(reply)

    return events


async def _verdict(request: web.Request, door: SlackDoor) -> gate.Verdict:
    if refused := gate.at_the_door(request.method, request.path, request.raw_headers):
        return refused
    try:
        async with asyncio.timeout(door.read_seconds):
            body = await _body(request)
    except TimeoutError:
        return Rejected(408, Reason.TIMEOUT)
    except web.RequestPayloadError:
        return Rejected(400, Reason.TEXT)
    return gate.check(request.method, request.path, request.raw_headers, body, door.signing_secret, door.now())


async def _body(request: web.Request) -> bytes:
    """One byte too many is enough to know: nothing beyond the bound is ever held."""
    body = bytearray()
    while len(body) <= gate.MOST_BYTES and (chunk := await request.content.readany()):
        body += chunk
    return bytes(body[: gate.MOST_BYTES + 1])


def _refuse(verdict: Rejected, metrics: Metrics) -> web.Response:
    metrics.signature_rejected.labels(verdict.reason.value).inc()
    log.info("request refused", status=verdict.status, reason=verdict.reason.value)
    response = web.Response(status=verdict.status, text=verdict.reason.value)
    response.force_close()  # whatever is left of its body is not read
    return response


def _response(reply: Reply) -> web.Response:
    return web.Response(status=reply.status, body=reply.body.encode(), headers=reply.headers)


async def _healthz(_: web.Request) -> web.Response:
    return web.Response(text="ok")


def _readyz(ready: Ready) -> Handler:
    patience = Patience(READY_SECONDS)

    async def asked() -> Mapping[str, str | None]:
        return await ready()

    async def readyz(_: web.Request) -> web.Response:
        looking = await patience.wait(asked())
        if looking.done():
            problems = {name: problem for name, problem in looking.result().items() if problem}
        else:
            looking.cancel()
            problems = {"checks": "too slow"}
        if not problems:
            return web.Response(text="ready")
        log.warning("not ready", problems=problems)
        return web.Response(status=503, text="not ready")

    return readyz


def _metrics(metrics: Metrics) -> Handler:
    async def page(_: web.Request) -> web.Response:
        return web.Response(body=metrics.page(), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE})

    return page


def _outermost(
    store_away: tuple[type[Exception], ...],
) -> Middleware:
    @web.middleware
    async def outermost(request: web.Request, handler: Handler) -> web.StreamResponse:
        with logs.request() as reference:
            try:
                return await handler(request)
            except web.HTTPException:
                raise
            except store_away as error:
                log.error("store away", error=type(error).__name__)
                return web.Response(status=503, text="try again", headers={hdrs.RETRY_AFTER: "60"})
            except Exception as error:  # the outermost edge: nobody outside sees more than a reference
                log.error("request failed", exc_info=error)
                return web.Response(status=500, text=f"Something went wrong. Reference: {reference}")

    return outermost


async def _say_little(_: web.Request, response: web.StreamResponse) -> None:
    response.headers[hdrs.SERVER] = "finops-assess"


class Server:
    """A web application on a port, from `start` to a `stop` that lets every running request finish."""

    def __init__(
        self, app: web.Application, host: str, port: int, setting: str = "PORT", idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handle_signals=False,
            shutdown_timeout=STOP_SECONDS,
            auto_decompress=False,  # a compressed body is refused, so it need not be unfolded first
            lingering_time=1.0,
            keepalive_timeout=idle_seconds,  # before the first request as well; its own default is an hour
        )
        self._place = (host, port, setting)

    async def start(self) -> None:
        host, port, setting = self._place
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            reason = error.strerror or type(error).__name__
            raise PortTaken(f"{setting} {port} cannot be opened on {host}: {reason}") from error

    async def stop(self) -> None:
        await self._runner.cleanup()

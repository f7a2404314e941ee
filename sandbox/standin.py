"""A Slack workspace on a loopback port, with the hands of the people in it: what a test starts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from sandbox import hearing, seed
from sandbox.api import Api
from sandbox.clock import Clock
from sandbox.desk import Desk
from sandbox.faults import Faults
from sandbox.lifecycle import Lifecycle
from sandbox.methods.call import Platform
from sandbox.person import Person
from sandbox.rates import Rates
from sandbox.responses import Responses
from sandbox.sender import Sender, Sent
from sandbox.sockets import Sockets
from sandbox.values import App, Called, Channel, Complaint, Json, Message, Token
from sandbox.views import Screens, View
from sandbox.web import MOST_BYTES, Doors
from sandbox.workspace import Workspace, visible

T = TypeVar("T")


class SlackStandIn:
    """`async with SlackStandIn(request_url=...) as slack:` serves the Web API and sends what its people do."""

    def __init__(
        self,
        request_url: str = "",
        signing_secret: str = "",
        *,
        app: App | None = None,
        clock: Clock | None = None,
        now: Callable[[], float] | None = None,
        bot_token: str = "xoxb-sandbox",  # noqa: S107
        app_token: str = "xapp-sandbox",  # noqa: S107
        fill: Callable[[Workspace], None] = seed.settle,
        burst: int = 3,
        patience: float = 3.0,
        retry_delays: Sequence[float] = (0.0, 60.0, 300.0),
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        app = app or App()
        self.app = replace(app, signing_secret=signing_secret or app.signing_secret)
        self.clock = clock or Clock(now)
        self.workspace = Workspace(self.app, self.clock)
        fill(self.workspace)
        self.bot_token, self.app_token = bot_token, app_token
        self.workspace.add(Token(bot_token, self.app.scopes), Token(app_token, for_sockets=True))
        self.screens = Screens(self.workspace)
        self.rates = Rates(self.clock, burst)
        self.faults = Faults(changed=self.workspace.changes.happened)
        self.responses = Responses(self.workspace)
        self.sender = Sender(self.workspace, request_url, patience)
        self.sender.retry_delays = retry_delays
        self.desk = Desk(self.workspace, self.screens, self.sender, self.responses)
        self.lifecycle = Lifecycle(self.desk)
        self.platform = Platform(self.workspace, self.screens, self.rates)
        self.sockets = Sockets(self.platform)
        self.sender.socket = self.sockets.current
        self.workspace.heard = self._heard
        self.workspace.entered = self._entered
        for event, rights in hearing.without_right(self.app):
            self.workspace.complain("missing_scope", f"{event} needs {' or '.join(rights)}")
        self.more_routes: list[web.RouteDef] = []
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        server = web.Application(client_max_size=MOST_BYTES)
        server.add_routes(Doors(self.platform, Api(self.platform, self.faults), self.responses).routes())
        server.add_routes([web.get("/socket/", self.sockets.accept), *self.more_routes])
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.responses.origin = self.origin
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.sender.close()
        await self.sockets.close()
        if self._runner:
            await self._runner.cleanup()

    def _heard(self, after: Message | None, before: Message | None) -> None:
        message = after or before
        if message and message.by_app and self.desk.hears(self.workspace.channels[message.channel]):
            self.sender.later(self.desk.told_of(after, before))

    def _entered(self, channel: Channel, user: str) -> None:
        self.sender.later(self.lifecycle.joined(channel, user))

    @property
    def origin(self) -> str:
        return f"http://{self._host}:{self._port}"

    @property
    def api_url(self) -> str:
        return f"{self.origin}/api/"

    @property
    def request_url(self) -> str:
        return self.sender.request_url

    @request_url.setter
    def request_url(self, address: str) -> None:
        self.sender.request_url = address

    @property
    def journal(self) -> list[Called]:
        return self.workspace.journal

    @property
    def complaints(self) -> list[Complaint]:
        return self.workspace.complaints

    @property
    def sent(self) -> list[Sent]:
        return self.sender.sent

    def person(self, user: str) -> Person:
        return Person(self.desk, user)

    def screen(self, user: str) -> View | None:
        """The modal on top of this person's screen."""
        return self.screens.top(user)

    def home(self, user: str) -> View | None:
        return self.screens.home(user)

    def messages(self, channel: str, thread: str | None = None) -> list[Message]:
        """All that stands in a channel, replies too, or one thread with its parent; ephemeral ones apart."""
        kept = self.workspace.thread(channel, thread) if thread else self.workspace.all_messages(channel)
        return visible(kept)

    def ephemerals(self, user: str) -> list[Message]:
        return self.workspace.ephemerals(user)

    def dm(self, user: str) -> list[Message]:
        """The conversation between the app and this person."""
        return self.messages(self.workspace.direct(user).id)

    def calls(self, method: str) -> list[Called]:
        return [called for called in self.journal if called.method == method]

    async def event(self, kind: str, channel: str = "", **fields: Any) -> Sent:
        """Anything that the Events API would tell, subscribed or not."""
        place = self.workspace.channels.get(channel)
        named: Json = {"channel": channel} if channel else {}
        stamp = f"{self.clock.now():.6f}"
        return await self.desk.event({"type": kind, **named, "event_ts": stamp, **fields}, place)

    async def resend(self, n: int = -1) -> Sent:
        return await self.sender.resend(n)

    async def uninstall(self) -> None:
        """The app is removed: its tokens die, and it is told so."""
        for token in list(self.workspace.tokens.values()):
            if not token.for_sockets:
                self.workspace.add(replace(token, revoked=True))
        await self.event("tokens_revoked", tokens={"oauth": [], "bot": [self.app.bot_user]})
        await self.event("app_uninstalled")

    async def until(self, predicate: Callable[[], T], seconds: float = 10) -> T:
        """Wait for what the workspace will show; asked again at every change."""
        return await self.workspace.changes.until(predicate, seconds)

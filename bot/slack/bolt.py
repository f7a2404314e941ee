"""Bolt, arranged so that it answers after the work is stored, asks Slack nothing and logs nobody's words."""

import asyncio
import gc
import logging
import random
import time
import traceback
from collections.abc import Awaitable, Callable

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.failpoints import point
from bot.slack import replies
from bot.slack.gate import Payload
from bot.slack.patience import Patience
from bot.slack.replies import Malformed, Mistake, NotInstalled, NotKnown, Reply, StoreAway, TooSlow, Trouble
from bot.slack.tenancy import Lookup, origin_of

log = structlog.get_logger(__name__)

Authorize = Callable[[AsyncBoltContext], Awaitable[AuthorizeResult]]
Dispatch = Callable[[Payload], Awaitable[Reply]]
Judge = Callable[[Exception], bool]

ANSWER_SECONDS = 2.2  # Slack waits for three
# Where more come than can be served, some are, in time, and the rest is told to try again: not all begun and none done.
HANDS = 64
BEGIN_SECONDS = 1.2
MOST_TIMES = 3
PAUSE_SECONDS = 0.1
COLLIDED = "collided"


class Uninstalled(Exception):
    """The payload is for a workspace that we hold no installation of."""


def authorize_by(installation_of: Lookup) -> Authorize:
    """Bolt's `authorize`: from our own table, with no call to Slack; sets `context["tenant"]` for the handlers."""

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
        origin = context["origin"]
        installation = await installation_of(origin.enterprise_id, None if origin.org_wide else origin.team_id)
        if installation is None:
            raise Uninstalled
        context["tenant"] = installation.tenant
        context["installation"] = installation
        return AuthorizeResult(
            enterprise_id=origin.enterprise_id,
            team_id=origin.team_id,
            bot_token=installation.bot_token,
            bot_user_id=installation.bot_user_id,
            bot_id=installation.bot_id,
        )

    return authorize


def build_app(
    authorize: Authorize, store_away: tuple[type[Exception], ...], has_collided: Judge = lambda _: False
) -> AsyncApp:
    """`store_away` are the exceptions that mean our database cannot be reached: then Slack shall ask again.

    `has_collided` knows those that the same work need not meet when it is done once more.
    """
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)  # its warnings quote requests; ours say what happened without them
    app = AsyncApp(
        name="finops-assess",
        logger=logger,
        # A client without a token: given one, or finding one in the environment, Bolt would call auth.test each time.
        client=AsyncWebClient(logger=logger, retry_handlers=[]),
        authorize=authorize,
        process_before_response=True,  # what was answered is stored, also when we are stopped in between
        raise_error_for_unhandled_request=True,
        request_verification_enabled=False,  # the gate has done it, on the raw bytes
        attaching_function_token_enabled=False,
    )

    async def answer_for(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
        given = request.context.ack.response
        trouble = _trouble(error, store_away)
        if has_collided(error):
            request.context[COLLIDED] = given is None
            log.warning("broken off by the database", kind=kind_of(request.body))
        else:
            _tell(error, trouble, request.body)
        if isinstance(error, MemoryError):
            # What this request had read is in the frames of the error, and in rings: the next one would have no room.
            traceback.clear_frames(error.__traceback__)
            gc.collect()
        if isinstance(given, BoltResponse):  # the work was done and answered; only something after it failed
            return given
        reply = replies.to(request.body, trouble)
        return BoltResponse(status=reply.status, body=reply.body, headers=dict(reply.headers))

    app.error(answer_for)
    return app


class Dispatcher:
    """One verified payload, from either door, to its handler and back. Never raises."""

    def __init__(
        self,
        app_for: Callable[[Payload], AsyncApp],
        is_untouched: Callable[[], bool] = lambda: False,
        within: float = ANSWER_SECONDS,
        hands: int = HANDS,
        begins_within: float = BEGIN_SECONDS,
    ) -> None:
        """`is_untouched`: whether nothing has come of the payload at hand yet.

        So many payloads are in hand at once, and none is begun that had to wait for longer for its turn.
        """
        self._app_for = app_for
        self._is_untouched = is_untouched
        self._patience = Patience(within)
        self._hands = asyncio.Semaphore(hands)
        self._begins_within = begins_within

    async def dispatch(self, payload: Payload) -> Reply:
        runs = list[AsyncBoltRequest]()
        work = await self._patience.wait(self._in_turn(payload, runs))
        if not work.done():
            await point("answer.too_late")
        if work.done():
            return work.result()
        given = runs[-1].context.ack.response if runs else None
        if isinstance(given, BoltResponse):  # it is done, and what follows goes on
            return _reply(given)
        work.cancel()
        log.error("too slow", kind=kind_of(payload))
        return replies.to(payload, TooSlow())

    async def _in_turn(self, payload: Payload, runs: list[AsyncBoltRequest]) -> Reply:
        came_at = time.monotonic()
        async with self._hands:
            if time.monotonic() - came_at > self._begins_within:
                log.error("too many at once", kind=kind_of(payload))
                return replies.to(payload, TooSlow())
            return await self._handled(payload, runs)

    async def _handled(self, payload: Payload, runs: list[AsyncBoltRequest]) -> Reply:
        """What ran into another's transaction is done anew, if nothing has come of it."""
        for left in reversed(range(MOST_TIMES)):
            request = _read(payload)
            if request is None:
                return replies.to(payload, Malformed())
            runs.append(request)
            reply = await _run(self._app_for(payload), request)
            if not (left and request.context.get(COLLIDED) and self._is_untouched()):
                return reply
            # Not all at once: they would run into each other again.
            await asyncio.sleep(random.uniform(0, PAUSE_SECONDS))  # noqa: S311  # no secret
        raise AssertionError("the last time returns")


def _read(payload: Payload) -> AsyncBoltRequest | None:
    # A 'socket mode' request takes the payload as the gate parsed it, so that no second parser can read it otherwise;
    # no header of the sender reaches Bolt, which would take orders from some of them.
    context = {"origin": origin_of(payload), "tenant": origin_of(payload).tenant}
    try:
        return AsyncBoltRequest(mode="socket_mode", body=dict(payload), context=context)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        log.warning("payload malformed", error=type(error).__name__)
        return None


async def _run(app: AsyncApp, request: AsyncBoltRequest) -> Reply:
    try:
        return _reply(await app.async_dispatch(request))
    except Exception as error:  # the outermost edge: Bolt's own reading of a strange payload may fail anywhere
        trouble = Mistake(logs.reference())
        _tell(error, trouble, request.body)
        return replies.to(request.body, trouble)


def _trouble(error: Exception, store_away: tuple[type[Exception], ...]) -> Trouble:
    if isinstance(error, BoltUnhandledRequestError):
        return NotKnown()
    if isinstance(error, Uninstalled):
        return NotInstalled()
    if isinstance(error, store_away):
        return StoreAway()
    return Mistake(logs.reference())


def _tell(error: Exception, trouble: Trouble, payload: Payload) -> None:
    kind = kind_of(payload)
    match trouble:
        case Mistake():
            log.error("handler failed", kind=kind, exc_info=error)
        case StoreAway():
            log.error("store away", kind=kind, error=type(error).__name__)
        case _:
            log.info("nobody answers", kind=kind, trouble=type(trouble).__name__)


def kind_of(payload: Payload) -> str:
    """A few fixed words, fit for a metric's label."""
    if "command" in payload:
        return "command"
    kind = payload.get("type")
    return kind if isinstance(kind, str) and kind in KINDS else "other"


KINDS = frozenset(
    {
        "block_actions",
        "block_suggestion",
        "event_callback",
        "message_action",
        "shortcut",
        "url_verification",
        "view_closed",
        "view_submission",
    }
)


def _reply(response: BoltResponse) -> Reply:
    kinds = response.headers.get("content-type", [])
    return Reply(response.status, response.body or "", {"Content-Type": kinds[0]} if kinds else {})

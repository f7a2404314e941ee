"""How what Slack and operators send finds its way in: Bolt with every handler, and the pages of the HTTP door."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from slack_bolt.async_app import AsyncApp

from bot.handlers import handling, registering
from bot.handlers.deps import Deps
from bot.metrics import Metrics
from bot.services.introducing import Welcoming
from bot.services.workspaces import Workspaces
from bot.settings import Part, Settings
from bot.slack import bolt, http
from bot.slack.bolt import Dispatch
from bot.slack.doors import Doors
from bot.slack.gate import Payload
from bot.slack.http import SlackDoor
from bot.slack.oauth import OAuth
from bot.slack.replies import Reply
from bot.slack.scopes import SCOPES
from bot.slack.secrets import KeyRing
from bot.store.collisions import has_collided
from bot.store.database import Database
from bot.store.oauth_states import OAuthStates
from bot.store.tenants import Installations

Now = Callable[[], datetime]
Errors = tuple[type[Exception], ...]


def dispatch(deps: Deps, workspaces: Workspaces, store_away: Errors, within: float = bolt.ANSWER_SECONDS) -> Dispatch:
    """``store_away``: the exceptions that mean that the database cannot be reached.

    ``within``: so many seconds somebody is answered, if only that they should try again.
    """

    def guarded() -> AsyncApp:
        app = bolt.build_app(bolt.authorize_by(workspaces.installation_of), store_away, has_collided)
        registering.guard(app, deps)
        return app

    every = Doors(guarded)
    registering.register(every, deps)
    dispatcher = bolt.Dispatcher(every.app_for, handling.is_untouched, within)

    async def dispatched(payload: Payload) -> Reply:
        with handling.of(payload):
            return await dispatcher.dispatch(payload)

    return dispatched


def pages(
    settings: Settings,
    db: Database,
    metrics: Metrics,
    ready: http.Ready,
    to_handlers: Dispatch | None,
    now: Now,
    store_away: Errors,
) -> web.Application:
    """Without handlers (the worker) there are only the pages for operators; in Socket Mode Slack has no door here."""
    slack = None
    if to_handlers and settings.slack_signing_secret and not settings.socket_mode:
        slack = SlackDoor(settings.slack_signing_secret, to_handlers, now)
    routes = _oauth(settings, db, now).routes() if to_handlers and settings.many_workspaces else ()
    return http.build(metrics, ready, slack, routes, store_away)


def port_of(settings: Settings, part: Part) -> tuple[str, int]:
    """The port that a part listens on, and the setting that says so."""
    if part is Part.WORKER and settings.health_port is not None:
        return "HEALTH_PORT", settings.health_port
    return "PORT", settings.port


def _oauth(settings: Settings, db: Database, now: Now) -> OAuth:
    return OAuth(
        settings.slack_client_id or "",
        settings.slack_client_secret or "",
        SCOPES,
        settings.slack_api_url,
        OAuthStates(db, now),
        Welcoming(db, Installations(db, KeyRing(settings.encryption_keys))),
        now,
    )

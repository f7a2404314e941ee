"""Being installed in many workspaces: the page that sends a person to Slack, and the one Slack sends them back to."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Protocol
from urllib.parse import quote, urlencode, urljoin

import aiohttp
import structlog
from aiohttp import web
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import logs
from bot.domain.ids import TenantId, UserId
from bot.slack.access import Access
from bot.slack.tenancy import Installation

log = structlog.get_logger(__name__)

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
STATE_LIFE = timedelta(minutes=10)
COOKIE = "finops-install"
MOST_CHARACTERS = 512


class StateStore(Protocol):
    """Only digests are kept, so that a copy of the database starts no installation."""

    async def keep(self, digest: str, expires_at: datetime) -> None: ...

    async def consume(self, digest: str, now: datetime) -> bool:
        """Whether it was there and not expired; it is gone afterwards. One `DELETE ... RETURNING`: two never win."""


class InstallationStore(Protocol):
    async def save(self, installation: Installation, installed_by: UserId, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class OAuth:
    client_id: str
    client_secret: str
    scopes: Sequence[str]
    api_url: str
    states: StateStore
    installations: InstallationStore
    now: Callable[[], datetime]

    def routes(self) -> list[web.RouteDef]:
        return [web.get(INSTALL, self.install, allow_head=False), web.get(REDIRECT, self.redirected, allow_head=False)]

    async def install(self, request: web.Request) -> web.Response:
        state = secrets.token_urlsafe(32)
        await self.states.keep(_digest(state), self.now() + STATE_LIFE)
        asked = urlencode({"client_id": self.client_id, "scope": ",".join(self.scopes), "state": state})
        location = f"{urljoin(self.api_url, '/oauth/v2/authorize')}?{asked}"
        response = web.Response(status=302, headers={"Location": location, **_PRIVATE})
        response.set_cookie(
            COOKIE,
            state,
            max_age=int(STATE_LIFE.total_seconds()),
            path=REDIRECT,
            httponly=True,
            samesite="Lax",
            secure=_is_https(request),
        )
        return response

    async def redirected(self, request: web.Request) -> web.Response:
        state, code = (request.query.get(name, "") for name in ("state", "code"))
        if not await self._began_here(request, state):
            return _page(400, "This link has expired", "Please start the installation again.", again=True)
        if request.query.get("error"):
            return _page(200, "Nothing was installed", "You cancelled. You can start again at any time.", again=True)
        granted = await self._granted(code) if 0 < len(code) <= MOST_CHARACTERS else None
        installation = _installation(granted) if granted else None
        if granted is None or installation is None:
            return _page(400, "Slack did not agree", "Nothing was installed. Please start again.", again=True)
        person = _text(granted, "authed_user", "id") or ""
        await self.installations.save(installation, UserId(person), self.now())
        log.info("installed", tenant=logs.hashed(installation.tenant))
        return _welcome(granted)

    async def _began_here(self, request: web.Request, state: str) -> bool:
        """The state is spent whatever comes of it, and only in the browser that was given it."""
        if not 0 < len(state) <= MOST_CHARACTERS:
            return False
        same = secrets.compare_digest(state.encode(), request.cookies.get(COOKIE, "").encode())
        return same and await self.states.consume(_digest(state), self.now())

    async def _granted(self, code: str) -> AsyncSlackResponse | None:
        try:
            return await Access(self.api_url, self.client_id, self.client_secret).granted(code=code)
        except SlackApiError as error:
            log.warning("installation refused by Slack", error=str(error.response.get("error"))[:40])
        except (SlackClientError, aiohttp.ClientError, OSError, ValueError) as error:
            log.warning("installation failed", error=type(error).__name__)
        return None


def _installation(granted: AsyncSlackResponse) -> Installation | None:
    org_wide = granted.get("is_enterprise_install") is True
    tenant = _text(granted, "enterprise" if org_wide else "team", "id")
    token, bot_user = granted.get("access_token"), granted.get("bot_user_id")
    if tenant is None or not isinstance(token, str) or not isinstance(bot_user, str) or not token:
        return None
    refresh, seconds = granted.get("refresh_token"), granted.get("expires_in")
    if not isinstance(refresh, str) or not isinstance(seconds, int):  # the app's tokens do not expire
        return Installation(TenantId(tenant), token, UserId(bot_user))
    lifetime = timedelta(seconds=seconds)
    return Installation(TenantId(tenant), token, UserId(bot_user), refresh_token=refresh, lifetime=lifetime)


def _text(granted: AsyncSlackResponse, *path: str) -> str | None:
    value: object = granted.data
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) and value else None


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _is_https(request: web.Request) -> bool:
    return request.secure or request.headers.get("X-Forwarded-Proto", "").lower() == "https"


_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_PLAIN = _PRIVATE | {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Frame-Options": "DENY",
}


def _welcome(granted: AsyncSlackResponse) -> web.Response:
    app, team = _text(granted, "app_id") or "", _text(granted, "team", "id") or _text(granted, "enterprise", "id") or ""
    link = f"slack://app?team={quote(team, safe='')}&id={quote(app, safe='')}"
    name = _text(granted, "team", "name") or _text(granted, "enterprise", "name") or "your workspace"
    words = f"Invite the bot to your team's channel in {name}, then type /finops-assess there."
    return _page(200, "Installed", words, links=(("Open Slack", link),))


def _page(
    status: int, title: str, words: str, links: Sequence[tuple[str, str]] = (), again: bool = False
) -> web.Response:
    all_links = (*links, ("Start the installation", INSTALL)) if again else links
    anchors = "".join(f'<p><a href="{escape(link)}">{escape(label)}</a></p>' for label, link in all_links)
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"></head>'
        '<body style="font-family: sans-serif; max-width: 32em; margin: 4em auto; padding: 0 1em">'
        f"<h1>{escape(title)}</h1><p>{escape(words)}</p>{anchors}</body></html>"
    )
    response = web.Response(status=status, text=text, content_type="text/html", headers=_PLAIN)
    response.del_cookie(COOKIE, path=REDIRECT)
    return response

"""Installing: once for each consent, in the browser that began it, for a workspace or an organisation (B17, B18)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.domain.ids import UserId
from bot.metrics import Metrics
from bot.slack import http
from bot.slack.oauth import COOKIE, INSTALL, REDIRECT, OAuth
from bot.slack.tenancy import Installation
from tests.slack.requests import NOW

WORKSPACE = {
    "ok": True,
    "access_token": "xoxb-canary",
    "app_id": "A1",
    "bot_user_id": "UBOT",
    "team": {"id": "T1", "name": "Acme <b>"},
    "enterprise": None,
    "is_enterprise_install": False,
    "authed_user": {"id": "U1"},
}
ORGANISATION = WORKSPACE | {"team": None, "enterprise": {"id": "E1", "name": "Big"}, "is_enterprise_install": True}

Client = TestClient[web.Request, web.Application]


class Away(Exception):
    pass


@dataclass
class Stores:
    states: dict[str, datetime] = field(default_factory=dict)
    saved: list[tuple[Installation, UserId]] = field(default_factory=list)
    away: bool = False
    now: datetime = NOW

    async def keep(self, digest: str, expires_at: datetime) -> None:
        if self.away:
            raise Away
        self.states[digest] = expires_at

    async def consume(self, digest: str, now: datetime) -> bool:
        expires_at = self.states.pop(digest, None)
        return expires_at is not None and now < expires_at

    async def save(self, installation: Installation, installed_by: UserId, now: datetime) -> None:
        self.saved.append((installation, installed_by))


@dataclass
class Slack:
    """oauth.v2.access: each code is good once."""

    grant: dict[str, Any] = field(default_factory=lambda: dict(WORKSPACE))
    codes: set[str] = field(default_factory=lambda: {"code"})
    asked: list[dict[str, Any]] = field(default_factory=list)

    async def access(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        self.asked.append(form | {"auth": request.headers.get("Authorization")})
        if form["code"] not in self.codes:
            return web.json_response({"ok": False, "error": "invalid_code"})
        self.codes.discard(str(form["code"]))
        return web.json_response(self.grant)


@dataclass
class Place:
    stores: Stores
    slack: Slack
    client: Client

    async def begin(self) -> str:
        """What the administrator's browser is sent to Slack with."""
        async with self.client.get(INSTALL, allow_redirects=False) as response:
            assert response.status == 302
            return parse_qs(urlsplit(response.headers["Location"]).query)["state"][0]

    async def come_back(self, **query: str) -> tuple[int, str]:
        async with self.client.get(REDIRECT, params=query) as response:
            return response.status, await response.text()


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    stores, slack, fake = Stores(), Slack(), web.Application()
    fake.router.add_post("/api/oauth.v2.access", slack.access)
    async with TestServer(fake) as server:
        oauth = OAuth(
            client_id="1.2",
            client_secret="client-canary",
            scopes=("commands", "chat:write"),
            api_url=str(server.make_url("/api/")),
            states=stores,
            installations=stores,
            now=lambda: stores.now,
        )
        app = http.build(Metrics(), _ready, routes=oauth.routes(), store_away=(Away,))
        async with TestClient(TestServer(app)) as client:
            yield Place(stores, slack, client)


async def _ready() -> dict[str, str | None]:
    return {}


async def test_the_administrator_is_sent_to_slack(place: Place) -> None:
    async with place.client.get(INSTALL, allow_redirects=False) as response:
        location = urlsplit(response.headers["Location"])
        cookie = response.headers["Set-Cookie"]
    asked = parse_qs(location.query)
    assert location.path == "/oauth/v2/authorize"
    assert (asked["client_id"], asked["scope"]) == (["1.2"], ["commands,chat:write"])
    assert asked["state"][0] not in place.stores.states
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


async def test_behind_https_the_cookie_stays_there(place: Place) -> None:
    async with place.client.get(INSTALL, allow_redirects=False, headers={"X-Forwarded-Proto": "https"}) as response:
        assert "Secure" in response.headers["Set-Cookie"]


@pytest.mark.parametrize(("grant", "tenant"), [(WORKSPACE, "T1"), (ORGANISATION, "E1")], ids=["workspace", "C08: org"])
async def test_consent_installs(place: Place, grant: dict[str, Any], tenant: str) -> None:
    place.slack.grant = grant
    with capture_logs() as lines:
        status, page = await place.come_back(state=await place.begin(), code="code")
    assert status == 200
    assert "Installed" in page
    assert "<b>" not in page
    ((installation, person),) = place.stores.saved
    assert (installation.tenant, installation.bot_token, installation.bot_user_id) == (tenant, "xoxb-canary", "UBOT")
    assert person == "U1"
    assert "canary" not in page + str(lines)


async def test_a_token_that_expires_comes_with_what_it_is_renewed_with(place: Place) -> None:
    place.slack.grant = WORKSPACE | {"refresh_token": "xoxe-canary", "expires_in": 43_200}
    await place.come_back(state=await place.begin(), code="code")

    ((granted, _),) = place.stores.saved
    assert (granted.refresh_token, granted.lifetime) == ("xoxe-canary", timedelta(hours=12))
    assert "canary" not in repr(granted)


async def test_a_refusal_is_a_friendly_page(place: Place) -> None:
    status, page = await place.come_back(state=await place.begin(), error="access_denied")
    assert status == 200
    assert "You cancelled" in page
    assert place.stores.saved == []


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"code": "code"}, id="no state"),
        pytest.param({"code": "code", "state": ""}, id="empty state"),
        pytest.param({"code": "code", "state": "made up"}, id="made-up state"),
        pytest.param({"code": "code", "state": "ü" * 10_00}, id="very long state"),
        pytest.param({"error": "access_denied"}, id="an error without state"),
    ],
)
async def test_b17_without_its_state_nothing_is_installed(place: Place, query: dict[str, str]) -> None:
    await place.begin()
    status, page = await place.come_back(**query)
    assert status == 400
    assert "expired" in page
    assert place.slack.asked == []


async def test_b17_another_browsers_state_is_refused(place: Place) -> None:
    foreign = await place.begin()
    place.client.session.cookie_jar.clear()
    assert (await place.come_back(state=foreign, code="code"))[0] == 400
    await place.begin()
    assert (await place.come_back(state=foreign, code="code"))[0] == 400
    assert place.stores.saved == []


async def test_b17_a_state_used_twice_at_once_installs_once(place: Place) -> None:
    state = await place.begin()
    place.slack.codes = {f"code{n}" for n in range(10)}
    cookies = {"Cookie": f"{COOKIE}={state}"}

    async def again(number: int) -> int:
        async with place.client.get(
            REDIRECT, params={"state": state, "code": f"code{number}"}, headers=cookies
        ) as response:
            return response.status

    statuses = await asyncio.gather(*(again(number) for number in range(10)))
    assert sorted(statuses) == [200] + [400] * 9
    assert len(place.stores.saved) == 1


async def test_b17_a_state_expires(place: Place) -> None:
    state = await place.begin()
    place.stores.now = NOW + timedelta(minutes=10)
    assert (await place.come_back(state=state, code="code"))[0] == 400


async def test_b18_a_code_is_good_once(place: Place) -> None:
    await place.come_back(state=await place.begin(), code="code")
    status, page = await place.come_back(state=await place.begin(), code="code")
    assert status == 400
    assert "Slack did not agree" in page
    assert len(place.stores.saved) == 1


async def test_b18_the_address_to_return_to_cannot_be_chosen(place: Place) -> None:
    async with place.client.get(INSTALL, params={"redirect_uri": "https://evil"}, allow_redirects=False) as response:
        assert "evil" not in response.headers["Location"]
    await place.come_back(state=await place.begin(), code="code", redirect_uri="https://evil")
    assert "redirect_uri" not in place.slack.asked[0]


@pytest.mark.parametrize(
    "grant",
    [
        pytest.param({"ok": True}, id="empty"),
        pytest.param(WORKSPACE | {"access_token": None}, id="no token"),
        pytest.param(WORKSPACE | {"team": None}, id="no workspace"),
        pytest.param(WORKSPACE | {"team": "T1"}, id="another shape"),
        pytest.param(WORKSPACE | {"bot_user_id": None}, id="no bot"),
    ],
)
async def test_half_a_grant_installs_nothing(place: Place, grant: dict[str, Any]) -> None:
    place.slack.grant = grant
    assert (await place.come_back(state=await place.begin(), code="code"))[0] == 400
    assert place.stores.saved == []


async def test_while_the_store_is_away_the_page_says_try_again(place: Place) -> None:
    place.stores.away = True
    async with place.client.get(INSTALL, allow_redirects=False) as response:
        assert response.status == 503
        assert "Away" not in await response.text()

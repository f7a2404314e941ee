"""A real browser, a workspace with the example app, and the page of one person in it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, ConsoleMessage, Page, Playwright, async_playwright, expect
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

from sandbox import SlackStandIn
from sandbox.demo import equip
from sandbox.manifest import app_from
from tests.browser import chromium
from tests.browser.example_app import MANIFEST, Pantry

SCREENSHOTS = Path(__file__).parents[2] / "artifacts" / "screenshots"
WAIT = 10_000  # milliseconds


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    program = chromium.program()
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    async with async_playwright() as playwright:
        opened = await launched(playwright, program)
        yield opened
        await opened.close()


async def launched(playwright: Playwright, program: Path) -> Browser:
    expect.set_options(timeout=WAIT)
    return await playwright.chromium.launch(executable_path=program, args=chromium.WORDS)


@dataclass
class World:
    slack: SlackStandIn
    app: Pantry


@pytest_asyncio.fixture(loop_scope="session")
async def world() -> AsyncIterator[World]:
    slack = SlackStandIn(app=app_from(MANIFEST), burst=0)
    equip(slack)
    async with slack:
        pantry = Pantry(slack.bot_token, slack.app.signing_secret, slack.api_url)

        async def handle(request: web.Request) -> web.Response:
            return await to_aiohttp_response(await pantry.app.async_dispatch(await to_bolt_request(request)))

        server = web.Application()
        server.router.add_post("/slack/events", handle)
        runner = web.AppRunner(server, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield World(slack, pantry)
        await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, world: World) -> AsyncIterator[Page]:
    async with opened(browser, world.slack.origin) as shown:
        yield shown


def opened(browser: Browser, origin: str, **traits: object) -> "Opened":
    return Opened(browser, origin, traits)


class Opened:
    """A page that must not complain: neither its scripts nor its console."""

    def __init__(self, browser: Browser, origin: str, traits: dict[str, object]) -> None:
        self._browser, self._origin, self._traits = browser, origin, traits
        self._troubles: list[str] = []

    async def __aenter__(self) -> Page:
        traits = {"viewport": {"width": 1280, "height": 820}, "timezone_id": "Europe/Paris"} | self._traits
        self._context = await self._browser.new_context(**traits)  # type: ignore[arg-type]
        shown = await self._context.new_page()
        shown.set_default_timeout(WAIT)
        shown.on("pageerror", lambda error: self._troubles.append(str(error)))
        shown.on("console", lambda said: self._troubles.append(said.text) if _trouble(said) else None)
        await shown.goto(self._origin)
        await expect(shown.locator("body.ready")).to_be_attached()
        return shown

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        await self._context.close()
        if kind is None:
            assert self._troubles == []


def _trouble(said: ConsoleMessage) -> bool:
    """The browser notes every refusal; one that the person is told of is none."""
    return said.type == "error" and "409 (Conflict)" not in said.text


async def shoot(page: Page, name: str) -> None:
    """Every screen is kept as a picture, for people to look at."""
    await asyncio.to_thread(SCREENSHOTS.mkdir, parents=True, exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f"{name}.png")

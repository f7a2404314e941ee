"""For everybody: no serious finding of axe-core, light and dark, on a phone; and quick where there is much to show."""

from importlib import resources
from time import perf_counter
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.values import Message
from tests.browser.conftest import World, opened, shoot
from tests.browser.test_page import composer, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
MANY = 2_000
PHONE = {"width": 390, "height": 780}


async def findings(page: Page) -> list[str]:
    """What axe-core calls serious or critical, with the elements that it means."""
    await page.evaluate(AXE)
    report: dict[str, Any] = await page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {[node['html'][:120] for node in found['nodes']]}"
        for found in report["violations"]
        if found["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_screen_has_a_serious_finding(browser: Browser, world: World, scheme: str) -> None:
    async with opened(browser, world.slack.origin, color_scheme=scheme) as page:
        await say(page, "/show")
        await expect(messages(page)).to_have_count(1)
        await messages(page).hover()
        assert await findings(page) == []
        await page.get_by_role("button", name="Faults").click()
        assert await findings(page) == []
        await shoot(page, f"example-{scheme}")
        await page.get_by_role("button", name="Workspace").click()
        assert await findings(page) == []
        await page.get_by_role("button", name="Change Ben Clarke").click()
        assert await findings(page) == []
        await page.get_by_role("menuitem", name="Time zone").click()
        await page.get_by_role("combobox", name="Time zone").click()
        assert await findings(page) == []
        await page.keyboard.press("Escape")
        await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
        await composer(page).fill("Hello @")
        await expect(page.get_by_role("option").first).to_be_visible()
        assert await findings(page) == []
        await composer(page).press("Escape")
        await page.get_by_role("button", name="Be someone else").click()
        assert await findings(page) == []
        await page.keyboard.press("Escape")
        await say(page, "/order")
        form = page.get_by_role("dialog", name="An order")
        await form.get_by_role("button", name="Order", exact=True).click()
        await expect(form.locator(".problem").first).to_be_visible()
        await form.get_by_role("combobox", name="Fruit").click()
        assert await findings(page) == []


async def test_it_can_be_used_on_a_phone(browser: Browser, world: World) -> None:
    async with opened(browser, world.slack.origin, viewport=PHONE, has_touch=True) as page:
        await page.get_by_role("button", name="Channels").click()
        await page.get_by_role("button", name="web-shop").click()
        await composer(page, "#web-shop").fill("/show")
        await composer(page, "#web-shop").press("Enter")
        await expect(messages(page)).to_have_count(1)
        await shoot(page, "example-phone")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert await findings(page) == []


async def test_much_is_shown_quickly(browser: Browser, world: World) -> None:
    workspace = world.slack.workspace
    for number in range(MANY):
        workspace.keep(Message("C_PAY", workspace.next_ts(), "U_BEN", f"Message *{number}*"))
    started = perf_counter()
    async with opened(browser, world.slack.origin) as page:
        await expect(messages(page).last).to_contain_text(str(MANY - 1))
        assert perf_counter() - started < 10
        await page.evaluate(WATCH)
        await world.slack.person("U_BEN").say(
            "C_PAY", f"at {await page.evaluate('performance.timeOrigin + performance.now()')}"
        )
        await expect(messages(page).last).to_contain_text("at ")
        assert await page.evaluate("window.tookMilliseconds") < 200
        await page.get_by_role("button", name="Show earlier messages").click()
        await expect(messages(page)).to_have_count(201)


# The message says when it was written; the page notes how long ago that was when it is drawn.
WATCH = """() => {
  const drawn = (added) => {
    const written = added.textContent.match(/at (\\d+\\.?\\d*)/);
    if (written) window.tookMilliseconds = performance.timeOrigin + performance.now() - Number(written[1]);
  };
  new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach(drawn)))
    .observe(document.querySelector("main ol"), { childList: true });
}"""

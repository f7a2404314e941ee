"""The whole product in the browser: `python -m sandbox` with the bot in it, used as a person would."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from sandbox.client import SandboxClient
from tests.browser.conftest import opened, shoot
from tests.browser.test_page import be, messages, say
from tests.flows.ports import free_port

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.process, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
START_SECONDS = 160
STOP_SECONDS = 30


@asynccontextmanager
async def demo(folder: Path, *words: str) -> AsyncIterator[str]:
    """The address that the terminal tells; in the end it is stopped as a terminal does."""
    command = (sys.executable, "-m", "sandbox", "--port", str(free_port()), "--data", str(folder), *words)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        yield await _told(process)
    finally:
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), STOP_SECONDS) == 0


async def _told(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        async for line in process.stdout:
            if found := re.search(r"Open (\S+) in a browser", line.decode()):
                return found[1]
    raise AssertionError("the demo has ended before it was ready")


def modal(page: Page, title: str) -> Locator:
    return page.get_by_role("dialog", name=title)


async def choose(form: Locator, place: int) -> None:
    """The option at this place of every question that has no answer yet, by mouse."""
    await expect(form.get_by_role("radiogroup").first).to_be_visible()
    for group in await form.get_by_role("radiogroup").all():
        if await group.locator("input:checked").count() == 0:
            await group.locator("input").nth(place).check()


async def submit(form: Locator, button: str = "Next") -> None:
    await form.get_by_role("button", name=button, exact=True).click()


async def first_step(page: Page) -> None:
    """By keyboard as far as the first question; with one answer missing and one number that is none, at first."""
    form = modal(page, "Step 1 of 5")
    await expect(form.get_by_role("radiogroup").nth(2)).to_be_visible()
    await shoot(page, "step-1")
    await form.get_by_role("radiogroup").nth(2).locator("input").first.focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await submit(form)
    await expect(form.get_by_text("Please complete this required field.").first).to_be_visible()
    await choose(form, 1)
    number = form.get_by_role("textbox", name=re.compile("percent"))
    await number.fill("plenty")
    await submit(form)
    await expect(form.locator(".problem:not(#modal-problem)").first).to_be_visible()
    await expect(number).to_be_focused()
    await shoot(page, "step-1-problem")
    await number.fill("14")
    await submit(form)


async def to_the_plan(page: Page) -> None:
    """Back once, closed once, and taken up again."""
    second = modal(page, "Step 2 of 5")
    await choose(second, 1)
    await second.get_by_role("textbox", name=re.compile("percent")).fill("75")
    await submit(second)
    third = modal(page, "Step 3 of 5")
    await third.get_by_role("button", name=re.compile("Back")).click()
    await expect(second.get_by_role("textbox", name=re.compile("percent"))).to_have_value("75")
    await submit(second)
    await choose(third, 1)
    await third.get_by_role("button", name="Close", exact=True).first.click()
    await expect(third).to_be_hidden()
    await say(page, "/finops-assess")
    await expect(third.get_by_text("Welcome back")).to_be_visible()
    await shoot(page, "step-3-resumed")
    await choose(third, 1)
    await submit(third)
    fourth = modal(page, "Step 4 of 5")
    await expect(fourth).to_be_visible()
    await choose(fourth, 2)
    await submit(fourth)


async def plan(page: Page, due: datetime) -> None:
    """Two action points of Ada's; the first is due soon."""
    form = modal(page, "Step 5 of 5")
    await expect(form).to_be_visible()
    for place in range(2):
        await form.get_by_role("checkbox", name="Take this action point").nth(place).check()
        owner = form.get_by_role("combobox", name=re.compile("^Owner")).nth(place)
        await owner.fill("Ada")
        await owner.press("Enter")
        day = (due + place * timedelta(days=30)).date().isoformat()
        await form.get_by_label(re.compile("^Due date")).nth(place).fill(day)
    for box in (await form.get_by_role("checkbox", name="Take this action point").all())[2:]:
        await box.uncheck()
    await shoot(page, "step-5")
    await submit(form, "Finish")
    await expect(page.get_by_role("dialog").get_by_role("button", name="Finish")).to_be_hidden()
    await shoot(page, "finished")
    await page.keyboard.press("Escape")


def working_day(moment: datetime) -> datetime:
    """In the middle of it, in Paris."""
    while moment.isoweekday() > 5:
        moment += timedelta(days=1)
    return moment.replace(hour=10, minute=0)


async def test_a_quarter_with_the_bot(browser: Browser, tmp_path: Path) -> None:
    today = datetime.now(UTC)  # noqa: TID251  # the bot of the demo lives at the machine's time
    due = today + timedelta(days=3)
    async with (
        demo(tmp_path, "--empty") as origin,
        opened(browser, origin) as page,
        SandboxClient(origin) as outside,
    ):
        await say(page, "/finops-assess help")
        await expect(messages(page).get_by_text("Only visible to you")).to_be_visible()
        await say(page, "/finops-assess")
        await first_step(page)
        await to_the_plan(page)
        await plan(page, due)
        await expect(messages(page).get_by_text("finished its FinOps assessment")).to_be_visible()
        cards = messages(page).filter(has=page.get_by_role("button", name=re.compile("^Mark A-")))
        await expect(cards).to_have_count(2)
        await shoot(page, "result")
        await cards.last.get_by_role("button", name=re.compile("^Mark A-2 done")).click()
        await expect(messages(page).get_by_text("Done by")).to_be_visible()
        await shoot(page, "done")
        await page.get_by_role("navigation").get_by_role("button", name="FinOps Assess").click()
        await expect(page.get_by_role("tabpanel")).to_contain_text("A-1")
        await shoot(page, "home")
        await page.get_by_role("button", name="payments", exact=True).click()
        await move(page, working_day(due + timedelta(days=1)))
        await messages(page).get_by_role("button", name=re.compile("1 reply")).click(timeout=30_000)
        await expect(page.get_by_role("complementary", name="Thread").locator("li.message")).to_have_count(2)
        await shoot(page, "reminder")
        await be(page, "Ben Clarke")
        await expect(messages(page).get_by_text("finished its FinOps assessment")).to_be_visible()
        await expect(messages(page).get_by_text("Only visible to you")).to_have_count(0)
        await kill(page)
        assert await outside.complaints() == []


async def is_reminded(outside: SandboxClient) -> bool:
    """Late action points of one's own and one's team's next assessment come at once, and so in one direct message."""
    places = ("C_PAY", "C_WEB", "D_U_ADA", "D_U_BEN")
    texts = [said["text"] for place in places for said in await outside.messages(place)]
    return any("need a decision" in text or "was due on" in text for text in texts)


async def test_the_story_of_a_year_is_told(browser: Browser, tmp_path: Path) -> None:
    async with (
        demo(tmp_path) as origin,
        opened(browser, origin) as page,
        SandboxClient(origin) as outside,
    ):
        told = {
            place: [said["text"] for said in await outside.messages(place)] for place in ("C_PAY", "C_WEB", "C_DATA")
        }
        assert [sum("finished its FinOps assessment" in text for text in texts) for texts in told.values()] == [4, 1, 1]
        assert sum("Done by" in text for text in told["C_PAY"]) == 5
        assert await is_reminded(outside)
        assert await outside.complaints() == []
        await page.get_by_role("button", name="web-shop").click()
        await expect(messages(page).get_by_text("finished its FinOps assessment")).to_be_visible()
        await shoot(page, "a-year")


async def move(page: Page, moment: datetime) -> None:
    await page.get_by_role("button", name="Move time").click()
    await shoot(page, "move-time")
    await page.get_by_role("menuitem", name="To a date").click()
    await page.get_by_label("Date and time in Europe/Paris").fill(f"{moment:%Y-%m-%dT11:00}")
    await page.get_by_role("button", name="Move time").last.click()
    await expect(page.locator(".clock")).to_contain_text(f"{moment:%a}, {moment.day} {moment:%b %Y}", timeout=40_000)


async def kill(page: Page) -> None:
    await page.get_by_role("button", name="Faults").click()
    panel = page.get_by_role("complementary", name="Faults")
    await panel.get_by_role("button", name="Kill it").click()
    await expect(panel).to_contain_text("was killed")
    await shoot(page, "killed")
    await panel.get_by_role("button", name="Start it again").click()
    await expect(panel).to_contain_text("It is running.", timeout=40_000)

"""The parts of `Procfile` as processes, at clocks that are moved on, killed and started again between everything."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.catalogue.calendars import work_calendar
from bot.domain.calendar import MONDAY, WorkCalendar, next_weekday
from sandbox.values import Message
from tests.flows.assessment import Values, answered, numbers
from tests.process.parts import Parts, parts

pytestmark = [pytest.mark.process, pytest.mark.timeout(400)]

PARIS = ZoneInfo("Europe/Paris")  # where Ada is
MORNING = time(10, 30)  # after every slot
RECOVERY_SECONDS = 100
LEAST = (0, numbers("30", "40"))
MOST = (3, numbers("95", "8"))


@pytest.fixture
async def bot(database_url: str, tmp_path: Path) -> AsyncIterator[Parts]:
    async with parts(database_url, tmp_path, ANNOUNCE_CHANNEL="C_DATA") as made:
        yield made


def ada_calendar(bot: Parts) -> WorkCalendar:
    return work_calendar(PARIS, None, now(bot).date())


def now(bot: Parts) -> datetime:
    return datetime.fromtimestamp(bot.slack.clock.now(), UTC)


async def go_to(bot: Parts, day: date, *, by_kill: bool = False) -> None:
    await bot.travel(datetime.combine(day, MORNING, PARIS) - now(bot), by_kill=by_kill)


async def assess(bot: Parts, level: int, measures: dict[str, dict[str, str]], due_on: date | None) -> None:
    """A whole assessment; web and worker are killed and started again before its last step."""
    ada = bot.slack.person("U_ADA")
    reply = await ada.command("/finops-assess", channel="C_PAY")
    assert reply.status == 200
    await bot.slack.until(lambda: asks(bot), RECOVERY_SECONDS)
    view = bot.slack.screen("U_ADA")
    assert view is not None
    view = await answered(ada, view, level, measures)
    await bot.kill("web", "worker")
    await bot.start("web", "worker")
    left: Values = {
        block["block_id"]: [] for block in view.blocks if str(block.get("block_id", "")).startswith("take.")
    }
    own: Values = {"title.own.1": "Tag the volumes", "owner.own.1": "U_ADA", "due.own.1": str(due_on)} if due_on else {}
    finished = await ada.submit(view, left | own)
    assert not finished.errors
    assert finished.view is not None
    await ada.close(finished.view)


def asks(bot: Parts) -> bool:
    """Whether Ada has a step before her; while the store is slow a light view stands in for it."""
    view = bot.slack.screen("U_ADA")
    return view is not None and view.title.startswith("Step")


def said(bot: Parts, text: str, channel: str = "C_PAY") -> list[Message]:
    return [message for message in bot.slack.messages(channel) if text in message.text]


async def until_said(bot: Parts, text: str, channel: str = "C_PAY") -> Message:
    """A worker that was killed while it posted is waited for: its lease ends, and its message is looked for first."""
    await bot.slack.until(lambda: bool(said(bot, text, channel)), RECOVERY_SECONDS)
    return said(bot, text, channel)[0]


async def test_from_the_command_to_threaded_reminders_and_a_stage_change(bot: Parts) -> None:
    today = now(bot).astimezone(PARIS).date()
    bot.shift(datetime.combine(next_weekday(today, MONDAY), MORNING, PARIS) - now(bot))
    calendar = ada_calendar(bot)
    due_on = calendar.add_working_days(calendar.local_date(now(bot)), 12)
    await bot.start("web", "worker")

    await assess(bot, *LEAST, due_on)
    await until_said(bot, "finished its FinOps assessment: Crawl")
    card = await until_said(bot, "A-1 Tag the volumes")

    for day, words in (
        (calendar.add_working_days(due_on, -5), "Which day will you do it?"),
        (due_on, "A-1 is due today"),
        (calendar.next_working(due_on), "What should happen?"),
    ):
        # Killed just when the card was posted, and perhaps not yet noted; told to stop at the other times.
        await go_to(bot, day, by_kill=words == "Which day will you do it?")
        reminder = await until_said(bot, words)
        assert reminder.thread_ts == card.ts
        assert reminder.text.count("<@U_ADA>") == 1

    await assess(bot, *MOST, None)
    await until_said(bot, "finished its FinOps assessment: Run")
    for channel in ("C_PAY", "C_DATA"):
        await until_said(bot, "moved from Crawl to Run", channel)
    await bot.kill("web", "worker")
    await bot.start("web", "worker")
    assert await bot.stop("web", "worker") == [0, 0]

    for words in (
        "finished its FinOps assessment: Crawl",
        "finished its FinOps assessment: Run",
        "A-1 Tag the volumes",
        "Which day will you do it?",
        "A-1 is due today",
        "What should happen?",
        "moved from Crawl to Run",
    ):
        assert len(said(bot, words)) == 1, words
    assert [complaint for complaint in bot.slack.complaints if "unreachable" not in str(complaint)] == []

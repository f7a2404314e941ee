"""Somebody talks to the bot on a Wednesday in May, in a week with a public holiday."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.commands import parsing
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId
from bot.domain.understanding import Parsed

TODAY = date(2026, 5, 20)
BANK_HOLIDAY = date(2026, 5, 25)
CALENDAR = WorkCalendar(ZoneInfo("Europe/London"), days_off=frozenset({BANK_HOLIDAY}))
BOT = UserId("U0FINOPS")
ADA = UserId("U0ADA")


def parse(text: str, today: date = TODAY) -> Parsed:
    return parsing.parse(text, today, CALENDAR.add_working_days)


def mentioned(text: str) -> Parsed:
    return parsing.parse_mention(text, BOT, TODAY, CALENDAR.add_working_days)


def sent(example: str) -> str:
    """An example of the documentation as Slack sends it."""
    return example.replace("@ada", f"<@{ADA}|ada>").replace("#payments", "<#C0PAY|payments>")

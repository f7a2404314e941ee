"""How and when a person is reminded, in one sentence, and the way to change it."""

from dataclasses import dataclass
from datetime import date, time

from bot.domain.calendar import Pause
from bot.domain.preferences import Profile
from bot.views import blocks, footer, words
from bot.views.blocks import Block

SHORT_DAYS = tuple(day[:3] for day in words.DAYS)
PROFILES = {Profile.STANDARD: "Standard", Profile.LIGHT: "Light", Profile.OFF: "Off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    profile: Profile
    at: time
    zone: str
    zone_says: str  # who says so: the bot's own words
    weekdays: frozenset[int]
    holidays_of: str | None  # the name of a country
    pause: Pause | None


def build(reminders: Reminders, today: date) -> list[Block]:
    button = blocks.button("Reminder settings", footer.SETTINGS, "home", says="Change how and when FinOps reminds me")
    return [blocks.section(words.lines("*Reminders*", sentence(reminders, today)), button)]


def sentence(reminders: Reminders, today: date) -> str:
    """ "Standard: 09:30 Europe/Paris, from your Slack profile; Mon–Fri; holidays of France; no pause." """
    parts = [
        f"{PROFILES[reminders.profile]}: {reminders.at:%H:%M} {words.inert(reminders.zone)}, {reminders.zone_says}",
        week(reminders.weekdays),
        f"holidays of {reminders.holidays_of}" if reminders.holidays_of else "no public holidays",
        _pause(reminders.pause, today),
    ]
    return f"{'; '.join(parts)}."


def week(weekdays: frozenset[int]) -> str:
    """ "Mon–Fri", or each day by its name where they do not follow each other."""
    days = sorted(weekdays)
    # A week that begins on Sunday follows itself just as well.
    for start in days:
        run = [(start + step) % len(SHORT_DAYS) for step in range(len(days))]
        if len(days) > 2 and sorted(run) == days:
            return f"{SHORT_DAYS[run[0]]}–{SHORT_DAYS[run[-1]]}"
    return words.listed([SHORT_DAYS[day] for day in days])


def _pause(pause: Pause | None, today: date) -> str:
    if pause is None or pause.last < today:
        return "no pause"
    first = "" if pause.first <= today else f" from {words.day(pause.first, today)}"
    return f"paused{first} until {words.day(pause.last, today)}"

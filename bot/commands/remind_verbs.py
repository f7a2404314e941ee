"""Verbs for a person's own reminders."""

from bot.commands import dates, settings_arguments, times
from bot.commands.arguments import dated, day
from bot.commands.tokens import Word, keys
from bot.commands.verbs import Reader, Said, Verb, Who, bare
from bot.domain.remind_commands import (
    RemindAt,
    RemindDays,
    RemindDigest,
    RemindHolidays,
    RemindLight,
    RemindOff,
    RemindOn,
    RemindPause,
    RemindResume,
    RemindShow,
    RemindStandard,
    RemindTest,
    RemindZone,
)
from bot.domain.understanding import Parsed, Wrong


def at(said: Said) -> Parsed:
    found = settings_arguments.at(said)
    return found if isinstance(found, Wrong) else RemindAt(found)


def days(said: Said) -> Parsed:
    found = times.weekdays(keys(said.tokens) or ())
    return RemindDays(found) if found else said.wrong("Please give days of the week.")


def pause(said: Said) -> Parsed:
    """The last day of the pause, if it has one."""
    match said.tokens:
        case ():
            return RemindPause()
        case (Word(key="until"),):
            return said.wrong("Please say until when.")
    until = dates.after(day(said), said.base.today, "Please choose a day after today.")
    return dated(until, said, RemindPause)


def _verb(name: str, usage: str, does: str, read: Reader, *examples: str, who: Who = Who.ONESELF) -> Verb[Reader]:
    return Verb(
        name=name,
        usage=f"remind {usage}",
        does=does,
        who=who,
        examples=examples or (f"remind {usage}",),
        read=read,
    )


VERBS: tuple[Verb[Reader], ...] = (
    _verb("show", "show", "Shows when you are reminded, and why then. `remind` opens the form.", bare(RemindShow())),
    _verb("on", "on", "Turns your reminders on, as they were.", bare(RemindOn())),
    _verb(
        "off",
        "off",
        "Turns them off: the Home tab and the channel's digest still show your action points.",
        bare(RemindOff()),
    ),
    _verb("light", "light", "On the due date and the working day after it only.", bare(RemindLight())),
    _verb("standard", "standard", "Before the due date as well.", bare(RemindStandard())),
    _verb("at", "at TIME", "At this time of your day.", at, "remind at 10:00", "remind at 2 pm"),
    _verb(
        "tz",
        "tz ZONE",
        "In this time zone; `default` takes it from your Slack profile.",
        settings_arguments.zone(RemindZone),
        "remind tz Europe/Paris",
        "remind tz default",
    ),
    _verb("days", "days DAYS", "On these days of the week.", days, "remind days mon-thu", "remind days sun-thu"),
    _verb(
        "holidays",
        "holidays COUNTRY",
        "Not on this country's public holidays; `default` takes the country from your time zone.",
        settings_arguments.country(RemindHolidays),
        "remind holidays FR",
        "remind holidays default",
    ),
    _verb(
        "pause",
        "pause [until DATE]",
        "Nothing until then, that day included.",
        pause,
        "remind pause until 12 May",
        "remind pause",
    ),
    _verb("resume", "resume", "Ends the pause.", bare(RemindResume())),
    _verb(
        "digest",
        "digest DAY TIME",
        "When the channel's team gets its week; the same as in its settings.",
        settings_arguments.digest(RemindDigest),
        "remind digest mon 10:00",
        who=Who.LEAD,
    ),
    _verb("test", "test", "Sends you a sample now, and shows what is planned next.", bare(RemindTest())),
)

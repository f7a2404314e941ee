"""What people can choose about when and how the bot speaks, and who chose it, in words."""

from datetime import date, time
from typing import assert_never

from bot.domain.calendar import Pause
from bot.domain.in_force import Source
from bot.domain.preferences import Drops, Profile
from bot.views import words

EVERY_DAY = frozenset(range(7))
SHORTEST_RUN = 3  # days in a row that are said as "Monday to Wednesday"


def profile(chosen: Profile) -> str:
    match chosen:
        case Profile.STANDARD:
            return "standard"
        case Profile.LIGHT:
            return "light"
        case Profile.OFF:
            return "off"
        case _:
            assert_never(chosen)


def profile_means(chosen: Profile) -> str:
    match chosen:
        case Profile.STANDARD:
            return "before the due date, on it and after it"
        case Profile.LIGHT:
            return "on the due date and the working day after it only"
        case Profile.OFF:
            return "the Home tab and the channel's digest only"
        case _:
            assert_never(chosen)


def drops(chosen: Drops) -> str:
    match chosen:
        case Drops.LEAD_FIRST:
            return "the lead at once, the channel after five working days"
        case Drops.LEAD_ONLY:
            return "the lead alone"
        case _:
            assert_never(chosen)


def guests(*, may_answer: bool) -> str:
    return "may answer where their team does" if may_answer else "are turned away, with a word on who can help"


def clock(at: time) -> str:
    return f"{at:%H:%M}"


def week(weekdays: frozenset[int]) -> str:
    """ "Monday to Friday", "Sunday to Thursday", or each day by its name where they are not in a row."""
    if weekdays == EVERY_DAY:
        return "every day"
    first = next((day for day in sorted(weekdays) if (day - 1) % 7 not in weekdays), 0)
    run = [(first + step) % 7 for step in range(len(weekdays))]
    if len(run) >= SHORTEST_RUN and frozenset(run) == weekdays:
        return f"{words.DAYS[run[0]]} to {words.DAYS[run[-1]]}"
    return words.listed([words.DAYS[day] for day in sorted(weekdays)])


def pause(chosen: Pause | None, today: date) -> str:
    if chosen is None:
        return "none"
    if chosen.first <= today:
        return f"until {words.day(chosen.last, today)}, that day included"
    return f"from {words.day(chosen.first, today)} until {words.day(chosen.last, today)}, that day included"


def says(source: Source) -> str:
    """Who says so, as it is read after what holds."""
    match source:
        case Source.CHOSEN:
            return "your own choice"
        case Source.SLACK:
            return "from your Slack profile"
        case Source.TEAM:
            return "the team's own choice"
        case Source.LEAD:
            return "from the lead's Slack profile"
        case Source.WORKSPACE:
            return "the workspace's default"
        case Source.ZONE:
            return "from your time zone"
        case Source.COUNTRY:
            return "as is usual in your country"
        case Source.MODEL:
            return "as the model says"
        case Source.NOBODY:
            return "as nobody has chosen one"
        case _:
            assert_never(source)

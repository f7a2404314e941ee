"""How charts say days, levels and counts."""

from datetime import date

from bot.domain.model import Stage

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: date) -> str:
    return f"{short_day(on)} {on.year}"


def short_day(on: date) -> str:
    return f"{on.day} {short_month(on)}"


def month(on: date) -> str:
    return f"{short_month(on)} {on.year}"


def short_month(on: date) -> str:
    return MONTHS[on.month - 1]


def year(on: date) -> str:
    return str(on.year)


def level(number: int) -> str:
    return Stage(number).word if number else "not in place yet"


def could_be(low: int, high: int) -> str:
    """Stages, of which none is below Crawl."""
    return f"could be {Stage(max(low, Stage.CRAWL)).word} to {Stage(max(high, Stage.CRAWL)).word}"


def action_points(number: int) -> str:
    return f"{number} action point{'' if number == 1 else 's'}"

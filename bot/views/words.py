"""How the bot says dates, numbers and names, so that every message says them alike."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.domain.actions import ActionPoint
from bot.domain.model import Benchmark, Direction
from bot.views.blocks import cut, written

NAME = 80
TITLE = 150
SPOKEN = 150  # of a notification's text

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec")
A_WEEK = 7

NOT_YOURS = "Only the owner of this action point or the team's lead can do that."

_TOKENS = re.compile(r"<[^<>]*>|&[a-z]+;|.", re.DOTALL)
_INSTANT = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_DIRECTIONS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_ISOLATE, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def inert(text: str, limit: int = TITLE) -> str:
    """A person's words inside a bold or plain part of a sentence: they cannot end the bold, nor turn what follows."""
    kept = "".join(sign for sign in text if unicodedata.bidirectional(sign) not in _DIRECTIONS)
    said = written(kept, limit).replace("*", "∗")
    foreign = any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in said)
    return f"{_ISOLATE}{said}{_POP}" if foreign else said


def title(action: ActionPoint, limit: int = TITLE) -> str:
    return f"{action.label} {inert(action.title, limit)}"


def spoken(sentence: str) -> str:
    """A sentence of ours as a notification says it: without bold, instants as words, never cut inside a token."""
    plain = " ".join(_INSTANT.sub(r"\1", sentence).replace("*", "").split())
    if len(plain) <= SPOKEN:
        return plain
    kept = ""
    for token in _TOKENS.findall(plain):
        if len(kept) + len(token) > SPOKEN - 2:
            break
        kept += token
    return kept.rstrip() + (_POP if kept.count(_ISOLATE) > kept.count(_POP) else "") + "…"


def day(on: date, today: date) -> str:
    """The year only where it is another one than today's."""
    year = "" if on.year == today.year else f" {on.year}"
    return f"{DAYS[on.weekday()][:3]} {on.day} {MONTHS[on.month - 1]}{year}"


def day_since(on: date, today: date) -> str:
    """For a day that has passed: "on Friday" within the week, then with its date."""
    return f"on {DAYS[on.weekday()]}" if 0 < (today - on).days < A_WEEK else f"on {day(on, today)}"


def due(action: ActionPoint) -> str:
    """A card stays as it is for months, so its year is told apart from that of the last decision, not from today's."""
    return f"due {day(action.due_on, action.decided_at.date())}" if action.due_on else "no date yet"


def instant(at: datetime) -> str:
    """Shown in the reader's own time zone."""
    utc = at.astimezone(UTC)
    fallback = f"{day(utc.date(), utc.date())} {utc.year} at {utc:%H:%M} UTC"
    return f"<!date^{int(utc.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def working_days(number: int) -> str:
    return count(number, "working day")


def listed(parts: Sequence[str], at_most: int = 100) -> str:
    """ "a, b and c", or "a, b and 4 more"."""
    left = len(parts) - at_most
    *firsts, last = [*parts[:at_most], f"{left} more"] if left > 0 else parts or [""]
    return f"{', '.join(firsts)} and {last}" if firsts else last


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """To stand inside a sentence; what people wrote in it stays as it is."""
    return text[:1].lower() + text[1:]


def amount(value: float, benchmark: Benchmark) -> str:
    """As short as it can be said without moving it onto a whole number: the borders lie there."""
    places = next((places for places in range(1, 5) if round(value, places) != round(value)), 0)
    return f"{value:.{places}f} {'%' if benchmark.unit == 'percent' else benchmark.unit}"


def reaches(border: float, benchmark: Benchmark) -> str:
    """ "80 % or more", where more is better."""
    better = "more" if benchmark.direction is Direction.HIGHER_IS_BETTER else "less"
    return f"{amount(border, benchmark)} or {better}"


def channel(channel_id: str) -> str:
    return f"<#{channel_id}>"


def lines(*texts: str) -> str:
    return "\n".join(texts)


def shortened(texts: Sequence[str], at_most: int) -> list[str]:
    """The first of these lines, and how many more there are."""
    left = len(texts) - at_most
    return [*texts[:at_most], f"and {left} more"] if left > 0 else list(texts)


def aloud(text: str, limit: int) -> str:
    """A person's words where Slack shows plain text: on labels and for screen readers."""
    return cut(" ".join(text.split()), limit)

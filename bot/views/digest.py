"""A team's week as its channel reads it: it informs, and calls nobody.

No person is mentioned, not even in praise: Slack has no mention that does not call, and the bot knows no names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.actions import ActionPoint
from bot.domain.delivery import Message
from bot.domain.digest import Week
from bot.domain.teams import Team
from bot.views import blocks, card, message, review, status, words
from bot.views.blocks import Block

LINES = (12, 8, 5, 3, 1)  # shown of each list: as many as there is room for
MOST_TO_TAKE = 5
LAST_LINE = 100  # characters of what stands under every message
TITLE = 80

Line = Callable[[ActionPoint], str]


@dataclass(frozen=True, slots=True)
class DigestFacts:
    team: Team
    today: date
    week: Week


def build(facts: DigestFacts) -> Message:
    tries = (_drawn(facts, lines) for lines in LINES)
    return next((built for built in tries if _fits(built)), _drawn(facts, LINES[-1]))


def _fits(built: Message) -> bool:
    texts = [str(block.get("text", {}).get("text", "")) for block in built.blocks]
    return (
        len(built.blocks) < message.BLOCKS
        and message.characters(list(map(dict, built.blocks))) <= message.CHARACTERS - LAST_LINE
        and all(len(text) <= blocks.SECTION for text in texts)
    )


def _drawn(facts: DigestFacts, lines: int) -> Message:
    points, today = facts.week.open, facts.today
    return message.message(
        _sentence(facts, words.NAME),
        *_list("Done since the last digest", facts.week.done, lambda point: "", lines),
        *_list("Due within a week", points.due, lambda point: _due(point, today), lines),
        *_list("Overdue", points.overdue, lambda point: _late(point, today), lines),
        *_list("Stalled, until somebody decides", points.stalled, lambda point: _late(point, today), lines),
        *_list("Blocked", points.blocked, _blocked, lines),
        *_ownerless(points.ownerless),
        blocks.context(_trend(facts.week)),
        blocks.actions(review.button(facts.team, "See all"), status.button(facts.team)),
        blocks.context("This comes once a week, when there is something to tell. The team's lead can change when."),
        spoken=_sentence(facts, card.SHORT),
    )


def _sentence(facts: DigestFacts, limit: int) -> str:
    points = facts.week.open
    counts = (
        (len(facts.week.done), "done"),
        (len(points.due), "due within a week"),
        (len(points.overdue), "overdue"),
        (len(points.stalled), "stalled"),
        (len(points.blocked), "blocked"),
        (len(points.ownerless), "without an owner"),
    )
    told = ", ".join(f"{number} {what}" for number, what in counts if number)
    return f"*FinOps week for {words.inert(facts.team.name, limit)}*: {told or 'nothing is due'}."


def _list(heading: str, points: Sequence[ActionPoint], rest: Line, at_most: int) -> list[Block]:
    if not points:
        return []
    told = [f"• {words.title(point, TITLE)}{rest(point)}" for point in points]
    return [blocks.section(words.lines(f"*{heading}*", *words.shortened(told, at_most)))]


def _due(point: ActionPoint, today: date) -> str:
    if point.due_on == today:
        return " – today"
    return f" – {words.day(point.due_on, today)}" if point.due_on else ""


def _late(point: ActionPoint, today: date) -> str:
    days = (today - point.due_on).days if point.due_on else 0
    return f" – {words.count(days, 'day')}" if days > 0 else ""


def _blocked(point: ActionPoint) -> str:
    return f" – {words.inert(point.blocked_why, TITLE)}" if point.blocked_why else ""


def _ownerless(points: Sequence[ActionPoint]) -> list[Block]:
    """Each with its button; who presses it owns it from then on."""
    if not points:
        return []
    shown, left = points[:MOST_TO_TAKE], len(points) - MOST_TO_TAKE
    return [
        blocks.section("*No owner yet*"),
        *(blocks.section(f"{words.title(point, TITLE)}", card.button(point, card.TAKE)) for point in shown),
        *([blocks.context(f"and {left} more")] if left > 0 else []),
    ]


def _trend(week: Week) -> str:
    now = week.open.count
    if now == week.open_before:
        return f"Open action points: {now}, as before."
    return f"Open action points: {week.open_before} before, {now} now."

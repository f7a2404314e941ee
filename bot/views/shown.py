"""Everything about one action point, for one person alone, with all that can be done about it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actions import ActionPoint
from bot.domain.delivery import Message
from bot.views import blocks, card, message, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    action: ActionPoint
    team: str
    today: date
    reminded: int = 0
    last: date | None = None
    next_at: datetime | None = None


def build(facts: Facts) -> Message:
    action = facts.action
    return message.message(
        card.summary(action),
        blocks.context(card.standing(action)),
        *card.page(action),
        blocks.section(words.lines(*_history(facts))),
        card.choices(action),
        blocks.context(f"{words.inert(facts.team, words.NAME)} · Only you see this."),
        spoken=card.summary(action, card.SHORT),
    )


def _history(facts: Facts) -> list[str]:
    action, today = facts.action, facts.today
    lines = [f"Taken on {_on(action.assigned_at, today)}.", _reminded(facts)]
    if facts.next_at and not action.state.closed:
        lines.append(f"Next reminder: {words.instant(facts.next_at)}.")
    if action.awaits_acceptance:
        lines.append("Its owner has not accepted it yet.")
    if action.active_at:
        lines.append(f"Last sign of its owner: {_on(action.active_at, today)}.")
    if action.is_blocked and action.blocked_at:
        lines.append(f"Blocked since {_on(action.blocked_at, today)}.")
    return lines


def _reminded(facts: Facts) -> str:
    """ "Its owner was reminded 3 times, last on Mon 4 May"."""
    if not facts.reminded or facts.last is None:
        return "Its owner was not reminded yet."
    times = "once" if facts.reminded == 1 else words.count(facts.reminded, "time")
    last = f"on {words.day(facts.last, facts.today)}"
    return f"Its owner was reminded {times}, {last if facts.reminded == 1 else f'last {last}'}."


def _on(at: datetime, today: date) -> str:
    return words.day(at.date(), today)

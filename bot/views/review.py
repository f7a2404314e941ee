"""A team's open action points in a modal, each with the button that decides about it."""

from collections.abc import Sequence

from bot.domain.actions import ActionPoint
from bot.domain.teams import Team
from bot.views import blocks, card, message, words
from bot.views.blocks import Block, Element, View

OPEN = "review.open"
CALLBACK = "review"
MOST = 60

NOT_VISIBLE = "That team is not there any more, or not yours to see."


def button(team: Team, text: str = "Review open actions") -> Element:
    """Its value is the team."""
    return blocks.button(text, OPEN, team.id, says=f"{text} of {words.aloud(team.name, 40)}")


def build(team: str, points: Sequence[ActionPoint]) -> View:
    """``points``: the most urgent first."""
    head = blocks.section(_sentence(team, len(points)))
    rows = message.rows([_row(point) for point in points], [head], _more, MOST)
    return blocks.modal(CALLBACK, "Open action points", [head, *rows], metadata="")


def not_visible() -> View:
    return blocks.modal(CALLBACK, "Open action points", [blocks.section(NOT_VISIBLE)], metadata="")


def _sentence(team: str, number: int) -> str:
    name = f"*{words.inert(team, words.NAME)}*"
    if not number:
        return f"{name} has no open action points."
    return f"{name} has {words.count(number, 'open action point')}. *Decide* closes, re-dates or hands over one."


def _row(point: ActionPoint) -> Block:
    verb = card.TAKE if point.owner is None else card.DECIDE
    return blocks.section(f"{card.summary(point, card.SHORT)} {card.status(point)}.", card.button(point, verb))


def _more(number: int) -> Block:
    return blocks.context(f"and {number} more, which are due later.")

"""A person's own open action points, in a modal of their own from anywhere."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.actions import ActionPoint
from bot.domain.ids import TeamId
from bot.views import blocks, card, words
from bot.views.blocks import Block, View

CALLBACK = "mine"
MOST = 40  # each is a block; the sentence and what is left out are others


def build(actions: Sequence[ActionPoint], names: Mapping[TeamId, str], today: date) -> View:
    return blocks.modal(CALLBACK, "My FinOps actions", _shown(actions, names, today), metadata="")


def _shown(actions: Sequence[ActionPoint], names: Mapping[TeamId, str], today: date) -> list[Block]:
    if not actions:
        return [blocks.section("You own no open action points.")]
    left = len(actions) - MOST
    return [
        blocks.section(f"You own {words.count(len(actions), 'open action point')}."),
        *(_row(action, names.get(action.team, ""), today) for action in actions[:MOST]),
        *([blocks.context(f"and {left} more")] if left > 0 else []),
    ]


def _row(action: ActionPoint, team: str, today: date) -> Block:
    when = "no date yet"
    if action.due_on:
        when = f"{'was due' if action.due_on < today else 'due'} {words.day(action.due_on, today)}"
    said = f"*{words.title(action, 100)}* – {words.inert(team, words.NAME)}, {when}. {card.status(action)}."
    return blocks.section(said, card.button(action, card.DECIDE))

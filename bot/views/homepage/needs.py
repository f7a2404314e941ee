"""The first part of the App Home: the action points that need this person, the most urgent first."""

from dataclasses import dataclass
from datetime import date

from bot.domain.actions import ActionPoint
from bot.views import blocks, card, words
from bot.views.blocks import Block
from bot.views.homepage.paging import Page, Pages, turning

NOTHING = "Nothing at the moment: you own no open action points."


@dataclass(frozen=True, slots=True)
class OwnAction:
    action: ActionPoint
    team: str


def build(page: Page[OwnAction], pages: Pages, today: date) -> list[Block]:
    if not page.items:
        return [blocks.header("Needs you"), blocks.section(NOTHING)]
    return [
        blocks.header("Needs you"),
        *(block for own in page.items for block in _action(own, today)),
        *turning("actions", page, pages, "of your action points"),
    ]


def _action(own: OwnAction, today: date) -> list[Block]:
    action = own.action
    due = words.day(action.due_on, today) if action.due_on else None
    when = f"{'was due' if action.due_on < today else 'due'} {due}" if action.due_on else "no date yet"
    return [
        blocks.section(f"*{words.title(action)}* – {when}."),
        blocks.context(f"{words.inert(own.team, words.NAME)} · {card.status(action)}"),
        card.choices(action),
    ]

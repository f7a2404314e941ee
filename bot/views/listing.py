"""Lists of action points for one person alone: in groups, ten on a page, each with what can be done about it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.actions import ActionPoint
from bot.domain.board import Page
from bot.domain.commands import Order, OwnedBy, Which
from bot.domain.delivery import Message
from bot.domain.ids import TeamId, UserId
from bot.views import blocks, card, message, words
from bot.views.blocks import Block
from bot.views.bookmark import Unreadable

NEXT = "actions.next"
BACK = "actions.back"
# What is said of one of them, and of several.
NAMES = {
    Which.MINE: ("is yours", "are yours"),
    Which.TEAM: ("is open", "are open"),
    Which.OVERDUE: ("is overdue", "are overdue"),
    Which.UNOWNED: ("has no owner", "have no owner"),
    Which.STALLED: ("is stalled", "are stalled"),
    Which.ALL: ("in all", "in all"),
}
NONE = {
    Which.MINE: "You own no open action points.",
    Which.TEAM: "There are no open action points.",
    Which.OVERDUE: "Nothing is overdue.",
    Which.UNOWNED: "Every open action point has an owner.",
    Which.STALLED: "Nothing is stalled.",
    Which.ALL: "There are no action points.",
}
TITLE = 100  # of an action point in a row: ten of them fit with room to spare


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page shows, as its buttons carry it."""

    which: Which
    team: TeamId | None
    by: OwnedBy | Order | None
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    asked: Asked
    page: Page
    names: Mapping[TeamId, str]
    today: date
    is_lead: bool = False  # of the one team that it is about: may give what belongs to nobody


def build(board: Board) -> Message:
    if not board.page.total:
        return message.message(f"{_of_team(board)}{NONE[board.asked.which]}")
    sentence = _sentence(board)
    drawn = [block for group in board.page.groups for block in _group(board, group.name, group.actions)]
    return message.message(sentence, *drawn, *_turning(board))


def read(value: str) -> Asked:
    """Raises ``Unreadable`` for a button that is not of ours."""
    try:
        told = json.loads(value)
        by = told["by"]
        order = None if by is None else Order(by) if by in set(Order) else OwnedBy(UserId(str(by)))
        team = TeamId(str(told["team"])) if told["team"] else None
        return Asked(Which(told["which"]), team, order, int(told["page"]))
    except (ValueError, KeyError, TypeError) as flaw:
        raise Unreadable("a page of no list") from flaw


def _sentence(board: Board) -> str:
    total = board.page.total
    one, several = NAMES[board.asked.which]
    return f"{_of_team(board)}{words.count(total, 'FinOps action point')} {one if total == 1 else several}."


def _of_team(board: Board) -> str:
    team = board.names.get(board.asked.team) if board.asked.team else None
    return f"*{words.inert(team, words.NAME)}*: " if team else ""


def _group(board: Board, name: str, actions: Sequence[ActionPoint]) -> list[Block]:
    return [blocks.context(f"*{name}*"), *(block for action in actions for block in _row(board, action))]


def _row(board: Board, action: ActionPoint) -> list[Block]:
    said = _says(board, action)
    if action.state.closed:
        return [blocks.section(said, card.button(action, card.REOPEN))]
    if board.asked.which is Which.UNOWNED and board.is_lead:
        return [blocks.section(said), card.buttons(action, card.TAKE, card.HAND_OVER, texts=card.ASSIGN)]
    return [blocks.section(said, card.button(action, card.DECIDE))]


def _says(board: Board, action: ActionPoint) -> str:
    team = "" if board.asked.team else words.inert(board.names.get(action.team, ""), words.NAME)
    owner = "" if board.asked.which in (Which.MINE, Which.UNOWNED) else _owner(action)
    about = ", ".join(part for part in (team, owner, _when(action, board.today)) if part)
    return f"*{words.title(action, TITLE)}* – {about}. {card.status(action)}."


def _owner(action: ActionPoint) -> str:
    return blocks.mention(action.owner) if action.owner else "no owner yet"


def _when(action: ActionPoint, today: date) -> str:
    if action.due_on is None:
        return "no date yet"
    late = action.due_on < today and not action.state.closed
    return f"{'was due' if late else 'due'} {words.day(action.due_on, today)}"


def _turning(board: Board) -> list[Block]:
    """Where there is more than one page: which it is, and the way to the others."""
    page = board.page
    if page.pages == 1:
        return []
    turns = [
        *([_turn(board, "Back", BACK, page.number - 1)] if page.number else []),
        *([_turn(board, "Next", NEXT, page.number + 1)] if page.number + 1 < page.pages else []),
    ]
    return [blocks.context(f"Page {page.number + 1} of {page.pages}."), blocks.actions(*turns)]


def _turn(board: Board, text: str, verb: str, page: int) -> blocks.Element:
    asked = board.asked
    by = asked.by.user if isinstance(asked.by, OwnedBy) else asked.by
    value = json.dumps({"which": asked.which, "team": asked.team, "by": by, "page": page})
    return blocks.button(text, verb, value, says=f"{text}: page {page + 1} of {board.page.pages}")

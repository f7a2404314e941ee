"""One of everything that is shown about action points beside their cards and reminders."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.commands.parsing import parse
from bot.domain import board as boards
from bot.domain.action_commands import Done
from bot.domain.actions import ActionPoint, ActionState, AskDecision, AskNewDate, Confirm
from bot.domain.adding import Wanted
from bot.domain.board import Page
from bot.domain.command_text import text_of
from bot.domain.commands import Which
from bot.domain.delivery import Message
from bot.domain.ids import ActionId, ChannelId, TeamId, UndoId
from bot.domain.teams import Place, Team
from bot.domain.understanding import AmbiguousDate, Misunderstood, Wrong
from bot.views import (
    blocking,
    card,
    changes,
    choose,
    confirming,
    decide,
    echo,
    listing,
    marking,
    mine,
    new_action,
    note,
    questions,
    reminder,
    shown,
    unclear,
)
from bot.views.blocks import View
from bot.views.new_action import From
from tests.domain.action_builders import ANA, LEA, MAY_4, PARIS, TOM, an_action
from tests.views.builders import DONE, DUE, OWNERLESS, some_actions

ACTION = an_action(accepted_at=MAY_4)
TODAY = date(2026, 5, 28)  # a Thursday
GIVEN = an_action(owner=TOM, former_owner=ANA, assigned_by=ANA)
BLOCKED = replace(ACTION, blocked_why="The invoice of the reseller", blocked_at=datetime(2026, 5, 12, 8, tzinfo=UTC))
UNDO = UndoId("un-1")
PAYMENTS = Team(TeamId("te-1"), Place(ChannelId("C1"), "Payments", False), LEA)
SEARCH = Team(TeamId("te-2"), Place(ChannelId("C2"), "Search", False), LEA)
NAMES = {team.id: team.name for team in (PAYMENTS, SEARCH)}


def parsed(text: str) -> AmbiguousDate | Misunderstood | Wrong:
    said = parse(text, TODAY, PARIS.add_working_days)
    assert isinstance(said, AmbiguousDate | Misunderstood | Wrong), said
    return said


def a_page(actions: list[ActionPoint], number: int = 0) -> Page:
    return boards.page(actions, lambda action: boards.by_due(action, TODAY), boards.BY_DUE, number)


def a_board(which: Which, actions: list[ActionPoint], number: int = 0, **changes: object) -> Message:
    asked = listing.Asked(which, PAYMENTS.id if which is not Which.MINE else None, None, number)
    board = listing.Board(asked=asked, page=a_page(actions, number), names=NAMES, today=TODAY)
    return listing.build(replace(board, **changes))  # type: ignore[arg-type]


MIXED = [
    replace(ACTION, id=ActionId("ac-1"), number=1, due_on=date(2026, 5, 20)),
    replace(ACTION, id=ActionId("ac-2"), number=2, due_on=DUE, team=SEARCH.id),
    replace(ACTION, id=ActionId("ac-3"), number=3, due_on=date(2026, 6, 12)),
    replace(ACTION, id=ActionId("ac-4"), number=4, due_on=None),
    replace(ACTION, id=ActionId("ac-5"), number=5, state=ActionState.STALLED),
]
NOBODYS = [replace(OWNERLESS, id=ActionId(f"ac-{number}"), number=number) for number in (1, 2)]


MESSAGES: dict[str, Message] = {
    "card_given": card.build("Payments", [GIVEN]),
    "card_blocked": card.build("Payments", [BLOCKED]),
    "card_linked": card.build("Payments", [replace(ACTION, link="https://issues.example.com/COST-7?a=1&b=2")]),
    "handed_over_accepted": reminder.handover_settled(replace(GIVEN, accepted_at=MAY_4), TOM),
    "handed_over_gone": reminder.handover_settled(ACTION, TOM),
    "taken": reminder.handed_over(replace(ACTION, owner=TOM, assigned_by=TOM)),
    "note": note.build(ACTION, ANA, LEA, "All volumes carry the <cost> label"),
    "confirm_offer": confirming.offer(ACTION),
    "confirm_offer_ownerless": confirming.offer(OWNERLESS),
    "confirm_asked": confirming.asked(ACTION, ANA, anew=True),
    "confirm_asked_before": confirming.asked(ACTION, ANA, anew=False),
    "confirm_question": confirming.question(ACTION, TOM),
    "echo_done": echo.changed(changes.said(ACTION, replace(ACTION, state=ActionState.DONE)), UNDO),
    "echo_snoozed": echo.changed(changes.said(ACTION, replace(ACTION, snoozed_until=date(2026, 5, 26))), UNDO),
    "echo_added": echo.changed(changes.added(ACTION, "Payments"), UNDO),
    "question_past_due": questions.past_due(ACTION, date(2026, 5, 1), "That date has already passed. Is it meant?"),
    "question_beyond_due": questions.beyond_due(ACTION, AskNewDate(date(2026, 6, 3), DUE)),
    "question_decision": questions.decision(ACTION, AskDecision(3)),
    "question_which": questions.which(
        [(ACTION, "Payments"), (replace(ACTION, id=ActionId("ac-2")), "Search")], text_of(Done(12))
    ),
    "question_which_of_thread": questions.which_of_thread(
        [(action, "Payments") for action in some_actions(2)], text_of(Done(1))
    ),
    "list_mine": a_board(Which.MINE, MIXED),
    "list_team": a_board(Which.TEAM, MIXED),
    "list_nothing": a_board(Which.OVERDUE, []),
    "list_unowned": a_board(Which.UNOWNED, NOBODYS),
    "list_unowned_of_lead": a_board(Which.UNOWNED, NOBODYS, is_lead=True),
    "list_all": a_board(Which.ALL, [*MIXED[:2], replace(DONE, id=ActionId("ac-6"), number=6)]),
    "list_second_page": a_board(Which.TEAM, [*some_actions(23)], 1),
    "shown": shown.build(
        shown.Facts(
            action=replace(ACTION, active_at=MAY_4),
            team="Payments",
            today=TODAY,
            reminded=3,
            last=date(2026, 5, 4),
            next_at=datetime(2026, 5, 29, 7, 35, tzinfo=UTC),
        )
    ),
    "shown_new": shown.build(shown.Facts(action=GIVEN, team="Payments", today=TODAY)),
    "marking_which": marking.which([*some_actions(2)]),
    "marking_none_left": marking.which([]),
    "marking_of_none": marking.of_none(),
    "misunderstood": unclear.misunderstood(parsed("atcion done a12")),  # type: ignore[arg-type]
    "misunderstood_wholly": unclear.misunderstood(parsed("hello there")),  # type: ignore[arg-type]
    "ambiguous_date": unclear.ambiguous(parsed("action A-12 due 12/05")),  # type: ignore[arg-type]
    "wrong": unclear.wrong(parsed("action A-12 drop")),  # type: ignore[arg-type]
}
SEVERAL = frozenset(
    {"list_mine", "list_team", "list_all", "list_second_page", "question_which", "question_which_of_thread"}
)

VIEWS: dict[str, View] = {
    "decide": choose.build(ACTION),
    "decide_given": choose.build(GIVEN),
    "decide_ownerless": choose.build(OWNERLESS),
    "decide_blocked": choose.build(BLOCKED),
    "decide_after_snoozes": choose.build(ACTION, AskDecision(3)),
    "block": blocking.block(ACTION),
    "link": blocking.link(replace(ACTION, link="https://issues.example.com/COST-7")),
    "changed_action": decide.changed(ACTION, "*A-12 Tag untagged volumes* is marked done.", UNDO),
    "new_action": new_action.build([PAYMENTS], Wanted("Tag the volumes", ANA), From(ChannelId("C1"))),
    "new_action_which_team": new_action.build([PAYMENTS, SEARCH], Wanted(""), From()),
    "new_action_past_due": new_action.build(
        [PAYMENTS],
        Wanted("Tag the volumes", ANA, date(2026, 5, 1), "https://example.com"),
        From(),
        Confirm("That date has already passed. Is it meant?"),
    ),
    "new_action_without_team": new_action.build([], Wanted("Tag the volumes"), From()),
    "mine": mine.build(MIXED, NAMES, TODAY),
    "mine_none": mine.build([], {}, TODAY),
}

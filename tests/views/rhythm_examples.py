"""What the bot says to teams by itself, by name: part of the examples."""

from dataclasses import replace
from datetime import date, time

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.delivery import Message
from bot.domain.digest import OpenPoints, Week, sort_out
from bot.domain.ids import ActionId, AssessmentId, ChannelId, TeamId, TouchId, UndoId
from bot.domain.items import DraftWaiting, ReassessLate, ReassessSoon
from bot.domain.teams import Place, Team
from bot.domain.touches import Rung
from bot.views import blocks, cadence, digest, draft, review, welcome
from bot.views.blocks import View
from bot.views.cadence import About
from bot.views.digest import DigestFacts
from bot.views.welcome import WelcomeFacts
from tests.domain.action_builders import ANA, LEA, MAY_4, TOM, an_action
from tests.views.builders import CLOSED_AT, some_actions

TEAM = Team(TeamId("te-1"), Place(ChannelId("C_PAY"), "Payments", is_private=False), LEA)
TODAY, DUE_ON = date(2026, 5, 22), date(2026, 5, 29)
TOUCH = TouchId("to-1")
MONDAY_AT_TEN = WelcomeFacts(0, time(10))


def waiting(rung: Rung, *, correction: bool = False, lasting: bool = False) -> DraftWaiting:
    expires = None if lasting else date(2026, 6, 3)
    return DraftWaiting(TOUCH, AssessmentId("as-1"), TEAM, rung, date(2026, 5, 4), TODAY, expires, correction)


SOON = ReassessSoon(TOUCH, TEAM, DUE_ON, TODAY, open_actions=3, respondents=2)
LATE = ReassessLate(TOUCH, TEAM, DUE_ON, date(2026, 6, 12))


def point(number: int, title: str, due_on: date | None, **changes: object) -> ActionPoint:
    return an_action(id=ActionId(f"ac-{number}"), number=number, title=title, due_on=due_on, **changes)


def week() -> Week:
    points = [
        point(3, "Label the disks", TODAY),
        point(4, "Agree on an owner for each account", date(2026, 5, 27)),
        point(5, "Buy commitments for the base load", date(2026, 5, 19)),
        point(6, "Alert on anomalies", date(2026, 4, 8), state=ActionState.STALLED),
        point(7, "Raise the quota", DUE_ON, blocked_at=MAY_4, blocked_why="The provider has not answered"),
        point(8, "Write down who pays for what", None, owner=None, state=ActionState.NEEDS_OWNER),
    ]
    done = (an_action(number=1, title="Tag untagged volumes", state=ActionState.DONE, closed_by=ANA),)
    return Week(done, sort_out(points, TODAY), open_before=9)


def crowded(title: str = "Tag untagged volumes", number: int = 60) -> DigestFacts:
    """Sixty action points that are overdue."""
    points = some_actions(number, title=title, due_on=date(2026, 5, 1))
    return DigestFacts(TEAM, TODAY, Week((), sort_out(points, TODAY), open_before=number))


ROWS = (draft.row(waiting(Rung.DRAFT_FIRST)), cadence.row(SOON), cadence.row(LATE))

MESSAGES: dict[str, Message] = {
    "digest": digest.build(DigestFacts(TEAM, TODAY, week())),
    "digest_of_sixty": digest.build(crowded()),
    "digest_of_one": digest.build(
        DigestFacts(TEAM, TODAY, Week((), OpenPoints(overdue=(point(5, "Buy", date(2026, 5, 21)),)), 1))
    ),
    "draft_first": draft.build(waiting(Rung.DRAFT_FIRST)),
    "draft_second": draft.build(waiting(Rung.DRAFT_SECOND)),
    "draft_last": draft.build(waiting(Rung.DRAFT_LAST)),
    "draft_correction": draft.build(waiting(Rung.DRAFT_SECOND, correction=True)),
    "draft_correction_expires": draft.build(waiting(Rung.DRAFT_LAST, correction=True)),
    "draft_correction_lasting": draft.build(waiting(Rung.DRAFT_SECOND, correction=True, lasting=True)),
    "draft_discarded": draft.discarded("Payments", whole=True),
    "draft_discarded_in_part": draft.discarded("Payments", whole=False),
    "draft_gone": draft.nothing_to_discard(),
    "rows_of_a_bundle": Message("You have 3", (blocks.section("You have 3"), *ROWS)),
    "reassess_soon": cadence.soon(SOON),
    "reassess_soon_nothing_open": cadence.soon(replace(SOON, open_actions=0, respondents=0)),
    "reassess_late": cadence.late(LATE),
    "invitation": cadence.invitation(TEAM, DUE_ON, DUE_ON),
    "invitation_late": cadence.invitation(TEAM, DUE_ON, date(2026, 6, 1)),
    "delegated": cadence.delegated(TEAM, LEA, DUE_ON, TODAY),
    "reassess_moved": cadence.moved("Payments", date(2026, 6, 29), TODAY, UndoId("un-1")),
    "reassess_asked": cadence.asked("Payments", TOM),
    "reassess_decided_before": cadence.decided_before("Payments", date(2026, 6, 29), TODAY),
    "not_lead": cadence.not_lead(),
    "welcome": welcome.to_person(),
    "introduction": welcome.in_channel(ChannelId("C_PAY"), MONDAY_AT_TEN),
}

VIEWS: dict[str, View] = {
    "delegate": cadence.delegate("Payments", About(TEAM.id, DUE_ON)),
    "delegated_view": cadence.shown(cadence.asked("Payments", TOM)),
    "review": review.build(
        "Payments", [point(5, "Buy", date(2026, 5, 21)), point(8, "Write", None, owner=None, closed_at=CLOSED_AT)]
    ),
    "review_of_none": review.build("Payments", []),
    "review_of_many": review.build("Payments", some_actions(90)),
    "review_not_visible": review.not_visible(),
}

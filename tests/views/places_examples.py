"""What is said about lost channels, people who left, results that are held back, and rounds without names."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.channels import Lost
from bot.domain.delivery import Message
from bot.domain.ids import AssessmentId, ChannelId, ModelVersion, QuestionId, TeamId, TouchId
from bot.domain.items import ChannelLost, Ownerless, RoundWaiting
from bot.domain.model import Form
from bot.domain.rounds import Progress
from bot.domain.teams import Place, Team
from bot.domain.turn import Bookmark, Other, Round, Turn
from bot.views import answers, bundle, ending, leads, lost, ownerless, result, rounds, saved, sharing, step
from bot.views.answers import AnswersFacts
from bot.views.blocks import View
from tests.domain.action_builders import ANA, TOM
from tests.domain.builders import MODEL, steps_at
from tests.views.builders import CLOSED_AT, OWNERLESS, result_facts

TOUCH = TouchId("to-1")
PLACE = Place(ChannelId("C_PAY"), "Payments", is_private=False)
TEAM = Team(TeamId("te-1"), PLACE, ANA)
ROUND = Round("the landing zone", is_anonymous=True)
DRAFT = Assessment(
    AssessmentId("as-1"), TEAM.id, ModelVersion("1.0.0"), Form.FULL, AssessmentState.DRAFT, ANA,
    None, None, None, None, False, None, scope=ROUND.scope, is_anonymous=True,
)  # fmt: skip
WAITING = RoundWaiting(TOUCH, TEAM, DRAFT.id, DRAFT.scope)
LEFT = Ownerless(TOUCH, replace(OWNERLESS, former_owner=TOM), TEAM, TOM)
SAVED_AT = datetime(2026, 5, 22, 8, 42, tzinfo=UTC)


def _turn(at: int, meant: Round = ROUND) -> Turn:
    return Turn(Bookmark(DRAFT.id, MODEL.steps[at].id, 1, Form.FULL, PLACE, meant))


def _lost(why: Lost) -> ChannelLost:
    return ChannelLost(TOUCH, TEAM, why)


MESSAGES: dict[str, Message] = {
    **{f"channel_{why}": lost.build(_lost(why)) for why in Lost},
    "ownerless": ownerless.build(LEFT),
    "lead_chosen": leads.lead_chosen(TEAM),
    "lead_given": leads.lead_given(TEAM, TOM),
    "member_added": leads.member_added(TEAM, TOM),
    "leaderless": leads.leaderless(TEAM),
    "place_suspended": leads.suspended(ChannelId("C_PAY")),
    "person_suspended": leads.suspended(ChannelId("U_TOM")),
    "shared_asked": sharing.asked(result_facts(), DRAFT.id),
    "round_to_lead": rounds.to_lead(TEAM, DRAFT, Progress(2, 5)),
    "round_over": rounds.over(TEAM, DRAFT, Progress(4, 5)),
    "round_waiting": rounds.waiting(WAITING),
    "result_anonymous": result.build(result_facts(scope=ROUND.scope, is_anonymous=True, respondents=4)),
    "bundle_for_a_lead": bundle.build([LEFT, _lost(Lost.ARCHIVED), WAITING]),
    "nothing_to_resume": saved.nothing_to_resume("C_PAY"),
    "start_here": saved.start_here("start --anonymous"),
}

VIEWS: dict[str, View] = {
    "channel_form": lost.form(TEAM),
    "channel_moved": lost.moved(TEAM),
    "channel_not_theirs": lost.not_theirs(),
    "round_part": rounds.part(MODEL, _turn(-1), None),
    "round_part_finished": rounds.part(MODEL, replace(_turn(-1), finished_at=CLOSED_AT), Progress(3, 5)),
    "step_of_a_round": step.build(MODEL, _turn(0)),
    "step_with_others": step.build(
        MODEL, replace(_turn(0, Round()), others=(Other(ANA, 3, SAVED_AT), Other(TOM, 1, SAVED_AT)))
    ),
    "answers": answers.build(
        AnswersFacts(MODEL, "Payments", Form.FULL, steps_at(2, 2, 2, 1), {QuestionId("g_tagging"): (0, 2)}, 4)
    ),
    "answers_not_yours": answers.not_yours(),
    "turned_away": ending.refused("Only full members of this workspace can do that here."),
}

"""One of everything that the bot shows, by name: checked against Slack's limits, and kept as snapshots."""

from dataclasses import replace
from datetime import date

from bot.domain.actions import ActionState, Already, AskNewDate, Confirm, Refused
from bot.domain.delivery import Message
from bot.domain.ids import AssessmentId, ChannelId, QuestionId
from bot.domain.model import Form, Stage
from bot.domain.stages import NotComparable
from bot.domain.touches import Rung
from bot.views import card, decide, draft, reminder, result, saved, stage
from bot.views.blocks import View
from tests.domain.action_builders import ANA, MAY_4, TOM, an_action
from tests.domain.builders import all_answers, numbers, steps_at
from tests.views import action_examples, asked_examples, places_examples, rhythm_examples, settings_examples
from tests.views.builders import (
    CLOSED_AT,
    CRAWLING,
    DONE,
    DROPPED,
    DUE,
    OWNERLESS,
    WALKING,
    a_send,
    result_facts,
    some_actions,
    stage_facts,
)

ACTION = an_action(accepted_at=MAY_4)
TODAY = date(2026, 5, 22)
UP = stage_facts(CRAWLING, WALKING, closed_actions=4)
DOWN = stage_facts(WALKING, CRAWLING, added_actions=2, first_action=ACTION, posts_at=CLOSED_AT)
OWN = some_actions(2)

MESSAGES: dict[str, Message] = {
    **action_examples.MESSAGES,
    "card": card.build("Payments", [ACTION]),
    "card_done": card.build("Payments", [DONE]),
    "card_dropped": card.build("Payments", [DROPPED]),
    "card_needs_owner": card.build("Payments", [OWNERLESS]),
    "card_snoozed": card.build("Payments", [replace(ACTION, snoozed_until=date(2026, 5, 12))]),
    "card_stalled": card.build("Payments", [replace(ACTION, state=ActionState.STALLED)]),
    "list": card.build("Payments", [*some_actions(3), replace(DONE, number=4), replace(OWNERLESS, number=5)]),
    "reminder_t5": reminder.build(ACTION, a_send(Rung.T5, TODAY, 5)),
    "reminder_t1": reminder.build(ACTION, a_send(Rung.T1, date(2026, 5, 28), 1)),
    "reminder_t0": reminder.build(ACTION, a_send(Rung.T0, DUE, 0)),
    "reminder_overdue": reminder.build(ACTION, a_send(Rung.OVERDUE, date(2026, 6, 1), -1)),
    "reminder_weekly": reminder.build(ACTION, a_send(Rung.WEEKLY, date(2026, 6, 8), -6)),
    "reminder_wake": reminder.build(ACTION, a_send(Rung.WAKE, date(2026, 5, 26), 3)),
    "reminder_planned_day": reminder.build(replace(ACTION, planned_on=TODAY), a_send(Rung.PLANNED_DAY, TODAY, 5)),
    "reminder_retired": reminder.retired(ACTION, a_send(Rung.T5, TODAY, 5)),
    "handed_over": reminder.handed_over(an_action(owner=TOM, assigned_by=ANA)),
    "result": result.build(
        result_facts(
            claimed_level=3,
            contested=frozenset({QuestionId("g_tagging")}),
            actions=(*OWN, replace(OWNERLESS, number=3)),
        )
    ),
    "result_provisional": result.build(
        result_facts(all_answers([2, 2, 2, 2, "?", "?"], [2] * 5, [2] * 5, [1] * 6), previous=None)
    ),
    "result_not_enough_known": result.build(result_facts({}, numbers(), previous=None, form=Form.SHORT, respondents=1)),
    "result_crawl": result.build(result_facts(steps_at(2, 2, 2, 0), numbers(43, 14), previous=None, claimed_level=0)),
    "result_close": result.build(result_facts(close_to=Stage.CRAWL)),
    "result_run": result.build(result_facts(steps_at(3, 3, 3, 2), numbers(95, 8), corrected=True)),
    "stage_up": stage.up(UP),
    "stage_up_not_comparable": stage.up(
        replace(UP, change=replace(UP.change, difference=NotComparable(CRAWLING.version, WALKING.version)))
    ),
    "stage_down_to_lead": stage.down_to_lead(DOWN),
    "stage_down": stage.down(DOWN),
    "stage_down_to_lead_alone": stage.down_to_lead(replace(DOWN, posts_at=None, lead_only=True)),
    "closed_at_step_3": saved.closed(3, 5, True, ChannelId("C_PAY"), draft.discard(AssessmentId("as-1"))),
    "closed_before_the_first_step": saved.closed(0, 5, False, ChannelId("C_PAY")),
    "too_late": saved.too_late("as-1"),
    "not_yours": saved.not_yours(),
    "already_done": saved.already(DONE, Already(ActionState.DONE, ANA, CLOSED_AT)),
    "already_so": saved.already(ACTION, Already(ActionState.OPEN)),
    "error": saved.error("7f3a-19"),
    **asked_examples.MESSAGES,
    **places_examples.MESSAGES,
    **rhythm_examples.MESSAGES,
    **settings_examples.MESSAGES,
}
# An assignment notice to several owners calls several people; what only the asker sees calls nobody.
LISTS = action_examples.SEVERAL | asked_examples.LISTS | settings_examples.LISTS | {"list"}

VIEWS: dict[str, View] = {
    **action_examples.VIEWS,
    "snooze": decide.snooze(ACTION, TODAY),
    "hand_over": decide.hand_over(ACTION),
    "change_date": decide.change_due(ACTION, TODAY),
    "change_date_confirm": decide.change_due(
        ACTION, TODAY, Confirm("That date has already passed. Is it meant?"), wanted=date(2026, 5, 1)
    ),
    "change_date_beyond": decide.change_due(ACTION, TODAY, AskNewDate(date(2026, 6, 3), DUE)),
    "drop": decide.drop(ACTION),
    "plan_day": decide.plan_day(ACTION, TODAY),
    "shows_dropped": decide.shows(DROPPED, Already(ActionState.DROPPED, DROPPED.closed_by, CLOSED_AT)),
    "not_yours_view": decide.not_yours(),
    "shows_refused": decide.shows(OWNERLESS, Refused("A-12 has no owner yet.")),
    **asked_examples.VIEWS,
    **places_examples.VIEWS,
    **rhythm_examples.VIEWS,
    **settings_examples.VIEWS,
}

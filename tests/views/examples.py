"""One of everything that the bot shows, by name: checked against Slack's limits, and kept as snapshots."""

from dataclasses import replace
from datetime import date, time

from bot.domain.actions import ActionState, Already, AskDecision, AskNewDate, Confirm, Refused
from bot.domain.calendar import Pause
from bot.domain.delivery import Message
from bot.domain.ids import ChannelId, QuestionId, StepId, UndoId
from bot.domain.in_force import Holds, Source
from bot.domain.model import Form, Stage
from bot.domain.preferences import Drops, PersonPreferences, Profile, TeamSettings, WorkspacePolicy
from bot.domain.stages import NotComparable
from bot.domain.touches import Rung, Track
from bot.domain.whys import Said
from bot.views import (
    card,
    decide,
    echo,
    help,  # noqa: A004 - the view's own name
    home,
    person_settings,
    person_shown,
    reminder,
    result,
    sample,
    saved,
    settings_saved,
    stage,
    team_changed,
    team_people,
    team_settings,
    team_shown,
    why,
    workspace_settings,
    workspace_shown,
)
from bot.views.blocks import View
from bot.views.settings_saved import Done
from tests.domain.action_builders import ANA, TOM, an_action
from tests.domain.builders import all_answers, numbers, steps_at
from tests.views.builders import (
    CLOSED_AT,
    CRAWLING,
    DONE,
    DROPPED,
    DUE,
    OWNERLESS,
    WALKING,
    a_send,
    home_facts,
    result_facts,
    some_actions,
    stage_facts,
)
from tests.views.settings_builders import TEAM, ahead, person_in_force, team_in_force, told, workspace_in_force

ACTION = an_action()
TODAY = date(2026, 5, 22)
UP = stage_facts(CRAWLING, WALKING, closed_actions=4)
DOWN = stage_facts(WALKING, CRAWLING, added_actions=2, first_action=ACTION, posts_at=CLOSED_AT)
OWN = some_actions(2)
LIGHT = person_in_force(
    chosen=PersonPreferences(
        profile=Profile.LIGHT,
        at=time(10, 15),
        zone="Asia/Tokyo",
        weekdays=frozenset({6, 0, 1, 2, 3}),
        country="IL",
        pause=Pause(date(2026, 5, 25), date(2026, 6, 5)),
    ),
    profile=Holds(Profile.LIGHT, Source.CHOSEN),
    at=Holds(time(10, 15), Source.CHOSEN),
    zone=Holds("Asia/Tokyo", Source.CHOSEN),
    weekdays=Holds(frozenset({6, 0, 1, 2, 3}), Source.CHOSEN),
    country=Holds("IL", Source.CHOSEN),
    country_name="Israel",
    pause=Pause(date(2026, 5, 25), date(2026, 6, 5)),
)
SET_UP = team_in_force(
    chosen=TeamSettings(
        zone="Asia/Tokyo",
        digests=False,
        digest_day=2,
        digest_at=time(9),
        announce_to=ChannelId("CWIDE"),
        drops=Drops.LEAD_ONLY,
        reassess_days=45,
        targets={StepId("process"): Stage.WALK},
    ),
    reassess_days=Holds(45, Source.TEAM),
)
STOPPED = team_in_force(team=replace(TEAM, is_stopped=True, suspended="unlinked"), members=())
GERMAN = workspace_in_force(policy=WorkspacePolicy(country="DE", digest_day=4), country_name="Germany")

MESSAGES: dict[str, Message] = {
    "card": card.build("Payments", [ACTION]),
    "card_done": card.build("Payments", [DONE]),
    "card_dropped": card.build("Payments", [DROPPED]),
    "card_needs_owner": card.build("Payments", [OWNERLESS]),
    "card_snoozed": card.build("Payments", [an_action(snoozed_until=date(2026, 5, 12))]),
    "card_stalled": card.build("Payments", [an_action(state=ActionState.STALLED)]),
    "list": card.build("Payments", [*some_actions(3), replace(DONE, number=4), replace(OWNERLESS, number=5)]),
    "reminder_t5": reminder.build(ACTION, a_send(Rung.T5, TODAY, 5)),
    "reminder_t1": reminder.build(ACTION, a_send(Rung.T1, date(2026, 5, 28), 1)),
    "reminder_t0": reminder.build(ACTION, a_send(Rung.T0, DUE, 0)),
    "reminder_overdue": reminder.build(ACTION, a_send(Rung.OVERDUE, date(2026, 6, 1), -1)),
    "reminder_weekly": reminder.build(ACTION, a_send(Rung.WEEKLY, date(2026, 6, 8), -6)),
    "reminder_wake": reminder.build(ACTION, a_send(Rung.WAKE, date(2026, 5, 26), 3)),
    "reminder_planned_day": reminder.build(replace(ACTION, planned_on=TODAY), a_send(Rung.PLANNED_DAY, TODAY, 5)),
    "reminder_retired": reminder.retired(ACTION, a_send(Rung.T5, TODAY, 5)),
    "handed_over": reminder.handed_over(replace(ACTION, owner=TOM, assigned_by=ANA)),
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
    "result_run": result.build(result_facts(steps_at(3, 3, 3, 2), numbers(95, 8), corrected=True)),
    "stage_up": stage.up(UP),
    "stage_up_not_comparable": stage.up(
        replace(UP, change=replace(UP.change, difference=NotComparable(CRAWLING.version, WALKING.version)))
    ),
    "stage_down_to_lead": stage.down_to_lead(DOWN),
    "stage_down": stage.down(DOWN),
    "help": help.build(),
    "help_unknown": help.unknown("statsu"),
    "closed_at_step_3": saved.closed(3, 5, "as-1"),
    "closed_before_the_first_step": saved.closed(0, 5, "as-1"),
    "too_late": saved.too_late("as-1"),
    "not_yours": saved.not_yours(),
    "already_done": saved.already(DONE, Already(ActionState.DONE, ANA, CLOSED_AT)),
    "already_so": saved.already(ACTION, Already(ActionState.OPEN)),
    "error": saved.error("7f3a-19"),
    "changed": echo.changed("A-12 is due Fri 29 May now.", UndoId("un-1")),
    "person_shown": person_shown.build(person_in_force()),
    "person_changed": person_shown.changed(PersonPreferences(), LIGHT, UndoId("un-1")),
    "person_so_already": person_shown.so_already(person_in_force()),
    "team_shown": team_shown.build(team_in_force(), may_change=True),
    "team_shown_to_others": team_shown.build(STOPPED, may_change=False),
    "team_changed": team_shown.changed(TeamSettings(), SET_UP, UndoId("un-1")),
    "team_led": echo.changed(team_changed.led(TEAM), UndoId("un-1")),
    "team_removed": echo.changed(team_changed.removed(TEAM, TOM), UndoId("un-1")),
    "roles": workspace_shown.roles(workspace_in_force()),
    "policy_changed": workspace_shown.changed(WorkspacePolicy(), GERMAN, UndoId("un-1")),
    "sample": sample.build(ANA),
    "sample_planned": sample.planned([ahead(Rung.T5, 22), ahead(Rung.T1, 28), ahead(Rung.T0, 29)], TODAY),
    "sample_nothing_planned": sample.planned([], TODAY),
    "why_owner": why.of_touches([told()], person_in_force()),
    "why_bundle": why.of_touches([told(), told(Rung.ESCALATION, Track.LEAD), told()], person_in_force()),
    "why_digest": why.of_touches([told(Rung.DIGEST, Track.DIGEST)], None),
    "why_result": why.of_post(Said.RESULT, "Payments", None),
    "why_handed_over": why.of_post(Said.HANDED_OVER, "A-12", person_in_force()),
    "why_not_yours": why.not_yours(),
}
# An assignment notice to several owners calls several people; what only the asker sees names many, and calls nobody.
LISTS = frozenset({"list", "team_shown", "roles"})

VIEWS: dict[str, View] = {
    "home": home.build(home_facts(12)),
    "home_first_run": home.build(home_facts(0, teams=0)),
    "home_without_actions": home.build(home_facts(0)),
    "snooze": decide.snooze(ACTION, TODAY),
    "hand_over": decide.hand_over(ACTION),
    "change_date": decide.change_due(ACTION, TODAY),
    "change_date_confirm": decide.change_due(
        ACTION, TODAY, Confirm("That date has already passed. Is it meant?"), wanted=date(2026, 5, 1)
    ),
    "change_date_beyond": decide.change_due(ACTION, TODAY, AskNewDate(date(2026, 6, 3), DUE)),
    "drop": decide.drop(ACTION),
    "plan_day": decide.plan_day(ACTION, TODAY),
    "decide": decide.decide(ACTION),
    "decide_after_snoozes": decide.decide(ACTION, AskDecision(3)),
    "shows_dropped": decide.shows(DROPPED, Already(ActionState.DROPPED, DROPPED.closed_by, CLOSED_AT)),
    "not_yours_view": decide.not_yours(),
    "shows_refused": decide.shows(OWNERLESS, Refused("A-12 has no owner yet.")),
    "person_settings": person_settings.build(person_in_force()),
    "person_settings_chosen": person_settings.build(LIGHT),
    "team_settings": team_settings.build(team_in_force(), may_stop=False),
    "team_settings_chosen": team_settings.build(SET_UP, may_stop=True),
    "team_people": team_people.build(team_in_force()),
    "team_people_unlinked": team_people.build(STOPPED),
    "workspace_settings": workspace_settings.build(workspace_in_force()),
    "settings_saved": settings_saved.build([Done(team_changed.renamed(TEAM), UndoId("un-1"))]),
    "settings_nothing_saved": settings_saved.build([]),
    "settings_opening": settings_saved.opening(),
    "settings_not_yours": settings_saved.told(settings_saved.NOT_YOURS),
}

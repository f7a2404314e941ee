"""Every way in, as tables. ``manifest.yml`` and ``docs/commands.md`` are compared with them by tests."""

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.handlers import (
    actions,
    adding,
    admin,
    answers,
    assess,
    cadence,
    channels,
    commands,
    events,
    exports,
    forms,
    homes,
    lists,
    mention,
    opening,
    places,
    rounds,
    saving,
    saving_teams,
    settings,
    shortcuts,
    speaking,
    stages,
    starting,
    status,
    turning_away,
    undo,
    whys,
)
from bot.handlers.deps import Deps
from bot.slack.doors import Doors
from bot.views import answers as answers_view
from bot.views import cadence as cadence_view
from bot.views import (
    card,
    choose,
    confirming,
    decide,
    details,
    draft,
    echo,
    ending,
    every_step,
    exporting,
    failures,
    footer,
    listing,
    lost,
    mine,
    new_action,
    person_settings,
    plan,
    questions,
    review,
    saved,
    settings_saved,
    sharing,
    stage,
    step,
    team,
    team_people,
    team_settings,
    team_shown,
    unclear,
    welcome,
    which,
    why,
    workspace_settings,
    workspace_shown,
)
from bot.views import rounds as rounds_view
from bot.views import status as status_view
from bot.views.homepage import paging, week
from bot.views.homepage import teams as home_teams

Handler = Callable[..., Awaitable[None]]

COMMANDS: Mapping[str, Handler] = {"/finops-assess": commands.dispatch}

VIEWS: Mapping[str, Handler] = {
    team.CALLBACK: opening.choose_team,
    step.CALLBACK: assess.submit_step,
    plan.CALLBACK: assess.submit_plan,
    plan.CLOSES_ROUND: rounds.submit_close,
    rounds_view.CALLBACK: rounds.submit_part,
    decide.SNOOZE: actions.submit_snooze,
    decide.HAND_OVER: actions.submit_hand_over,
    decide.CHANGE_DATE: actions.submit_date,
    decide.DROP: actions.submit_drop,
    decide.PLAN_DAY: actions.submit_day,
    decide.BLOCK: actions.submit_block,
    decide.LINK: actions.submit_link,
    choose.CALLBACK: actions.submit_choice,
    lost.CALLBACK: places.submit,
    new_action.CALLBACK: adding.submit,
    person_settings.CALLBACK: saving.person,
    team_people.CALLBACK: saving_teams.people,
    team_settings.CALLBACK: saving_teams.settings,
    workspace_settings.CALLBACK: saving.workspace,
    cadence_view.DELEGATE: cadence.submit_delegate,
}

CLOSED_VIEWS: Mapping[str, Handler] = {step.CALLBACK: assess.closed, plan.CALLBACK: assess.closed}

ACTIONS: Mapping[str, Handler] = {
    every_step.BACK: assess.go_back,
    step.FORM: assess.choose_form,
    every_step.START_OVER: assess.start_over,
    draft.DISCARD: assess.discard,
    saved.OPEN: opening.reopen,
    saved.RESUME: opening.reopen,
    saved.START: starting.press,
    answers_view.SEE: answers.see,
    rounds_view.REMIND: rounds.remind,
    rounds_view.CLOSE: rounds.close,
    home_teams.START: opening.start_team,
    home_teams.DETAILS: homes.show_details,
    paging.EARLIER: homes.turn,
    paging.LATER: homes.turn,
    week.SKIP: homes.skip,
    status_view.HISTORY: status.show_history,
    status_view.STATUS: status.show_status,
    exporting.EXPORT: exports.choose,
    failures.RETRY: admin.press_retry,
    card.DONE: actions.press,
    card.ACCEPT: actions.press,
    card.NOT_ME: actions.press,
    card.TAKE: actions.press,
    card.SNOOZE: actions.press,
    card.HAND_OVER: actions.press,
    card.CHANGE_DATE: actions.press,
    card.BLOCK: actions.press,
    card.UNBLOCK: actions.press,
    card.LINK: actions.press,
    card.DROP: actions.press,
    card.REOPEN: actions.press,
    card.PLAN_DAY: actions.press,
    card.DECIDE: actions.press,
    card.MORE: actions.more,
    confirming.ASK: actions.ask_owner,
    listing.NEXT: lists.turn,
    listing.BACK: lists.turn,
    questions.DUE_TO: actions.due_to,
    questions.KEEP: actions.keep,
    questions.WHICH: speaking.which,
    unclear.RUN: speaking.run,
    unclear.OTHER: speaking.run,
    which.PICK: speaking.run,
    cadence_view.START: opening.reopen,
    cadence_view.DELEGATE: cadence.delegate,
    cadence_view.MOVE: cadence.move,
    cadence_view.SKIP: cadence.skip,
    review.OPEN: cadence.open_review,
    welcome.SET_UP: opening.reopen,
    stage.POST_IT: stages.post_it,
    stage.CORRECT: stages.correct,
    stage.HOLD: stages.hold,
    lost.CHOOSE: places.choose,
    sharing.POST_IT: places.post_it,
    footer.SETTINGS: settings.person,
    footer.WHY: whys.press,
    team_shown.PEOPLE: settings.people,
    team_shown.SETTINGS: settings.team,
    workspace_shown.SETTINGS: settings.workspace,
    echo.UNDO: undo.press,
}

SHORTCUTS: Mapping[str, Handler] = {
    adding.TURN: adding.turn_into_action,
    shortcuts.MARK_DONE: shortcuts.mark_done,
    shortcuts.MY_ACTIONS: shortcuts.my_actions,
}

# Choices inside forms, by what their names begin with: each stored version of a form names its fields anew.
CHOICES: Mapping[str, Handler] = {step.CHOSEN: assess.choose, plan.CHOSEN: assess.choose}

EVENTS: Mapping[str, Handler] = {
    "app_home_opened": events.home_opened,
    "app_mention": mention.called,
    "app_uninstalled": events.removed,
    "channel_archive": channels.archived,
    "channel_deleted": channels.deleted,
    "channel_id_changed": channels.renumbered,
    "channel_left": channels.removed,
    "channel_rename": channels.renamed,
    "channel_shared": channels.shared,
    "channel_unarchive": channels.opened,
    "channel_unshared": channels.unshared,
    "group_archive": channels.archived,
    "group_deleted": channels.deleted,
    "group_left": channels.removed,
    "group_rename": channels.renamed,
    "group_unarchive": channels.opened,
    "member_joined_channel": events.joined,
    "message": events.said,
    "tokens_revoked": events.tokens_revoked,
    "user_change": events.person_changed,
}

# Views of ours without a submit button can still be submitted by a request that nobody clicked.
SHOWN_ONLY = (
    answers_view.CALLBACK,
    cadence_view.SHOWN,
    details.CALLBACK,
    ending.CALLBACK,
    decide.SHOWN,
    mine.CALLBACK,
    review.CALLBACK,
    settings_saved.CALLBACK,
    why.CALLBACK,
)


def guard(app: AsyncApp, deps: Deps) -> None:
    """What is asked at every door."""
    app.middleware(partial(turning_away.only_home, deps))
    app.middleware(partial(turning_away.only_members, deps))
    app.middleware(partial(forms.only_ours, deps))


def register(doors: Doors, deps: Deps) -> None:
    for kind, table in (
        (AsyncApp.command, COMMANDS),
        (AsyncApp.view, VIEWS),
        (AsyncApp.view_closed, CLOSED_VIEWS),
        (AsyncApp.action, ACTIONS),
        (AsyncApp.shortcut, SHORTCUTS),
        (AsyncApp.event, EVENTS),
    ):
        for name, handler in table.items():
            doors.add(name, partial(_listen, kind, name, partial(handler, deps)))
    for callback in SHOWN_ONLY:
        doors.add(callback, partial(_listen, AsyncApp.view, callback, _just_close))
    for prefix, handler in CHOICES.items():
        names = re.compile(f"^{re.escape(prefix)}")
        doors.add(prefix, partial(_listen, AsyncApp.action, names, partial(handler, deps)))


def _listen(kind: Callable[..., Any], name: str | re.Pattern[str], handler: Handler, app: AsyncApp) -> None:
    kind(app, name)(handler)


async def _just_close(ack: AsyncAck) -> None:
    await ack()

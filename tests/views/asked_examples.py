"""One of everything that is shown to whoever asks: help, a team's standing, exports, the App Home, an admin's view."""

from dataclasses import replace
from datetime import date

from bot.charts.table import charted
from bot.domain.delivery import Message
from bot.domain.ids import ChannelId, DeliveryId, FileId, UndoId
from bot.domain.tally import Tally
from bot.domain.touches import Rung
from bot.views import (
    details,
    exporting,
    failures,
    health,
    help,  # noqa: A004  # the view's own name
    history,
    home,
    preview,
    status,
    which,
)
from bot.views.blocks import View
from bot.views.failures import Failed
from bot.views.homepage.paging import Pages
from bot.views.homepage.week import Skipped
from bot.views.preview import Expected, PreviewFacts
from tests.charts.builders import PROFILE
from tests.domain.action_builders import ANA, TOM
from tests.views.builders import CLOSED_AT
from tests.views.helping import ACTION, SCREEN
from tests.views.home_builders import AILING, WELL, history_facts, home_facts, status_facts

TODAY = date(2026, 5, 22)
A_FAILURE = Failed(
    DeliveryId("7f3a19c2-0d0e-4a4e-9b7c-1c2d3e4f5a6b"),
    "reminder",
    "channel_not_found",
    ChannelId("C_PAY"),
    CLOSED_AT,
    True,
)
PREVIEW = PreviewFacts(
    "Payments",
    TODAY,
    (
        Expected(date(2026, 5, 28), ANA, Rung.T1, "A-12"),
        Expected(date(2026, 5, 28), ANA, Rung.T5, "A-13"),
        Expected(date(2026, 5, 28), TOM, Rung.WEEKLY, "A-7"),
        Expected(date(2026, 6, 1), None, Rung.DIGEST, None),
    ),
)

MESSAGES: dict[str, Message] = {
    "help": help.build(SCREEN),
    "help_action": help.topic(ACTION),
    "help_unknown": help.unknown("statsu", SCREEN),
    "status": status.build(status_facts()),
    "status_public": status.public(status_facts()),
    "status_not_assessed": status.build(status_facts(assessed=None, has_draft=True, tally=Tally())),
    "history": history.build(history_facts(4)),
    "history_public": history.public(history_facts(12, older=3)),
    "history_empty": history.build(history_facts(0, done=0)),
    "which_team": which.build([("payments", "status <#C_PAY>"), ("web-shop", "status <#C_WEB>")]),
    "no_team_yet": which.build([]),
    "no_such_team": which.no_such_team(),
    "export_on_its_way": exporting.on_its_way(2),
    "export_nothing": exporting.nothing(),
    "export_members_only": exporting.members_only(),
    "health_well": health.build(WELL),
    "health_ailing": health.build(AILING),
    "failures": failures.build([A_FAILURE, replace(A_FAILURE, reason="answer lost", can_retry=False)]),
    "failures_none": failures.build([]),
    "failure_again": failures.again(A_FAILURE),
    "failure_not_again": failures.not_again(A_FAILURE),
    "failure_unknown": failures.no_such(),
    "failure_several": failures.several(),
    "preview": preview.build(PREVIEW),
    "preview_quiet": preview.build(replace(PREVIEW, expected=())),
}
# Those who answered, and whom a rehearsal names, are named in messages that one person alone sees.
LISTS = frozenset({"history", "preview"})

VIEWS: dict[str, View] = {
    "home": home.build(home_facts(12, planned=7), {charted(PROFILE): FileId("F00000001")}),
    "home_admin": home.build(home_facts(1, health=AILING), {}),
    "home_first_run": home.build(home_facts(0, teams=(), planned=0), {}),
    "home_second_page": home.build(home_facts(12, planned=7, pages=Pages(actions=10, week=5)), {}),
    "home_skipped": home.build(home_facts(1, skipped=Skipped("the reminder about A-12", UndoId("un-1"))), {}),
    "home_without_actions": home.build(home_facts(0, planned=0), {}),
    "details": details.build(status_facts(), history_facts()),
    "details_not_there": details.not_there(),
    "details_opening": details.opening(),
    "details_away": details.away(),
}

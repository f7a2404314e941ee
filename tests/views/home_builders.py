"""The plain case of the App Home, and of what is shown of a team to whoever asks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from bot.charts.table import charted
from bot.domain.calendar import MONDAY_TO_FRIDAY
from bot.domain.findings import findings
from bot.domain.health import Health
from bot.domain.ids import ChannelId, TeamId, TouchId
from bot.domain.in_force import Holds, PersonInForce, Source
from bot.domain.model import Form, Stage
from bot.domain.preferences import PersonPreferences, Profile
from bot.domain.scoring import score
from bot.domain.tally import Tally
from bot.domain.teams import Place, Team
from bot.domain.touches import Rung
from bot.views.history import HistoryFacts, PastOutcome
from bot.views.home import HomeFacts
from bot.views.homepage.needs import OwnAction
from bot.views.homepage.paging import FIRST, page_of
from bot.views.homepage.teams import TeamLine
from bot.views.homepage.week import Planned
from bot.views.standing import Outcome
from bot.views.status import Assessed, StatusFacts
from tests.charts.builders import PROFILE
from tests.domain.action_builders import ANA, LEA, TOM, an_action
from tests.domain.builders import MODEL, numbers, steps_at
from tests.views.builders import BEFORE, CLOSED_AT, some_actions

PAYMENTS = TeamLine(
    id=TeamId("te-1"),
    name="Payments",
    outcome=Outcome(on=date(2026, 5, 28), stage=Stage.WALK, next_on=date(2026, 8, 26), index=58, previous=BEFORE),
    tally=Tally(open=5, overdue=2, ownerless=1, stalled=1),
    has_draft=True,
    is_led=True,
    drafting=2,
    profile=charted(PROFILE),
)
SEARCH = TeamLine(id=TeamId("te-2"), name="Search", tally=Tally())
HOLDS = PersonInForce(
    chosen=PersonPreferences(),
    today=date(2026, 5, 28),
    profile=Holds(Profile.STANDARD, Source.WORKSPACE),
    usual_profile=Profile.STANDARD,
    at=Holds(time(9, 41), Source.NOBODY),
    zone=Holds("Europe/Paris", Source.SLACK),
    weekdays=Holds(MONDAY_TO_FRIDAY, Source.COUNTRY),
    country=Holds("FR", Source.ZONE),
    country_name="France",
    pause=None,
)
WELL = Health(now=CLOSED_AT, ticked_at=CLOSED_AT - timedelta(seconds=12), latest=timedelta(seconds=40))
AILING = Health(
    now=CLOSED_AT,
    ticked_at=CLOSED_AT - timedelta(hours=3),
    due=4,
    due_since=CLOSED_AT - timedelta(hours=2),
    latest=timedelta(minutes=7),
    queued=12,
    queued_since=CLOSED_AT - timedelta(minutes=9),
    failures={"channel_not_found": 3, "is_archived": 1},
    unknown=1,
    suspended=(Team(TeamId("te-2"), Place(ChannelId("C_OLD"), "old-stuff", False), LEA, suspended="is_archived"),),
    without_zone=(TOM,),
)


def a_touch(place: int, **changes: Any) -> Planned:
    plain = Planned(
        touch=TouchId(f"to-{place}"),
        day=date(2026, 5, 29),
        at=time(9, 41),
        rung=Rung.T1,
        about=an_action(),
        can_skip=True,
    )
    return replace(plain, **changes)


def home_facts(own: int, teams: Sequence[TeamLine] = (PAYMENTS, SEARCH), planned: int = 2, **changes: Any) -> HomeFacts:
    """So many action points, teams and planned touches, as far as the pages show them."""
    pages = changes.pop("pages", FIRST)
    plain = HomeFacts(
        today=date(2026, 5, 28),
        pages=pages,
        actions=page_of([OwnAction(action, "Payments") for action in some_actions(own)], pages.actions),
        teams=page_of(teams, pages.teams),
        week=page_of([a_touch(place) for place in range(planned)], pages.week),
        reminders=HOLDS,
    )
    return replace(plain, **changes)


def status_facts(**changes: Any) -> StatusFacts:
    said = steps_at(2, 2, 2, 1)
    held_back = findings(MODEL, Form.FULL, said, score(MODEL, Form.FULL, said, numbers(84, 14, measured=False)))
    assert PAYMENTS.outcome is not None
    plain = StatusFacts(
        team=TeamId("te-1"),
        name="Payments",
        today=date(2026, 5, 28),
        assessed=Assessed(outcome=PAYMENTS.outcome, model=MODEL, weakest=held_back.steps),
        tally=PAYMENTS.tally,
    )
    return replace(plain, **changes)


def history_facts(number: int = 3, **changes: Any) -> HistoryFacts:
    outcomes = [
        PastOutcome(
            date(2026, 5, 28) - timedelta(days=91 * place),
            Stage(max(1, 3 - place)),
            provisional=place == 1,
            index=max(80 - 11 * place, 0),
            respondents=2,
            people=(ANA, TOM),
            version="1.0.0",
        )
        for place in range(number)
    ]
    plain = HistoryFacts(TeamId("te-1"), "Payments", date(2026, 5, 28), outcomes, done=7)
    return replace(plain, **changes)

"""The facts of how a team stands and of how it came there, for whoever may see them."""

from datetime import datetime

from bot.catalogue.loading import Models
from bot.domain.assessment import Assessment
from bot.domain.calendar import WorkCalendar
from bot.domain.findings import Finding, StepHolds, StepNotRated, StepUnknown
from bot.domain.ids import UserId
from bot.domain.strength import weakest_first
from bot.domain.teams import Team
from bot.services import calendars, charting, reporting, tallying, weighing
from bot.services.weighing import Weighed
from bot.store import assessments, done_and_open, outcomes
from bot.store.database import Transaction
from bot.views.history import HistoryFacts, PastOutcome
from bot.views.standing import Outcome
from bot.views.status import Assessed, StatusFacts

SHOWN = 6  # assessments, where nobody says how many


async def status(tx: Transaction, models: Models, team: Team, now: datetime) -> StatusFacts:
    closed = await assessments.last_closed(tx, team.id)
    return StatusFacts(
        team=team.id,
        name=team.name,
        today=(await calendars.of_team(tx, team, now)).local_date(now),
        assessed=await _assessed(tx, models, closed) if closed else None,
        tally=await tallying.of_team(tx, team, now),
        has_draft=await assessments.draft_of(tx, team.id) is not None,
    )


async def history(tx: Transaction, team: Team, last: int | None, now: datetime) -> HistoryFacts:
    calendar = await calendars.of_team(tx, team, now)
    closed = await outcomes.closed_of(tx, team.id)
    shown = closed[-(last or SHOWN) :]
    people = await outcomes.answered_by(tx, [one.id for one in shown])
    return HistoryFacts(
        team=team.id,
        name=team.name,
        today=calendar.local_date(now),
        outcomes=[_past(one, people.get(one.id, ()), calendar) for one in reversed(shown)],
        older=len(closed) - len(shown),
        done=sum(bool(life.closed_at) and not life.is_dropped for life in await done_and_open.lives_of(tx, team.id)),
        trend=await charting.trend(tx, team.id, shown, now),
        burnup=await charting.burnup(tx, team.id, now),
    )


async def outcome(tx: Transaction, models: Models, closed: Assessment) -> Outcome:
    assert closed.closed_at is not None  # it is closed
    return Outcome(
        on=closed.closed_at.date(),
        stage=closed.stage,
        provisional=closed.is_provisional,
        index=closed.index,
        next_on=await reporting.next_assessment(tx, models.version(closed.model_version), closed),
        previous=reporting.previous(await reporting.comparable(tx, closed)),
    )


async def _assessed(tx: Transaction, models: Models, closed: Assessment) -> Assessed:
    weighed = await weighing.weigh(tx, models, closed)
    return Assessed(outcome=await outcome(tx, models, closed), model=weighed.model, weakest=_weakest(weighed))


def _weakest(weighed: Weighed) -> tuple[Finding, ...]:
    """What each step would take, the weakest step first, after those of which too little is known."""
    form = weighed.assessment.form
    order = weakest_first(weighed.model, form, weighed.answers, weighed.result)
    unsettled = [finding for finding in weighed.findings.steps if isinstance(finding, StepUnknown | StepNotRated)]
    rising = {finding.step: finding for finding in weighed.findings.steps if isinstance(finding, StepHolds)}
    return (*unsettled, *(rising[step] for step in order if step in rising))


def _past(closed: Assessment, people: tuple[UserId, ...], calendar: WorkCalendar) -> PastOutcome:
    assert closed.closed_at is not None  # it is closed
    return PastOutcome(
        calendar.local_date(closed.closed_at),
        closed.stage,
        closed.is_provisional,
        closed.index,
        len(people),
        () if closed.is_anonymous else people,
        closed.model_version,
    )

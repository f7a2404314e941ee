"""The facts of each chart, from what is stored."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.charts import table
from bot.domain.assessment import Assessment
from bot.domain.calendar import WorkCalendar
from bot.domain.charted import ActionSpan, BurnupFacts, Charted, ProfileFacts, StepBar, TrendFacts, TrendPoint
from bot.domain.ids import TeamId
from bot.services import calendars
from bot.services.weighing import Weighed
from bot.store import done_and_open, teams
from bot.store.database import Transaction


def profile(weighed: Weighed, before: Weighed | None) -> Charted:
    """How the steps of a closed assessment stand, beside those of an earlier one."""
    levels = {step.step: step.level for step in before.result.rated} if before else {}
    steps = [weighed.model.step(step.step) for step in weighed.result.steps]
    bars = (
        StepBar(step.number, step.short, now, levels.get(step.id))
        for step, now in zip(steps, weighed.result.steps, strict=True)
    )
    before_on = _day(before) if before else None
    return table.charted(ProfileFacts(_day(weighed), tuple(bars), weighed.findings.next, before_on))


async def trend(tx: Transaction, team_id: TeamId, closed: Sequence[Assessment], now: datetime) -> Charted | None:
    """Those of a team's assessments that the text beside it lists, and none but those: what the text leaves out, a
    stage that was higher before, say, is not for the picture to give away. None before the first."""
    if not closed:
        return None
    calendar = await _calendar(tx, team_id, now)
    points = [
        TrendPoint(
            calendar.local_date(one.closed_at), one.index, one.stage, one.is_provisional, _major(one.model_version)
        )
        for one in closed
        if one.closed_at
    ]
    lives = await done_and_open.lives_of(tx, team_id)
    done = [calendar.local_date(life.closed_at) for life in lives if life.closed_at and not life.is_dropped]
    meanwhile = sorted(on for on in done if on >= points[0].on)
    return table.charted(TrendFacts(tuple(points), tuple(meanwhile), calendar.local_date(now)))


async def burnup(tx: Transaction, team_id: TeamId, now: datetime) -> Charted | None:
    """A team's action points; None before there are any."""
    lives = await done_and_open.lives_of(tx, team_id)
    if not lives:
        return None
    calendar = await _calendar(tx, team_id, now)
    spans = [
        ActionSpan(
            calendar.local_date(life.created_at),
            calendar.local_date(life.closed_at) if life.closed_at else None,
            life.is_dropped,
        )
        for life in lives
    ]
    return table.charted(BurnupFacts(tuple(spans), calendar.local_date(now)))


def _day(weighed: Weighed) -> date:
    closed_at = weighed.assessment.closed_at
    assert closed_at is not None  # it is closed
    return closed_at.date()


async def _calendar(tx: Transaction, team_id: TeamId, now: datetime) -> WorkCalendar:
    return await calendars.of_team(tx, await teams.by_id(tx, team_id), now)


def _major(version: str) -> str:
    return version.split(".")[0]

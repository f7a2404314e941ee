"""What charts show of a team: everything that was stored of it, by its lead's own days, and nothing of others."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.actions import ActionState
from bot.domain.charted import ActionSpan, BurnupFacts, ChartFacts, TrendFacts, TrendPoint
from bot.domain.ids import ActionId, AssessmentId, ModelVersion, TeamId
from bot.domain.model import Form, Stage
from bot.services import charting
from bot.store import assessments, outcomes, people
from bot.store.database import Database, Transaction
from tests.store.builders import ADA, EVE, HERE, OPS, a_draft, a_team, install, put_action

LATE = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # in Auckland the next day has come
TOMORROW = date(2026, 3, 3)
WEEK = timedelta(days=7)


@pytest.fixture
async def team(db: Database) -> TeamId:
    """Ada leads it, from Auckland."""
    await install(db)
    async with db.begin(HERE) as tx:
        await people.meet(tx, ADA, LATE)
        await people.put(tx, ADA, "Pacific/Auckland", True, True, LATE)
        return (await a_team(tx)).id


async def closed(
    tx: Transaction, team: TeamId, name: str, at: datetime, version: str, stage: Stage | None, index: int | None
) -> None:
    await assessments.begun(tx, AssessmentId(name), team, ModelVersion(version), Form.FULL, ADA, at)
    assert await assessments.close(tx, AssessmentId(name), ADA, at, stage, stage is Stage.RUN, index)


async def facts_of_trend(db: Database, team: TeamId, now: datetime, last: int = 9) -> ChartFacts | None:
    async with db.read(HERE) as tx:
        chart = await charting.trend(tx, team, (await outcomes.closed_of(tx, team))[-last:], now)
    return chart.facts if chart else None


async def facts_of_burnup(db: Database, team: TeamId, now: datetime) -> ChartFacts | None:
    async with db.read(HERE) as tx:
        chart = await charting.burnup(tx, team, now)
    return chart.facts if chart else None


async def test_before_the_first_assessment_there_is_nothing_to_draw(db: Database, team: TeamId) -> None:
    assert await facts_of_trend(db, team, LATE) is None
    assert await facts_of_burnup(db, team, LATE) is None


async def test_a_trend_has_every_closed_assessment_and_what_was_done(db: Database, team: TeamId) -> None:
    async with db.begin(HERE) as tx:
        await closed(tx, team, "one", LATE, "1.0.0", Stage.CRAWL, 30)
        await closed(tx, team, "two", LATE + WEEK, "1.2.0", None, None)
        await closed(tx, team, "three", LATE + 2 * WEEK, "2.0.1", Stage.RUN, 90)
        draft = await a_draft(tx, team, "open")
        done, dropped = ActionState.DONE, ActionState.DROPPED
        await put_action(tx, draft, id=ActionId("ac-1"), number=1, state=done, closed_at=LATE + WEEK)
        await put_action(tx, draft, id=ActionId("ac-2"), number=2, state=dropped, closed_at=LATE)
        await put_action(tx, draft, id=ActionId("ac-3"), number=3)
        other = (await a_team(tx, OPS, EVE)).id
        await closed(tx, other, "theirs", LATE, "1.0.0", Stage.RUN, 99)

    assert await facts_of_trend(db, team, LATE + 3 * WEEK) == TrendFacts(
        (
            TrendPoint(TOMORROW, 30, Stage.CRAWL, provisional=False, major="1"),
            TrendPoint(TOMORROW + WEEK, None, None, provisional=False, major="1"),
            TrendPoint(TOMORROW + 2 * WEEK, 90, Stage.RUN, provisional=True, major="2"),
        ),
        (TOMORROW + WEEK,),
        TOMORROW + 3 * WEEK,
    )


async def test_a_trend_says_no_more_than_the_assessments_that_are_listed_beside_it(db: Database, team: TeamId) -> None:
    async with db.begin(HERE) as tx:
        await closed(tx, team, "one", LATE, "1.0.0", Stage.RUN, 90)
        await closed(tx, team, "two", LATE + WEEK, "1.0.0", Stage.CRAWL, 30)
        draft = await a_draft(tx, team, "open")
        for number, at in enumerate((LATE, LATE + 2 * WEEK), start=1):
            await put_action(
                tx, draft, id=ActionId(f"ac-{number}"), number=number, state=ActionState.DONE, closed_at=at
            )

    assert await facts_of_trend(db, team, LATE + 3 * WEEK, last=1) == TrendFacts(
        (TrendPoint(TOMORROW + WEEK, 30, Stage.CRAWL),), (TOMORROW + 2 * WEEK,), TOMORROW + 3 * WEEK
    )


async def test_a_burnup_has_every_action_point_from_beginning_to_end(db: Database, team: TeamId) -> None:
    async with db.begin(HERE) as tx:
        draft = await a_draft(tx, team)
        for number, (state, at) in enumerate(
            [(ActionState.OPEN, None), (ActionState.DONE, LATE + WEEK), (ActionState.DROPPED, LATE)], start=1
        ):
            await put_action(tx, draft, id=ActionId(f"ac-{number}"), number=number, state=state, closed_at=at)
        theirs = await a_draft(tx, (await a_team(tx, OPS, EVE)).id, "as-2")
        await put_action(tx, theirs, id=ActionId("ac-9"))

    begun = date(2026, 3, 2)  # at nine in the morning, which is the evening there
    assert await facts_of_burnup(db, team, LATE + WEEK) == BurnupFacts(
        (
            ActionSpan(begun, None, dropped=False),
            ActionSpan(begun, TOMORROW + WEEK, dropped=False),
            ActionSpan(begun, TOMORROW, dropped=True),
        ),
        TOMORROW + WEEK,
    )

"""Assessments under several hands: one draft, one closing, and nobody's form over another's."""

import asyncio
from datetime import datetime

import pytest

from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.ids import AssessmentId, StepId, TenantId
from bot.domain.model import Form, Stage
from bot.store import assessments, outcomes
from bot.store.database import Database, Transaction
from tests.store.builders import (
    ADA,
    BOB,
    DAY,
    ELSEWHERE,
    EVE,
    HERE,
    NOW,
    OPS,
    PAY,
    a_draft,
    a_team,
    in_each,
    take_part,
)
from tests.store.conftest import Desk

NEXT = StepId("optimisation")
ROUNDS = 50


async def close(
    tx: Transaction,
    assessment: AssessmentId,
    now: datetime = NOW,
    stage: Stage | None = Stage.WALK,
    provisional: bool = False,
) -> bool:
    return await assessments.close(tx, assessment, ADA, now, stage, provisional, 55)


async def closed(
    desk: Desk, name: str, at: datetime, stage: Stage | None = Stage.WALK, provisional: bool = False
) -> None:
    """One more assessment of the team, in a life of its own beside the draft."""
    async with desk.db.begin(HERE) as tx:
        await assessments.discard(tx, desk.draft.id)
        await a_draft(tx, desk.team.id, name)
        assert await close(tx, AssessmentId(name), at, stage, provisional)


async def by_id(db: Database, assessment: AssessmentId, tenant: TenantId = HERE) -> Assessment:
    async with db.read(tenant) as tx:
        found = await assessments.by_id(tx, assessment)
    assert found is not None
    return found


async def test_a_draft_is_remembered_as_it_was_begun(desk: Desk) -> None:
    kept = await by_id(desk.db, desk.draft.id)

    assert kept == desk.draft
    assert (kept.team, kept.state, kept.started_by, kept.form) == (desk.team.id, AssessmentState.DRAFT, ADA, Form.FULL)
    assert (kept.closed_at, kept.closed_by, kept.stage, kept.is_provisional) == (None, None, None, False)


async def test_twenty_who_begin_at_once_get_one_draft(db: Database) -> None:
    async with db.begin(HERE) as tx:
        team = (await a_team(tx)).id

    begun = await in_each(db, 20, lambda tx, number: a_draft(tx, team, f"as-{number}"))

    assert len({assessment.id for assessment in begun}) == 1


async def test_each_team_has_a_draft_of_its_own(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        other = await a_team(tx, OPS)
        assert (await a_draft(tx, other.id, "as-2")).id == "as-2"
        assert (await a_draft(tx, desk.team.id, "as-3")).id == desk.draft.id


async def test_a_discarded_draft_makes_room_for_another(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        await assessments.discard(tx, desk.draft.id)
        assert await assessments.draft_of(tx, desk.team.id) is None
        assert (await a_draft(tx, desk.team.id, "as-2")).id == "as-2"


async def test_d08_ten_who_close_at_once_close_once(desk: Desk) -> None:
    said = await in_each(desk.db, 10, lambda tx, _: close(tx, desk.draft.id))

    assert said.count(True) == 1


async def test_closing_keeps_the_result(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        assert await assessments.close(tx, desk.draft.id, BOB, NOW, Stage.RUN, True, 90)

    kept = await by_id(desk.db, desk.draft.id)
    assert (kept.state, kept.closed_by, kept.closed_at) == (AssessmentState.CLOSED, BOB, NOW)
    assert (kept.stage, kept.is_provisional, kept.index) == (Stage.RUN, True, 90)


async def test_what_is_closed_is_changed_no_more(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        await close(tx, desk.draft.id)
        await assessments.choose_form(tx, desk.draft.id, Form.SHORT)
        await assessments.discard(tx, desk.draft.id)

    kept = await by_id(desk.db, desk.draft.id)
    assert (kept.form, kept.state) == (Form.FULL, AssessmentState.CLOSED)


async def test_reopened_it_is_a_draft_without_a_result_that_knows_when_it_was_first_closed(desk: Desk) -> None:
    for day in range(2):
        async with desk.db.begin(HERE) as tx:
            await close(tx, desk.draft.id, NOW + day * DAY)
        async with desk.db.begin(HERE) as tx:
            assert await assessments.reopen(tx, await by_id(desk.db, desk.draft.id))

    kept = await by_id(desk.db, desk.draft.id)
    assert (kept.state, kept.stage, kept.index, kept.first_closed_at) == (AssessmentState.DRAFT, None, None, NOW)


async def test_an_open_one_is_not_reopened(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        assert not await assessments.reopen(tx, desk.draft)


async def test_it_is_not_reopened_when_the_team_has_begun_another(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        await close(tx, desk.draft.id)
        await a_draft(tx, desk.team.id, "as-2")
        assert not await assessments.reopen(tx, desk.draft)


async def test_reopened_while_another_is_begun_there_is_still_one_draft(desk: Desk) -> None:
    for round_ in range(10):
        async with desk.db.begin(HERE) as tx:
            await assessments.discard(tx, AssessmentId(f"other-{round_ - 1}"))
            await close(tx, desk.draft.id)

        async def one_or_the_other(tx: Transaction, number: int, round_: int = round_) -> object:
            if number:
                return await a_draft(tx, desk.team.id, f"other-{round_}")
            reopened = await assessments.reopen(tx, desk.draft)
            await asyncio.sleep(0)
            return reopened

        reopened, begun = await in_each(desk.db, 2, one_or_the_other)

        assert isinstance(begun, Assessment)
        assert reopened is (begun.id == desk.draft.id)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param({}, "open question", id="the newest"),
        pytest.param({"settled": True}, "second", id="the newest with a firm stage"),
        pytest.param({"before": AssessmentId("open question")}, "provisional", id="other than that one"),
        pytest.param({"until": NOW + DAY}, "second", id="not after that moment"),
        pytest.param({"until": NOW + DAY, "before": AssessmentId("second")}, "first", id="both"),
        pytest.param({"until": NOW - DAY}, None, id="none so early"),
        pytest.param({"settled": True, "until": NOW}, "first", id="firm, and not after that moment"),
    ],
)
async def test_the_last_closed(desk: Desk, asked: dict[str, object], expected: str | None) -> None:
    await closed(desk, "second", NOW + DAY)
    await closed(desk, "first", NOW)
    await closed(desk, "provisional", NOW + 2 * DAY, provisional=True)
    await closed(desk, "open question", NOW + 3 * DAY, stage=None)

    async with desk.db.read(HERE) as tx:
        found = await assessments.last_closed(tx, desk.team.id, **asked)  # type: ignore[arg-type]

    assert (found.id if found else None) == expected


async def test_all_that_a_team_has_closed_the_earliest_first(desk: Desk) -> None:
    await closed(desk, "second", NOW + DAY)
    await closed(desk, "first", NOW, stage=None)
    async with desk.db.begin(HERE) as tx:
        other = await a_team(tx, OPS, EVE)
        await a_draft(tx, other.id, "theirs")
        await close(tx, AssessmentId("theirs"))
        await a_draft(tx, desk.team.id, "open")

        assert [one.id for one in await outcomes.closed_of(tx, desk.team.id)] == ["first", "second"]


async def test_another_teams_is_not_the_last_closed(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        other = await a_team(tx, OPS, EVE)
        await a_draft(tx, other.id, "theirs")
        await close(tx, AssessmentId("theirs"))
        assert await assessments.last_closed(tx, desk.team.id) is None


async def test_two_workspaces_may_use_the_same_ids(desk: Desk) -> None:
    async with desk.db.begin(ELSEWHERE) as tx:
        team = await a_team(tx)
        await a_draft(tx, team.id, desk.draft.id, by=EVE)
        await close(tx, desk.draft.id)

    assert (await by_id(desk.db, desk.draft.id)).state is AssessmentState.DRAFT
    assert (await by_id(desk.db, desk.draft.id, ELSEWHERE)).started_by == EVE


async def test_who_took_part_is_found_for_several_at_once(db: Database) -> None:
    async with db.begin(HERE) as tx:
        first = await a_draft(tx, (await a_team(tx, PAY)).id, "as-1")
        second = await a_draft(tx, (await a_team(tx, OPS)).id, "as-2")
        await take_part(tx, first.id, BOB, ADA)
        assert await outcomes.answered_by(tx, [first.id, second.id]) == {first.id: (ADA, BOB)}
        assert await outcomes.answered_by(tx, []) == {}

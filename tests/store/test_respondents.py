"""Who takes part in an assessment: nobody's form goes over another's."""

from functools import partial

from bot.domain.answers import Level
from bot.domain.ids import AssessmentId, QuestionId, StepId
from bot.store import answers, respondents
from bot.store.database import Transaction
from tests.store.builders import ADA, BOB, HERE, NOW, in_each, take_part
from tests.store.conftest import Desk

NEXT = StepId("optimisation")
ROUNDS = 50


async def _submitted(assessment: AssessmentId, seen: int, tx: Transaction, _: int) -> bool:
    return await respondents.move(tx, assessment, ADA, seen, NEXT, NOW) is not None


async def test_d01_of_two_forms_drawn_at_once_one_is_stored(desk: Desk) -> None:
    for seen in range(ROUNDS):
        moved = await in_each(desk.db, 2, partial(_submitted, desk.draft.id, seen))
        assert sorted(moved) == [False, True]

    async with desk.db.read(HERE) as tx:
        person = await respondents.by_user(tx, desk.draft.id, ADA)
    assert person is not None
    assert (person.version, person.step) == (ROUNDS, NEXT)


async def test_who_takes_part_twice_stays_where_they_are(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        await respondents.move(tx, desk.draft.id, ADA, 0, NEXT, NOW)
        await respondents.describe(tx, desk.draft.id, ADA, (2, "engineer"))
        await take_part(tx, desk.draft.id, ADA)
        person = await respondents.by_user(tx, desk.draft.id, ADA)

    assert person is not None
    assert (person.version, person.step, person.claimed_level, person.persona) == (1, NEXT, 2, "engineer")


async def test_who_leaves_takes_only_their_own_answers_along(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        await take_part(tx, desk.draft.id, BOB)
        for user in (ADA, BOB):
            await answers.keep(tx, desk.draft.id, user, {QuestionId("q"): Level(1)}, {})
        await respondents.leave(tx, desk.draft.id, BOB)
        left = await respondents.of(tx, desk.draft.id)
        said = await answers.answers_by(tx, desk.draft.id)

    assert ([person.user for person in left], list(said)) == ([ADA], [ADA])

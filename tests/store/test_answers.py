"""Answers, numbers and wishes: what a person said is found again as it was said, and is theirs alone."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.answers import Absent, Answer, Level, NotKnown, Number, Unknown
from bot.domain.ids import BenchmarkId, QuestionId, UserId
from bot.domain.model import Source
from bot.domain.turn import Typed, Wish
from bot.store import answers, wishes
from bot.store.database import Transaction
from tests.store.builders import ADA, BOB, HERE, in_each, take_part
from tests.store.conftest import Desk

TAGGING, BUDGETS = QuestionId("g_tagging"), QuestionId("p_budgets")
VARIANCE = BenchmarkId("forecast_variance")

# PostgreSQL stores no NUL, and the doors of the bot let none in.
WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
ANSWER = st.one_of(st.integers(0, 3).map(Level), st.just(Unknown()), st.just(Absent()))
NUMBER = st.builds(Number, st.floats(allow_nan=False, allow_infinity=False), st.booleans())
TYPED = st.builds(Typed, WORDS, st.sampled_from(Source), st.one_of(NUMBER, st.just(NotKnown())))
WISH = st.builds(
    Wish, WORDS, st.booleans(), WORDS, st.none() | st.sampled_from([ADA, BOB]), st.none() | st.dates(date(2000, 1, 1))
)
ONE_STORE = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


async def said_by(tx: Transaction, desk: Desk, user: UserId) -> dict[QuestionId, Answer]:
    return dict((await answers.answers_by(tx, desk.draft.id)).get(user, {}))


@ONE_STORE
@given(
    given_answers=st.dictionaries(st.sampled_from([TAGGING, BUDGETS]), ANSWER),
    numbers=st.dictionaries(st.just(VARIANCE), TYPED),
    wished=st.lists(WISH, unique_by=lambda wish: wish.origin, max_size=4),
)
async def test_what_was_said_is_found_again(
    desk: Desk, given_answers: dict[QuestionId, Answer], numbers: dict[BenchmarkId, Typed], wished: list[Wish]
) -> None:
    async with desk.db.begin(HERE) as tx:
        await answers.keep(tx, desk.draft.id, ADA, given_answers, numbers)
        await wishes.keep(tx, desk.draft.id, ADA, wished)
    async with desk.db.read(HERE) as tx:
        kept = await said_by(tx, desk, ADA)
        typed = (await answers.numbers_by(tx, desk.draft.id)).get(ADA, {})
        found = await wishes.of(tx, desk.draft.id, ADA)

    assert kept | given_answers == kept  # whatever an earlier example left
    assert {**typed, **numbers} == typed
    assert found == {wish.origin: wish for wish in wished}


async def test_a_new_answer_takes_the_place_of_the_old_and_of_no_other(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        await answers.keep(tx, desk.draft.id, ADA, {TAGGING: Level(1), BUDGETS: Level(2)}, {})
        await answers.keep(tx, desk.draft.id, ADA, {TAGGING: Unknown()}, {})

        assert await said_by(tx, desk, ADA) == {TAGGING: Unknown(), BUDGETS: Level(2)}


async def test_d01_two_people_at_once_never_overwrite_each_other(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        await take_part(tx, desk.draft.id, BOB)
    people = (ADA, BOB)

    for level in range(20):

        async def answer(tx: Transaction, number: int, level: int = level) -> None:
            typed = Typed(str(level), Source.ESTIMATE, Number(level, measured=False))
            await answers.keep(
                tx, desk.draft.id, people[number], {TAGGING: Level(level * 2 + number)}, {VARIANCE: typed}
            )

        await in_each(desk.db, 2, answer)

        async with desk.db.read(HERE) as tx:
            found = await answers.answers_by(tx, desk.draft.id)
        assert found == {ADA: {TAGGING: Level(level * 2)}, BOB: {TAGGING: Level(level * 2 + 1)}}


async def test_a_known_number_may_become_unknown_again(desk: Desk) -> None:
    unknown = Typed("", Source.UNKNOWN, NotKnown())
    async with desk.db.begin(HERE) as tx:
        first = Typed("12.5 %", Source.MEASURED, Number(12.5, measured=True))
        await answers.keep(tx, desk.draft.id, ADA, {}, {VARIANCE: first})
        await answers.keep(tx, desk.draft.id, ADA, {}, {VARIANCE: unknown})

        assert await answers.numbers_by(tx, desk.draft.id) == {ADA: {VARIANCE: unknown}}


async def test_new_wishes_take_the_place_of_all_that_the_person_had(desk: Desk) -> None:
    first, second = (Wish(origin, True, "", None, None) for origin in ("own:1", "own:2"))
    async with desk.db.begin(HERE) as tx:
        await take_part(tx, desk.draft.id, BOB)
        for user in (ADA, BOB):
            await wishes.keep(tx, desk.draft.id, user, [first])
        await wishes.keep(tx, desk.draft.id, ADA, [second])

        assert await wishes.of(tx, desk.draft.id, ADA) == {"own:2": second}
        assert await wishes.of(tx, desk.draft.id, BOB) == {"own:1": first}

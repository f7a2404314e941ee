"""Answers and numbers: a row for each person and question, so that people never overwrite each other."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import assert_never

from sqlalchemy import bindparam, delete, select

from bot.domain.answers import Absent, Answer, Answers, Level, NotKnown, Number, Unknown
from bot.domain.ids import AssessmentId, BenchmarkId, QuestionId, UserId
from bot.domain.model import Source
from bot.domain.turn import Typed
from bot.store.database import Transaction
from bot.store.schema import AnswerRow, MeasureRow
from bot.store.upsert import Insertion

AnswersBy = Mapping[UserId, Answers]
Numbers = Mapping[BenchmarkId, Typed]
NumbersBy = Mapping[UserId, Numbers]

_KEEP_ANSWERS = Insertion(
    AnswerRow,
    lambda row: row.on_conflict_do_update(
        index_elements=["tenant_id", "assessment_id", "user_id", "question_id"], set_={"value": row.excluded.value}
    ),
)
_KEEP_NUMBERS = Insertion(
    MeasureRow,
    lambda row: row.on_conflict_do_update(
        index_elements=["tenant_id", "assessment_id", "user_id", "benchmark_id"],
        set_={name: row.excluded[name] for name in ("value", "is_measured", "source", "typed")},
    ),
)
_ANSWERS_BY = select(AnswerRow).where(AnswerRow.assessment_id == bindparam("assessment"))
_ANSWERS_OF = _ANSWERS_BY.where(AnswerRow.user_id == bindparam("user"))
_NUMBERS_BY = select(MeasureRow).where(MeasureRow.assessment_id == bindparam("assessment"))
_NUMBERS_OF = _NUMBERS_BY.where(MeasureRow.user_id == bindparam("user"))


async def keep(
    tx: Transaction,
    assessment: AssessmentId,
    user: UserId,
    answers: Answers,
    numbers: Numbers,
) -> None:
    whose = {"tenant_id": tx.tenant, "assessment_id": assessment, "user_id": user}
    if answers:
        await tx.session.execute(
            _KEEP_ANSWERS.on(tx),
            [whose | {"question_id": question, "value": _encode(answer)} for question, answer in answers.items()],
        )
    if numbers:
        await tx.session.execute(
            _KEEP_NUMBERS.on(tx),
            [{**whose, "benchmark_id": benchmark, **_columns(typed)} for benchmark, typed in numbers.items()],
        )


async def forget(tx: Transaction, assessment: AssessmentId, user: UserId, questions: Collection[QuestionId]) -> None:
    """As if these had not been answered."""
    await tx.session.execute(
        delete(AnswerRow)
        .where(AnswerRow.assessment_id == assessment, AnswerRow.user_id == user, AnswerRow.question_id.in_(questions))
        .execution_options(synchronize_session=False)
    )


async def answers_by(tx: Transaction, assessment: AssessmentId) -> AnswersBy:
    found: dict[UserId, dict[QuestionId, Answer]] = defaultdict(dict)
    for row in await tx.session.scalars(_ANSWERS_BY, {"assessment": assessment}):
        found[UserId(row.user_id)][QuestionId(row.question_id)] = _decode(row.value)
    return found


async def answers_of(tx: Transaction, assessment: AssessmentId, user: UserId) -> Answers:
    rows = await tx.session.scalars(_ANSWERS_OF, {"assessment": assessment, "user": user})
    return {QuestionId(row.question_id): _decode(row.value) for row in rows}


async def numbers_by(tx: Transaction, assessment: AssessmentId) -> NumbersBy:
    found: dict[UserId, dict[BenchmarkId, Typed]] = defaultdict(dict)
    for row in await tx.session.scalars(_NUMBERS_BY, {"assessment": assessment}):
        found[UserId(row.user_id)][BenchmarkId(row.benchmark_id)] = _typed(row)
    return found


async def numbers_of(tx: Transaction, assessment: AssessmentId, user: UserId) -> Numbers:
    rows = await tx.session.scalars(_NUMBERS_OF, {"assessment": assessment, "user": user})
    return {BenchmarkId(row.benchmark_id): _typed(row) for row in rows}


def _typed(row: MeasureRow) -> Typed:
    measure = NotKnown() if row.value is None else Number(row.value, measured=row.is_measured)
    return Typed(row.typed, Source(row.source), measure)


def _encode(answer: Answer) -> str:
    match answer:
        case Level(level=level):
            return str(level)
        case Unknown():
            return "unknown"
        case Absent():
            return "absent"
        case _:
            assert_never(answer)


def _decode(value: str) -> Answer:
    match value:
        case "unknown":
            return Unknown()
        case "absent":
            return Absent()
        case _:
            return Level(int(value))


def _columns(typed: Typed) -> dict[str, object]:
    match typed.measure:
        case Number(value=value, measured=measured):
            return {"value": value, "is_measured": measured, "source": typed.source, "typed": typed.text}
        case NotKnown():
            return {"value": None, "is_measured": False, "source": typed.source, "typed": typed.text}
        case _:
            assert_never(typed.measure)

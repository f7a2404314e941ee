"""The dialogue: what becomes of each step that a person submits.

Nothing is written before something is chosen or submitted; every step is stored before it is answered.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from bot.catalogue.loading import Models
from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.dialogue import NOTHING_TAKEN, Ask, Finished, Fix, Submitted, Taken, advance, sound
from bot.domain.ids import StepId, UserId
from bot.domain.model import Form, MaturityModel
from bot.domain.turn import Bookmark, Turn, Wish
from bot.services import anonymous, drafting, turning
from bot.services.turning import NextStep, turn_of
from bot.store import answers, assessments, people, respondents, teams, wishes
from bot.store.database import Transaction
from bot.store.respondents import About


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody, on another device perhaps, stored this step since it was drawn. What is stored is shown again."""

    model: MaturityModel
    turn: Turn
    unkept: Taken = NOTHING_TAKEN  # what was submitted, as far as it is another


@dataclass(frozen=True, slots=True)
class Over:
    """The assessment was closed, or thrown away, since the form was drawn."""

    assessment: Assessment


Turned = NextStep | Fix | Stale | Over

KEPT = (
    "*Your answers are kept.* They stand behind a result that was told. Change what is not right, and finish with the "
    "last step."
)


async def submit(
    tx: Transaction,
    models: Models,
    bookmark: Bookmark,
    submitted: Submitted,
    about: About,
    user: UserId,
    now: datetime,
) -> Turned:
    """Stores one step of one person. ``about``: the stage they claim, and their role, as asked in the first step."""
    known = await assessments.by_id(tx, bookmark.assessment)
    if known is not None and known.state is not AssessmentState.DRAFT:
        return Over(known)
    model = models.version(known.model_version) if known else models.latest
    form = bookmark.form if known is None or known.started_by == user else known.form
    step = model.step(bookmark.step)
    outcome = advance(model, form, step, submitted)
    match outcome:
        case Fix():
            return outcome
        case Ask(step=following, taken=taken):
            return await _keep(tx, models, known, replace(bookmark, form=form), following.id, taken, about, user, now)
        case Finished(taken=taken):
            return await _keep(tx, models, known, replace(bookmark, form=form), step.id, taken, about, user, now)
        case _:
            assert_never(outcome)


async def _keep(
    tx: Transaction,
    models: Models,
    known: Assessment | None,
    bookmark: Bookmark,
    following: StepId,
    taken: Taken,
    about: About,
    user: UserId,
    now: datetime,
) -> Turned:
    draft = known or await _begun(tx, models, bookmark, user, now)
    if draft.state is not AssessmentState.DRAFT:
        return Over(draft)
    model = models.version(draft.model_version)
    if bookmark.version == 0:
        await people.meet(tx, user, now)
        await respondents.take_part(tx, draft.id, user, bookmark.step, now)
    person = await respondents.move(tx, draft.id, user, bookmark.version, following, now)
    if person is None:
        return await _stale(tx, model, draft, bookmark, taken, user)
    await answers.keep(tx, draft.id, user, taken.answers, taken.typed)
    if model.before(model.step(bookmark.step)) is None:
        draft = replace(draft, form=await describe(tx, draft, bookmark.form, about, user))
        person = replace(person, claimed_level=about[0], persona=about[1])
    await drafting.replan_draft(tx, draft, now)
    return NextStep(model, await turn_of(tx, model, draft, bookmark.place, user, person))


async def describe(tx: Transaction, draft: Assessment, form: Form, about: About, user: UserId) -> Form:
    """What the first step asks beside its questions; the form that holds, which is its starter's to choose."""
    await respondents.describe(tx, draft.id, user, about)
    if draft.form is form or draft.started_by != user:
        return draft.form
    await assessments.choose_form(tx, draft.id, form)
    return form


async def begin(tx: Transaction, models: Models, bookmark: Bookmark, user: UserId, now: datetime) -> Assessment:
    """The assessment of a form, whatever has become of it; made where it is not there yet."""
    known = await assessments.by_id(tx, bookmark.assessment)
    return known or await _begun(tx, models, bookmark, user, now)


async def _begun(tx: Transaction, models: Models, bookmark: Bookmark, user: UserId, now: datetime) -> Assessment:
    team = await teams.made(tx, bookmark.place, user, now)
    begun = await assessments.begun(
        tx,
        bookmark.assessment,
        team.id,
        models.latest.version,
        bookmark.form,
        user,
        now,
        scope=bookmark.round.scope,
        is_anonymous=bookmark.round.is_anonymous,
    )
    if begun.is_anonymous:
        await anonymous.show(tx, begun, now)
    return begun


async def _stale(
    tx: Transaction, model: MaturityModel, draft: Assessment, bookmark: Bookmark, taken: Taken, user: UserId
) -> NextStep | Stale:
    person = await respondents.by_user(tx, draft.id, user)
    stored = await answers.answers_of(tx, draft.id, user)
    numbers = await answers.numbers_of(tx, draft.id, user)
    turn = await turn_of(tx, model, draft, bookmark.place, user, person)
    unkept = Taken(
        {question: answer for question, answer in taken.answers.items() if stored.get(question) != answer},
        {benchmark: typed for benchmark, typed in taken.typed.items() if numbers.get(benchmark) != typed},
    )
    if not (unkept.answers or unkept.typed):
        return NextStep(model, turn)  # the same once more: Slack repeated itself, or two devices agree
    here = replace(turn, bookmark=replace(turn.bookmark, step=bookmark.step))
    return Stale(model, here, unkept)


async def go_back(
    tx: Transaction,
    models: Models,
    bookmark: Bookmark,
    submitted: Submitted | None,
    wished: tuple[Wish, ...] | None,
    user: UserId,
    now: datetime,
) -> NextStep | Over:
    """To the step before. What was chosen so far is kept, as far as it is sound; what is missing is asked later."""
    draft = await assessments.by_id(tx, bookmark.assessment)
    if draft is None or draft.state is not AssessmentState.DRAFT:
        return await _gone(tx, models, bookmark, draft, user)
    model = models.version(draft.model_version)
    step = model.step(bookmark.step)
    before = model.before(step) or step
    moved = await respondents.move(tx, draft.id, user, bookmark.version, before.id, now)
    if moved is not None:
        if submitted is not None:
            taken = sound(model, draft.form, step, submitted)
            await answers.keep(tx, draft.id, user, taken.answers, taken.typed)
        if wished is not None:
            await wishes.keep(tx, draft.id, user, wished)
        await drafting.replan_draft(tx, draft, now)
    person = moved or await respondents.by_user(tx, draft.id, user)
    turn = await turn_of(tx, model, draft, bookmark.place, user, person)
    return NextStep(model, replace(turn, bookmark=replace(turn.bookmark, step=before.id)))


async def start_over(
    tx: Transaction, models: Models, bookmark: Bookmark, user: UserId, now: datetime
) -> NextStep | Over:
    """Forgets this person's part. The assessment itself is thrown away when nobody else takes part in it.

    Of a correction nothing is forgotten, for with the answers the result would be lost: it begins at the first step.
    """
    draft = await assessments.by_id(tx, bookmark.assessment)
    if draft is not None and draft.state is AssessmentState.CLOSED:
        return Over(draft)
    if draft is not None and draft.first_closed_at is not None:
        return await _from_the_first_step(tx, models, draft, bookmark, user, now)
    if draft is not None:
        await respondents.leave(tx, draft.id, user)
        if not await respondents.of(tx, draft.id):
            await assessments.discard(tx, draft.id)
        await drafting.replan(tx, draft.id, now)
    there = await turning.of_place(tx, models, bookmark.place, user, bookmark.round)
    return replace(there, turn=replace(there.turn, is_anew=True))


async def _from_the_first_step(
    tx: Transaction, models: Models, draft: Assessment, bookmark: Bookmark, user: UserId, now: datetime
) -> NextStep | Over:
    person = await respondents.by_user(tx, draft.id, user)
    if draft.state is not AssessmentState.DRAFT or person is None:
        return Over(draft)
    model = models.version(draft.model_version)
    moved = await respondents.move(tx, draft.id, user, person.version, model.steps[0].id, now)
    await drafting.replan_draft(tx, draft, now)
    turn = await turn_of(tx, model, draft, bookmark.place, user, moved)
    return NextStep(model, replace(turn, note=KEPT))


async def _gone(
    tx: Transaction, models: Models, bookmark: Bookmark, draft: Assessment | None, user: UserId
) -> NextStep | Over:
    return Over(draft) if draft else await turning.of_place(tx, models, bookmark.place, user)

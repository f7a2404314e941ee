"""What is chosen in a form before it is submitted: kept at once, and no step further for it.

The person's part keeps its version, so that the form is as fresh as it was; a form that is stale keeps nothing.
"""

from collections.abc import Set
from dataclasses import replace
from datetime import datetime

from bot.catalogue.loading import Models
from bot.domain.answers import Absent, Answers
from bot.domain.assessment import AssessmentState
from bot.domain.dialogue import Submitted, absent_block, chosen
from bot.domain.ids import QuestionId, UserId
from bot.domain.model import Step
from bot.domain.turn import Bookmark, Wish
from bot.services import assessing, drafting
from bot.store import answers, assessments, respondents, wishes
from bot.store.database import Transaction
from bot.store.respondents import About


async def choose(
    tx: Transaction,
    models: Models,
    bookmark: Bookmark,
    submitted: Submitted,
    about: About,
    block: str,
    user: UserId,
    now: datetime,
) -> bool:
    """Keeps what was chosen in one block of a step, as far as it is sound by itself; False: it came too late."""
    if bookmark.version and await assessments.by_id(tx, bookmark.assessment) is None:
        return False
    draft = await assessing.begin(tx, models, bookmark, user, now)
    if draft.state is not AssessmentState.DRAFT:
        return False
    if bookmark.version == 0:
        await respondents.take_part(tx, draft.id, user, bookmark.step, now)
    if not await respondents.stay(tx, draft.id, user, bookmark.version, bookmark.step, now):
        return False
    model = models.version(draft.model_version)
    step, form = model.step(bookmark.step), draft.form
    if model.before(step) is None:
        form = await assessing.describe(tx, draft, bookmark.form, about, user)
    stored = await answers.answers_of(tx, draft.id, user)
    names = _names(step, block, submitted, stored)
    taken = chosen(model, form, step, submitted, names)
    await answers.keep(tx, draft.id, user, taken.answers, taken.typed)
    await answers.forget(tx, draft.id, user, _unmarked(step, block, submitted, stored) - taken.answers.keys())
    await drafting.replan_draft(tx, replace(draft, form=form), now)
    return True


async def wish(tx: Transaction, bookmark: Bookmark, wished: Wish | None, user: UserId, now: datetime) -> bool:
    """The same for the form of the last step."""
    draft = await assessments.by_id(tx, bookmark.assessment)
    if draft is None or draft.state is not AssessmentState.DRAFT or wished is None:
        return False
    if not await respondents.stay(tx, draft.id, user, bookmark.version, bookmark.step, now):
        return False
    await wishes.keep_one(tx, draft.id, user, wished)
    await drafting.replan_draft(tx, draft, now)
    return True


def _names(step: Step, block: str, submitted: Submitted, stored: Answers) -> Set[str]:
    """The questions and numbers that a choice in this block is about."""
    if block == absent_block(step.id):
        return submitted.absent | _unmarked(step, block, submitted, stored)
    return {block, block.removesuffix(".source")}


def _unmarked(step: Step, block: str, submitted: Submitted, stored: Answers) -> Set[QuestionId]:
    """What was marked as not existing here, and is not any more."""
    if block != absent_block(step.id):
        return set()
    marked = {question.id for question in step.questions if isinstance(stored.get(question.id), Absent)}
    return marked - submitted.absent

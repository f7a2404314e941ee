"""How an anonymous round comes to its end: for each person by themselves, and then, by the lead, for all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.catalogue.loading import Models
from bot.domain.assessment import AssessmentState
from bot.domain.ids import AssessmentId, ChannelId, UserId
from bot.domain.rounds import Progress
from bot.domain.turn import Bookmark, Round, Turn, Wish
from bot.services import anonymous, closing, turning
from bot.services.anonymous import NotTheirs
from bot.services.assessing import Over, Stale
from bot.services.turning import NextStep
from bot.store import assessments, respondents, wishes
from bot.store import rounds as stored
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class TooFew:
    """With so few answers one could tell who said what, so the round stays open."""

    progress: Progress


async def finish(
    tx: Transaction, models: Models, bookmark: Bookmark, user: UserId, now: datetime
) -> NextStep | Stale | Over:
    """Ends one person's own part; the others go on."""
    draft = await assessments.by_id(tx, bookmark.assessment)
    person = await respondents.by_user(tx, bookmark.assessment, user) if draft else None
    here = await turning.of_place(tx, models, bookmark.place, user)
    if draft is None or person is None:
        return here
    if draft.state is not AssessmentState.DRAFT:
        return Over(draft)
    if (person.step, person.version) != (bookmark.step, bookmark.version):
        return Stale(here.model, here.turn)
    await stored.finish(tx, draft.id, user, now)
    await anonymous.show(tx, draft, now)
    there = await turning.of_place(tx, models, bookmark.place, user)
    return replace(there, turn=replace(there.turn, saved_at=None))


async def plan(
    tx: Transaction, models: Models, assessment: AssessmentId, user: UserId, now: datetime
) -> closing.Plan | TooFew | NotTheirs:
    """What the lead is shown before everything is closed: what was found, and the action points to choose."""
    found = await anonymous.open_of_lead(tx, assessment, user)
    if isinstance(found, NotTheirs):
        return found
    draft, team = found
    progress = await anonymous.progress(tx, draft, team)
    if not progress.may_close:
        return TooFew(progress)
    kept = await wishes.of(tx, draft.id, user)
    last = models.version(draft.model_version).steps[-1].id
    meant = Round(draft.scope, draft.is_anonymous)
    bookmark = Bookmark(draft.id, last, 0, draft.form, team.place, meant)
    return await closing.plan(tx, models, Turn(bookmark, wishes=kept), user, now)


async def close(
    tx: Transaction,
    models: Models,
    announce_to: ChannelId | None,
    bookmark: Bookmark,
    wished: Sequence[Wish],
    user: UserId,
    now: datetime,
) -> closing.Closed | closing.FixPlan | TooFew | NotTheirs:
    found = await anonymous.open_of_lead(tx, bookmark.assessment, user)
    if isinstance(found, NotTheirs):
        return found
    draft, team = found
    progress = await anonymous.progress(tx, draft, team)
    if not progress.may_close:
        return TooFew(progress)
    closed = await closing.conclude(tx, models, announce_to, draft, wished, user, now)
    if isinstance(closed, closing.Closed):
        await anonymous.show(tx, draft, now)
    return closed

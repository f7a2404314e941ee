"""Anonymous rounds: everybody answers to the end of their own part, and the lead closes for all."""

from datetime import datetime

from bot.domain.assessment import AssessmentState
from bot.domain.ids import AssessmentId, UserId
from bot.domain.items import Item, RoundWaiting
from bot.domain.touches import Reason
from bot.services.conduct import Conduct, judged_by, nothing_follows, wait
from bot.store import assessments, teams
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch


async def waiting(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Reason:
    """Whether somebody is still to be reminded that the round waits for them."""
    assessment, _, user = planned.subject.partition(":")
    draft = await assessments.by_id(tx, AssessmentId(assessment))
    if draft is None or draft.state is not AssessmentState.DRAFT:
        return Reason.CLOSED
    person = await assessments.respondent(tx, draft.id, UserId(user))
    if person is not None and person.finished_at is not None:
        return Reason.ACTIVE
    team = await teams.by_id(tx, draft.team)
    return Reason.STOPPED if team.is_stopped else RoundWaiting(planned.id, team, draft.id, draft.scope)


CONDUCT = Conduct(judged_by(waiting), waiting, nothing_follows, wait)

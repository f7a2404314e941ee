"""What a team has agreed on, question by question, for those who belong to it."""

from bot.catalogue.loading import Models
from bot.domain.assessment import AssessmentState
from bot.domain.ids import AssessmentId, UserId
from bot.domain.respondents import spreads
from bot.services import weighing
from bot.store import answers, assessments, members, teams
from bot.store.database import Transaction
from bot.views.answers import AnswersFacts


async def facts(tx: Transaction, models: Models, assessment: AssessmentId, user: UserId) -> AnswersFacts | None:
    """None for whoever does not belong to the team, as for what does not exist or is open."""
    closed = await assessments.by_id(tx, assessment)
    if closed is None or closed.state is not AssessmentState.CLOSED:
        return None
    if not await members.belongs(tx, closed.team, user):
        return None
    weighed = await weighing.weigh(tx, models, closed)
    said = await answers.answers_by(tx, closed.id)
    counted = [said[person.user] for person in weighed.respondents if person.user in said]
    return AnswersFacts(
        weighed.model,
        (await teams.by_id(tx, closed.team)).name,
        closed.form,
        weighed.answers,
        {question: spread for question, spread in spreads(counted).items() if question in weighed.contested},
        len(weighed.respondents),
    )

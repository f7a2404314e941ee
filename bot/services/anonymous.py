"""Anonymous rounds: who is in one, how many have answered, and who is reminded. Nobody is told who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.direct_notices import RoundEdit, RoundPost
from bot.domain.ids import AssessmentId, ChannelId, UserId
from bot.domain.items import Item, RoundWaiting
from bot.domain.preferences import Profile
from bot.domain.rounds import REMIND_AGAIN_AFTER, Progress
from bot.domain.teams import Team
from bot.domain.touches import Reason, Rung, Touch, Track
from bot.services import calendars
from bot.services.conduct import Conduct, judged_by, nothing_follows, wait
from bot.store import assessments, members, outbox, people, plans, respondents, teams, told
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch

VERSION = 1  # a round is asked about as it is, whenever that was planned


@dataclass(frozen=True, slots=True)
class Asked:
    """So many will be reminded, each in their own day."""

    count: int


@dataclass(frozen=True, slots=True)
class NobodyToAsk:
    """Everybody has answered, or was reminded a few days ago."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """Only the team's lead, and only while the round is open."""


async def open_of_lead(tx: Transaction, assessment: AssessmentId, actor: UserId) -> tuple[Assessment, Team] | NotTheirs:
    draft = await assessments.by_id(tx, assessment)
    if draft is None or draft.state is not AssessmentState.DRAFT or not draft.is_anonymous:
        return NotTheirs()
    team = await teams.by_id(tx, draft.team)
    return (draft, team) if team.lead == actor else NotTheirs()


async def progress(tx: Transaction, draft: Assessment, team: Team) -> Progress:
    answered, left = await _taking_part(tx, draft, team)
    return Progress(len(answered), len(answered) + len(left))


async def show(tx: Transaction, draft: Assessment, now: datetime) -> None:
    """Has the lead's message about the round drawn as it is now; posted where there is none yet."""
    team = await teams.by_id(tx, draft.team)
    lead = ChannelId(team.lead)
    if not await outbox.enqueue(tx, message_of(draft.id, team.lead), RoundPost(draft.id), lead, draft.id, now):
        await outbox.enqueue_edit(tx, RoundEdit(draft.id), lead, draft.id, now)


def message_of(assessment: AssessmentId, lead: UserId) -> str:
    """The key of a lead's message about a round."""
    return f"round:{assessment}:{lead}"


async def remind(
    tx: Transaction, assessment: AssessmentId, actor: UserId, now: datetime
) -> Asked | NobodyToAsk | NotTheirs:
    """Only who has not come to the end, and nobody twice within a few days."""
    found = await open_of_lead(tx, assessment, actor)
    if isinstance(found, NotTheirs):
        return found
    draft, team = found
    answered, left = await _taking_part(tx, draft, team)
    asked = [await _ask(tx, draft, team, user, now) for user in left if user != actor]
    return Asked(sum(asked)) if any(asked) else NobodyToAsk(Progress(len(answered), len(answered) + len(left)))


async def waiting(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Reason:
    """Whether somebody is still to be reminded that the round waits for them."""
    assessment, _, user = planned.subject.partition(":")
    draft = await assessments.by_id(tx, AssessmentId(assessment))
    if draft is None or draft.state is not AssessmentState.DRAFT:
        return Reason.CLOSED
    person = await respondents.by_user(tx, draft.id, UserId(user))
    if person is not None and person.finished_at is not None:
        return Reason.ACTIVE
    team = await teams.by_id(tx, draft.team)
    if team.is_stopped:
        return Reason.STOPPED
    if (await calendars.of_person(tx, UserId(user), team, now)).profile is Profile.OFF:
        return Reason.PROFILE
    return RoundWaiting(planned.id, team, draft.id, draft.scope)


CONDUCT = Conduct(judged_by(waiting), waiting, nothing_follows, wait)


async def _taking_part(tx: Transaction, draft: Assessment, team: Team) -> tuple[Sequence[UserId], Sequence[UserId]]:
    """Who has answered to the end, and who has not: the lead, those who were added, and whoever else began."""
    there = await respondents.of(tx, draft.id)
    answered = [person.user for person in there if person.finished_at is not None]
    asked = {team.lead, *await members.named(tx, team.id), *(person.user for person in there)}
    known = await people.of(tx, asked)
    gone = {user for user, person in known.items() if not person.is_active}
    return answered, sorted(asked - gone - set(answered))


async def _ask(tx: Transaction, draft: Assessment, team: Team, user: UserId, now: datetime) -> bool:
    subject = f"{draft.id}:{user}"
    await people.meet(tx, user, now)
    calendar = (await calendars.of_person(tx, user, team, now)).calendar
    today = calendar.local_date(now)
    last = await told.said_last(tx, Track.ROUND, subject)
    if last is not None and calendar.working_days_between(last.touch.local_day, today) < REMIND_AGAIN_AFTER:
        return False
    at = now if calendar.in_window(now) else calendar.next_slot(now, user)
    touch = Touch(Rung.ROUND_ASKED, calendar.local_date(at), at, VERSION, user)
    await plans.put(tx, subject, {Track.ROUND: touch}, now)
    return True

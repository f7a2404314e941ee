"""Drafts that were left: who is reminded of one, and what becomes of one that nobody comes back to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.domain import drafts
from bot.domain.assessment import Assessment, AssessmentState, Respondent
from bot.domain.drafts import Left
from bot.domain.ids import AssessmentId, UserId
from bot.domain.items import DraftWaiting, Item
from bot.domain.teams import Team
from bot.domain.touches import Move, Outcome, Reason, Rung, Settled, Skip, Touch, Track
from bot.services import calendars, correcting, rhythm
from bot.services.calendars import Whereabouts
from bot.services.conduct import Conduct, each, in_turn, wait
from bot.store import assessments, corrections, plans, respondents, teams, told
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch

MOST = 100  # drafts that wait for one person


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft, and everything that a decision about it rests on."""

    draft: Assessment
    team: Team
    left: Left
    where: Whereabouts
    history: tuple[Settled, ...]
    is_done: bool  # in a round without names its recipient has come to the end of their part

    def is_idle(self, touch: PlannedTouch) -> bool:
        """Nothing is left for the person to do: only that the draft expires is worth a word."""
        return self.is_done and touch.touch.rung in (Rung.DRAFT_FIRST, Rung.DRAFT_SECOND)


@dataclass(frozen=True, slots=True)
class Discarded:
    """The person's part is gone; ``whole``: with it the draft, in which nobody else took part."""

    team: Team
    whole: bool


@dataclass(frozen=True, slots=True)
class NothingToDiscard:
    """It was finished or thrown away meanwhile, or has no part of this person's."""


async def replan(tx: Transaction, assessment: AssessmentId, now: datetime) -> None:
    """After whatever is stored of a draft, and when it is none any more."""
    draft = await assessments.by_id(tx, assessment)
    if draft is None:
        await plans.put(tx, assessment, {Track.DRAFT: None}, now)
    else:
        await replan_draft(tx, draft, now)


async def replan_draft(tx: Transaction, draft: Assessment, now: datetime) -> None:
    """The same, of one as it is now."""
    waiting = await _waiting_for(tx, draft, now)
    await plans.put(tx, draft.id, {Track.DRAFT: _plan(waiting) if waiting else None}, now)


async def replan_of(tx: Transaction, user: UserId, now: datetime) -> None:
    """After a person's zone or wishes changed."""
    for draft in await assessments.drafts_with(tx, user, MOST):
        await replan(tx, draft, now)


async def judge(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Skip | Move:
    """A draft whose time is over is thrown away here: that was said three days before, and needs no other word."""
    waiting = await _waiting(tx, AssessmentId(planned.subject), now)
    if waiting is None:
        return Skip(Reason.CLOSED)
    left, where = waiting.left, waiting.where
    said = drafts.verdict(planned.touch, left, waiting.history, where.calendar, where.profile, now)
    match said:
        case Skip(reason=Reason.EXPIRED):
            await _end(tx, waiting.draft, waiting.team, now)
            await rhythm.replan_team(tx, waiting.team, now)
            return said
        case Skip() | Move():
            return said
        case None if waiting.team.is_stopped:
            return Skip(Reason.STOPPED)
        case None if waiting.is_idle(planned):
            return Skip(Reason.ACTIVE)
        case None:
            return _item(planned, waiting, now)
        case _:
            assert_never(said)


async def look(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Reason:
    waiting = await _waiting(tx, AssessmentId(planned.subject), now)
    if waiting is None:
        return Reason.CLOSED
    if waiting.left.recipient != planned.touch.recipient:
        return Reason.OTHER_OWNER
    # Somebody who went on with it meanwhile needs no reminder.
    moved = waiting.left.version != planned.touch.version or waiting.left.touched_at > planned.touch.at_utc
    return Reason.ACTIVE if moved or waiting.is_idle(planned) else _item(planned, waiting, now)


async def follow(tx: Transaction, planned: PlannedTouch, now: datetime) -> None:
    await replan(tx, AssessmentId(planned.subject), now)


CONDUCT = Conduct(each(judge), look, in_turn(follow), wait)


async def discard(
    tx: Transaction, assessment: AssessmentId, user: UserId, now: datetime
) -> Discarded | NothingToDiscard:
    """Takes the person's part out of a draft. A correction is given up as a whole, also by the lead."""
    draft = await assessments.by_id(tx, assessment)
    if draft is None or draft.state is not AssessmentState.DRAFT:
        return NothingToDiscard()
    if draft.first_closed_at is not None:
        return await _give_up(tx, draft, user, now)
    if await respondents.by_user(tx, assessment, user) is None:
        return NothingToDiscard()
    await respondents.leave(tx, assessment, user)
    alone = not await respondents.of(tx, assessment)
    if alone:
        await assessments.discard(tx, assessment)
    await replan(tx, assessment, now)
    return Discarded(await teams.by_id(tx, draft.team), alone)


async def _give_up(tx: Transaction, draft: Assessment, user: UserId, now: datetime) -> Discarded | NothingToDiscard:
    waiting = await _waiting(tx, draft.id, now)
    if waiting is None or waiting.left.is_lasting or user not in (waiting.left.recipient, waiting.team.lead):
        return NothingToDiscard()
    await _end(tx, draft, waiting.team, now)
    await replan(tx, draft.id, now)
    await rhythm.replan_team(tx, waiting.team, now)
    return Discarded(waiting.team, whole=True)


async def _end(tx: Transaction, draft: Assessment, team: Team, now: datetime) -> None:
    if draft.first_closed_at is None:
        await assessments.discard(tx, draft.id)
    else:
        await correcting.give_up(tx, draft.id, team, now)


async def _waiting(tx: Transaction, assessment: AssessmentId, now: datetime) -> Waiting | None:
    draft = await assessments.by_id(tx, assessment)
    return await _waiting_for(tx, draft, now) if draft else None


async def _waiting_for(tx: Transaction, draft: Assessment, now: datetime) -> Waiting | None:
    people = await respondents.of(tx, draft.id)
    if draft.state is not AssessmentState.DRAFT or not people:
        return None
    last = max(people, key=lambda person: person.saved_at)
    left = Left(
        _recipient(draft, people, last),
        last.saved_at,
        sum(person.version for person in people),
        is_lasting=draft.first_closed_at is not None and not await corrections.is_aside(tx, draft.id),
    )
    team, around = await calendars.around_team(tx, draft.team, [left.recipient], now)
    history = await told.history_of(tx, Track.DRAFT, draft.id, left.version)
    is_done = any(person.user == left.recipient and person.finished_at is not None for person in people)
    return Waiting(draft, team, left, around.person(left.recipient), tuple(history), is_done)


def _recipient(draft: Assessment, people: Sequence[Respondent], last: Respondent) -> UserId:
    """Who began it. A correction, and what its starter has left to others, is with who was at it last."""
    takes_part = any(person.user == draft.started_by for person in people)
    return draft.started_by if takes_part and draft.first_closed_at is None else last.user


def _plan(waiting: Waiting) -> Touch | None:
    return drafts.next_touch(waiting.left, waiting.history, waiting.where.calendar, waiting.where.profile)


def _item(planned: PlannedTouch, waiting: Waiting, now: datetime) -> DraftWaiting:
    calendar = waiting.where.calendar
    rung, today = planned.touch.rung, calendar.local_date(now)
    said = (Settled(rung, today, Outcome.SENT),) if rung is Rung.DRAFT_LAST else ()
    return DraftWaiting(
        planned.id,
        waiting.draft.id,
        waiting.team,
        rung,
        calendar.local_date(waiting.left.touched_at),
        today,
        drafts.expires_on(waiting.left, (*waiting.history, *said), calendar),
        is_correction=waiting.draft.first_closed_at is not None,
    )

"""The last step: what is proposed, and everything that follows from submitting it, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from bot.catalogue.loading import Models
from bot.domain.actions import ActionPoint, ActionState
from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.calendar import WorkCalendar
from bot.domain.decisions import flaw_in_due
from bot.domain.ids import ActionId, AssessmentId, ChannelId, UserId
from bot.domain.notices import ResultEdit, ResultPost
from bot.domain.points import OWN, OWN_DAYS, OWN_POINTS, Point, own_origin, plain, points
from bot.domain.results import Staged
from bot.domain.teams import Team
from bot.domain.turn import Bookmark, Turn, Wish
from bot.services import announcing, calendars, carding, drafting, planning, rhythm, turning, weighing
from bot.services.assessing import Over, Stale
from bot.services.turning import NextStep
from bot.services.weighing import Weighed
from bot.store import actions, assessments, choices, corrections, outbox, people, respondents, teams
from bot.store.database import Transaction

OWN_CARDS_AT_MOST = 3  # more action points than this share one list message
CORRECTED_IN_PLACE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the form of the last step shows."""

    turn: Turn
    weighed: Weighed
    offers: tuple[tuple[Point, Wish], ...]
    own: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    wish: Wish
    what: str  # title, owner or due
    sentence: str


@dataclass(frozen=True, slots=True)
class FixPlan:
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """``added``: how many action points this submission made; ``by_me``: False when somebody else closed it before."""

    weighed: Weighed
    team: Team
    added: int
    by_me: bool


Finished = Closed | FixPlan | Stale | NextStep | Over


async def plan(tx: Transaction, models: Models, turn: Turn, user: UserId, now: datetime) -> Plan:
    draft = await assessments.by_id(tx, turn.bookmark.assessment)
    assert draft is not None  # its last step was reached
    weighed = await weighing.weigh(tx, models, draft)
    team = await teams.by_id(tx, draft.team)
    calendar = await calendars.of_owner(tx, user, team, now)
    offered = points(weighed.model, await weighing.proposals(tx, weighed))
    kept = turn.wishes
    today = calendar.local_date(now)
    return Plan(
        turn,
        weighed,
        tuple((point, kept.get(point.origin) or _prefilled(point, user, calendar, today)) for point in offered),
        tuple(_own(place, user, kept, calendar, today) for place in range(1, OWN_POINTS + 1)),
    )


async def finish(
    tx: Transaction,
    models: Models,
    announce_to: ChannelId | None,
    bookmark: Bookmark,
    wished: Sequence[Wish],
    user: UserId,
    now: datetime,
) -> Finished:
    draft = await assessments.by_id(tx, bookmark.assessment)
    person = await respondents.by_user(tx, bookmark.assessment, user) if draft else None
    if draft is None or draft.state is AssessmentState.DISCARDED or person is None:
        return Over(draft) if draft else await turning.of_place(tx, models, bookmark.place, user)
    if draft.state is AssessmentState.DRAFT and (person.step, person.version) != (bookmark.step, bookmark.version):
        here = await turning.of_place(tx, models, bookmark.place, user)
        return Stale(here.model, here.turn)
    if draft.is_anonymous and draft.state is AssessmentState.DRAFT:
        return await turning.of_place(tx, models, bookmark.place, user)  # its lead closes it, and in another form
    return await conclude(tx, models, announce_to, draft, wished, user, now)


async def conclude(
    tx: Transaction,
    models: Models,
    announce_to: ChannelId | None,
    draft: Assessment,
    wished: Sequence[Wish],
    user: UserId,
    now: datetime,
) -> Closed | FixPlan:
    """Closes it and has everything told, unless somebody else has closed it; what was chosen is added in any case."""
    team = await teams.by_id(tx, draft.team)
    taken = [wish for wish in wished if wish.taken]
    problems = await _problems(tx, team, taken, user, now)
    if problems and draft.state is AssessmentState.DRAFT:
        return FixPlan(tuple(problems))
    weighed = await weighing.weigh(tx, models, draft)
    by_me = draft.state is AssessmentState.DRAFT and await _close(tx, weighed, user, now)
    if by_me:
        await _go_round(tx, draft.id, team, now)
        await _tell(tx, models, announce_to, weighed, team, now)
    added = await _add(tx, weighed, team, taken, user, now)
    return Closed(weighed, team, added, by_me or draft.closed_by == user)


async def _close(tx: Transaction, weighed: Weighed, user: UserId, now: datetime) -> bool:
    overall = weighed.result.overall
    provisional = isinstance(overall, Staged) and overall.provisional
    closed = await assessments.close(
        tx,
        weighed.assessment.id,
        user,
        now,
        overall.stage,
        provisional,
        weighed.result.index,
        weighed.model.reassess_every_days,
    )
    if closed and weighed.assessment.first_closed_at is not None:
        await corrections.forget(tx, weighed.assessment.id)
    return closed


async def _go_round(tx: Transaction, assessment: AssessmentId, team: Team, now: datetime) -> None:
    """What was moved or skipped was about this assessment; from here on the regular days count."""
    await choices.move_reassessment(tx, team.id, None)
    await drafting.replan(tx, assessment, now)
    await rhythm.replan_team(tx, team, now)


async def _tell(
    tx: Transaction, models: Models, announce_to: ChannelId | None, weighed: Weighed, team: Team, now: datetime
) -> None:
    draft = weighed.assessment
    corrected = draft.first_closed_at is not None and now - draft.first_closed_at <= CORRECTED_IN_PLACE
    channel = team.place.channel
    chosen = await choices.of_team(tx, team.id)
    await outbox.line_up(tx, announcing.audience(team, chosen.announce_to, announce_to))
    if corrected:
        await outbox.enqueue_edit(tx, ResultEdit(draft.id), channel, draft.id, now)
    else:
        occurrence = f":{int(now.timestamp())}" if draft.first_closed_at else ""
        await outbox.enqueue(tx, f"result:{draft.id}{occurrence}", ResultPost(draft.id), channel, draft.id, now)
    await announcing.announce(tx, models, announce_to, weighed, team, now)


async def _problems(tx: Transaction, team: Team, taken: Sequence[Wish], user: UserId, now: datetime) -> list[Problem]:
    known = await people.of(tx, [wish.owner for wish in taken if wish.owner])
    found = []
    for wish in taken:
        calendar = await calendars.of_owner(tx, wish.owner or user, team, now)
        flaw = flaw_in_due(wish.due_on, calendar.local_date(now)) if wish.due_on else None
        if flaw is not None:
            found.append(Problem(wish, "due", "Please choose today or a later day, within five years."))
        owner = known.get(wish.owner) if wish.owner else None
        if owner is not None and not (owner.is_active and owner.is_member):
            found.append(Problem(wish, "owner", "Please choose a full member of this workspace who is still here."))
    return found


async def _add(
    tx: Transaction, weighed: Weighed, team: Team, taken: Sequence[Wish], user: UserId, now: datetime
) -> int:
    """Makes the action points that are not there yet, with their cards; how many."""
    assessment = weighed.assessment
    there = await actions.origins_of(tx, assessment.id)
    offered = await _offered(tx, weighed, taken)
    new = [wish for wish in taken if wish.origin not in there and (_is_own(wish) or wish.origin in offered)]
    if not new:
        return 0
    numbers = await teams.take_numbers(tx, team.id, len(new))
    shared = await carding.post(tx, team, now) if len(new) > OWN_CARDS_AT_MOST else None
    made = list[ActionPoint]()
    for number, wish in zip(numbers, new, strict=True):
        card = shared or await carding.post(tx, team, now)
        action = _action(wish, offered.get(wish.origin), number, team, user, now)
        await actions.add(tx, assessment.id, card, wish.origin, action, now)
        if action.owner:
            await people.meet(tx, action.owner, now)
        made.append(action)
    await planning.replan_all(tx, made, now)
    return len(new)


async def _offered(tx: Transaction, weighed: Weighed, new: Sequence[Wish]) -> Mapping[str, Point]:
    """What the wishes stand for. The words are the model's, whatever the form said."""
    proposed = {point.origin: point for point in points(weighed.model, await weighing.proposals(tx, weighed))}
    found = [proposed.get(wish.origin) or plain(weighed.model, wish.origin) for wish in new if not _is_own(wish)]
    return {point.origin: point for point in found if point is not None}


def _action(wish: Wish, point: Point | None, number: int, team: Team, user: UserId, now: datetime) -> ActionPoint:
    return ActionPoint(
        id=ActionId(uuid4().hex),
        team=team.id,
        number=number,
        title=point.title if point else wish.title,
        why=point.why if point else "",
        catalogue=point.catalogue if point else None,
        assigned_by=user,
        assigned_at=now,
        decided_at=now,
        owner=wish.owner,
        due_on=wish.due_on,
        state=ActionState.OPEN if wish.owner else ActionState.NEEDS_OWNER,
    )


def _prefilled(point: Point, user: UserId, calendar: WorkCalendar, today: date) -> Wish:
    due_on = calendar.not_before(today + timedelta(days=point.days))
    return Wish(point.origin, taken=True, title="", owner=user, due_on=due_on)


def _own(place: int, user: UserId, kept: Mapping[str, Wish], calendar: WorkCalendar, today: date) -> Wish:
    origin = own_origin(place, user)
    due_on = calendar.not_before(today + timedelta(days=OWN_DAYS))
    return kept.get(origin) or Wish(origin, taken=False, title="", owner=user, due_on=due_on)


def _is_own(wish: Wish) -> bool:
    return wish.origin.startswith(OWN)

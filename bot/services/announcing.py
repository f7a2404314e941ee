"""A stage that changed: up is told at once, down first to the lead, and to the channel only after a hold."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.catalogue.loading import Models
from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.audited import Audited
from bot.domain.ids import AssessmentId, ChannelId, UserId
from bot.domain.margin import Unconfirmed, confirmed
from bot.domain.notices import StageDown, StageDownToLead, StageUp
from bot.domain.preferences import Drops
from bot.domain.stages import Change, Down, NotAnnounced, Same, Silence, Up, change
from bot.domain.teams import Team
from bot.services import calendars, correcting, drafting, rhythm, weighing
from bot.services.weighing import Weighed
from bot.store import assessments, audits, choices, outbox, respondents, teams
from bot.store.database import Transaction

HOLD_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Held:
    """The channel post about a stage that went down: when it will go, unless something is decided."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Posting:
    """It goes now."""


@dataclass(frozen=True, slots=True)
class NothingHeld:
    """It was posted, or taken back by a correction; or it is not this person's to decide."""


Decided = Held | Posting | NothingHeld


async def stage_change(tx: Transaction, models: Models, weighed: Weighed) -> Change | Unconfirmed:
    """Against the stage that the channel knows; a provisional one was never told."""
    team, own, until = weighed.assessment.team, weighed.assessment.id, weighed.assessment.closed_at
    told = await assessments.last_told(tx, team, before=own, until=until)
    last = await assessments.last_closed(tx, team, before=own, until=until, settled=True)
    previous = (await weighing.weigh(tx, models, told)).assessed if told else None
    changed = change(weighed.model, previous, weighed.assessed)
    return confirmed(weighed.model, weighed.assessment.form, weighed.assessed, changed, last.stage if last else None)


async def announce(
    tx: Transaction, models: Models, announce_to: ChannelId | None, weighed: Weighed, team: Team, now: datetime
) -> None:
    changed = await stage_change(tx, models, weighed)
    assessment = weighed.assessment.id
    chosen = await choices.of_team(tx, team.id)
    match changed:
        case Up(now=stage):
            await assessments.tell(tx, assessment, stage)
            for channel in audience(team, chosen.announce_to, announce_to):
                key = f"stage-up:{assessment}:{stage}:{channel}"
                await outbox.enqueue(tx, key, StageUp(assessment), channel, assessment, now)
        case Down() if chosen.drops is Drops.LEAD_ONLY:
            await assessments.tell(tx, assessment, changed.before)
            await _tell_lead_alone(tx, weighed, team, changed, now)
        case Down(now=stage):
            await assessments.tell(tx, assessment, stage)
            await _hold_back(tx, weighed, team, now)
        case Same(stage=stage):
            await assessments.tell(tx, assessment, stage)
        case Unconfirmed(before=stage):
            await assessments.tell(tx, assessment, stage)
        case NotAnnounced(reason=Silence.FIRST):
            await assessments.tell(tx, assessment, weighed.result.overall.stage)
        case NotAnnounced():
            pass
        case _:
            assert_never(changed)


async def _hold_back(tx: Transaction, weighed: Weighed, team: Team, now: datetime) -> None:
    """The lead hears at once, the channel after the hold."""
    assessment = weighed.assessment.id
    if await outbox.posted(tx, assessment, "stage_down"):
        return  # corrected after the channel was told: the result says how it is now
    until = await _hold_ends(tx, team.lead, now)
    key = _down_key(assessment, now)
    await outbox.enqueue(tx, key, StageDown(assessment), team.place.channel, assessment, now, until)
    await outbox.enqueue(tx, f"{key}:lead", StageDownToLead(assessment), ChannelId(team.lead), assessment, now)


async def _tell_lead_alone(tx: Transaction, weighed: Weighed, team: Team, fell: Down, now: datetime) -> None:
    """Once: the channel goes by the stage before, so that each assessment at the lower one is a move down anew."""
    assessment = weighed.assessment
    last = await assessments.last_closed(tx, team.id, before=assessment.id, settled=True)
    if last is None or last.stage is not fell.now:
        key = f"{_down_key(assessment.id, now)}:lead"
        await outbox.enqueue(tx, key, StageDownToLead(assessment.id), ChannelId(team.lead), assessment.id, now)


async def post_now(tx: Transaction, assessment: AssessmentId, actor: UserId, now: datetime) -> Decided:
    """The lead lets the channel know at once."""
    found = await _of_lead(tx, assessment, actor)
    if found is None or not await outbox.bring_forward(tx, _down_key(found.id, found.closed_at), now):
        return NothingHeld()
    return Posting()


async def hold(tx: Transaction, assessment: AssessmentId, actor: UserId, now: datetime) -> Decided:
    """Five working days from now, whatever was planned."""
    found = await _of_lead(tx, assessment, actor)
    until = await _hold_ends(tx, actor, now)
    if found is None or not await outbox.hold(tx, _down_key(found.id, found.closed_at), until):
        return NothingHeld()
    return Held(until)


async def correct(
    tx: Transaction, models: Models, assessment: AssessmentId, actor: UserId, now: datetime
) -> Assessment | None:
    """Opens a closed assessment again, its lead at the first step; what was to be told of its stage is taken back."""
    found = await _of_lead(tx, assessment, actor)
    if found is None or not await correcting.begin(tx, found, now):
        return None
    await audits.note(tx, actor, Audited.CORRECTED, assessment, now)
    first = models.version(found.model_version).steps[0].id
    await respondents.take_part(tx, assessment, actor, first, now)
    person = await respondents.by_user(tx, assessment, actor)
    if person is not None:
        await respondents.move(tx, assessment, actor, person.version, first, now)
    await drafting.replan(tx, assessment, now)
    await rhythm.replan_team(tx, await teams.by_id(tx, found.team), now)
    return found


async def held_until(tx: Transaction, assessment: Assessment) -> datetime | None:
    """When the channel will learn of a stage that went down."""
    return await outbox.waits_until(tx, _down_key(assessment.id, assessment.closed_at))


def audience(team: Team, *wider: ChannelId | None) -> list[ChannelId]:
    """Never beyond the channel for a private one: its name alone would tell too much."""
    own = team.place.channel
    named = {channel for channel in wider if channel and channel != own} if not team.place.is_private else set()
    return [own, *sorted(named)]


def _down_key(assessment: AssessmentId, closed_at: datetime | None) -> str:
    """One for each time that it is closed: what a correction took back is to be said after all if it still holds."""
    assert closed_at is not None  # it is closed
    return f"stage-down:{assessment}:{int(closed_at.timestamp())}"


async def _hold_ends(tx: Transaction, lead: UserId, now: datetime) -> datetime:
    calendar = await calendars.of_owner(tx, lead, None, now)
    day = calendar.add_working_days(calendar.local_date(now), HOLD_WORKING_DAYS)
    return calendar.slot(day, lead)


async def _of_lead(tx: Transaction, assessment: AssessmentId, actor: UserId) -> Assessment | None:
    found = await assessments.by_id(tx, assessment)
    if found is None or found.state is not AssessmentState.CLOSED:
        return None
    team = await teams.by_id(tx, found.team)
    return found if team.lead == actor else None

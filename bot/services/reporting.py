"""The facts of a closed assessment, for the messages that tell of it."""

from datetime import date

from bot.catalogue.loading import Models
from bot.domain import cadence
from bot.domain.assessment import Assessment
from bot.domain.charted import Charted
from bot.domain.margin import Unconfirmed
from bot.domain.model import MaturityModel
from bot.domain.preferences import Drops
from bot.domain.stages import Down, Up
from bot.services import announcing, charting, rhythm, weighing
from bot.services.weighing import Weighed
from bot.store import actions, assessments, choices, done_and_open, teams
from bot.store.database import Transaction
from bot.views.result import Previous, ResultFacts
from bot.views.stage import StageFacts


async def result_facts(tx: Transaction, models: Models, closed: Assessment) -> ResultFacts:
    weighed = await weighing.weigh(tx, models, closed)
    before = await comparable(tx, closed)
    team = await teams.by_id(tx, closed.team)
    changed = await announcing.stage_change(tx, models, weighed)
    assert closed.closed_at is not None  # it is closed
    return ResultFacts(
        model=weighed.model,
        assessment=closed.id,
        team_id=team.id,
        team=team.name,
        result=weighed.result,
        findings=weighed.findings,
        form=closed.form,
        closed_at=closed.closed_at,
        respondents=len(weighed.respondents),
        next_on=await next_assessment(tx, weighed.model, closed),
        profile=await profile(tx, models, weighed),
        previous=previous(before),
        claimed_level=weighed.claimed_level,
        contested=weighed.contested,
        actions=tuple(await actions.of_assessment(tx, closed.id)),
        corrected=closed.first_closed_at is not None,
        scope=closed.scope,
        is_anonymous=closed.is_anonymous,
        close_to=changed.before if isinstance(changed, Unconfirmed) else None,
    )


async def profile(tx: Transaction, models: Models, weighed: Weighed) -> Charted:
    before = await comparable(tx, weighed.assessment)
    return charting.profile(weighed, await weighing.weigh(tx, models, before) if before else None)


async def next_assessment(tx: Transaction, model: MaturityModel, closed: Assessment) -> date:
    """When the team is to be assessed again, counted from this assessment; a day that was chosen in its place wins."""
    team = await teams.by_id(tx, closed.team)
    assert closed.closed_at is not None  # it is closed
    beat = await rhythm.beat_of(tx, team, closed.closed_at)
    days = beat.settings.reassess_days or model.reassess_every_days
    assessed_on = beat.calendar.local_date(closed.closed_at)
    return cadence.due(assessed_on, days, beat.settings.reassess_on, beat.calendar).on


async def stage_facts(tx: Transaction, models: Models, closed: Assessment) -> StageFacts | None:
    """None where the stage did not change after all."""
    weighed = await weighing.weigh(tx, models, closed)
    changed = await announcing.stage_change(tx, models, weighed)
    if not isinstance(changed, Up | Down):
        return None
    team = await teams.by_id(tx, closed.team)
    before = await assessments.last_told(tx, closed.team, before=closed.id, until=closed.closed_at)
    finished = (
        await done_and_open.closed_since(tx, closed.team, before.closed_at) if before and before.closed_at else []
    )
    added = await actions.of_assessment(tx, closed.id)
    held = await announcing.held_until(tx, closed)
    return StageFacts(
        model=weighed.model,
        assessment=closed.id,
        team=team.name,
        change=changed,
        closed_actions=len(finished),
        added_actions=len(added),
        first_action=next(iter(added), None),
        posts_at=held,
        lead_only=(await choices.of_team(tx, closed.team)).drops is Drops.LEAD_ONLY,
    )


async def comparable(tx: Transaction, closed: Assessment) -> Assessment | None:
    """The last assessment that the result is set beside: of a comparable version, and of no higher stage."""
    before = await assessments.last_closed(tx, closed.team, before=closed.id, until=closed.closed_at)
    if before is None:
        return None
    if before.stage and closed.stage and closed.stage < before.stage:
        return None  # a stage that went down is its lead's to tell
    return before if before.model_version.split(".")[0] == closed.model_version.split(".")[0] else None


def previous(before: Assessment | None) -> Previous | None:
    if before is None:
        return None
    assert before.closed_at is not None  # it is closed
    return Previous(before.index, before.stage, before.closed_at.date())

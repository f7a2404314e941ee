"""What the bot tells one person directly about their part: in their own day, and as it is when it is told."""

from datetime import datetime
from typing import assert_never

from bot.catalogue.loading import Models
from bot.domain.assessment import AssessmentState
from bot.domain.delivery import Edit, Later, Letter, Message, Post, Suppress
from bot.domain.direct_notices import (
    Direct,
    LeadChosen,
    Leaderless,
    LeadGiven,
    MemberAdded,
    PlaceSuspended,
    RoundEdit,
    RoundPost,
    SharedAsked,
)
from bot.domain.ids import AssessmentId, ChannelId, TeamId, UserId
from bot.domain.notice_kinds import kind_of
from bot.services import anonymous, calendars, reporting
from bot.store import assessments, members, outbox, people, targets, teams
from bot.store.database import Transaction
from bot.views import leads as leads_view
from bot.views import rounds as rounds_view
from bot.views import sharing as shared_view


async def letter(tx: Transaction, models: Models, notice: Direct, to: ChannelId, now: datetime) -> Letter:
    user = UserId(to)
    if isinstance(notice, RoundEdit):
        return await _edited(tx, notice.assessment, user)  # in silence, at whatever hour
    calendar = (await calendars.of_person(tx, user, None, now)).calendar
    if not calendar.in_window(now):
        return Later(calendar.next_slot(now, user), "outside the person's day")
    match notice:
        case SharedAsked(assessment=assessment):
            said = await _shared(tx, models, assessment, user)
        case LeadChosen(team=team_id):
            team = await teams.by_id(tx, team_id)
            said = leads_view.lead_chosen(team) if team.lead == user else None
        case LeadGiven(team=team_id, by=by):
            team = await teams.by_id(tx, team_id)
            said = leads_view.lead_given(team, by) if team.lead == user else None
        case MemberAdded(team=team_id, by=by):
            is_so = user in await members.named(tx, team_id)
            said = leads_view.member_added(await teams.by_id(tx, team_id), by) if is_so else None
        case Leaderless(team=team_id):
            said = await _leaderless(tx, team_id, user)
        case PlaceSuspended(channel=channel):
            is_so = (await targets.of(tx, channel)).suspended is not None
            said = leads_view.suspended(channel) if is_so and await members.is_admin(tx, user) else None
        case RoundPost(assessment=assessment):
            said = await _round(tx, assessment, user)
        case _:
            assert_never(notice)
    return Post(said) if said else Suppress("not so any more")


async def _edited(tx: Transaction, assessment: AssessmentId, user: UserId) -> Letter:
    ts = await outbox.posted_as(tx, anonymous.message_of(assessment, user), kind_of(RoundPost(assessment)))
    said = await _round(tx, assessment, user)
    return Edit(said, ts) if said and ts else Suppress("there is no such message")


async def _round(tx: Transaction, assessment: AssessmentId, user: UserId) -> Message | None:
    draft = await assessments.by_id(tx, assessment)
    if draft is None:
        return None
    team = await teams.by_id(tx, draft.team)
    progress = await anonymous.progress(tx, draft, team)
    if draft.state is not AssessmentState.DRAFT:
        return rounds_view.over(team, draft, progress)
    return rounds_view.to_lead(team, draft, progress) if team.lead == user else None


async def _shared(tx: Transaction, models: Models, assessment: AssessmentId, user: UserId) -> Message | None:
    closed = await assessments.by_id(tx, assessment)
    if closed is None or closed.state is not AssessmentState.CLOSED or closed.may_be_shared:
        return None
    lead = (await teams.by_id(tx, closed.team)).lead
    return shared_view.asked(await reporting.result_facts(tx, models, closed), closed.id) if lead == user else None


async def _leaderless(tx: Transaction, team_id: TeamId, user: UserId) -> Message | None:
    team = await teams.by_id(tx, team_id)
    lead = (await people.of(tx, [team.lead])).get(team.lead)
    is_led = lead is None or (lead.is_active and lead.is_member)
    return None if is_led or not await members.is_admin(tx, user) else leads_view.leaderless(team)

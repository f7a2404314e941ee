"""Who leads a team, and who is added to it by name."""

from dataclasses import replace
from datetime import datetime

from bot.domain.audited import Audited
from bot.domain.bounds import Field
from bot.domain.direct_notices import LeadGiven, MemberAdded
from bot.domain.ids import ChannelId, TeamId, UndoId, UserId
from bot.domain.teams import Team
from bot.services import replanning, rights, undoing
from bot.services.chosen import Already, Chosen, NotYours, Outcome, Refused
from bot.services.undoing import Kind
from bot.store import audits, leads, members, outbox
from bot.store.database import Transaction

NOT_A_MEMBER = "Please choose a full member of this workspace: guests, bots and people who left cannot be chosen."
NOT_KNOWN = "Slack does not say who that is just now. Please try again in a minute."
LEADS = "A team needs its lead. Make somebody else its lead first."


async def lead(tx: Transaction, actor: UserId, team_id: TeamId, user: UserId, now: datetime) -> Outcome[Team]:
    """Slack was asked about the person before."""
    team = await rights.team_to_change(tx, team_id, actor, now)
    if team is None:
        return NotYours()
    if user == team.lead:
        return Already(team)
    if refused := await unfit(tx, user, Field.LEAD):
        return refused
    after = replace(team, lead=user)
    await leads.give(tx, team_id, user)
    await audits.note(tx, actor, Audited.LEAD_CHANGED, team_id, now)
    undo = await undoing.remember(tx, actor, Kind.LEAD, team_id, {"lead": team.lead}, {"lead": user}, now)
    await _tell(tx, LeadGiven(team_id, actor), user, undo, now)
    await replanning.of_team(tx, after, now)
    return Chosen(team, after, undo)


async def add(tx: Transaction, actor: UserId, team_id: TeamId, user: UserId, now: datetime) -> Outcome[Team]:
    """Slack was asked about the person before."""
    team = await rights.team_to_change(tx, team_id, actor, now)
    if team is None:
        return NotYours()
    if refused := await unfit(tx, user, Field.MEMBERS):
        return refused
    if not await members.add(tx, team_id, user, actor, now):
        return Already(team)
    undo = await _remembered(tx, actor, team_id, user, now, is_member=True)
    await _tell(tx, MemberAdded(team_id, actor), user, undo, now)
    return Chosen(team, team, undo)


async def remove(tx: Transaction, actor: UserId, team_id: TeamId, user: UserId, now: datetime) -> Outcome[Team]:
    """Nobody can remove the last lead, not even with a right to everything else."""
    team = await rights.team_to_change(tx, team_id, actor, now)
    if team is None:
        return NotYours()
    if user == team.lead:
        return Refused({Field.MEMBERS: LEADS})
    if not await members.remove(tx, team_id, user):
        return Already(team)
    return Chosen(team, team, await _remembered(tx, actor, team_id, user, now, is_member=False))


async def unfit(tx: Transaction, user: UserId, field: Field) -> Refused | None:
    """Only full members of the workspace can be given something; where Slack has not said, nobody is."""
    match await rights.is_full_member(tx, user):
        case True:
            return None
        case False:
            return Refused({field: NOT_A_MEMBER})
        case None:
            return Refused({field: NOT_KNOWN})


def told_of(undo: UndoId) -> str:
    """The key of what the person is told of that change."""
    return f"joined:{undo}"


async def _tell(tx: Transaction, notice: LeadGiven | MemberAdded, user: UserId, undo: UndoId, now: datetime) -> None:
    """Once for each change, whatever else they hear that day: it follows from what somebody did, not from a plan."""
    if user != notice.by:
        await outbox.enqueue(tx, told_of(undo), notice, ChannelId(user), notice.team, now)


async def _remembered(
    tx: Transaction, actor: UserId, team_id: TeamId, user: UserId, now: datetime, *, is_member: bool
) -> UndoId:
    before, after = {"user": user, "is_member": not is_member}, {"user": user, "is_member": is_member}
    return await undoing.remember(tx, actor, Kind.MEMBER, team_id, before, after, now)

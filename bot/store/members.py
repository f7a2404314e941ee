"""Who belongs to a team, and who may administer the workspace's use of the bot."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, or_, select

from bot.domain.ids import TeamId, UserId
from bot.domain.preferences import Role
from bot.store.database import Transaction
from bot.store.schema import ActionRow, AssessmentRow, MemberRow, PersonRow, RespondentRow, RoleRow, TeamRow
from bot.store.upsert import insert_into


async def add(tx: Transaction, team: TeamId, user: UserId, by: UserId, now: datetime) -> bool:
    """False when they were a member by name already."""
    added = (
        insert_into(tx, MemberRow)
        .values(tenant_id=tx.tenant, team_id=team, user_id=user, added_by=by, added_at=now)
        .on_conflict_do_nothing()
        .returning(MemberRow.user_id)
    )
    return await tx.session.scalar(added) is not None


async def remove(tx: Transaction, team: TeamId, user: UserId) -> bool:
    gone = await tx.session.scalar(
        delete(MemberRow)
        .where(MemberRow.team_id == team, MemberRow.user_id == user)
        .returning(MemberRow.user_id)
        .execution_options(synchronize_session=False)
    )
    return gone is not None


async def named(tx: Transaction, team: TeamId) -> Sequence[UserId]:
    """Those who were added by name. Who has left is none of them until they are back."""
    left = select(PersonRow.user_id).where(PersonRow.tenant_id == tx.tenant, PersonRow.is_active.is_(False))
    rows = await tx.session.scalars(
        select(MemberRow.user_id)
        .where(MemberRow.team_id == team, MemberRow.user_id.not_in(left))
        .order_by(MemberRow.added_at, MemberRow.user_id)
    )
    return [UserId(row) for row in rows]


async def belongs(tx: Transaction, team: TeamId, user: UserId) -> bool:
    """Whether somebody leads the team, was added to it, answered for it, or owns one of its action points."""
    answered = (
        exists()
        .where(AssessmentRow.id == RespondentRow.assessment_id, AssessmentRow.tenant_id == RespondentRow.tenant_id)
        .where(AssessmentRow.tenant_id == tx.tenant, AssessmentRow.team_id == team, RespondentRow.user_id == user)
    )
    added = exists().where(MemberRow.tenant_id == tx.tenant, MemberRow.team_id == team, MemberRow.user_id == user)
    owns = exists().where(ActionRow.tenant_id == tx.tenant, ActionRow.team_id == team, ActionRow.owner == user)
    found = await tx.session.scalar(
        select(TeamRow.id).where(TeamRow.id == team, or_(TeamRow.lead == user, answered, added, owns))
    )
    return found is not None


async def is_admin(tx: Transaction, user: UserId) -> bool:
    """By a role given here, or as an admin of the Slack workspace."""
    granted = exists().where(RoleRow.tenant_id == tx.tenant, RoleRow.user_id == user, RoleRow.role == Role.ADMIN)
    by_slack = exists().where(
        PersonRow.tenant_id == tx.tenant, PersonRow.user_id == user, PersonRow.is_admin, PersonRow.is_active
    )
    return bool(await tx.session.scalar(select(or_(granted, by_slack))))


async def admins(tx: Transaction) -> Sequence[UserId]:
    """Everybody who may administer and is still there, as far as they are known."""
    left = select(PersonRow.user_id).where(PersonRow.tenant_id == tx.tenant, PersonRow.is_active.is_(False))
    granted = select(RoleRow.user_id).where(RoleRow.role == Role.ADMIN, RoleRow.user_id.not_in(left))
    by_slack = select(PersonRow.user_id).where(PersonRow.is_admin, PersonRow.is_active)
    found = {*await tx.session.scalars(granted), *await tx.session.scalars(by_slack)}
    return [UserId(user) for user in sorted(found)]


async def grant(tx: Transaction, role: Role, user: UserId, by: UserId, now: datetime) -> bool:
    added = (
        insert_into(tx, RoleRow)
        .values(tenant_id=tx.tenant, user_id=user, role=role, granted_by=by, granted_at=now)
        .on_conflict_do_nothing()
        .returning(RoleRow.user_id)
    )
    return await tx.session.scalar(added) is not None


async def revoke(tx: Transaction, role: Role, user: UserId) -> bool:
    gone = await tx.session.scalar(
        delete(RoleRow)
        .where(RoleRow.role == role, RoleRow.user_id == user)
        .returning(RoleRow.user_id)
        .execution_options(synchronize_session=False)
    )
    return gone is not None


async def with_role(tx: Transaction, role: Role) -> Sequence[UserId]:
    rows = await tx.session.scalars(select(RoleRow.user_id).where(RoleRow.role == role).order_by(RoleRow.granted_at))
    return [UserId(row) for row in rows]

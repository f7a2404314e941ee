"""What a team's lead and the workspace's admins chose, for those whom they choose for."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.exc import NoResultFound

from bot.domain.ids import ChannelId, StepId, TeamId
from bot.domain.model import Stage
from bot.domain.preferences import TeamSettings, WorkspacePolicy
from bot.store.database import Transaction
from bot.store.schema import PolicyRow, TargetRow, TeamRow
from bot.store.upsert import insert_into

# A row for each target, and one where there is none.
_OF_TEAM: Select[TeamRow, TargetRow | None] = (
    select(TeamRow, TargetRow)
    .outerjoin(TargetRow, (TargetRow.tenant_id == TeamRow.tenant_id) & (TargetRow.team_id == TeamRow.id))
    .where(TeamRow.id == bindparam("team"))
)
_OF_WORKSPACE = select(PolicyRow)


async def of_team(tx: Transaction, team: TeamId) -> TeamSettings:
    rows = (await tx.session.execute(_OF_TEAM, {"team": team})).all()
    if not rows:
        raise NoResultFound
    return settings_of(rows[0][0], [target for _, target in rows if target is not None])


async def choose_for_team(tx: Transaction, team: TeamId, chosen: TeamSettings) -> None:
    await tx.session.execute(
        update(TeamRow)
        .where(TeamRow.id == team)
        .values(
            zone=chosen.zone,
            digests=chosen.digests,
            digest_day=chosen.digest_day,
            digest_at=chosen.digest_at,
            announce_to=chosen.announce_to,
            drops=chosen.drops,
            reassess_days=chosen.reassess_days,
            reassess_on=chosen.reassess_on,
        )
        .execution_options(synchronize_session=False)
    )
    await tx.session.execute(
        delete(TargetRow).where(TargetRow.team_id == team).execution_options(synchronize_session=False)
    )
    for step, stage in chosen.targets.items():
        await tx.session.execute(
            insert_into(tx, TargetRow).values(tenant_id=tx.tenant, team_id=team, step_id=step, level=int(stage))
        )


async def move_reassessment(tx: Transaction, team: TeamId, to: date | None) -> None:
    """To that day, in place of the regular one; None: the regular one."""
    await tx.session.execute(
        update(TeamRow).where(TeamRow.id == team).values(reassess_on=to).execution_options(synchronize_session=False)
    )


async def of_workspace(tx: Transaction) -> WorkspacePolicy:
    return policy_of(await tx.session.scalar(_OF_WORKSPACE))


async def choose_for_workspace(tx: Transaction, chosen: WorkspacePolicy) -> None:
    said = {
        "profile": chosen.profile,
        "zone": chosen.zone,
        "country": chosen.country,
        "weekdays": chosen.weekdays,
        "digest_day": chosen.digest_day,
        "digest_at": chosen.digest_at,
        "guests": chosen.guests,
    }
    await tx.session.execute(
        insert_into(tx, PolicyRow)
        .values(tenant_id=tx.tenant, **said)
        .on_conflict_do_update(index_elements=["tenant_id"], set_=said)
    )


def settings_of(row: TeamRow, targets: Iterable[TargetRow]) -> TeamSettings:
    return TeamSettings(
        zone=row.zone,
        digests=row.digests,
        digest_day=row.digest_day,
        digest_at=row.digest_at,
        announce_to=ChannelId(row.announce_to) if row.announce_to else None,
        drops=row.drops,
        reassess_days=row.reassess_days,
        reassess_on=row.reassess_on,
        targets={StepId(target.step_id): Stage(target.level) for target in targets},
    )


def policy_of(row: PolicyRow | None) -> WorkspacePolicy:
    if row is None:
        return WorkspacePolicy()
    return WorkspacePolicy(
        profile=row.profile,
        zone=row.zone,
        country=row.country,
        weekdays=row.weekdays,
        digest_day=row.digest_day,
        digest_at=row.digest_at,
        guests=row.guests,
    )

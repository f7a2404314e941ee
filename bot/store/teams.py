"""Teams: one for each channel."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, or_, select, update

from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.teams import Place, Team
from bot.store.database import Transaction
from bot.store.schema import ActionRow, AssessmentRow, RespondentRow, TeamRow
from bot.store.upsert import insert_into


async def of_channel(tx: Transaction, channel: ChannelId) -> Team | None:
    row = await tx.session.scalar(select(TeamRow).where(TeamRow.channel_id == channel))
    return _value(row) if row else None


async def by_id(tx: Transaction, team: TeamId) -> Team:
    return _value((await tx.session.scalars(select(TeamRow).where(TeamRow.id == team))).one())


async def find(tx: Transaction, team: TeamId) -> Team | None:
    """For an id that somebody hands in: it need not be one."""
    row = await tx.session.scalar(select(TeamRow).where(TeamRow.id == team))
    return _value(row) if row else None


async def made(tx: Transaction, place: Place, lead: UserId, now: datetime) -> Team:
    """The team of that channel; made, with this lead, where there is none."""
    await tx.session.execute(
        insert_into(tx, TeamRow)
        .values(
            tenant_id=tx.tenant,
            id=uuid4().hex,
            channel_id=place.channel,
            name=place.name,
            is_private=place.is_private,
            lead=lead,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["tenant_id", "channel_id"])
    )
    team = await of_channel(tx, place.channel)
    assert team is not None  # just made, or made by another
    return team


async def visible_to(tx: Transaction, user: UserId, at_most: int) -> Sequence[Team]:
    """The teams that a person may be shown in a list: the public ones, and the private ones that they took part in."""
    took_part = (
        select(AssessmentRow.team_id)
        .join(RespondentRow, RespondentRow.assessment_id == AssessmentRow.id)
        .where(RespondentRow.user_id == user, RespondentRow.tenant_id == tx.tenant)
    )
    rows = await tx.session.scalars(
        select(TeamRow)
        .where(or_(TeamRow.is_private.is_(False), TeamRow.lead == user, TeamRow.id.in_(took_part)))
        .order_by(func.lower(TeamRow.name))
        .limit(at_most)
    )
    return [_value(row) for row in rows]


async def of_person(tx: Transaction, user: UserId, at_most: int) -> Sequence[Team]:
    """The teams that a person leads, answered for, or owns action points of."""
    took_part = (
        select(AssessmentRow.team_id)
        .join(RespondentRow, RespondentRow.assessment_id == AssessmentRow.id)
        .where(RespondentRow.user_id == user, RespondentRow.tenant_id == tx.tenant)
    )
    owns = select(ActionRow.team_id).where(ActionRow.owner == user)
    rows = await tx.session.scalars(
        select(TeamRow)
        .where(or_(TeamRow.lead == user, TeamRow.id.in_(took_part), TeamRow.id.in_(owns)))
        .order_by(func.lower(TeamRow.name))
        .limit(at_most)
    )
    return [_value(row) for row in rows]


async def led_by(tx: Transaction, lead: UserId) -> Sequence[Team]:
    rows = await tx.session.scalars(select(TeamRow).where(TeamRow.lead == lead).order_by(TeamRow.id))
    return [_value(row) for row in rows]


async def take_numbers(tx: Transaction, team: TeamId, count: int) -> range:
    """The next ``count`` numbers of action points, nobody else's: A-12 is said once in a team."""
    last = await tx.session.scalar(
        update(TeamRow)
        .where(TeamRow.id == team)
        .values(actions_numbered=TeamRow.actions_numbered + count)
        .returning(TeamRow.actions_numbered)
        .execution_options(synchronize_session=False)
    )
    assert last is not None
    return range(last - count + 1, last + 1)


def _value(row: TeamRow) -> Team:
    place = Place(ChannelId(row.channel_id), row.name, row.is_private)
    return Team(TeamId(row.id), place, UserId(row.lead), row.stopped_at is not None, row.suspended_why)

"""Teams: one for each channel."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update

from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.teams import Place, Team
from bot.store.database import Transaction
from bot.store.schema import ActionRow, AssessmentRow, MemberRow, RespondentRow, TeamRow
from bot.store.upsert import Insertion

_BY_ID = select(TeamRow).where(TeamRow.id == bindparam("team"))
_OF_CHANNEL = select(TeamRow).where(TeamRow.channel_id == bindparam("channel"))
_MAKE = Insertion(
    TeamRow,
    lambda row: row.on_conflict_do_nothing(index_elements=["tenant_id", "channel_id"]).returning(*row.table.c),
)


async def of_channel(tx: Transaction, channel: ChannelId) -> Team | None:
    row = await tx.session.scalar(_OF_CHANNEL, {"channel": channel})
    return value_of(row) if row else None


async def by_id(tx: Transaction, team: TeamId) -> Team:
    return value_of((await tx.session.scalars(_BY_ID, {"team": team})).one())


async def called(tx: Transaction, name: str, at_most: int) -> Sequence[Team]:
    """The teams of that name, in whatever letters it was typed."""
    rows = await tx.session.scalars(
        select(TeamRow).where(func.lower(TeamRow.name) == name.lower()).order_by(TeamRow.id).limit(at_most)
    )
    return [value_of(row) for row in rows]


async def found(tx: Transaction, team: TeamId) -> Team | None:
    """For an id that somebody hands in, who may have made it up."""
    row = await tx.session.scalar(_BY_ID, {"team": team})
    return value_of(row) if row else None


async def made(tx: Transaction, place: Place, lead: UserId, now: datetime) -> Team:
    """The team of that channel; made, with this lead, where there is none."""
    there = await of_channel(tx, place.channel)
    if there is not None:
        return there
    new = {
        "tenant_id": tx.tenant,
        "id": uuid4().hex,
        "channel_id": place.channel,
        "name": place.name,
        "channel_name": place.name,
        "is_private": place.is_private,
        "lead": lead,
        "created_at": now,
    }
    row: Any = (await tx.session.execute(_MAKE.on(tx), new)).one_or_none()
    made_now = value_of(row) if row else await of_channel(tx, place.channel)
    assert made_now is not None  # by us, or by another at this moment
    return made_now


async def visible_to(tx: Transaction, user: UserId, at_most: int) -> Sequence[Team]:
    """The teams that a person may be shown in a list: the public ones, and the private ones that they belong to."""
    rows = await tx.session.scalars(
        select(TeamRow)
        .where(or_(TeamRow.is_private.is_(False), _belongs(tx, user)))
        .order_by(func.lower(TeamRow.name))
        .limit(at_most)
    )
    return [value_of(row) for row in rows]


async def of_person(tx: Transaction, user: UserId, at_most: int) -> Sequence[Team]:
    """The teams that a person leads, was added to, answered for, or owns action points of."""
    rows = await tx.session.scalars(
        select(TeamRow).where(_belongs(tx, user)).order_by(func.lower(TeamRow.name), TeamRow.id).limit(at_most)
    )
    return [value_of(row) for row in rows]


async def every(tx: Transaction, at_most: int) -> Sequence[Team]:
    """All of the workspace's teams: for its admins."""
    rows = await tx.session.scalars(select(TeamRow).order_by(func.lower(TeamRow.name), TeamRow.id).limit(at_most))
    return [value_of(row) for row in rows]


async def suspended(tx: Transaction) -> Sequence[Team]:
    """Those in whose channel the bot cannot speak."""
    rows = await tx.session.scalars(
        select(TeamRow).where(TeamRow.suspended_at.is_not(None)).order_by(func.lower(TeamRow.name), TeamRow.id)
    )
    return [value_of(row) for row in rows]


async def hold(tx: Transaction, team: TeamId) -> Team | None:
    """The team, held until the transaction ends, so that two decisions about it follow each other."""
    query = select(TeamRow).where(TeamRow.id == team)
    # Not against what only refers to the team: cards and members are added meanwhile.
    row = await tx.session.scalar(query.with_for_update(key_share=True) if tx.on_postgresql else query)
    return value_of(row) if row else None


async def put(tx: Transaction, team: Team, now: datetime) -> None:
    """Stores everything about a team but its settings."""
    await tx.session.execute(
        update(TeamRow)
        .where(TeamRow.id == team.id)
        .values(
            channel_id=team.place.channel,
            name=team.place.name,
            is_private=team.place.is_private,
            lead=team.lead,
            stopped_at=func.coalesce(TeamRow.stopped_at, now) if team.is_stopped else None,
            suspended_at=func.coalesce(TeamRow.suspended_at, now) if team.suspended else None,
            suspended_why=team.suspended,
        )
        .execution_options(synchronize_session=False)
    )


async def led_by(tx: Transaction, lead: UserId) -> Sequence[Team]:
    rows = await tx.session.scalars(select(TeamRow).where(TeamRow.lead == lead).order_by(TeamRow.id))
    return [value_of(row) for row in rows]


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


def _belongs(tx: Transaction, user: UserId) -> ColumnElement[bool]:
    """As ``members.belongs`` has it."""
    answered = (
        select(AssessmentRow.team_id)
        .join(RespondentRow, RespondentRow.assessment_id == AssessmentRow.id)
        .where(RespondentRow.user_id == user, RespondentRow.tenant_id == tx.tenant)
    )
    added = select(MemberRow.team_id).where(MemberRow.user_id == user)
    owns = select(ActionRow.team_id).where(ActionRow.owner == user)
    return or_(TeamRow.lead == user, TeamRow.id.in_(answered), TeamRow.id.in_(added), TeamRow.id.in_(owns))


def value_of(row: TeamRow) -> Team:
    place = Place(ChannelId(row.channel_id), row.name, row.is_private)
    return Team(TeamId(row.id), place, UserId(row.lead), row.stopped_at is not None, row.suspended_why)

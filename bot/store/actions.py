"""Action points."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.ids import ActionId, AssessmentId, CardId, CatalogueId, TeamId, UserId
from bot.store.database import Transaction
from bot.store.schema import ActionRow, AssessmentRow
from bot.store.upsert import insert_into

STILL_OPEN = (ActionState.OPEN, ActionState.STALLED, ActionState.NEEDS_OWNER)
_OF_CARD = select(ActionRow).where(ActionRow.card_id == bindparam("card")).order_by(ActionRow.number)
_BY_ID = select(ActionRow).where(ActionRow.id == bindparam("action"))
_BY_ID_TO_CHANGE = _BY_ID.with_for_update()
# What is changed is told by the names that are given.
_PUT = update(ActionRow).where(ActionRow.id == bindparam("action")).execution_options(synchronize_session=False)
# In one order, so that two who lock the same ones never wait for each other in a ring.
_OF_IDS = select(ActionRow).where(ActionRow.id.in_(bindparam("actions", expanding=True))).order_by(ActionRow.id)
_OF_IDS_HELD = _OF_IDS.with_for_update()


async def add(
    tx: Transaction, assessment: AssessmentId | None, card: CardId, origin: str, action: ActionPoint, now: datetime
) -> None:
    await tx.session.execute(
        insert_into(tx, ActionRow).values(
            tenant_id=tx.tenant,
            id=action.id,
            team_id=action.team,
            assessment_id=assessment,
            card_id=card,
            origin=origin,
            number=action.number,
            created_at=now,
            **_columns(action),
        )
    )


async def origins_of(tx: Transaction, assessment: AssessmentId) -> frozenset[str]:
    """What of an assessment's step 5 was made into action points already.

    The assessment is held until the transaction ends: of a form that is submitted twice at once, the second sees
    what the first has made.
    """
    if tx.on_postgresql:
        held = select(AssessmentRow.id).where(AssessmentRow.id == assessment)
        await tx.session.execute(held.with_for_update(key_share=True))
    return frozenset(await tx.session.scalars(select(ActionRow.origin).where(ActionRow.assessment_id == assessment)))


async def by_id(tx: Transaction, action: ActionId, *, to_change: bool = False) -> ActionPoint | None:
    """``to_change`` holds the row until the transaction ends, so that two decisions about it follow each other."""
    row = await tx.session.scalar(_BY_ID_TO_CHANGE if to_change else _BY_ID, {"action": action})
    return value_of(row) if row else None


async def held(tx: Transaction, wanted: Collection[ActionId]) -> Sequence[ActionPoint]:
    """Those of them that there are, each held until the transaction ends."""
    query = _OF_IDS_HELD if tx.on_postgresql else _OF_IDS
    return [value_of(row) for row in await tx.session.scalars(query, {"actions": sorted(wanted)})]


async def put(tx: Transaction, action: ActionPoint) -> None:
    await tx.session.execute(_PUT, {"action": action.id, **_columns(action)})


async def touch_activity(tx: Transaction, card: CardId, owner: UserId, now: datetime) -> Sequence[ActionPoint]:
    """Notes that the owner did something in the thread; the action points that are now known to be worked on."""
    rows = await tx.session.scalars(
        update(ActionRow)
        .where(ActionRow.card_id == card, ActionRow.owner == owner, ActionRow.state.in_(STILL_OPEN))
        .values(active_at=now)
        .returning(ActionRow)
        .execution_options(synchronize_session=False)
    )
    return [value_of(row) for row in rows]


async def of_card(tx: Transaction, card: CardId) -> Sequence[ActionPoint]:
    rows = await tx.session.scalars(_OF_CARD, {"card": card})
    return [value_of(row) for row in rows]


async def of_assessment(tx: Transaction, assessment: AssessmentId) -> Sequence[ActionPoint]:
    rows = await tx.session.scalars(
        select(ActionRow).where(ActionRow.assessment_id == assessment).order_by(ActionRow.number)
    )
    return [value_of(row) for row in rows]


async def open_of_owner(tx: Transaction, owner: UserId, at_most: int) -> Sequence[ActionPoint]:
    rows = await tx.session.scalars(
        select(ActionRow)
        .where(ActionRow.owner == owner, ActionRow.state.in_(STILL_OPEN))
        .order_by(ActionRow.due_on.is_(None), ActionRow.due_on, ActionRow.number)
        .limit(at_most)
    )
    return [value_of(row) for row in rows]


async def still_open(tx: Transaction, team: TeamId) -> Sequence[ActionPoint]:
    """The most urgent first; those without a date are last, whichever database is asked."""
    rows = await tx.session.scalars(
        select(ActionRow)
        .where(ActionRow.team_id == team, ActionRow.state.in_(STILL_OPEN))
        .order_by(ActionRow.due_on.is_(None), ActionRow.due_on, ActionRow.number)
    )
    return [value_of(row) for row in rows]


async def of_team(tx: Transaction, team: TeamId) -> Sequence[ActionPoint]:
    """All that there ever were."""
    rows = await tx.session.scalars(select(ActionRow).where(ActionRow.team_id == team).order_by(ActionRow.number))
    return [value_of(row) for row in rows]


async def open_of_team(tx: Transaction, team: TeamId, at_most: int) -> Sequence[ActionPoint]:
    """Held until the transaction ends, in the order in which whoever decides about several takes them."""
    query = select(ActionRow).where(ActionRow.team_id == team, ActionRow.state.in_(STILL_OPEN))
    query = query.order_by(ActionRow.id).limit(at_most)
    rows = await tx.session.scalars(query.with_for_update() if tx.on_postgresql else query)
    return [value_of(row) for row in rows]


async def open_after(tx: Transaction, last: ActionId | None, at_most: int) -> Sequence[ActionPoint]:
    """The next ones of the whole workspace, by their ids; held like those of a team."""
    query = select(ActionRow).where(ActionRow.state.in_(STILL_OPEN), ActionRow.id > (last or ""))
    query = query.order_by(ActionRow.id).limit(at_most)
    rows = await tx.session.scalars(query.with_for_update() if tx.on_postgresql else query)
    return [value_of(row) for row in rows]


def _columns(action: ActionPoint) -> dict[str, object]:
    return {
        "title": action.title,
        "why": action.why,
        "catalogue_id": action.catalogue,
        "state": action.state,
        "owner": action.owner,
        "due_on": action.due_on,
        "due_version": action.due_version,
        "assigned_by": action.assigned_by,
        "assigned_at": action.assigned_at,
        "decided_at": action.decided_at,
        "snoozed_until": action.snoozed_until,
        "snoozes_in_row": action.snoozes_in_row,
        "planned_on": action.planned_on,
        "active_at": action.active_at,
        "closed_by": action.closed_by,
        "closed_at": action.closed_at,
        "drop_reason": action.drop_reason,
        "blocked_why": action.blocked_why,
        "blocked_at": action.blocked_at,
        "link": action.link,
        "former_owner": action.former_owner,
        "accepted_at": action.accepted_at,
        "nudged_by": action.nudged_by,
        "nudged_at": action.nudged_at,
    }


def value_of(row: ActionRow) -> ActionPoint:
    return ActionPoint(
        id=ActionId(row.id),
        team=TeamId(row.team_id),
        number=row.number,
        title=row.title,
        why=row.why,
        catalogue=CatalogueId(row.catalogue_id) if row.catalogue_id else None,
        owner=UserId(row.owner) if row.owner else None,
        due_on=row.due_on,
        due_version=row.due_version,
        state=row.state,
        assigned_by=UserId(row.assigned_by),
        assigned_at=row.assigned_at,
        decided_at=row.decided_at,
        snoozed_until=row.snoozed_until,
        snoozes_in_row=row.snoozes_in_row,
        planned_on=row.planned_on,
        active_at=row.active_at,
        closed_by=UserId(row.closed_by) if row.closed_by else None,
        closed_at=row.closed_at,
        drop_reason=row.drop_reason,
        blocked_why=row.blocked_why,
        blocked_at=row.blocked_at,
        link=row.link,
        former_owner=UserId(row.former_owner) if row.former_owner else None,
        accepted_at=row.accepted_at,
        nudged_by=UserId(row.nudged_by) if row.nudged_by else None,
        nudged_at=row.nudged_at,
    )

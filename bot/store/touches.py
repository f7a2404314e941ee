"""Reminders, planned and settled. A tick reads only what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import aliased

from bot.domain.ids import ActionId, TenantId, TouchId, UserId
from bot.domain.touches import Outcome, Rung, Settled, Touch
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import TenantRow, TouchRow, TouchState
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class PlannedTouch:
    id: TouchId
    action: ActionId
    touch: Touch
    state: TouchState


async def plan(tx: Transaction, action: ActionId, touch: Touch | None) -> None:
    """Makes this the action's one planned touch, in place of what was planned."""
    await tx.session.execute(
        delete(TouchRow)
        .where(TouchRow.action_id == action, TouchRow.state == TouchState.PLANNED)
        .execution_options(synchronize_session=False)
    )
    if touch is None:
        return
    planned = {
        "id": uuid4().hex,
        "rung": touch.rung,
        "due_version": touch.due_version,
        "recipient": touch.recipient,
        "local_day": touch.local_day,
        "planned_for": touch.at_utc,
        "merges": [rung.value for rung in touch.merges],
    }
    # Another process may have planned one meanwhile, which the deletion did not see.
    await tx.session.execute(
        insert_into(tx, TouchRow)
        .values(tenant_id=tx.tenant, action_id=action, state=TouchState.PLANNED, **planned)
        .on_conflict_do_update(
            index_elements=["tenant_id", "action_id"], index_where=text("state = 'planned'"), set_=planned
        )
    )


async def due(tx: SystemTransaction, now: datetime, at_most: int) -> list[tuple[TenantId, ActionId]]:
    """Actions whose next touch has come, in every workspace that has not stopped, the earliest first."""
    rows = await tx.session.execute(
        select(TouchRow.tenant_id, TouchRow.action_id)
        .join(TenantRow, TenantRow.id == TouchRow.tenant_id)
        .where(TouchRow.state == TouchState.PLANNED, TouchRow.planned_for <= now, TenantRow.stopped_at.is_(None))
        .order_by(TouchRow.planned_for)
        .limit(at_most)
    )
    return [(TenantId(tenant), ActionId(action)) for tenant, action in rows]


async def planned_of(tx: Transaction, action: ActionId) -> PlannedTouch | None:
    query = select(TouchRow).where(TouchRow.action_id == action, TouchRow.state == TouchState.PLANNED)
    row = await tx.session.scalar(query.with_for_update() if tx.on_postgresql else query)
    return _value(row) if row else None


async def by_id(tx: Transaction, touch: TouchId) -> PlannedTouch | None:
    row = await tx.session.scalar(select(TouchRow).where(TouchRow.id == touch))
    return _value(row) if row else None


async def move(tx: Transaction, touch: TouchId, to: datetime) -> None:
    await tx.session.execute(
        update(TouchRow).where(TouchRow.id == touch).values(planned_for=to).execution_options(synchronize_session=False)
    )


async def settle(
    tx: Transaction,
    touch: PlannedTouch,
    outcome: Outcome,
    reason: str | None,
    now: datetime,
    told_on: date | None = None,
) -> None:
    """Ends a planned touch, and with it the less urgent rungs that it tells as well."""
    changed = await tx.session.scalar(
        update(TouchRow)
        .where(TouchRow.id == touch.id)
        .values(
            state=TouchState(outcome.value),
            reason=reason,
            settled_at=now,
            local_day=told_on or touch.touch.local_day,
        )
        .returning(TouchRow.id)
        .execution_options(synchronize_session=False)
    )
    assert changed is not None  # it was read in this transaction
    for rung in touch.touch.merges:
        await tx.session.execute(
            insert_into(tx, TouchRow).values(
                tenant_id=tx.tenant,
                id=uuid4().hex,
                action_id=touch.action,
                rung=rung,
                due_version=touch.touch.due_version,
                recipient=touch.touch.recipient,
                local_day=touch.touch.local_day,
                planned_for=touch.touch.at_utc,
                merges=[],
                state=TouchState.MERGED,
                reason=f"told with {touch.touch.rung.value}",
                settled_at=now,
            )
        )


async def resettle(tx: Transaction, touch: TouchId, outcome: Outcome, reason: str, now: datetime) -> None:
    """Corrects what became of a touch: handed to the outbox, but never said."""
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.id == touch)
        .values(state=TouchState(outcome.value), reason=reason, settled_at=now)
        .execution_options(synchronize_session=False)
    )


async def said_before(tx: Transaction, touch: TouchId) -> Sequence[TouchId]:
    """The reminder about the same action that was said last before this one."""
    this = aliased(TouchRow)
    rows = await tx.session.scalars(
        select(TouchRow.id)
        .join(this, (this.tenant_id == TouchRow.tenant_id) & (this.action_id == TouchRow.action_id))
        .where(this.id == touch, TouchRow.state == TouchState.SENT, TouchRow.planned_for < this.planned_for)
        .order_by(TouchRow.planned_for.desc())
        .limit(1)
    )
    return [TouchId(row) for row in rows]


async def said_last(tx: Transaction, action: ActionId) -> TouchId | None:
    """The newest reminder about the action."""
    found = await tx.session.scalar(
        select(TouchRow.id)
        .where(TouchRow.action_id == action, TouchRow.state == TouchState.SENT)
        .order_by(TouchRow.planned_for.desc())
        .limit(1)
    )
    return TouchId(found) if found else None


async def said_after(tx: Transaction, touch: PlannedTouch) -> bool:
    """Whether a newer reminder about the same action was said, or is on its way."""
    newer = await tx.session.scalar(
        select(TouchRow.id)
        .where(
            TouchRow.action_id == touch.action,
            TouchRow.state == TouchState.SENT,
            TouchRow.planned_for > touch.touch.at_utc,
        )
        .limit(1)
    )
    return newer is not None


async def history_of(tx: Transaction, action: ActionId, due_version: int) -> Sequence[Settled]:
    rows = await tx.session.scalars(
        select(TouchRow)
        .where(
            TouchRow.action_id == action,
            TouchRow.due_version == due_version,
            TouchRow.state != TouchState.PLANNED,
        )
        .order_by(TouchRow.local_day)
    )
    return [Settled(row.rung, row.local_day, Outcome(row.state.value)) for row in rows]


def _value(row: TouchRow) -> PlannedTouch:
    touch = Touch(
        row.rung,
        row.local_day,
        row.planned_for,
        row.due_version,
        UserId(row.recipient),
        tuple(Rung(merged) for merged in row.merges),
    )
    return PlannedTouch(TouchId(row.id), ActionId(row.action_id), touch, row.state)

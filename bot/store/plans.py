"""What is planned to be said, and how it ends: touches as they are made, moved and settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, case, select, text, update
from sqlalchemy.sql.dml import ReturningUpdate

from bot.domain.ids import TouchId
from bot.domain.touches import Outcome, Reason, Touch, Track
from bot.store.database import Transaction
from bot.store.schema import TouchRow, TouchState
from bot.store.touches import PlannedTouch, value_of
from bot.store.upsert import Insertion

# What is to be planned about one subject; None: nothing on that track.
Wanted = Mapping[Track, Touch | None]

# In one order, so that two who plan about the same things never wait for each other in a ring.
_PLANNED = (
    select(TouchRow)
    .where(
        TouchRow.subject.in_(bindparam("subjects", expanding=True)),
        TouchRow.track.in_(bindparam("tracks", expanding=True)),
        TouchRow.state == TouchState.PLANNED,
    )
    .order_by(TouchRow.subject, TouchRow.track)
)
_PLANNED_HELD = _PLANNED.with_for_update()
_OF_A_TOUCH = ("id", "rung", "version", "recipient", "local_day", "planned_for", "merges")
# Another process may have planned one meanwhile, which the look before did not see.
_ADD = Insertion(
    TouchRow,
    lambda row: row.on_conflict_do_update(
        index_elements=["tenant_id", "track", "subject"],
        index_where=text("state = 'planned'"),
        set_={"reason": None, **{name: row.excluded[name] for name in _OF_A_TOUCH}},
    ),
)
_MERGED = Insertion(TouchRow, lambda row: row)
# What is changed is told by the names that are given.
_CHANGED = update(TouchRow).where(TouchRow.id == bindparam("touch")).execution_options(synchronize_session=False)
_SETTLED = (
    update(TouchRow)
    .where(TouchRow.id.in_(bindparam("touches", expanding=True)))
    .values(
        state=bindparam("to_state"),
        reason=bindparam("why"),
        settled_at=bindparam("now"),
    )
    .returning(TouchRow.id)
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True, slots=True)
class Told:
    """On which day somebody was told, be it the planned one or not, and in which message."""

    on: date
    key: str


async def put(tx: Transaction, subject: str, wanted: Wanted, now: datetime) -> None:
    """Makes these the subject's planned touches on those tracks; what was planned instead ends as replanned."""
    await put_all(tx, {subject: wanted}, now)


async def put_all(tx: Transaction, wanted: Mapping[str, Wanted], now: datetime) -> None:
    """The same about many subjects, in as many statements as for one."""
    tracks = {track for plan in wanted.values() for track in plan}
    rows = await tx.session.scalars(
        _PLANNED_HELD if tx.on_postgresql else _PLANNED, {"subjects": sorted(wanted), "tracks": sorted(tracks)}
    )
    there = {(row.subject, row.track): value_of(row) for row in rows}
    replaced, added = list[PlannedTouch](), list[dict[str, Any]]()
    for subject, plan in wanted.items():
        for track, touch in plan.items():
            before = there.get((subject, track))
            if before is not None and touch is not None and _is_same(before.touch, touch):
                await _revise(tx, before, touch)
                continue
            if before is not None:
                replaced.append(before)
            if touch is not None:
                added.append(_row(tx, track, subject, touch) | {"state": TouchState.PLANNED})
    await settle(tx, replaced, Outcome.SKIPPED, Reason.REPLANNED, now)
    if added:
        await tx.session.execute(_ADD.on(tx), added)


async def move(tx: Transaction, touch: TouchId, to: datetime, reason: Reason | None = None) -> None:
    """``reason``: why it waits until then, where that matters when its time has come."""
    await tx.session.execute(_CHANGED, {"touch": touch, "planned_for": to, "reason": reason})


async def settle(
    tx: Transaction,
    touches: Sequence[PlannedTouch],
    outcome: Outcome,
    reason: str,
    now: datetime,
    told: Mapping[str, Told] | None = None,
) -> None:
    """Ends planned touches in one way, and with each the less urgent rungs that it tells as well.

    ``told``: the message of each whom they were for.
    """
    if not touches:
        return
    ended = {"to_state": TouchState(outcome.value), "why": reason, "now": now}
    which = {"touches": [touch.id for touch in touches]}
    changed = (await tx.session.scalars(_told(told) if told else _SETTLED, {**which, **ended})).all()
    assert len(changed) == len(touches)  # they were read in this transaction
    merged = [
        _row(tx, touch.track, touch.subject, replace(touch.touch, rung=rung, merges=()))
        | {"state": TouchState.MERGED, "reason": f"told with {touch.touch.rung.value}", "settled_at": now}
        for touch in touches
        for rung in (touch.touch.merges if outcome is Outcome.SENT else ())
    ]
    if merged:
        await tx.session.execute(_MERGED.on(tx), merged)


async def set_aside(tx: Transaction, recipient: str, now: datetime, until: datetime, since: datetime) -> None:
    """Lets what is due for somebody wait until then; what was meant for a day before ``since`` ends as failed.

    No row is read: whatever is wrong with one may be why its turn failed.
    """
    due = (TouchRow.recipient == recipient, TouchRow.state == TouchState.PLANNED, TouchRow.planned_for <= now)
    await tx.session.execute(
        update(TouchRow)
        .where(*due, TouchRow.local_day < since.date())
        .values(state=TouchState.FAILED, reason=Reason.BROKEN, settled_at=now)
        .execution_options(synchronize_session=False)
    )
    await tx.session.execute(
        update(TouchRow).where(*due).values(planned_for=until).execution_options(synchronize_session=False)
    )


async def give_up(tx: Transaction, recipient: str, reason: Reason, now: datetime) -> None:
    """Ends everything that is planned for somebody."""
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.recipient == recipient, TouchRow.state == TouchState.PLANNED)
        .values(state=TouchState.SKIPPED, reason=reason, settled_at=now)
        .execution_options(synchronize_session=False)
    )


async def resettle(
    tx: Transaction, touch: TouchId, outcome: Outcome, reason: str, now: datetime, told_on: date | None = None
) -> None:
    """Corrects what became of a touch: handed to the outbox, but never said, or said on another day."""
    day = {"local_day": told_on} if told_on else {}
    ended = {"state": TouchState(outcome.value), "reason": reason, "settled_at": now}
    await tx.session.execute(_CHANGED, {"touch": touch, **ended, **day})


async def carry(tx: Transaction, subject: str, version: int, to: int) -> None:
    """What was said of one version counts for another: a decision was taken back, and things are as they were."""
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.subject == subject, TouchRow.version == version, TouchRow.state != TouchState.PLANNED)
        .values(version=to)
        .execution_options(synchronize_session=False)
    )


def _told(told: Mapping[str, Told]) -> ReturningUpdate[str]:
    days, keys = {reader: one.on for reader, one in told.items()}, {reader: one.key for reader, one in told.items()}
    return _SETTLED.values(local_day=case(days, value=TouchRow.recipient), told_in=case(keys, value=TouchRow.recipient))


async def _revise(tx: Transaction, before: PlannedTouch, to: Touch) -> None:
    if before.touch != to:
        await tx.session.execute(_CHANGED, {"touch": before.id, "reason": None, **_columns(to)})


def _is_same(before: Touch, after: Touch) -> bool:
    """The same word to the same person, perhaps at another hour."""
    return (before.rung, before.local_day, before.version, before.recipient) == (
        after.rung,
        after.local_day,
        after.version,
        after.recipient,
    )


def _row(tx: Transaction, track: Track, subject: str, touch: Touch) -> dict[str, Any]:
    return {"tenant_id": tx.tenant, "id": uuid4().hex, "track": track, "subject": subject, **_columns(touch)}


def _columns(touch: Touch) -> dict[str, Any]:
    return {
        "rung": touch.rung,
        "version": touch.version,
        "recipient": touch.recipient,
        "local_day": touch.local_day,
        "planned_for": touch.at_utc,
        "merges": [rung.value for rung in touch.merges],
    }

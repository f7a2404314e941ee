"""Writing down what became of a claim: only who holds its number may."""

from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Update, bindparam, case, select, update

from bot.domain.delivery import (
    Again,
    Arrived,
    Broken,
    DeliveryState,
    Edit,
    Ended,
    Envelope,
    InDoubt,
    Outcome,
    Place,
    Post,
)
from bot.store.database import Transaction
from bot.store.schema import DeliveryRow

IN_HAND = (DeliveryState.CLAIMED, DeliveryState.POSTING)


async def mark_posting(
    tx: Transaction, envelope: Envelope, letter: Post | Edit, now: datetime, first_tried_at: datetime
) -> bool:
    """The last thing that is written before Slack is called; false: another worker has it by now."""
    match letter:
        case Post(thread=thread):
            place = {"thread_ts": thread, "posted_ts": None}
        case Edit(ts=ts):
            place = {"thread_ts": None, "posted_ts": ts}
        case _:
            assert_never(letter)
    tried = {"attempted_at": now, "first_tried_at": first_tried_at}
    return await _write(tx, envelope, {"state": DeliveryState.POSTING, **tried, **place}, (DeliveryState.CLAIMED,))


async def settle(tx: Transaction, envelope: Envelope, outcome: Outcome, now: datetime) -> bool:
    """Writes down what became of a claim; false: another worker has it by now, and nothing was written."""
    is_settled = not isinstance(outcome, InDoubt | Broken)  # it was looked for, or need not be
    known = {"look_since": None} if is_settled else {}
    return await _write(tx, envelope, {"lease_until": None, **known, **_written(outcome, envelope, now)}, IN_HAND)


class Late(StrEnum):
    """What a copy turns out to be that was posted after its worker's lease."""

    KNOWN = "known"  # it was found and written down by another worker
    KEPT = "kept"  # no other copy was known: it is the one
    EXTRA = "extra"


async def settle_late(tx: Transaction, envelope: Envelope, arrived: Arrived, now: datetime) -> Late:
    """With a copy that is kept the delivery is settled: a worker that has it in hand finds itself overtaken in turn."""
    query = select(DeliveryRow.posted_ts, DeliveryRow.state).where(DeliveryRow.id == envelope.id).with_for_update()
    known = (await tx.session.execute(query)).one_or_none()
    if known is not None and known.posted_ts == arrived.place.ts:
        return Late.KNOWN
    is_open = known is not None and known.state in (DeliveryState.PENDING, *IN_HAND, DeliveryState.AMBIGUOUS)
    kept = {"lease_until": None, **_written(arrived, envelope, now)}
    await tx.session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == envelope.id)
        .values(**kept if is_open else {"sweep_at": arrived.sweep_at})
        .execution_options(synchronize_session=False)
    )
    return Late.KEPT if is_open else Late.EXTRA


def _written(outcome: Outcome, envelope: Envelope, now: datetime) -> dict[str, Any]:
    match outcome:
        case Arrived(place=Place(channel=channel, ts=ts), sweep_at=sweep_at):
            ended = {"state": DeliveryState.DELIVERED, "reason": None, "settled_at": now}
            return {**ended, "posted_channel": channel, "posted_ts": ts, "sweep_at": sweep_at}
        case Ended(state=state, reason=reason):
            return {"state": state, "reason": reason, "settled_at": now}
        case Again(not_before=not_before, reason=reason, counts=counts, waits=waits, anew=anew):
            again = {"state": DeliveryState.PENDING, "reason": reason, "not_before": not_before}
            first = {"first_tried_at": None} if anew else {}
            counted = {"attempts": envelope.attempts - (not counts), "waits": DeliveryRow.waits + waits}
            return {**again, **counted, **first}
        case InDoubt(not_before=not_before, reason=reason, counts=counts):
            doubt = {"state": DeliveryState.POSTING, "reason": reason, "not_before": not_before}
            return {**doubt, "attempts": envelope.attempts - (not counts)}
        case Broken(not_before=not_before):
            may_have_left = DeliveryRow.state == DeliveryState.POSTING
            kept = case((may_have_left, DeliveryState.POSTING), else_=DeliveryState.PENDING)
            return {"state": kept, "reason": "broken", "not_before": not_before}
        case _:
            assert_never(outcome)


async def _write(
    tx: Transaction, envelope: Envelope, values: dict[str, Any], states: tuple[DeliveryState, ...]
) -> bool:
    given = {name: value for name, value in values.items() if not isinstance(value, ColumnElement)}
    writing = _writing(states, frozenset(given))
    if computed := {name: value for name, value in values.items() if name not in given}:
        writing = writing.values(**computed)
    mine = {"delivery": envelope.id, "held": envelope.token}
    return await tx.session.scalar(writing, {**mine, **{_to(name): given[name] for name in given}}) is not None


@cache
def _writing(states: tuple[DeliveryState, ...], columns: frozenset[str]) -> Update:
    """Every message needs two of these: to make one anew each time costs as much as it takes to run it."""
    mine = (DeliveryRow.id == bindparam("delivery"), DeliveryRow.token == bindparam("held"))
    return (
        update(DeliveryRow)
        .where(*mine, DeliveryRow.state.in_(states))
        .values({name: bindparam(_to(name)) for name in columns})
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )


def _to(column: str) -> str:
    return f"to_{column}"

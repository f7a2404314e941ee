"""What was told already: to whom, on which day, in which message, and what it was told of."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import aliased

from bot.domain.ids import TouchId
from bot.domain.touches import Outcome, Reason, Rung, Settled, Track
from bot.store.database import Transaction
from bot.store.schema import TouchRow, TouchState
from bot.store.touches import PlannedTouch, value_of

Histories = Mapping[Track, Sequence[Settled]]

_HISTORY = (
    select(TouchRow.subject, TouchRow.version, TouchRow.track, TouchRow.rung, TouchRow.local_day, TouchRow.state)
    .where(
        TouchRow.subject.in_(bindparam("subjects", expanding=True)),
        TouchRow.state != TouchState.PLANNED,
        TouchRow.reason != Reason.REPLANNED,
    )
    .order_by(TouchRow.local_day)
)
_DAYS_OF = (
    select(TouchRow.recipient, TouchRow.told_in, func.max(TouchRow.local_day))
    .where(
        TouchRow.recipient.in_(bindparam("readers", expanding=True)),
        TouchRow.local_day >= bindparam("since"),
        TouchRow.state.in_((TouchState.SENT, TouchState.UNKNOWN)),
        TouchRow.told_in.is_not(None),
    )
    .group_by(TouchRow.recipient, TouchRow.told_in)
)
_HISTORY_ON = _HISTORY.where(TouchRow.track == bindparam("track"), TouchRow.version == bindparam("version"))


async def of_message(tx: Transaction, key: str) -> Sequence[PlannedTouch]:
    """What one message tells."""
    rows = await tx.session.scalars(
        select(TouchRow).where(TouchRow.told_in == key, TouchRow.state == TouchState.SENT).order_by(TouchRow.id)
    )
    return [value_of(row) for row in rows]


async def tell_after_all(tx: Transaction, key: str) -> None:
    """What a message was to tell that was given up: it is handed over once more."""
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.told_in == key, TouchRow.state.in_((TouchState.FAILED, TouchState.UNKNOWN)))
        .values(state=TouchState.SENT, reason=Reason.DUE)
        .execution_options(synchronize_session=False)
    )


async def days_of(tx: Transaction, recipient: str, since: date) -> Mapping[str, date]:
    """The messages that told somebody something since that local day, each with its day."""
    return (await days_of_each(tx, [recipient], since))[recipient]


async def days_of_each(tx: Transaction, recipients: Collection[str], since: date) -> Mapping[str, Mapping[str, date]]:
    """The same of several."""
    found: dict[str, dict[str, date]] = {recipient: {} for recipient in recipients}
    for recipient, key, day in await tx.session.execute(_DAYS_OF, {"readers": list(recipients), "since": since}):
        found[recipient][str(key)] = day
    return found


async def count(tx: Transaction, track: Track, subject: str, outcome: Outcome) -> int:
    """How many touches of all versions ended so."""
    query = select(func.count()).select_from(TouchRow)
    query = query.where(TouchRow.track == track, TouchRow.subject == subject, TouchRow.state == outcome.value)
    return await tx.session.scalar(query) or 0


async def said_before(tx: Transaction, touch: TouchId) -> PlannedTouch | None:
    """The touch about the same thing that was said last before this one."""
    this = aliased(TouchRow)
    row = await tx.session.scalar(
        select(TouchRow)
        .join(
            this,
            (this.tenant_id == TouchRow.tenant_id)
            & (this.track == TouchRow.track)
            & (this.subject == TouchRow.subject),
        )
        .where(this.id == touch, TouchRow.state == TouchState.SENT, TouchRow.planned_for < this.planned_for)
        .order_by(TouchRow.planned_for.desc())
        .limit(1)
    )
    return value_of(row) if row else None


async def said_last(tx: Transaction, track: Track, subject: str) -> PlannedTouch | None:
    """The newest touch on that track about it that was said."""
    row = await tx.session.scalar(
        select(TouchRow)
        .where(TouchRow.track == track, TouchRow.subject == subject, TouchRow.state == TouchState.SENT)
        .order_by(TouchRow.planned_for.desc())
        .limit(1)
    )
    return value_of(row) if row else None


async def said_after(tx: Transaction, touch: PlannedTouch) -> bool:
    """Whether a newer touch about the same was said, or is on its way."""
    newer = await tx.session.scalar(
        select(TouchRow.id)
        .where(
            TouchRow.track == touch.track,
            TouchRow.subject == touch.subject,
            TouchRow.state == TouchState.SENT,
            TouchRow.planned_for > touch.touch.at_utc,
        )
        .limit(1)
    )
    return newer is not None


async def said_about(tx: Transaction, track: Track, subject: str) -> tuple[int, date | None]:
    """How often something was said on that track about it, in all its versions, and on which day last."""
    query = select(func.count(), func.max(TouchRow.local_day)).where(
        TouchRow.track == track, TouchRow.subject == subject, TouchRow.state == TouchState.SENT
    )
    times, last = (await tx.session.execute(query)).one()
    return times, last


async def histories(tx: Transaction, of: Mapping[str, int]) -> Mapping[str, Histories]:
    """What became of the touches of each subject's present version, on every track. ``of``: the version of each."""
    found: dict[str, dict[Track, list[Settled]]] = {subject: {} for subject in of}
    for subject, version, track, rung, day, state in await tx.session.execute(_HISTORY, {"subjects": sorted(of)}):
        if version == of[subject]:
            found[subject].setdefault(track, []).append(_settled(rung, day, state))
    return found


async def histories_of(tx: Transaction, subject: str, version: int) -> Histories:
    """The same of one."""
    return (await histories(tx, {subject: version}))[subject]


async def history_of(tx: Transaction, track: Track, subject: str, version: int) -> Sequence[Settled]:
    """On one track; plans that were given up are no part of it."""
    rows = await tx.session.execute(_HISTORY_ON, {"track": track, "subjects": [subject], "version": version})
    return [_settled(rung, day, state) for *_, rung, day, state in rows]


def _settled(rung: Rung, day: date, state: TouchState) -> Settled:
    return Settled(rung, day, Outcome(state.value))

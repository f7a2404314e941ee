"""The end of a claim: what became of it is written down, those who care are told, and the lane goes on."""

from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

import structlog

from bot.domain import backoff
from bot.domain.delivery import (
    Again,
    Arrived,
    Broken,
    DeliveryState,
    Ended,
    Envelope,
    InDoubt,
    NotNow,
    Outcome,
    TenantGone,
    Uncertain,
    Undeliverable,
)
from bot.domain.notices import Notice
from bot.services import suspending
from bot.services.correspondence import Means
from bot.store import lanes, settlements, stopping
from bot.store.claims import Claim
from bot.store.collisions import repeated
from bot.store.database import Transaction

log = structlog.get_logger(__name__)

PACE = timedelta(seconds=1)
LONG_PAUSE = timedelta(minutes=15)
NONE = timedelta(0)


class FencedOut(Exception):  # nobody's mistake: we were away for longer than the lease
    """Another worker has this delivery by now; nothing may be written about it."""


async def settle(
    means: Means,
    claim: Claim,
    notice: Notice,
    outcome: Outcome,
    rest: timedelta = PACE,
    since: datetime | None = None,
) -> None:
    """``rest``: how long the channel is left alone, from then on, or from now."""
    quiet = (since or means.clock()) + rest if rest else None
    kept = await repeated(partial(_settled, means, claim.envelope, notice, outcome, quiet))
    count(means, claim.envelope, kept)


async def _settled(
    means: Means, envelope: Envelope, notice: Notice, met: Outcome, quiet_until: datetime | None
) -> Outcome:
    async with means.turns, means.database.begin(envelope.tenant) as tx:
        now = means.clock()
        outcome = await suspending.kept(tx, envelope, met, now)
        if not await settlements.settle(tx, envelope, outcome, now):
            raise FencedOut
        await tell(means, tx, notice, envelope, outcome, now)
        lane = await lanes.let_go(tx, envelope, quiet_until)
        if isinstance(outcome, Arrived) and lane.was_refused:
            await suspending.spoke(tx, envelope.channel, now)
        if isinstance(outcome, Again) and outcome.anew:
            await suspending.send_on(tx, envelope)
    if lane.due_at is not None:
        means.wake(lane.due_at)
    return outcome


async def trouble(means: Means, claim: Claim, notice: Notice, met: NotNow | Undeliverable | Uncertain) -> None:
    """An attempt that did not end with a visible message."""
    tries = backoff.Tries(claim.envelope.attempts, claim.waits, claim.first_tried_at)
    asked = met.pause if isinstance(met, NotNow) else None
    if asked is not None and asked > LONG_PAUSE:
        log.error("slack_asks_for_a_long_pause", seconds=asked.total_seconds(), kind=claim.envelope.kind)
    if isinstance(met, Uncertain):
        means.tally.ambiguous()
    outcome = backoff.after(met, tries, means.clock(), means.jitter())
    await settle(means, claim, notice, outcome, rest=max(asked or NONE, PACE))


async def stop_tenant(means: Means, claim: Claim, notice: Notice, gone: TenantGone) -> None:
    """Its deliveries stay as they are, for the day when it is installed again."""
    async with means.turns, means.database.begin_for_all() as everyone:
        is_first = await stopping.stop(everyone, claim.envelope.tenant, means.clock())
    if is_first:
        log.error("workspace_stopped", reason=gone.reason)
    await settle(means, claim, notice, unchanged(claim, means.clock(), gone.reason))


def unchanged(claim: Claim, not_before: datetime, reason: str) -> Again | InDoubt:
    """As if it had not been claimed."""
    if claim.is_in_doubt:
        return InDoubt(not_before, reason, counts=False)
    return Again(not_before, reason, counts=False)


async def tell(
    means: Means, tx: Transaction, notice: Notice, envelope: Envelope, outcome: Outcome, now: datetime
) -> None:
    match outcome:
        case Arrived(place=place):
            await means.correspondent.delivered(tx, notice, envelope, place.ts, now)
        case Ended(state=DeliveryState.SUPPRESSED) | Again() | InDoubt() | Broken():
            pass
        case Ended(state=DeliveryState.DEAD, reason=reason):
            await means.correspondent.undeliverable(tx, notice, envelope, reason, now)
        case Ended(state=state, reason=reason):
            await means.correspondent.undeliverable(tx, notice, envelope, f"{state}: {reason}", now)
        case _:
            assert_never(outcome)


def count(means: Means, envelope: Envelope, outcome: Outcome) -> None:
    match outcome:
        case Arrived():
            means.tally.ended(envelope.kind, DeliveryState.DELIVERED)
        case Ended(state=state, reason=reason):
            means.tally.ended(envelope.kind, state)
            if state is not DeliveryState.SUPPRESSED:
                means.tally.dead()
                log.warning("delivery_given_up", delivery=envelope.id, kind=envelope.kind, state=state, reason=reason)
        case Again(reason=reason) | InDoubt(reason=reason):
            log.info("delivery_waits", delivery=envelope.id, kind=envelope.kind, reason=reason)
        case Broken():
            pass
        case _:
            assert_never(outcome)

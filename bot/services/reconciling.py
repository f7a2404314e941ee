"""A delivery that may be visible already: look for it before anything is posted again."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.domain import backoff
from bot.domain.delivery import (
    POISON,
    SPENT,
    Again,
    Arrived,
    DeliveryState,
    Edit,
    Ended,
    InDoubt,
    Later,
    NotNow,
    Outcome,
    Place,
    Post,
    Suppress,
    TenantGone,
)
from bot.domain.ids import MessageTs
from bot.domain.notices import Notice, ReminderPost
from bot.failpoints import point
from bot.services.correspondence import Means
from bot.services.settling import settle, stop_tenant
from bot.slack.answers import Absent, Found, Unreadable
from bot.store.claims import Claim

LOOK_BACK = timedelta(minutes=5)
PATIENCE = timedelta(minutes=10)
NOT_A_MEMBER = "not_in_channel"
SWEEP_AFTER = timedelta(minutes=15)


async def reconcile(means: Means, claim: Claim, notice: Notice) -> None:
    if claim.is_crashed:
        # Its worker may have been in the middle of the call when it died.
        await settle(means, claim, notice, _in_doubt(means.clock() + backoff.SETTLING, "worker lost"))
        return
    place = claim.thread if claim.is_place_known else await _place(means, claim, notice)
    if isinstance(place, Again | InDoubt | Ended):
        await settle(means, claim, notice, place)
        return
    envelope, now = claim.envelope, means.clock()
    since = claim.attempted_at - LOOK_BACK
    try:
        seen = await means.gateway.find_delivery(envelope.tenant, envelope.channel, place, envelope.id, since, now)
    except TenantGone as gone:
        await stop_tenant(means, claim, notice, gone)
        return
    except NotNow as busy:
        await settle(means, claim, notice, _unseen_yet(claim, notice, busy, means.clock(), means.jitter()))
        return
    await point("reconcile.mid")
    match seen:
        case Found(copies=copies):
            is_doubtful = len(copies) > 1 or _posts(claim) > 1
            sweep_at = means.clock() + SWEEP_AFTER if is_doubtful else None
            await settle(means, claim, notice, Arrived(Place(envelope.channel, copies[0]), sweep_at))
            means.tally.reconciled()
        case Absent():
            await settle(means, claim, notice, _absent(claim, means.clock()))
        case Unreadable(reason=reason) if reason == NOT_A_MEMBER:
            # Who is no member cannot have posted: the refusal was what got lost.
            await settle(means, claim, notice, _absent(claim, means.clock()))
        case Unreadable(reason=reason):
            await settle(means, claim, notice, _unseen(claim, notice, reason, means.clock()))
        case _:
            assert_never(seen)


async def _place(means: Means, claim: Claim, notice: Notice) -> MessageTs | Again | InDoubt | Ended | None:
    """In which thread it is if it was said; or what becomes of it where it is not to be said now.

    Nothing is written down of when it was said: that was in a life of this database that a backup knows nothing of.
    """
    async with means.turns, means.database.begin(claim.envelope.tenant) as tx:
        now = means.clock()
        letter = await means.correspondent.compose(tx, notice, claim.envelope, now)
    match letter:
        case Post(thread=thread):
            return thread
        case Edit():
            return Again(now, "made twice it is the same", counts=False)
        case Suppress(reason=reason):
            return Ended(DeliveryState.SUPPRESSED, reason)
        case Later(not_before=not_before, reason=reason):
            return _in_doubt(not_before, reason)
        case _:
            assert_never(letter)


def _posts(claim: Claim) -> int:
    """How often it was posted: looking for it is no attempt."""
    return claim.envelope.attempts - 1


def _absent(claim: Claim, now: datetime) -> Outcome:
    if claim.is_poison:
        return Ended(DeliveryState.DEAD, POISON)
    if backoff.is_spent(_posts(claim)):
        return Ended(DeliveryState.DEAD, SPENT)
    return Again(now, "not found", counts=False)


def _unseen_yet(claim: Claim, notice: Notice, busy: NotNow, now: datetime, jitter: float) -> Outcome:
    """Slack is too busy to show its history: that passes, as long as there is time."""
    last = claim.attempted_at + PATIENCE
    wait = (
        busy.pause if busy.pause is not None else max(backoff.SETTLING, backoff.pause(claim.envelope.attempts, jitter))
    )
    if now >= last:
        return _unseen(claim, notice, busy.reason, now)
    return _in_doubt(min(now + wait, last), busy.reason)


def _unseen(claim: Claim, notice: Notice, reason: str, now: datetime) -> Outcome:
    """Nobody can know. A reminder left out is made good by the next one; anything else is worth a second copy."""
    if isinstance(notice, ReminderPost):
        return Ended(DeliveryState.AMBIGUOUS, reason)
    last = claim.attempted_at + PATIENCE
    return _in_doubt(last, reason) if now < last else _absent(claim, now)


def _in_doubt(not_before: datetime, reason: str) -> InDoubt:
    return InDoubt(not_before, reason, counts=False)

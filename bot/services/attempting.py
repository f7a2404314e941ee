"""One attempt: draw the words, mark, post, settle."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

import structlog

from bot.domain.delivery import (
    Again,
    Arrived,
    DeliveryState,
    Edit,
    Ended,
    Later,
    Message,
    NotNow,
    Place,
    Post,
    Suppress,
    TenantGone,
    Uncertain,
    Undeliverable,
)
from bot.domain.notices import Notice
from bot.failpoints import point
from bot.services import picturing, settling, sharing
from bot.services.correspondence import Means
from bot.services.settling import FencedOut, settle
from bot.store import lanes, settlements
from bot.store.claims import Claim
from bot.store.settlements import Late

log = structlog.get_logger(__name__)

# Less than this is left of the lease: Slack's answer might come after another worker has looked for the message.
LEAST_LEASE_SECONDS = 15.0
SWEEP_AFTER = timedelta(minutes=15)
NOT_A_MEMBER = "not_in_channel"
TOO_MUCH = frozenset({"msg_blocks_too_long", "invalid_blocks", "msg_too_long"})


class LeaseEnding(Exception):
    """We were held up on the way; nothing was posted."""


async def attempt(means: Means, claim: Claim, notice: Notice, ends_at: float) -> None:
    """``ends_at``: when the lease runs out, on our steady clock."""
    try:
        await sharing.look(means, claim.envelope)
        await point("outbox.before_posting_mark")
        letter = await _mark(means, claim, notice)
        if letter is None:
            return
        place = await _send(means, claim, letter, ends_at)
        landed_at = means.clock()
    except LeaseEnding:
        await settle(means, claim, notice, Again(means.clock(), "lease_lost", counts=False))
    except TenantGone as gone:
        await settling.stop_tenant(means, claim, notice, gone)
    except (NotNow, Undeliverable, Uncertain) as met:
        await settling.trouble(means, claim, notice, met)
    else:
        await _arrived(means, claim, notice, letter, place, landed_at)


async def _mark(means: Means, claim: Claim, notice: Notice) -> Post | Edit | None:
    """The letter to send, once it is written down that it is being sent; None where there is nothing to send."""
    envelope = claim.envelope
    async with means.turns, means.database.begin(envelope.tenant) as tx:
        now = means.clock()
        letter = await means.correspondent.compose(tx, notice, envelope, now)
        match letter:
            case Post() | Edit():
                if not await settlements.mark_posting(tx, envelope, letter, now, claim.first_tried_at):
                    raise FencedOut
                return letter
            case Suppress(reason=reason):
                outcome: Ended | Again = Ended(DeliveryState.SUPPRESSED, reason)
            case Later(not_before=not_before, reason=reason):
                outcome = Again(not_before, reason, counts=False)
            case _:
                assert_never(letter)
        if not await settlements.settle(tx, envelope, outcome, now):
            raise FencedOut
        lane = await lanes.let_go(tx, envelope)
    settling.count(means, envelope, outcome)
    if lane.due_at is not None:
        means.wake(lane.due_at)
    return None


async def _send(means: Means, claim: Claim, letter: Post | Edit, ends_at: float) -> Place:
    """With its pictures, and once more after each refusal for which there is a remedy."""
    shown = await _illustrated(means, claim, letter, ends_at)
    is_joined = False
    while True:
        try:
            return await _call(means, claim, shown, ends_at)
        except Undeliverable as refused:
            if refused.reason == NOT_A_MEMBER and not is_joined:
                await _join(means, claim, refused)
                is_joined = True
            else:
                shown = await _lesser(means, claim, letter, shown, refused)


async def _illustrated(means: Means, claim: Claim, letter: Post | Edit, ends_at: float) -> Post | Edit:
    """As it is where there is no time to spare: it says the same without pictures."""
    if not letter.message.pictures or ends_at - means.monotonic() < LEAST_LEASE_SECONDS + picturing.SECONDS:
        return letter
    message = await means.gallery.illustrated(means.gateway, claim.envelope.tenant, letter.message)
    return replace(letter, message=message)


async def _call(means: Means, claim: Claim, letter: Post | Edit, ends_at: float) -> Place:
    await point("outbox.before_post")
    await _its_turn(means, claim)
    if ends_at - means.monotonic() < LEAST_LEASE_SECONDS:
        raise LeaseEnding
    await point("outbox.after_check")
    envelope = claim.envelope
    match letter:
        case Post(message=message, thread=thread):
            return await means.gateway.post(envelope.tenant, envelope.channel, message, thread, envelope.id)
        case Edit(message=message, ts=ts):
            return await means.gateway.edit(envelope.tenant, Place(envelope.channel, ts), message)
        case _:
            assert_never(letter)


async def _its_turn(means: Means, claim: Claim) -> None:
    """Slack takes one message a second in a channel; everything was made ready for the moment when that is over."""
    if claim.not_until is not None:
        left = claim.not_until - means.clock()
        # Never for longer than it was taken early: the clock may have been set back since.
        await means.pause(max(timedelta(0), min(left, lanes.AHEAD)).total_seconds())


async def _join(means: Means, claim: Claim, refused: Undeliverable) -> None:
    try:
        await means.gateway.join(claim.envelope.tenant, claim.envelope.channel)
    except Undeliverable as why:
        raise (why if why.reason == "is_archived" else refused) from None


async def _lesser(
    means: Means, claim: Claim, letter: Post | Edit, shown: Post | Edit, refused: Undeliverable
) -> Post | Edit:
    """First without the pictures, then without any block; raises the refusal where that does not help."""
    if refused.reason not in TOO_MUCH or not shown.message.blocks:
        raise refused
    envelope = claim.envelope
    if shown.message.blocks != letter.message.blocks:
        log.warning("pictures_refused", reason=refused.reason, delivery=envelope.id, kind=envelope.kind)
        await means.gallery.forget(envelope.tenant, [shown.chart for shown in letter.message.pictures])
        return letter
    size = sum(len(str(block)) for block in shown.message.blocks)
    log.error("blocks_refused", reason=refused.reason, delivery=envelope.id, kind=envelope.kind, size=size)
    return replace(letter, message=Message(letter.message.text, ()))


async def _arrived(
    means: Means, claim: Claim, notice: Notice, letter: Post | Edit, place: Place, landed_at: datetime
) -> None:
    await point("outbox.after_post")
    is_doubtful = isinstance(letter, Post) and claim.envelope.attempts > 1
    sweep_at = means.clock() + SWEEP_AFTER if is_doubtful else None
    try:
        await settle(means, claim, notice, Arrived(place, sweep_at), since=landed_at)
    except FencedOut:
        if isinstance(letter, Post):
            await _arrived_late(means, claim, notice, place)
        raise
    await point("outbox.after_delivered")


async def _arrived_late(means: Means, claim: Claim, notice: Notice, place: Place) -> None:
    """Posted all the same, though our lease had run out: one copy stays, and the other is taken back."""
    envelope = claim.envelope
    arrived = Arrived(place, means.clock() + SWEEP_AFTER)
    async with means.turns, means.database.begin(envelope.tenant) as tx:
        now = means.clock()
        late = await settlements.settle_late(tx, envelope, arrived, now)
        if late is Late.KEPT:
            await settling.tell(means, tx, notice, envelope, arrived, now)
    log.warning("posted_after_lease", delivery=envelope.id, kind=envelope.kind, copy=late)
    if late is Late.KEPT:
        settling.count(means, envelope, arrived)
    if late is Late.EXTRA:
        await _take_back(means, claim, place)


async def _take_back(means: Means, claim: Claim, place: Place) -> None:
    try:
        await means.gateway.delete(claim.envelope.tenant, place)
    except (NotNow, Undeliverable, TenantGone) as met:
        log.warning("copy_not_deleted", delivery=claim.envelope.id, reason=met.reason)  # the sweep comes by later
    else:
        means.tally.duplicate_deleted()

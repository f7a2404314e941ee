"""Looks once more for second copies, where a message was posted more than once, and takes them away."""

from datetime import datetime, timedelta

import structlog

from bot.domain.delivery import NotNow, Place, TenantGone, Undeliverable
from bot.services.correspondence import Means
from bot.services.reconciling import LOOK_BACK
from bot.slack.answers import Absent, Found, Unreadable
from bot.store import sweeps
from bot.store.sweeps import Sweep

log = structlog.get_logger(__name__)

AT_ONCE = 20
LONGEST = timedelta(hours=24)


async def sweep(means: Means, now: datetime) -> int:
    """How many deliveries were looked after."""
    async with means.turns, means.database.begin_for_all() as tx:
        taken = await sweeps.take(tx, now, AT_ONCE)
    for one in taken:
        if await _is_clean(means, one, now) or now - one.settled_at >= LONGEST:
            async with means.turns, means.database.begin(one.tenant) as tenants:
                await sweeps.done(tenants, one.delivery)
    return len(taken)


async def _is_clean(means: Means, one: Sweep, now: datetime) -> bool:
    try:
        seen = await means.gateway.find_delivery(
            one.tenant, one.channel, one.thread, one.delivery, one.first_tried_at - LOOK_BACK, now
        )
        match seen:
            case Absent():
                return True
            case Unreadable():
                return False
            case Found(copies=copies):
                keep = one.posted if one.posted is None or one.posted in copies else copies[0]
                for ts in copies:
                    if ts != keep:
                        await _delete(means, one, Place(one.channel, ts))
                return True
    except (NotNow, TenantGone) as met:
        log.info("sweep_waits", delivery=one.delivery, reason=met.reason)
        return False


async def _delete(means: Means, one: Sweep, place: Place) -> None:
    try:
        await means.gateway.delete(one.tenant, place)
    except Undeliverable as refused:
        # Gone already, or not ours: a stranger can copy the id, but not make us keep looking.
        log.info("copy_not_deleted", delivery=one.delivery, reason=refused.reason)
    else:
        means.tally.duplicate_deleted()
        log.warning("copy_deleted", delivery=one.delivery, kind=one.kind)

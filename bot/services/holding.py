"""Looks after what waits for a place in which the bot cannot speak: what is for one person goes to them directly, and
what has waited for too long is given up."""

from datetime import datetime

import structlog

from bot.domain.channels import KEPT_FOR
from bot.domain.delivery import DeliveryState
from bot.domain.ids import ChannelId, UserId
from bot.domain.notice_kinds import decode
from bot.domain.notices import HandedOver, Notice, ReminderPost
from bot.services.correspondence import Means
from bot.store import actions, keeping, touches
from bot.store.database import Transaction
from bot.store.keeping import Kept

log = structlog.get_logger(__name__)

AT_ONCE = 50
PERSONAL = ("reminder", "handed_over")


async def look_after(means: Means, now: datetime) -> int:
    """How many deliveries were dealt with."""
    async with means.turns, means.database.read_for_all() as everywhere:
        found = await keeping.kept(everywhere, now - KEPT_FOR, PERSONAL, AT_ONCE)
    for one in found:
        async with means.turns, means.database.begin(one.envelope.tenant) as tx:
            await _deal_with(means, tx, one, now)
    return len(found)


async def _deal_with(means: Means, tx: Transaction, one: Kept, now: datetime) -> None:
    notice = decode(one.envelope.kind, one.fields)
    person = None if one.is_stale else await _person(tx, notice)
    if person is not None:
        await keeping.redirect(tx, one.envelope.id, ChannelId(person), one.not_before)
        return
    reason = f"suspended: {one.why}"
    if await keeping.expire(tx, one.envelope.id, reason, now):
        await means.correspondent.undeliverable(tx, notice, one.envelope, f"{DeliveryState.EXPIRED}: {reason}", now)
        means.tally.ended(one.envelope.kind, DeliveryState.EXPIRED)
        means.tally.dead()
        log.warning("delivery_given_up", delivery=one.envelope.id, kind=one.envelope.kind, reason=reason)


async def _person(tx: Transaction, notice: Notice) -> UserId | None:
    """Whom it is for; None: for a channel, or for nobody any more."""
    match notice:
        case ReminderPost(touch=touch):
            planned = await touches.by_id(tx, touch)
            return planned.touch.recipient if planned else None
        case HandedOver(action=action_id):
            action = await actions.by_id(tx, action_id)
            return action.owner if action else None
        case _:
            return None

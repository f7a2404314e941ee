"""Somebody has left: what was theirs goes to those who are still there, and nothing more is said to them."""

from datetime import datetime

from bot.domain.audited import BOT, Audited
from bot.domain.direct_notices import LeadChosen, Leaderless
from bot.domain.ids import ChannelId, UserId
from bot.domain.teams import Team
from bot.domain.touches import Reason
from bot.services import acting
from bot.store import audits, leads, members, outbox, people, plans
from bot.store.database import Transaction


async def left(tx: Transaction, user: UserId, now: datetime) -> None:
    """A deactivated person, or one who is no full member any more, as the store knows by now."""
    for team in await leads.led_by(tx, user):
        await _hand_on(tx, team, now)
    await plans.give_up(tx, user, Reason.LEFT, now)
    await acting.owner_left(tx, user, now)


async def _hand_on(tx: Transaction, team: Team, now: datetime) -> None:
    """To whoever was at it last, who can pass it on; where nobody is left, the admins have to choose."""
    heir = await leads.heir_of(tx, team.id)
    if heir is not None:
        await people.meet(tx, heir, now)
        await leads.give(tx, team.id, heir)
        await audits.note(tx, BOT, Audited.LEAD_CHANGED, team.id, now)
        key = f"lead-chosen:{team.id}:{heir}:{now:%Y-%m-%d}"
        await outbox.enqueue(tx, key, LeadChosen(team.id), ChannelId(heir), team.id, now)
        return
    for admin in await members.admins(tx):
        key = f"leaderless:{team.id}:{team.lead}:{admin}"
        await outbox.enqueue(tx, key, Leaderless(team.id), ChannelId(admin), team.id, now)

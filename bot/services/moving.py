"""A team's channel is exchanged for another one, or has another id: everything that goes by it follows."""

from datetime import datetime

from bot.domain.ids import ChannelId, TeamId
from bot.domain.notices import CardPost
from bot.domain.teams import Team
from bot.domain.touches import Track
from bot.services import suspending
from bot.store import cards, housing, keeping, outbox, plans, targets
from bot.store.database import Transaction

OWN_CARDS_AT_MOST = 3  # more open action points than this come to the new channel as one list
# What is about messages that stay where they are.
LEFT_BEHIND = ("card", "card_edit", "reminder_retired", "result_edit")


async def settled(tx: Transaction, before: Team, after: Team, now: datetime) -> None:
    """What follows from another channel, or from speaking in it again or no more, once it is stored of a team."""
    old, new = before.place.channel, after.place.channel
    if old != new:
        await plans.put(tx, after.id, {Track.CHANNEL: None}, now)
        await housing.readdress(tx, old, new)
        await targets.hold(tx, old, new)
        await keeping.take_back(tx, old, LEFT_BEHIND, "the team has another channel", now)
        await _show_open(tx, after.id, new, now)
        await _follow(tx, old, new)
    if after.suspended is not None:
        await targets.suspend(tx, new, after.suspended, now)
    elif before.suspended is not None:
        await plans.put(tx, after.id, {Track.CHANNEL: None}, now)
        await targets.open_up(tx, new)


async def renumbered(tx: Transaction, old: ChannelId, new: ChannelId, now: datetime) -> None:
    """The same channel, with everything that is posted in it, has another id."""
    await targets.hold(tx, old, new)
    before = await targets.of(tx, old)
    await housing.renumber(tx, old, new)
    await _follow(tx, old, new)
    await targets.share(tx, new, before.is_shared)
    await suspending.resume_in(tx, new, now)


async def _follow(tx: Transaction, old: ChannelId, new: ChannelId) -> None:
    """What waits goes to the new one, and so does what is still to come by the old name."""
    await targets.open_up(tx, new)
    await targets.move(tx, old, new)
    for delivery, not_before in await keeping.waiting_for(tx, old):
        await keeping.redirect(tx, delivery, new, not_before)


async def _show_open(tx: Transaction, team: TeamId, channel: ChannelId, now: datetime) -> None:
    """Messages cannot be taken along: what is open is posted anew."""
    shown = await housing.cards_to_show(tx, team)
    if len(shown) > OWN_CARDS_AT_MOST:
        card = await cards.add(tx, team, channel)
        await housing.gather(tx, team, card)
        shown = [card]
    for card in shown:
        await housing.carry_over(tx, card, channel)
        key = f"card:{card}:{channel}:{int(now.timestamp())}"
        await outbox.enqueue(tx, key, CardPost(card), channel, card, now)

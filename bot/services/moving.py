"""A team's channel is exchanged for another one, or has another id: everything that goes by it follows."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.notices import CardPost
from bot.domain.teams import Place, Team
from bot.domain.touches import Track
from bot.services import suspending
from bot.store import actions, housing, keeping, members, outbox, targets, teams, touches
from bot.store.database import Transaction

OWN_CARDS_AT_MOST = 3  # more open action points than this come to the new channel as one list
# What is about messages that stay where they are.
LEFT_BEHIND = ("card", "card_edit", "reminder_retired", "result_edit")


@dataclass(frozen=True, slots=True)
class Moved:
    team: Team


@dataclass(frozen=True, slots=True)
class Taken:
    """Another team is there."""


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """Only its lead and the admins move a team."""


async def may_move(tx: Transaction, team_id: TeamId, actor: UserId) -> Team | NotTheirs:
    team = await teams.by_id(tx, team_id)
    return team if actor == team.lead or await members.is_admin(tx, actor) else NotTheirs()


async def move(
    tx: Transaction, team_id: TeamId, place: Place, actor: UserId, now: datetime
) -> Moved | Taken | NotTheirs:
    """To a channel that somebody chose. What waited for the old one is said there, and open action points are shown."""
    team = await may_move(tx, team_id, actor)
    if isinstance(team, NotTheirs):
        return team
    there = await teams.of_channel(tx, place.channel)
    if there is not None and there.id != team.id:
        return Taken()
    if there is not None:
        await suspending.resume(tx, team, now)
        return Moved(team)
    before = team.place.channel
    await housing.settle_in(tx, team.id, place)
    await touches.plan(tx, team.id, {Track.CHANNEL: None}, now)
    await housing.readdress(tx, before, place.channel)
    await targets.hold(tx, before, place.channel)
    await keeping.take_back(tx, before, LEFT_BEHIND, "the team has another channel", now)
    await _show_open(tx, team.id, place.channel, now)
    await _follow(tx, before, place.channel)
    return Moved(await teams.by_id(tx, team.id))


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
    cards = await housing.cards_to_show(tx, team)
    if len(cards) > OWN_CARDS_AT_MOST:
        card = await actions.add_card(tx, team, channel)
        await housing.gather(tx, team, card)
        cards = [card]
    for card in cards:
        await housing.carry_over(tx, card, channel)
        key = f"card:{card}:{channel}:{int(now.timestamp())}"
        await outbox.enqueue(tx, key, CardPost(card), channel, card, now)

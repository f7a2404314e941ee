"""A place in which the bot cannot speak any more is left alone: what is owed to it is kept, somebody is told once."""

from datetime import datetime
from typing import assert_never

from bot.domain.channels import FAILURES_IN_ROW, Lost, is_of_the_place, lost
from bot.domain.delivery import Again, DeliveryState, Ended, Envelope, Outcome
from bot.domain.direct_notices import PlaceSuspended
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.items import ChannelLost, Item
from bot.domain.teams import Team
from bot.domain.touches import Reason, Rung, Touch, Track
from bot.services import calendars, sharing
from bot.services.conduct import Conduct, judged_by, nothing_follows, wait
from bot.slack.answers import ChannelFacts, NotVisible
from bot.store import housing, keeping, members, outbox, plans, targets, teams
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch


async def suspend(tx: Transaction, team: Team, why: Lost, now: datetime) -> None:
    """The team goes on without its channel: what is for people comes to them directly, the rest waits."""
    if team.suspended == Lost.UNLINKED:
        return
    await targets.suspend(tx, team.place.channel, why, now)
    if await housing.suspend(tx, team.id, why, now):
        await _ask_lead(tx, team, now)


async def resume(tx: Transaction, team: Team, now: datetime) -> None:
    """The bot can speak in the team's channel again, and its lead has not forbidden it."""
    if team.suspended == Lost.UNLINKED:
        return
    await targets.open_up(tx, team.place.channel)
    if await housing.resume(tx, team.id):
        await plans.put(tx, team.id, {Track.CHANNEL: None}, now)


async def resume_in(tx: Transaction, channel: ChannelId, now: datetime) -> None:
    team = await teams.of_channel(tx, channel)
    if team is not None and team.suspended is not None:
        await resume(tx, team, now)


async def look(tx: Transaction, channel: ChannelId, seen: ChannelFacts | NotVisible, now: datetime) -> None:
    """What follows from how Slack says that it stands with the channel of a team."""
    team = await teams.of_channel(tx, channel)
    if team is None:
        return
    if isinstance(seen, ChannelFacts):
        await sharing.learn(tx, channel, seen)
    why = _why(seen, team)
    if why is None:
        await resume(tx, team, now)
    else:
        await suspend(tx, team, why, now)


def _why(seen: ChannelFacts | NotVisible, team: Team) -> Lost | None:
    match seen:
        case NotVisible(reason=reason):
            return lost(reason, is_private=team.place.is_private)
        case ChannelFacts(is_archived=True):
            return Lost.ARCHIVED
        case ChannelFacts(is_private=True, is_member=False):
            return Lost.UNINVITED
        case ChannelFacts():
            return None
        case _:
            assert_never(seen)


async def known(tx: Transaction, user: UserId) -> None:
    """Slack says that the person is there: what was refused is tried once more."""
    if (await targets.of(tx, ChannelId(user))).suspended is not None:
        await targets.open_up(tx, ChannelId(user))


async def kept(tx: Transaction, envelope: Envelope, outcome: Outcome, now: datetime) -> Outcome:
    """What becomes of a delivery that could not be made because of its place: it is kept, not given up."""
    match outcome:
        case Ended(state=DeliveryState.DEAD, reason=reason) if is_of_the_place(reason):
            return await _refused(tx, envelope, outcome, now)
        case _:
            return outcome


async def spoke(tx: Transaction, channel: ChannelId, now: datetime) -> None:
    """A message arrived where the bot had been refused."""
    await targets.open_up(tx, channel)
    await resume_in(tx, channel, now)


async def send_on(tx: Transaction, envelope: Envelope) -> None:
    """What waits for a place that was given up for another one goes there."""
    target = await targets.of(tx, envelope.channel)
    if target.moved_to is None:
        return
    for delivery, not_before in await keeping.waiting_for(tx, envelope.channel):
        await keeping.redirect(tx, delivery, target.moved_to, not_before)


async def channel_lost(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Reason:
    """Whether the lead is still to be asked for another channel."""
    team = await teams.by_id(tx, TeamId(planned.subject))
    since = await housing.lost_since(tx, team.id)
    if team.suspended is None or since is None or _version(since) != planned.touch.version:
        return Reason.OTHER_VERSION
    if team.is_stopped:
        return Reason.STOPPED
    return ChannelLost(planned.id, team, Lost(team.suspended))


async def _ask_lead(tx: Transaction, team: Team, now: datetime) -> None:
    """Once for each time that the channel is lost."""
    calendar = (await calendars.of_person(tx, team.lead, team, now)).calendar
    at = now if calendar.in_window(now) else calendar.next_slot(now, team.lead)
    touch = Touch(Rung.CHANNEL_LOST, calendar.local_date(at), at, _version(now), team.lead)
    await plans.put(tx, team.id, {Track.CHANNEL: touch}, now)


def _version(since: datetime) -> int:
    return int(since.timestamp())


async def _refused(tx: Transaction, envelope: Envelope, outcome: Ended, now: datetime) -> Outcome:
    team = await teams.of_channel(tx, envelope.channel)
    if team is None and (await targets.of(tx, envelope.channel)).moved_to is not None:
        return Again(now, outcome.reason, counts=False, anew=True)
    why = lost(outcome.reason, is_private=team.place.is_private) if team else None
    if why is None and await targets.failed(tx, envelope.channel) >= FAILURES_IN_ROW:
        why = Lost.REFUSED
        await _tell_admins(tx, envelope.channel, now)
    if why is None:
        return outcome
    if team is not None:
        await suspend(tx, team, why, now)
    else:
        await targets.suspend(tx, envelope.channel, why, now)
    return Again(now, outcome.reason, counts=False, anew=True)


async def _tell_admins(tx: Transaction, channel: ChannelId, now: datetime) -> None:
    for admin in await members.admins(tx):
        if ChannelId(admin) != channel:
            key = f"place-suspended:{channel}:{now:%Y-%m}:{admin}"
            await outbox.enqueue(tx, key, PlaceSuspended(channel), ChannelId(admin), channel, now)


CONDUCT = Conduct(judged_by(channel_lost), channel_lost, nothing_follows, wait)

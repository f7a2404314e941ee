"""Why somebody sees a message, and what they will see next: only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import ActionId, AssessmentId, ChannelId, TeamId, UserId
from bot.domain.in_force import PersonInForce
from bot.domain.touches import TO_CHANNELS, Track
from bot.domain.whys import Ahead, OfPost, OfTouch, Said, Told, read
from bot.services import calendars, inforce, visibility
from bot.services.chosen import NotYours
from bot.store import actions, assessments, teams, told, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch

AS_FAR_AS = timedelta(days=366)
OF_ACTIONS = frozenset({Track.OWNER, Track.LEAD, Track.OWNERLESS, Track.HANDOVER})
OF_ASSESSMENTS = frozenset({Track.DRAFT, Track.ROUND})


@dataclass(frozen=True, slots=True)
class OfTouches:
    """Everything that one message tells."""

    told: Sequence[Told]
    in_force: PersonInForce | None  # for the person that it was said to; none for what was said to a channel


@dataclass(frozen=True, slots=True)
class OfSaid:
    """One thing that was said without a touch."""

    said: Said
    about: str  # the team's name, or the action point's number
    in_force: PersonInForce | None


Explained = OfTouches | OfSaid | NotYours


async def why(tx: Transaction, value: str, asker: UserId, channel: ChannelId | None, now: datetime) -> Explained:
    """``channel``: where the message stands. Nobody learns of what was said to somebody else."""
    match read(value):
        case OfTouch(touch=touch):
            found = await touches.by_id(tx, touch)
            return await _of_touch(tx, found, asker, channel, now) if found else NotYours()
        case OfPost(said=said, subject=subject):
            return await _of_post(tx, said, subject, asker, channel, now)
        case None:
            return NotYours()


async def ahead(tx: Transaction, user: UserId, now: datetime, at_most: int) -> Sequence[Ahead]:
    """What is planned for a person, the earliest first."""
    planned = await touches.ahead_of(tx, user, now + AS_FAR_AS, at_most)
    zone = (await calendars.of_person(tx, user, None, now)).calendar.zone
    reasons = [(await _told(tx, one), one.touch.at_utc.astimezone(zone)) for one in planned]
    return [Ahead(reason, at) for reason, at in reasons if reason is not None]


async def _of_touch(
    tx: Transaction, found: PlannedTouch, asker: UserId, channel: ChannelId | None, now: datetime
) -> Explained:
    to_channel = found.track in TO_CHANNELS
    if found.touch.recipient != (channel if to_channel else asker):
        return NotYours()
    together = await told.of_message(tx, found.told_in) if found.told_in else [found]
    reasons = [await _told(tx, one) for one in together or [found]]
    in_force = None if to_channel else await inforce.of_person(tx, asker, now)
    return OfTouches([reason for reason in reasons if reason is not None], in_force)


async def _of_post(
    tx: Transaction, said: Said, subject: str, asker: UserId, channel: ChannelId | None, now: datetime
) -> Explained:
    match said:
        case Said.SAMPLE | Said.WELCOME:
            return OfSaid(said, "", await inforce.of_person(tx, asker, now))
        case Said.INTRODUCTION:
            return OfSaid(said, "", None)
        case Said.HANDED_OVER | Said.CONFIRM:
            action = await actions.by_id(tx, ActionId(subject))
            mine = action is not None and asker == action.owner
            in_force = await inforce.of_person(tx, asker, now)
            return OfSaid(said, action.label, in_force) if action and mine else NotYours()
        case _:
            team = await teams.found(tx, TeamId(subject))
            seen = team is not None and await visibility.may_see(tx, team, asker, channel)
            return OfSaid(said, team.name, None) if team and seen else NotYours()


async def _told(tx: Transaction, touch: PlannedTouch) -> Told | None:
    """None where what it is about is not there any more."""
    if touch.track in OF_ACTIONS:
        action = await actions.by_id(tx, ActionId(touch.subject))
        team = await teams.found(tx, action.team) if action else None
    elif touch.track in OF_ASSESSMENTS:
        # A round's subject is the assessment and the person who is asked.
        action, found = None, await assessments.by_id(tx, AssessmentId(touch.subject.partition(":")[0]))
        team = await teams.found(tx, found.team) if found else None
    else:
        action, team = None, await teams.found(tx, TeamId(touch.subject))
    return Told(track=touch.track, rung=touch.touch.rung, team=team.name, action=action) if team else None

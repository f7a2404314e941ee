"""Whom a team may be shown to, and which team somebody means. What they may not see is to them as if it were not."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.ids import ChannelId, UserId
from bot.domain.naming import InChannel, Named, TeamRef
from bot.domain.teams import Team
from bot.store import members, people, teams
from bot.store.database import Transaction

MOST_TEAMS = 100


@dataclass(frozen=True, slots=True)
class NoSuchTeam:
    """Unknown, or not for this person to see: said in the same words."""


@dataclass(frozen=True, slots=True)
class SeveralTeams:
    """Any of these could be meant; none of them, where the person has no team yet."""

    teams: tuple[Team, ...]


Meant = Team | SeveralTeams | NoSuchTeam


async def may_see(tx: Transaction, team: Team, user: UserId, here: ChannelId | None = None) -> bool:
    """The team's people; everybody in the workspace where its channel is public; in its channel whoever asks there."""
    if await members.belongs(tx, team.id, user):
        return True
    known = (await people.of(tx, [user])).get(user)
    is_guest = known is not None and not known.is_member
    return not is_guest and (not team.place.is_private or here == team.place.channel)


def may_be_told_in(team: Team, channel: ChannelId) -> bool:
    """Whether a channel may read of a team: of a private one only its own, for the name alone would tell too much."""
    return not team.place.is_private or team.place.channel == channel


async def meant(tx: Transaction, ref: TeamRef | None, here: ChannelId, user: UserId) -> Meant:
    """The team that is named; without a name that of the channel, or the only one that the person belongs to."""
    if ref is None and await teams.of_channel(tx, here) is None:
        return _one_of(await teams.of_person(tx, user, MOST_TEAMS))
    shown = [team for team in await _named(tx, ref or InChannel(here)) if await may_see(tx, team, user, here)]
    return _one_of(shown) if shown else NoSuchTeam()


async def meant_by_admin(tx: Transaction, ref: TeamRef) -> Meant:
    """Whatever team there is: who asks was found to be an admin."""
    found = await _named(tx, ref)
    return _one_of(found) if found else NoSuchTeam()


async def _named(tx: Transaction, ref: TeamRef) -> Sequence[Team]:
    match ref:
        case InChannel(channel=channel):
            team = await teams.of_channel(tx, channel)
            return [team] if team else []
        case Named(name=name):
            return await teams.called(tx, name.strip().removeprefix("#"), MOST_TEAMS)


def _one_of(found: Sequence[Team]) -> Meant:
    return found[0] if len(found) == 1 else SeveralTeams(tuple(found))

"""Which action point is meant by a number: the channel's team has one of it, and so may other teams of the person."""

from dataclasses import dataclass

from bot.domain.actions import ActionPoint
from bot.domain.teams import Team
from bot.services.deciding import By, NotYours
from bot.store import board, teams
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Candidate:
    action: ActionPoint
    team: Team


@dataclass(frozen=True, slots=True)
class Several:
    """Each of these has that number: the person is asked."""

    candidates: tuple[Candidate, ...]


async def numbered(tx: Transaction, number: int, by: By) -> ActionPoint | Several | NotYours:
    """In the channel's team; where there is none, or none with that number, among the person's own."""
    team = await teams.of_channel(tx, by.here) if by.here else None
    found = await board.by_number(tx, team.id, number) if team else None
    if found is not None:
        return found
    own = await board.numbered_of_owner(tx, by.user, number)
    likely = [action for action in own if not action.state.closed] or own
    match likely:
        case []:
            return NotYours()
        case [action]:
            return action
        case _:
            return Several(tuple([Candidate(action, await teams.by_id(tx, action.team)) for action in likely]))

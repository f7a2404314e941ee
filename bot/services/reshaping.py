"""Everything that one form asks for a team, all of it or nothing: name, channel, people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import bounds
from bot.domain.bounds import Field, Problems
from bot.domain.ids import TeamId, UserId
from bot.domain.teams import Place, Team
from bot.services import joining, leading, rights
from bot.services.chosen import Chosen, NotYours, Outcome, Refused
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """None: as it is."""

    name: str | None = None
    place: Place | None = None  # seen by the bot and by the actor
    unlinks: bool = False
    added: frozenset[UserId] = frozenset()
    removed: frozenset[UserId] = frozenset()
    lead: UserId | None = None


class Deed(StrEnum):
    RENAMED = "renamed"
    LINKED = "linked"
    UNLINKED = "unlinked"
    ADDED = "added"
    REMOVED = "removed"
    LED = "led"


@dataclass(frozen=True, slots=True)
class Step:
    """One part of it, done, and whom it is about."""

    deed: Deed
    chosen: Chosen[Team]
    user: UserId | None = None


Part = tuple[Deed, Outcome[Team], UserId | None]


async def reshape(
    tx: Transaction, actor: UserId, team_id: TeamId, wish: Wish, now: datetime
) -> Sequence[Step] | Refused | NotYours:
    """Slack was asked about the people before."""
    team = await rights.team_to_change(tx, team_id, actor, now)
    if team is None:
        return NotYours()
    if problems := await _problems(tx, team, wish):
        return Refused(problems)
    parts = [
        *await _itself(tx, actor, team_id, wish, now),
        # The lead last: who gives it away may change nothing after it.
        *await _its_people(tx, actor, team_id, wish, now),
    ]
    return [Step(deed, outcome, user) for deed, outcome, user in parts if isinstance(outcome, Chosen)]


async def _itself(tx: Transaction, actor: UserId, team: TeamId, wish: Wish, now: datetime) -> list[Part]:
    parts: list[Part] = []
    if wish.name is not None:
        parts.append((Deed.RENAMED, await leading.rename(tx, actor, team, wish.name, now), None))
    if wish.unlinks:
        parts.append((Deed.UNLINKED, await leading.unlink(tx, actor, team, now), None))
    elif wish.place is not None:
        parts.append((Deed.LINKED, await leading.link(tx, actor, team, wish.place, now), None))
    return parts


async def _its_people(tx: Transaction, actor: UserId, team: TeamId, wish: Wish, now: datetime) -> list[Part]:
    parts: list[Part] = [
        *[(Deed.ADDED, await joining.add(tx, actor, team, user, now), user) for user in sorted(wish.added)],
        *[(Deed.REMOVED, await joining.remove(tx, actor, team, user, now), user) for user in sorted(wish.removed)],
    ]
    if wish.lead is not None:
        parts.append((Deed.LED, await joining.lead(tx, actor, team, wish.lead, now), wish.lead))
    return parts


async def _problems(tx: Transaction, team: Team, wish: Wish) -> Problems:
    """Asked before anything is done, so that what is refused leaves nothing half done."""
    found: dict[Field, str] = {}
    if wish.name is not None:
        found |= bounds.of_name(bounds.name(wish.name))
    if wish.place is not None and not wish.unlinks:
        found |= await leading.taken(tx, team, wish.place)
    if team.lead in wish.removed:
        found[Field.MEMBERS] = joining.LEADS
    for user, field in [*((user, Field.MEMBERS) for user in wish.added), *_new_lead(wish)]:
        refused = await joining.unfit(tx, user, field)
        found |= refused.problems if refused else {}
    return found


def _new_lead(wish: Wish) -> list[tuple[UserId, Field]]:
    return [(wish.lead, Field.LEAD)] if wish.lead else []

"""A new action point that somebody asks for by command, or makes of a message."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actions import ActionPoint, ActionState, Confirm, Refused
from bot.domain.decisions import flaw_in_due, flaw_in_link
from bot.domain.ids import ActionId, TeamId, UserId

TITLE_LIMIT = 150


@dataclass(frozen=True, slots=True)
class Wanted:
    title: str
    owner: UserId | None = None
    due_on: date | None = None
    link: str | None = None


def flaw(wanted: Wanted, today: date, *, confirmed: bool = False) -> Refused | Confirm | None:
    """What stands in the way of making it, if anything; `today` is the owner's."""
    if (refused := flaw_in_title(wanted.title)) is not None:
        return refused
    if wanted.link and (refused := flaw_in_link(wanted.link)) is not None:
        return refused
    found = flaw_in_due(wanted.due_on, today) if wanted.due_on else None
    return None if confirmed and isinstance(found, Confirm) else found


def flaw_in_title(title: str) -> Refused | None:
    if not title.strip():
        return Refused("Please say what is to be done.")
    if len(title) > TITLE_LIMIT:
        return Refused("Please say what is to be done in at most 150 characters. Its card's thread has room for more.")
    return None


def made(action_id: ActionId, team: TeamId, number: int, wanted: Wanted, actor: UserId, now: datetime) -> ActionPoint:
    return ActionPoint(
        id=action_id,
        team=team,
        number=number,
        title=wanted.title.strip(),
        why="",
        assigned_by=actor,
        assigned_at=now,
        decided_at=now,
        owner=wanted.owner,
        due_on=wanted.due_on,
        state=ActionState.OPEN if wanted.owner else ActionState.NEEDS_OWNER,
        link=wanted.link,
    )

"""Who may do what with an action point."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.actions import ActionPoint
from bot.domain.ids import UserId


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to the team of an action point."""

    is_lead: bool = False
    is_admin: bool = False
    may_see: bool = False  # the team is public, or they are one of it


May = Callable[[ActionPoint, UserId, Standing], bool]


def may_see(action: ActionPoint, actor: UserId, standing: Standing) -> bool:
    return standing.may_see or may_act(action, actor, standing)


def may_put_off(action: ActionPoint, actor: UserId, standing: Standing) -> bool:
    """Whose reminders they are, and who answers for the team."""
    return actor == action.owner or standing.is_lead


def may_act(action: ActionPoint, actor: UserId, standing: Standing) -> bool:
    """To close it, open it again, date it, block it, link it."""
    return may_put_off(action, actor, standing) or standing.is_admin


def may_assign(action: ActionPoint, actor: UserId, standing: Standing) -> bool:
    """What belongs to nobody, anyone of the team may take or give."""
    return may_act(action, actor, standing) or (action.owner is None and standing.may_see)


def may_accept(action: ActionPoint, actor: UserId, standing: Standing) -> bool:
    return actor == action.owner


def may_decline(action: ActionPoint, actor: UserId, standing: Standing) -> bool:
    """Also who has just declined it: a second press is told so."""
    return actor in (action.owner, action.former_owner, action.assigned_by)


def may_nudge(action: ActionPoint, actor: UserId, standing: Standing) -> bool:
    return standing.is_lead

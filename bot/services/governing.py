"""What an admin chooses for everybody: the workspace's defaults, and who else is an admin."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import bounds, remembered
from bot.domain.audited import Audited
from bot.domain.bounds import Field
from bot.domain.ids import UserId
from bot.domain.preferences import Role, WorkspacePolicy
from bot.services import rights, undoing
from bot.services.choosing import country_or_problem, zone_or_problem
from bot.services.chosen import Already, Chosen, NotYours, Outcome, Refused
from bot.services.joining import unfit
from bot.services.undoing import Kind
from bot.store import audits, choices, members
from bot.store.database import Transaction

WORKSPACE = "workspace"
Wanted = Callable[[WorkspacePolicy], WorkspacePolicy]


@dataclass(frozen=True, slots=True)
class Settled:
    policy: Chosen[WorkspacePolicy] | Already[WorkspacePolicy]
    granted: Chosen[UserId] | None


async def choose(tx: Transaction, actor: UserId, wanted: Wanted, now: datetime) -> Outcome[WorkspacePolicy]:
    """What hangs on it is planned anew afterwards: ``replanning.of_workspace``."""
    if not await rights.is_admin(tx, actor, now):
        return NotYours()
    before = await choices.of_workspace(tx)
    wish = wanted(before)
    (zone, no_zone), (country, no_country) = zone_or_problem(wish.zone), country_or_problem(wish.country)
    problems = {**bounds.of_workspace(wish), **no_zone, **no_country}
    if problems:
        return Refused(problems)
    after = replace(wish, zone=zone, country=country)
    if after == before:
        return Already(before)
    await choices.choose_for_workspace(tx, after)
    changed = remembered.difference(remembered.of_workspace(before), remembered.of_workspace(after))
    undo = await undoing.remember(tx, actor, Kind.POLICY, WORKSPACE, *changed, now)
    return Chosen(before, after, undo)


async def settle(
    tx: Transaction, actor: UserId, wanted: Wanted, admin: UserId | None, now: datetime
) -> Settled | Refused | NotYours:
    """What one form asks for: the defaults and another admin, both or neither."""
    if not await rights.is_admin(tx, actor, now):
        return NotYours()
    refused = await unfit(tx, admin, Field.ADMIN) if admin else None
    if refused is not None:
        return refused
    policy = await choose(tx, actor, wanted, now)
    if isinstance(policy, Refused | NotYours):
        return policy
    granted = await grant(tx, actor, Role.ADMIN, admin, now) if admin else None
    return Settled(policy, granted if isinstance(granted, Chosen) else None)


async def grant(tx: Transaction, actor: UserId, role: Role, user: UserId, now: datetime) -> Outcome[UserId]:
    """Slack was asked about the person before."""
    if not await rights.is_admin(tx, actor, now):
        return NotYours()
    if refused := await unfit(tx, user, Field.ADMIN):
        return refused
    if not await members.grant(tx, role, user, actor, now):
        return Already(user)
    await audits.note(tx, actor, Audited.ROLE_GRANTED, user, now)
    undo = await undoing.remember(tx, actor, Kind.ROLE, user, {"role": None}, {"role": role}, now)
    return Chosen(user, user, undo)

"""Somebody says that an action point is done, and cannot say so themselves: whose it is, is asked."""

from dataclasses import dataclass

from bot.domain.actions import ActionPoint, Already, as_it_is
from bot.domain.ids import ActionId, ChannelId, UserId
from bot.domain.notices import ConfirmAsked
from bot.services import deciding
from bot.services.deciding import By, NotYours
from bot.store import outbox
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Asked:
    """``anew``: False where they were asked this week already."""

    action: ActionPoint
    whom: UserId
    anew: bool


async def ask(tx: Transaction, action_id: ActionId, by: By) -> Asked | Already | NotYours:
    """The owner, or the lead of what has none: one direct message a week, whoever says so."""
    seen = await deciding.look(tx, action_id, by)
    if isinstance(seen, NotYours):
        return seen
    if seen.action.state.closed:
        return as_it_is(seen.action)
    whom = seen.action.owner or seen.team.lead
    year, week, _ = seen.today.isocalendar()
    key = f"confirm:{action_id}:v{seen.action.due_version}:{year}-W{week:02}"
    anew = await outbox.enqueue(tx, key, ConfirmAsked(action_id, by.user), ChannelId(whom), action_id, by.now)
    return Asked(seen.action, whom, anew)

"""What somebody asks of an action point, done in one transaction, and the words that they are told."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import assert_never

from bot.domain.actions import Already, AskDecision, AskNewDate, Confirm, Refused
from bot.domain.delivery import Message
from bot.domain.ids import ActionId
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.handlers.settings import meet
from bot.services import deciding, rights
from bot.services.deciding import Acted, By, MayAsk, NotYours, Outcome, Seen
from bot.store.database import Transaction
from bot.views import changes, confirming, echo, questions, saved

Act = Callable[[Transaction, ActionId, By], Awaitable[Outcome]]
After = tuple[Outcome, Seen | NotYours]


async def perform(deps: Deps, who: Asker, action: ActionId, by: By, act: Act) -> After:
    """What came of it, and how it is after that."""
    done = await _once(deps, who, action, by, act)
    # Who is refused may be an admin of whom nothing is known yet, or not any more.
    if isinstance(done[0], NotYours | MayAsk) and await _is_admin_after_all(deps, who):
        done = await _once(deps, who, action, by, act)
    deps.wake()
    return done


async def _once(deps: Deps, who: Asker, action: ActionId, by: By, act: Act) -> After:
    async with deps.begin(who.tenant) as tx:
        return await act(tx, action, by), await deciding.look(tx, action, by)


async def _is_admin_after_all(deps: Deps, who: Asker) -> bool:
    await meet(deps, who)
    async with deps.db.read(who.tenant) as tx:
        return await rights.is_admin(tx, who.user, deps.now())


def told(outcome: Outcome, seen: Seen | NotYours, wanted: date | None = None) -> Message:
    """``wanted``: the date that was asked for, where one was."""
    match outcome:
        case Acted(before=before, after=after, undo=undo):
            return echo.changed(changes.said(before, after), undo)
        case Refused(sentence=sentence):
            return saved.refused(sentence)
        case MayAsk(action=action):
            return confirming.offer(action)
        case Already() if isinstance(seen, Seen):
            return saved.already(seen.action, outcome)
        case Confirm(question=question) if isinstance(seen, Seen) and wanted:
            return questions.past_due(seen.action, wanted, question)
        case AskNewDate() if isinstance(seen, Seen):
            return questions.beyond_due(seen.action, outcome)
        case AskDecision() if isinstance(seen, Seen):
            return questions.decision(seen.action, outcome)
        case NotYours() | Already() | Confirm() | AskNewDate() | AskDecision():
            return saved.not_yours()
        case _:
            assert_never(outcome)

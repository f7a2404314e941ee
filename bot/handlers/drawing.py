"""Which view a turn is drawn as: a step's questions, or the plan of the last step."""

from dataclasses import replace
from datetime import datetime

from bot.domain.ids import UserId
from bot.domain.rounds import Progress
from bot.domain.turn import Turn
from bot.handlers.deps import Deps
from bot.services import anonymous, closing
from bot.services.assessing import Stale
from bot.services.turning import NextStep
from bot.store.database import Transaction
from bot.views import found, plan, stale, step
from bot.views import rounds as rounds_view
from bot.views.blocks import View


async def drawn(deps: Deps, tx: Transaction, here: NextStep | Stale, user: UserId, now: datetime) -> View:
    turn = replace(here.turn, note=stale.note(here.model, here.unkept)) if isinstance(here, Stale) else here.turn
    if here.model.step(turn.bookmark.step).scored:
        return step.build(here.model, turn)
    if turn.bookmark.round.is_anonymous:
        return rounds_view.part(here.model, turn, await _progress(tx, turn, user))
    return planned(await closing.plan(tx, deps.models, turn, user, now))


def planned(proposed: closing.Plan, *, closes_round: bool = False) -> View:
    """The last step: what was found so far, and the action points."""
    weighed = proposed.weighed
    held_back = [found.holding(weighed.model, finding) for finding in weighed.findings.holding]
    offers = [plan.Offer(point, wish) for point, wish in proposed.offers]
    return plan.build(
        weighed.model, proposed.turn, weighed.result, held_back, offers, proposed.own, closes_round=closes_round
    )


async def _progress(tx: Transaction, turn: Turn, user: UserId) -> Progress | None:
    """How far the round is, for the lead alone."""
    found = await anonymous.open_of_lead(tx, turn.bookmark.assessment, user)
    return None if isinstance(found, anonymous.NotTheirs) else await anonymous.progress(tx, *found)

"""Which view a turn is drawn as: a step's questions, or the plan of the last step."""

from dataclasses import replace
from datetime import datetime

from bot.domain.ids import UserId
from bot.handlers.deps import Deps
from bot.services import closing
from bot.services.assessing import Stale
from bot.services.turning import NextStep
from bot.store.database import Transaction
from bot.views import found, plan, step
from bot.views.blocks import View

CHANGED_ELSEWHERE = (
    "*This step was changed on another device since you opened it.* What is stored is shown here, so that nothing "
    "is overwritten unseen. Change it if it is not right, and go on."
)


async def drawn(deps: Deps, tx: Transaction, here: NextStep | Stale, user: UserId, now: datetime) -> View:
    turn = replace(here.turn, note=CHANGED_ELSEWHERE) if isinstance(here, Stale) else here.turn
    if here.model.step(turn.bookmark.step).scored:
        return step.build(here.model, turn)
    proposed = await closing.plan(tx, deps.models, turn, user, now)
    weighed = proposed.weighed
    held_back = [found.holding(weighed.model, finding) for finding in weighed.findings.holding]
    offers = [plan.Offer(point, wish) for point, wish in proposed.offers]
    return plan.build(weighed.model, turn, weighed.result, held_back, offers, proposed.own)

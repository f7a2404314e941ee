"""What a team's lead hears of its action points, when it has come due."""

from datetime import date, datetime

from bot.domain import leading
from bot.domain.ids import ActionId
from bot.domain.items import Escalated, Item, Ownerless, Unaccepted
from bot.domain.touches import Outcome, Reason, Track
from bot.services import planning
from bot.services.conduct import Conduct, judged_by, nothing_follows, wait
from bot.services.planning import Standing
from bot.store import actions, told
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch


async def escalated(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Reason:
    here = await _still(tx, planned, now)
    if isinstance(here, Reason):
        return here
    action = here.action
    owners = here.manner.calendar
    reminders = await told.count(tx, Track.OWNER, action.id, Outcome.SENT)
    last_word = owners.local_date(action.active_at) if action.active_at else None
    return Escalated(planned.id, action, here.team, _today(here, now), reminders, last_word)


async def unaccepted(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Reason:
    here = await _still(tx, planned, now)
    return here if isinstance(here, Reason) else Unaccepted(planned.id, here.action, here.team, _today(here, now))


async def ownerless(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Reason:
    here = await _still(tx, planned, now)
    if isinstance(here, Reason):
        return here
    former = here.action.former_owner
    return Ownerless(planned.id, here.action, here.team, former) if former else Reason.ACTIVE


def _today(here: Standing, now: datetime) -> date:
    return here.around.person(here.team.lead).calendar.local_date(now)


async def _still(tx: Transaction, planned: PlannedTouch, now: datetime) -> Standing | Reason:
    """Where the same would be planned now: nothing was decided, done or said since."""
    action = await actions.by_id(tx, ActionId(planned.subject))
    if action is None or action.state.closed:
        return Reason.CLOSED
    if action.due_version != planned.touch.version:
        return Reason.OTHER_VERSION
    here = await planning.standing(tx, action, now)
    if here.team.is_stopped:
        return Reason.STOPPED
    if here.team.lead != planned.touch.recipient:
        return Reason.OTHER_OWNER
    wanted = leading.wanted(action, here.leading)
    return here if wanted[planned.track] is not None else Reason.ACTIVE


ESCALATION = Conduct(judged_by(escalated), escalated, nothing_follows, wait)
OWNERLESS = Conduct(judged_by(ownerless), ownerless, nothing_follows, wait)
UNACCEPTED = Conduct(judged_by(unaccepted), unaccepted, nothing_follows, wait)

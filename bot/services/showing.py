"""Everything about one action point, for whoever may see it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import ActionId
from bot.domain.touches import Track
from bot.services import deciding
from bot.services.deciding import By, NotYours, Seen
from bot.store import told, touches
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Shown:
    seen: Seen
    reminded: int  # times that its owner was
    last: date | None  # the day of the last of them
    next_at: datetime | None


async def show(tx: Transaction, action_id: ActionId, by: By) -> Shown | NotYours:
    seen = await deciding.look(tx, action_id, by)
    if isinstance(seen, NotYours):
        return seen
    reminded, last = await told.said_about(tx, Track.OWNER, action_id)
    planned = await touches.planned_of(tx, Track.OWNER, action_id)
    return Shown(seen, reminded, last, planned.touch.at_utc if planned else None)

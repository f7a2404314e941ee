"""The modal with a person's own action points, drawn and drawn anew."""

from bot.domain.ids import TeamId
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.forms import bound
from bot.handlers.request import Asker
from bot.services import calendars
from bot.services.listing import MOST
from bot.slack.gate import Payload
from bot.store import actions, teams
from bot.views import mine
from bot.views.blocks import View


async def drawn(deps: Deps, who: Asker) -> View:
    async with deps.db.read(who.tenant) as tx:
        own = await actions.open_of_owner(tx, who.user, MOST)
        names: dict[TeamId, str] = {team: (await teams.by_id(tx, team)).name for team in {one.team for one in own}}
        calendar = await calendars.of_owner(tx, who.user, None, deps.now())
    return mine.build(own, names, calendar.local_date(deps.now()))


def is_drawn_in(body: Payload) -> bool:
    """Whether a button was pressed in this modal."""
    return request.is_modal(body) and body["view"].get("callback_id") == mine.CALLBACK


async def refresh(deps: Deps, who: Asker, view_id: str) -> None:
    """Below the form that changed one of them."""
    await deps.gateway.update_view(who.tenant, bound(deps, who, await drawn(deps, who)), view_id=view_id)

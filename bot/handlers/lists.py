"""Lists of action points and everything about one of them, for whoever asks alone."""

from dataclasses import replace

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.commands import Actions, Which
from bot.domain.delivery import Message
from bot.domain.ids import ActionId, TeamId
from bot.domain.teams import Team
from bot.handlers import request
from bot.handlers.action_forms import by_of
from bot.handlers.asked import Asked
from bot.handlers.choosing import unclear
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.handlers.whispering import instead
from bot.services import listing, showing, visibility
from bot.services.deciding import By, NotYours
from bot.services.listing import Query
from bot.slack.gate import Payload
from bot.store import teams
from bot.store.database import Transaction
from bot.views import listing as listing_view
from bot.views import saved, shown


async def board(deps: Deps, asked: Asked, command: Actions) -> Message:
    by = By(asked.who.user, deps.now(), asked.channel)
    async with deps.db.read(asked.who.tenant) as tx:
        team = await _team(tx, asked, command)
    if isinstance(team, Message):
        return team
    return await _page(deps, asked.who, listing_view.Asked(command.which, team, command.by, 0), by)


async def turn(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """To another page of the list, in the same place."""
    who = request.asker(context, body)
    wanted = listing_view.read(request.pressed(body))
    drawn = await _page(deps, who, wanted, by_of(deps, who, request.spot(body)))
    await ack()
    deps.afterwards.begin(instead(deps, who, body, drawn))


async def show(deps: Deps, asked: Asked, action: ActionId) -> Message:
    async with deps.db.read(asked.who.tenant) as tx:
        found = await showing.show(tx, action, By(asked.who.user, deps.now(), asked.channel))
    if isinstance(found, NotYours):
        return saved.not_yours()
    seen = found.seen
    return shown.build(
        shown.Facts(
            action=seen.action,
            team=seen.team.name,
            today=seen.today,
            reminded=found.reminded,
            last=found.last,
            next_at=found.next_at,
        )
    )


async def _team(tx: Transaction, asked: Asked, command: Actions) -> TeamId | Message | None:
    """The one team that it is about; None for all that the person may see, or is one of."""
    if command.team is None and command.which in (Which.MINE, Which.ALL):
        return None
    if command.team is None and command.which is not Which.TEAM:
        here = await teams.of_channel(tx, asked.channel)
        return here.id if here else None
    found = await visibility.meant(tx, command.team, asked.channel, asked.who.user)
    return found.id if isinstance(found, Team) else unclear(found, lambda team: replace(command, team=team))


async def _page(deps: Deps, who: Asker, wanted: listing_view.Asked, by: By) -> Message:
    query = Query(wanted.which, wanted.team, wanted.by)
    async with deps.db.read(who.tenant) as tx:
        found = await listing.listed(tx, deps.models, query, wanted.page, by)
    return listing_view.build(
        listing_view.Board(
            asked=wanted,
            page=found.page,
            names={team.id: team.name for team in found.teams.values()},
            today=found.today,
            is_lead=found.is_lead,
        )
    )

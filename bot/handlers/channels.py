"""What becomes of channels, as Slack tells it: renamed, renumbered, closed, opened, shared, and the bot in or out."""

from typing import Any

import structlog
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.channels import Lost
from bot.domain.delivery import NotNow, Undeliverable
from bot.domain.ids import ChannelId, TenantId
from bot.handlers.deps import Deps
from bot.services import moving, suspending
from bot.store import housing, targets, teams
from bot.store.database import Transaction

log = structlog.get_logger(__name__)

Event = dict[str, Any]


async def renamed(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    channel: Event = event["channel"]
    async with deps.begin(context["tenant"]) as tx:
        await housing.rename(tx, ChannelId(str(channel["id"])), str(channel["name"]))


async def renumbered(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    old, new = ChannelId(str(event["old_channel_id"])), ChannelId(str(event["new_channel_id"]))
    async with deps.begin(context["tenant"]) as tx:
        await moving.renumbered(tx, old, new, deps.now())
    deps.wake()


async def archived(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    await _suspend(deps, event, context, Lost.ARCHIVED)


async def deleted(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    await _suspend(deps, event, context, Lost.GONE)


async def opened(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    """Not archived any more."""
    async with deps.begin(context["tenant"]) as tx:
        await suspending.resume_in(tx, _channel(event), deps.now())
    deps.wake()


async def removed(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    """The bot was sent away. A public channel it joins again when it has something to say there."""
    async with deps.begin(context["tenant"]) as tx:
        team = await teams.of_channel(tx, _channel(event))
        if team is not None and team.place.is_private:
            await suspending.suspend(tx, team, Lost.UNINVITED, deps.now())


async def shared(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    async with deps.begin(context["tenant"]) as tx:
        await _share(tx, event, is_shared=True)


async def unshared(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    async with deps.begin(context["tenant"]) as tx:
        await _share(tx, event, is_shared=bool(event.get("is_ext_shared")))


async def look_again(deps: Deps, tenant: TenantId, channel: ChannelId) -> None:
    """Asks Slack how it stands with a channel that has a team."""
    async with deps.db.read(tenant) as tx:
        if await teams.of_channel(tx, channel) is None:
            return
    try:
        seen = await deps.gateway.channel(tenant, channel)
    except (NotNow, Undeliverable) as trouble:
        log.info("slack does not say how it stands with a channel", reason=trouble.reason)
        return
    async with deps.begin(tenant) as tx:
        await suspending.look(tx, channel, seen, deps.now())
    deps.wake()


async def heal(deps: Deps, tenant: TenantId, channel: ChannelId) -> None:
    """Somebody uses the bot in a channel that is taken for lost: what Slack told of it may not have come."""
    async with deps.db.read(tenant) as tx:
        team = await teams.of_channel(tx, channel)
    if team is not None and team.suspended is not None:
        await look_again(deps, tenant, channel)


async def _suspend(deps: Deps, event: Event, context: AsyncBoltContext, why: Lost) -> None:
    async with deps.begin(context["tenant"]) as tx:
        team = await teams.of_channel(tx, _channel(event))
        if team is not None:
            await suspending.suspend(tx, team, why, deps.now())


async def _share(tx: Transaction, event: Event, *, is_shared: bool) -> None:
    if await teams.of_channel(tx, _channel(event)) is not None:
        await targets.share(tx, _channel(event), is_shared)


def _channel(event: Event) -> ChannelId:
    return ChannelId(str(event["channel"]))

"""What Slack tells by itself: the App Home was opened, somebody wrote in a thread, moved, left, or removed the bot."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.ids import ChannelId, MessageTs, TenantId, UserId
from bot.handlers import channels, homes
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.services import acting, introducing, reminding
from bot.slack.answers import PersonFacts
from bot.slack.gate import Payload
from bot.store import cards, stopping

Event = dict[str, Any]

MADE_PRIVATE = "channel_convert_to_private"


async def home_opened(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    if event.get("tab", "home") != "home":
        return
    homes.refresh(deps, Asker(context["tenant"], UserId(str(event["user"]))))


async def said(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    """A word in the thread of a card: the owner is at it. Slack itself says here that a channel was made private."""
    if event.get("subtype") == MADE_PRIVATE:
        deps.afterwards.begin(channels.look_again(deps, context["tenant"], ChannelId(str(event["channel"]))))
    thread, author = event.get("thread_ts"), event.get("user")
    if not thread or not author or event.get("bot_id") or event.get("subtype"):
        return
    tenant: TenantId = context["tenant"]
    channel = ChannelId(str(event["channel"]))
    # Most threads are nobody's card: they cost a read, not a write.
    async with deps.db.read(tenant) as tx:
        card = await cards.at(tx, channel, MessageTs(str(thread)))
    if card is not None:
        async with deps.begin(tenant) as tx:
            await acting.active_in_thread(tx, card.id, UserId(str(author)), deps.now())


async def joined(deps: Deps, event: Event, body: Payload, context: AsyncBoltContext) -> None:
    """The bot is in a channel. Where it went by itself it has something to say already."""
    if event.get("user") != context.bot_user_id:
        return
    channel = ChannelId(str(event["channel"]))
    deps.afterwards.begin(channels.look_again(deps, context["tenant"], channel))
    if event.get("inviter"):
        async with deps.begin(context["tenant"]) as tx:
            is_shared = body.get("is_ext_shared_channel") is True
            await introducing.introduce(tx, channel, deps.now(), is_shared=is_shared)
        deps.wake()


async def person_changed(deps: Deps, event: Event, context: AsyncBoltContext) -> None:
    user: Event = event["user"]
    zone, home = user.get("tz"), user.get("team_id")
    facts = PersonFacts(
        tz=zone if isinstance(zone, str) else None,
        deleted=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")),
        is_restricted=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        team_id=home if isinstance(home, str) else None,
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
    )
    async with deps.begin(context["tenant"]) as tx:
        await reminding.learn(tx, UserId(str(user["id"])), facts, deps.now())
    deps.wake()


async def removed(deps: Deps, body: Payload, context: AsyncBoltContext) -> None:
    """The bot was uninstalled: nothing is sent any more; what is stored stays until it is installed again."""
    async with deps.begin(context["tenant"]) as tx:
        await stopping.stop(tx, context["tenant"], deps.now())


async def tokens_revoked(deps: Deps, event: Event, body: Payload, context: AsyncBoltContext) -> None:
    """Slack also tells of single people's tokens, of which the bot has none: only its own matters."""
    revoked = event.get("tokens") or {}
    if revoked.get("bot"):
        await removed(deps, body, context)

"""Words for one person alone, said where they asked; where the bot cannot speak there, in a direct message."""

from uuid import uuid4

from bot.domain.delivery import Message, Undeliverable
from bot.domain.ids import ChannelId, DeliveryId
from bot.handlers.deps import Deps
from bot.handlers.request import Asker, Spot, spot
from bot.slack.gate import Payload

NOT_A_MEMBER = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel"})


def whisper(deps: Deps, who: Asker, where: Spot | None, message: Message | None) -> None:
    """After the answer to Slack; nothing, where there is nothing to say or nowhere to say it."""
    if message is not None and where is not None:
        deps.afterwards.begin(whispered(deps, who, where, message))


async def instead(deps: Deps, who: Asker, body: Payload, message: Message) -> None:
    """In the place of what they pressed on, which only they see; beside it, where Slack does not take that any more."""
    if not await deps.gateway.replace(str(body.get("response_url", "")), message):
        whisper(deps, who, spot(body), message)


async def whispered(deps: Deps, who: Asker, where: Spot, message: Message) -> None:
    async def say(shown: Message) -> None:
        await _say(deps, who, where, shown)

    await deps.gallery.said(deps.gateway, who.tenant, message, say)


async def _say(deps: Deps, who: Asker, where: Spot, message: Message) -> None:
    try:
        await deps.gateway.ephemeral(who.tenant, where.channel, who.user, message, where.thread)
    except Undeliverable as refused:
        if refused.reason not in NOT_A_MEMBER:
            raise
        # A channel that the bot has not joined yet: on first use it joins only when it has something for everybody.
        await deps.gateway.post(who.tenant, ChannelId(who.user), message, None, DeliveryId(str(uuid4())))

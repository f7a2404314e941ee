"""Whether a team's messages can go to a channel: the bot has to see it, and so has whoever chooses it."""

import asyncio
from dataclasses import dataclass
from typing import assert_never

from bot.domain.delivery import NotNow, TenantGone, Undeliverable
from bot.domain.ids import ChannelId, TenantId, UserId
from bot.domain.teams import Place
from bot.slack.answers import ChannelFacts, NotVisible
from bot.slack.gateway import Gateway

# Said of a private channel that the person is not in as well: its name is nothing to them.
NOT_VISIBLE = "I cannot see that channel. Please invite me there first: /invite @FinOps"
ARCHIVED = "That channel is archived. Please choose another one."
PATIENCE_SECONDS = 1.0  # of the three in which Slack wants its own answer
BUSY = "Slack does not tell about that channel just now. Please try again in a minute."


@dataclass(frozen=True, slots=True)
class Unseen:
    sentence: str


async def place_of(gateway: Gateway, tenant: TenantId, channel: ChannelId, user: UserId) -> Place | Unseen:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await _seen(gateway, tenant, channel, user)
    except Undeliverable:
        return Unseen(NOT_VISIBLE)
    except (NotNow, TenantGone, TimeoutError):
        return Unseen(BUSY)


async def _seen(gateway: Gateway, tenant: TenantId, channel: ChannelId, user: UserId) -> Place | Unseen:
    facts = await gateway.channel(tenant, channel)
    match facts:
        case NotVisible() | ChannelFacts(is_private=True, is_member=False):
            return Unseen(NOT_VISIBLE)
        case ChannelFacts(is_private=True) if not await gateway.is_in(tenant, channel, user):
            return Unseen(NOT_VISIBLE)
        case ChannelFacts(is_archived=True):
            return Unseen(ARCHIVED)
        case ChannelFacts():
            return Place(channel, facts.name, facts.is_private)
        case _:
            assert_never(facts)

"""Channels that other organisations read: no score is told there unless the team's lead says so."""

import asyncio
from datetime import datetime

from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.delivery import Envelope, NotNow, TenantGone, Undeliverable
from bot.domain.direct_notices import SharedAsked
from bot.domain.ids import AssessmentId, ChannelId, TenantId, UserId
from bot.services.correspondence import Means
from bot.slack.answers import ChannelFacts
from bot.slack.gateway import Gateway
from bot.store import assessments, housing, keeping, outbox, rounds, targets, teams
from bot.store.database import Database, Transaction

TELLS_SCORES = frozenset({"result", "result_edit", "stage_up", "stage_down", "status", "history"})
PATIENCE_SECONDS = 1.0  # of the three in which Slack wants its own answer
HELD = "the channel is shared with another organisation"


async def look(means: Means, envelope: Envelope) -> None:
    """Asks Slack who reads there, just before something is told of a score: an event about it may not have come."""
    if envelope.kind not in TELLS_SCORES:
        return
    try:
        facts = await means.gateway.channel(envelope.tenant, envelope.channel)
    except Undeliverable:
        return  # what is posted will be refused as well, with its own reason
    if isinstance(facts, ChannelFacts):
        async with means.turns, means.database.begin(envelope.tenant) as tx:
            await learn(tx, envelope.channel, facts)


async def learn(tx: Transaction, channel: ChannelId, facts: ChannelFacts) -> None:
    """What Slack says of a channel."""
    if (await targets.of(tx, channel)).is_shared is not facts.is_ext_shared:
        await targets.share(tx, channel, facts.is_ext_shared)
    team = await teams.of_channel(tx, channel)
    if team is not None and team.place.is_private is not facts.is_private:
        await housing.know(tx, channel, facts.is_private)


async def is_read_outside(tx: Transaction, channel: ChannelId) -> bool:
    """By people of other organisations, as far as Slack has told."""
    return (await targets.of(tx, channel)).is_shared


async def asked_of_slack(db: Database, gateway: Gateway, tenant: TenantId, channel: ChannelId) -> bool:
    """The same for who asks for a score to be shown there; where Slack does not answer in time, as it was known."""
    facts = await seen(gateway, tenant, channel)
    if facts is None:
        async with db.read(tenant) as tx:
            return await is_read_outside(tx, channel)
    async with db.begin(tenant) as tx:
        await learn(tx, channel, facts)
    return facts.is_ext_shared


async def seen(gateway: Gateway, tenant: TenantId, channel: ChannelId) -> ChannelFacts | None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            facts = await gateway.channel(tenant, channel)
    except (NotNow, Undeliverable, TenantGone, TimeoutError):
        return None
    return facts if isinstance(facts, ChannelFacts) else None


async def may_tell(tx: Transaction, assessment: Assessment, channel: ChannelId, now: datetime) -> bool:
    """Whether its score may be told there; if not, its lead is asked, once."""
    if not await is_read_outside(tx, channel):
        return True
    team = await teams.by_id(tx, assessment.team)
    if team.place.channel != channel:
        return False  # nobody's own channel: there is no lead to ask
    if not assessment.may_be_shared:
        await targets.hold(tx, channel)
        asked, lead = SharedAsked(assessment.id), ChannelId(team.lead)
        await outbox.enqueue(tx, f"shared:{assessment.id}", asked, lead, assessment.id, now)
    return assessment.may_be_shared


async def allow(tx: Transaction, assessment_id: AssessmentId, actor: UserId, now: datetime) -> bool:
    """The lead lets it be told in the team's channel; False where there is nothing to allow, or it is not theirs."""
    found = await assessments.by_id(tx, assessment_id)
    if found is None or found.state is not AssessmentState.CLOSED:
        return False
    team = await teams.by_id(tx, found.team)
    if team.lead != actor:
        return False
    await rounds.let_share(tx, found.id)
    return await keeping.revive(tx, found.id, team.place.channel, HELD, now) > 0

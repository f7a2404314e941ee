"""A result's button that shows what the team has agreed on."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.ids import AssessmentId
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.showing import at_once
from bot.services import showing_answers
from bot.slack.gate import Payload
from bot.views import answers


async def see(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Its value is the assessment."""
    who = request.asker(context, body)
    async with deps.db.read(who.tenant) as tx:
        facts = await showing_answers.facts(tx, deps.models, AssessmentId(request.pressed(body)), who.user)
    await ack()
    at_once(deps, who, body, answers.build(facts) if facts else answers.not_yours())

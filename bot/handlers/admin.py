"""For those who look after the bot in their workspace: how it is, what failed, and what is going to be said."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot import logs
from bot.domain.admin_commands import AdminFailures, AdminHealth, AdminPreview, AdminRetry
from bot.domain.delivery import DeliveryState, Message
from bot.domain.ids import DeliveryId, UserId
from bot.domain.naming import InChannel
from bot.domain.teams import Team
from bot.handlers import request
from bot.handlers.asked import Asked, Perform
from bot.handlers.choosing import unclear
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.handlers.settings import meet
from bot.handlers.whispering import whisper
from bot.services import health as health_service
from bot.services import previewing, redriving, rights, visibility
from bot.slack.gate import Payload
from bot.store import failures as failure_store
from bot.store.database import Transaction
from bot.store.failures import Failure
from bot.views import failures as failure_view
from bot.views import health as health_view
from bot.views import preview as preview_view
from bot.views import saved
from bot.views.failures import Failed

log = structlog.get_logger(__name__)

ONLY_ADMINS = "Only admins of this workspace's use of the bot can do that."
SHOWN = 10


async def health(deps: Deps, asked: Asked, command: AdminHealth) -> Message | None:
    await meet(deps, asked.who)
    async with deps.db.read(asked.who.tenant) as tx:
        if not await rights.is_admin(tx, asked.who.user, deps.now()):
            return saved.refused(ONLY_ADMINS)
        return health_view.build(await health_service.of_workspace(tx, deps.now()))


async def failures(deps: Deps, asked: Asked, command: AdminFailures) -> Message | None:
    await meet(deps, asked.who)
    async with deps.db.read(asked.who.tenant) as tx:
        if not await rights.is_admin(tx, asked.who.user, deps.now()):
            return saved.refused(ONLY_ADMINS)
        return failure_view.build([_failed(failure) for failure in await failure_store.latest(tx, SHOWN)])


async def retry(deps: Deps, asked: Asked, command: AdminRetry) -> Message | None:
    return await _retried(deps, asked.who, command.delivery)


async def press_retry(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await ack()
    who = request.asker(context, body)
    whisper(deps, who, request.spot(body), await _retried(deps, who, DeliveryId(request.pressed(body))))


async def preview(deps: Deps, asked: Asked, command: AdminPreview) -> Message | None:
    await meet(deps, asked.who)
    async with deps.db.read(asked.who.tenant) as tx:
        if not await rights.is_admin(tx, asked.who.user, deps.now()):
            return saved.refused(ONLY_ADMINS)
        team = await visibility.meant_by_admin(tx, command.team or InChannel(asked.channel))
        if not isinstance(team, Team):
            return unclear(team, AdminPreview)
        return preview_view.build(await previewing.preview(tx, team, deps.now()))


PERFORMS: Mapping[type[Any], Perform] = {
    AdminHealth: health,
    AdminFailures: failures,
    AdminRetry: retry,
    AdminPreview: preview,
}


async def _retried(deps: Deps, who: Asker, delivery: DeliveryId) -> Message:
    await meet(deps, who)
    async with deps.begin(who.tenant) as tx:
        if not await rights.is_admin(tx, who.user, deps.now()):
            return saved.refused(ONLY_ADMINS)
        told = await _try_again(deps, tx, who.user, await failure_store.beginning_with(tx, delivery, at_most=2))
    deps.wake()
    log.info("delivery tried again", person=logs.disguised(who.tenant, who.user), delivery=delivery)
    return told


async def _try_again(deps: Deps, tx: Transaction, by: UserId, found: Sequence[Failure]) -> Message:
    match found:
        case []:
            return failure_view.no_such()
        case [failure]:
            can_retry = _failed(failure).can_retry
            went = can_retry and await redriving.requeue(tx, failure.id, failure.key, by, deps.now())
            return failure_view.again(_failed(failure)) if went else failure_view.not_again(_failed(failure))
        case _:
            return failure_view.several()


def _failed(failure: Failure) -> Failed:
    can_retry = failure.state is DeliveryState.DEAD
    return Failed(failure.id, failure.kind, failure.reason, failure.channel, failure.at, can_retry)

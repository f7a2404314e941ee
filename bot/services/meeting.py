"""Getting to know people before something is given to them or done for them: what Slack says of them decides that."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

import structlog

from bot.domain.delivery import NotNow, TenantGone, Undeliverable
from bot.domain.ids import TenantId, UserId
from bot.services import reminding
from bot.slack.answers import NoSuchPerson, PersonFacts
from bot.slack.gateway import Gateway
from bot.store import choices, people
from bot.store.database import Database

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 0.5  # of the second within which people are answered, however slow Slack is


async def introduce(
    db: Database,
    gateway: Gateway,
    tenant: TenantId,
    users: Collection[UserId],
    now: datetime,
    lasts: timedelta = timedelta.max,
) -> None:
    """Asks Slack about those of whom nothing is known yet. Where it does not answer in time, the worker asks again.

    ``lasts``: for how long what Slack said of somebody is good enough.
    """
    async with db.read(tenant) as tx:
        known = await people.of(tx, users)
    strangers = [user for user in users if user not in known or _is_old(known[user].refreshed_at, now, lasts)]
    if not strangers:
        return
    told = await asyncio.gather(*(facts(gateway, tenant, user) for user in strangers))
    async with db.begin(tenant) as tx:
        for user, said in zip(strangers, told, strict=True):
            if said is not None:
                await people.meet(tx, user, now)
                await reminding.learn(tx, user, said, now)


def _is_old(refreshed_at: datetime | None, now: datetime, lasts: timedelta) -> bool:
    return refreshed_at is None or now - refreshed_at > lasts


async def is_guest(db: Database, gateway: Gateway, tenant: TenantId, user: UserId) -> bool:
    """Somebody who is no full member, where the workspace has not let guests in; and whoever left, or is a bot.

    Who is not known is asked about, and not written down: opening a form leaves no trace. Where Slack does not answer
    in time nobody is turned away; what it says later of an owner is followed then.
    """
    async with db.read(tenant) as tx:
        known = (await people.of(tx, [user])).get(user)
        if known is not None and known.refreshed_at is None:
            known = None  # somebody named them; Slack was not asked yet
        if known is not None and known.is_active and known.is_member:
            return False  # nearly everybody, nearly always: nothing more is read
        lets_guests_in = (await choices.of_workspace(tx)).guests
    if known is not None:
        return not (known.is_active and lets_guests_in)
    told = await facts(gateway, tenant, user)
    if not isinstance(told, PersonFacts):
        return False
    return told.deleted or told.is_bot or not (reminding.is_member(tenant, told) or lets_guests_in)


async def facts(gateway: Gateway, tenant: TenantId, user: UserId) -> PersonFacts | NoSuchPerson | None:
    """None: Slack does not say, or not in time."""
    if gateway.silence.lasts(tenant):
        return None
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await gateway.person(tenant, user)
    except TimeoutError:
        gateway.silence.begins(tenant)
        log.info("slack does not say who this is", reason="too slow")
    except (NotNow, Undeliverable, TenantGone) as trouble:
        log.info("slack does not say who this is", reason=str(trouble))
    return None

"""Tokens that expire are renewed ahead of time, by one at a time for each workspace, and kept before use."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot import logs
from bot.domain.delivery import NotNow, TenantGone
from bot.domain.ids import TenantId
from bot.failpoints import point
from bot.slack.access import Renewed
from bot.slack.secrets import KeyRing, Unreadable
from bot.store import refreshing, stopping, tenants
from bot.store.database import Database
from bot.store.tenants import Tenant

log = structlog.get_logger(__name__)

AHEAD = timedelta(hours=2)  # of twelve: nobody's request has to wait for it, and Slack may be away for a while
AT_THE_LAST = timedelta(seconds=30)
# Who finds another at it waits for them, and looks so often.
LOOKS, BETWEEN_SECONDS = 120, 0.1


class Access(Protocol):
    async def renewed(self, refresh_token: str) -> Renewed:
        """Raises TenantGone where that is refused, and NotNow."""
        ...


@dataclass(frozen=True, slots=True)
class Rotating:
    db: Database
    keys: KeyRing
    access: Access
    now: Callable[[], datetime]
    count: Callable[[str], None]  # by how it ended

    async def tick(self, now: datetime) -> int:
        """How many were renewed."""
        async with self.db.read_for_all() as tx:
            soon = await tenants.expiring(tx, now + AHEAD)
        return sum([await self._renewed_ahead(tenant) for tenant in soon])

    def is_over(self, tenant: Tenant) -> bool:
        return tenant.expires_at is not None and tenant.expires_at <= self.now() + AT_THE_LAST

    async def renewed(self, tenant: TenantId, seen: str) -> Tenant:
        """The installation with another token than the one that was seen, which is good for nothing any more.

        Raises TenantGone, and NotNow where it cannot be renewed just now.
        """
        for _ in range(LOOKS):
            if await self._renew(tenant, seen):
                log.info("token_renewed_late", tenant=logs.hashed(tenant))
            async with self.db.read_for_all() as tx:
                found = await tenants.of(tx, tenant)
            if found is None or found.sealed_token is None or found.stopped_at is not None:
                raise TenantGone("not_installed")
            if found.sealed_token != seen:
                return found
            await asyncio.sleep(BETWEEN_SECONDS)
        raise NotNow("token_being_renewed", is_tried=False)

    async def _renewed_ahead(self, tenant: Tenant) -> bool:
        try:
            return await self._renew(tenant.id, tenant.sealed_token or "")
        except (NotNow, TenantGone) as trouble:
            log.warning("token_not_renewed", tenant=logs.hashed(tenant.id), reason=trouble.reason)
            return False

    async def _renew(self, tenant: TenantId, seen: str) -> bool:
        """False: that is another's to do, or done."""
        async with self.db.begin_for_all() as tx:
            used = await refreshing.take(tx, tenant, seen, self.now())
        if used is None:
            return False
        try:
            fresh = await self.access.renewed(self.keys.open(used, tenant))
        except TenantGone as refused:
            await self._refused(tenant, used, refused.reason)
            raise
        except (NotNow, Unreadable) as trouble:
            await self._failed(tenant, used)
            raise (trouble if isinstance(trouble, NotNow) else NotNow("token_unreadable", is_tried=False)) from None
        # What comes now is all there is of the new token: until it is stored, the one before is good for a short while.
        await point("rotate.after_refresh")
        await self._keep(tenant, used, fresh)
        return True

    async def _keep(self, tenant: TenantId, used: str, fresh: Renewed) -> None:
        token, refresh = (self.keys.seal(secret, tenant) for secret in (fresh.token, fresh.refresh_token))
        async with self.db.begin_for_all() as tx:
            await refreshing.keep(tx, tenant, used, token, refresh, self.now() + fresh.lifetime)
        self.count("refreshed")

    async def _failed(self, tenant: TenantId, used: str) -> None:
        async with self.db.begin_for_all() as tx:
            await refreshing.give_back(tx, tenant, used)
        self.count("failed")

    async def _refused(self, tenant: TenantId, used: str, reason: str) -> None:
        """Only installing it again helps; unless somebody has just done that."""
        self.count("refused")
        async with self.db.begin_for_all() as tx:
            stops = await refreshing.is_still(tx, tenant, used) and await stopping.stop(tx, tenant, self.now())
        if stops:
            log.error("workspace_stopped", reason=reason, tenant=logs.hashed(tenant))

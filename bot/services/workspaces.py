"""Which installation a request belongs to, and with whose token the bot speaks.

There are two ways to run: for one workspace with the token of the settings, or for many that installed the bot.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot import logs
from bot.domain.delivery import NotNow, TenantGone, Undeliverable
from bot.domain.ids import TenantId, UserId
from bot.services.rotating import Rotating
from bot.slack.answers import Identity
from bot.slack.gateway import Gateway
from bot.slack.secrets import KeyRing, Unreadable
from bot.slack.tenancy import Installation
from bot.store import tenants
from bot.store.database import Database
from bot.store.tenants import Tenant

log = structlog.get_logger(__name__)

NOBODY = TenantId("")


class Workspaces(Protocol):
    async def installation_of(self, enterprise: str | None, team: str | None) -> Installation | None:
        """The workspace is None for an organisation-wide installation."""
        ...

    async def token_of(self, tenant: TenantId) -> str:
        """Raises TenantGone where there is none, and NotNow where it cannot be read."""
        ...


class OneWorkspace:
    """The one that the token of the settings is of. Slack is asked once who that is; the store remembers."""

    def __init__(self, db: Database, token: str, now: Callable[[], datetime]) -> None:
        self._db = db
        self._token = token
        self._now = now
        self._home: Installation | None = None

    async def token_of(self, tenant: TenantId) -> str:
        return self._token

    async def meet(self, gateway: Gateway) -> Installation | None:
        """Asks Slack whose token it is. None while Slack cannot be asked and nothing is remembered.

        Raises TenantGone when Slack refuses the token: then the setting is wrong.
        """
        try:
            identity = await gateway.identity(NOBODY)
        except (NotNow, Undeliverable) as trouble:
            log.warning("slack cannot say whose token it is", reason=trouble.reason)
            return await self._remembered()
        return await self._at_home(identity)

    async def installation_of(self, enterprise: str | None, team: str | None) -> Installation | None:
        if self._home is None:
            # Verified by our signing secret, and the app is in one workspace only: so this is it.
            known = await self._remembered() or await self._at_home(Identity(team or "", enterprise, "", ""))
            return known if team in (known.tenant, None) else None
        return self._home if team in (self._home.tenant, None) else None

    async def _remembered(self) -> Installation | None:
        async with self._db.read_for_all() as tx:
            known = [tenant for tenant in await tenants.all_active(tx) if tenant.sealed_token is None]
        self._home = self._installation(known[0]) if len(known) == 1 else None
        return self._home

    async def _at_home(self, identity: Identity) -> Installation:
        async with self._db.begin_for_all() as tx:
            tenant = await tenants.installed(
                tx,
                Tenant(
                    TenantId(identity.team_id),
                    identity.team_id,
                    identity.enterprise_id,
                    UserId(identity.bot_user_id) if identity.bot_user_id else None,
                    identity.bot_id or None,
                    None,
                    None,
                ),
                self._now(),
            )
        self._home = self._installation(tenant)
        return self._home

    def _installation(self, tenant: Tenant) -> Installation:
        return Installation(tenant.id, self._token, tenant.bot_user_id or UserId(""), tenant.bot_id)


class ManyWorkspaces:
    """Those that installed the bot; their tokens are sealed in the store."""

    def __init__(self, db: Database, keys: KeyRing, rotating: Rotating | None = None) -> None:
        """``rotating``: renews tokens that expire."""
        self._db = db
        self._keys = keys
        self._rotating = rotating

    async def installation_of(self, enterprise: str | None, team: str | None) -> Installation | None:
        for known in (team, enterprise):
            tenant = await self._tenant(TenantId(known)) if known else None
            if tenant is not None and tenant.stopped_at is None and tenant.sealed_token is not None:
                token = self._keys.open(tenant.sealed_token, tenant.id)
                return Installation(tenant.id, token, tenant.bot_user_id or UserId(""), tenant.bot_id)
        return None

    async def token_of(self, tenant: TenantId) -> str:
        found = await self._tenant(tenant)
        if found is None or found.sealed_token is None or found.stopped_at is not None:
            raise TenantGone("not_installed")
        if self._rotating is not None and self._rotating.is_over(found):
            found = await self._rotating.renewed(tenant, found.sealed_token)
        return self._opened(found)

    async def another_token(self, tenant: TenantId, refused: str) -> str | None:
        """In place of one that Slack has just refused; None where there is none to be had."""
        found = await self._tenant(tenant)
        if found is None or found.sealed_token is None or found.stopped_at is not None:
            return None
        stored = self._opened(found)
        if stored != refused:
            return stored
        if self._rotating is None or found.sealed_refresh is None:
            return None
        return self._opened(await self._rotating.renewed(tenant, found.sealed_token))

    def _opened(self, found: Tenant) -> str:
        try:
            return self._keys.open(found.sealed_token or "", found.id)
        except Unreadable as flaw:
            # ENCRYPTION_KEYS is wrong: for the operator to put right. What is owed waits meanwhile.
            log.error("a stored token cannot be read with these ENCRYPTION_KEYS", tenant=logs.hashed(found.id))
            raise NotNow("token_unreadable", is_tried=False) from flaw

    async def _tenant(self, tenant: TenantId) -> Tenant | None:
        async with self._db.read_for_all() as tx:
            return await tenants.of(tx, tenant)

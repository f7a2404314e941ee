"""Slack that has just kept somebody waiting in vain is not waited for at every form: for a while it is left alone."""

import asyncio
from collections.abc import Callable

from bot.domain.ids import TenantId

SECONDS = 30.0


class Silence:
    """Which workspaces are not answered for in time. Each process finds it out for itself; it is soon over."""

    def __init__(self, monotonic: Callable[[], float] = lambda: asyncio.get_running_loop().time()) -> None:
        self._monotonic = monotonic
        self._until: dict[TenantId, float] = {}

    def begins(self, tenant: TenantId) -> None:
        self._until[tenant] = self._monotonic() + SECONDS

    def lasts(self, tenant: TenantId) -> bool:
        return self._monotonic() < self._until.get(tenant, 0.0)

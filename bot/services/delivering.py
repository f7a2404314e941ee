"""From a row in the outbox to a message that is visible once: one worker's share of it.

Every claim runs as a task of its own, so that a slow channel keeps nobody waiting. A claim whose worker dies is due
again when its lease runs out, and then first looked for in Slack if it may have been posted.
"""

import asyncio
from contextlib import suppress
from datetime import datetime

import structlog

from bot.domain import backoff
from bot.domain.delivery import ANOTHERS, BROKEN, POISON, Broken, DeliveryState, Ended
from bot.domain.notice_kinds import decode
from bot.domain.notices import Notice
from bot.failpoints import point
from bot.services import holding, settling, sweeping
from bot.services.attempting import attempt
from bot.services.correspondence import Correspondent as Correspondent
from bot.services.correspondence import Means as Means
from bot.services.correspondence import Tally as Tally
from bot.services.reconciling import reconcile
from bot.services.settling import FencedOut
from bot.store import claims, lanes, settlements
from bot.store.away import is_away
from bot.store.claims import Claim
from bot.store.queues import Turn

log = structlog.get_logger(__name__)

AT_ONCE = 50
GRACE_SECONDS = 15.0
CLAIMING_SECONDS = 5.0  # a claim takes a hundredth of that, where the database answers at all


class Delivering:
    def __init__(self, means: Means, at_once: int = AT_ONCE) -> None:
        self._means = means
        self._at_once = at_once
        self._tasks: set[asyncio.Task[None]] = set()
        self._claiming = asyncio.Lock()
        self._turn = Turn()
        self._is_more_due = False
        self._is_stopping = False

    async def drain(self, now: datetime) -> int:
        """Takes what is due, as much as there are hands for, and starts on it; gives how much that was."""
        async with self._claiming:
            free = self._at_once - len(self._tasks)
            if self._is_stopping or free <= 0:
                return 0
            # Read before the claim: our idea of when the lease ends is early rather than late.
            ends_at = self._means.monotonic() + lanes.LEASE.total_seconds()
            async with self._means.turns, self._means.database.begin_for_all() as tx:
                taken = await claims.claim(tx, now, free, self._turn)
            self._is_more_due = len(taken) == free
            for claim in taken:
                task = asyncio.create_task(self._work(claim, ends_at))
                self._tasks.add(task)
                task.add_done_callback(self._ended)
        return len(taken)

    async def sweep(self, now: datetime) -> int:
        """Takes away second copies, and looks after what waits in vain; leases that ran out are simply due."""
        if self._is_stopping:
            return 0
        return await sweeping.sweep(self._means, now) + await holding.look_after(self._means, now)

    async def idle(self) -> None:
        """Until everything that was started has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self, within: float = GRACE_SECONDS) -> None:
        """Claims nothing more, gives back what was not begun, and lets what is under way end in time."""
        self._is_stopping = True
        # Of a claim that a silent database keeps for longer nothing is begun; what it took is left to its lease.
        with suppress(TimeoutError):
            async with asyncio.timeout(min(CLAIMING_SECONDS, within)), self._claiming:
                pass
        if tasks := set(self._tasks):
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._is_more_due:
            self._means.wake(self._means.clock())
        if not task.cancelled() and (failure := task.exception()):
            # Not even that it failed could be written down. Nothing is lost: its lease runs out.
            log.error("claim_left_to_its_lease", failure=type(failure).__name__)

    async def _work(self, claim: Claim, ends_at: float) -> None:
        try:
            await self._handle(claim, ends_at)
        except FencedOut:
            await _leave(self._means, claim)
        except Exception as trouble:  # the outermost loop: one delivery that we cannot handle must not stop the others
            if is_away(trouble):
                log.warning("delivery_interrupted", delivery=claim.envelope.id, failure=type(trouble).__name__)
            else:
                log.exception("delivery_broken", delivery=claim.envelope.id, kind=claim.envelope.kind)
            await _give_up(self._means, claim)

    async def _handle(self, claim: Claim, ends_at: float) -> None:
        await point("outbox.after_claim")
        if claim.is_crashed:
            self._means.tally.claim_expired()
        notice: Notice = decode(claim.envelope.kind, claim.fields)
        if self._is_stopping:
            outcome = settling.unchanged(claim, self._means.clock(), "stopping")
            await settling.settle(self._means, claim, notice, outcome, rest=settling.NONE)
        elif claim.is_anothers:
            log.error("another_workspaces_place", delivery=claim.envelope.id, kind=claim.envelope.kind)
            self._means.tally.blocked()
            await settling.settle(self._means, claim, notice, Ended(DeliveryState.DEAD, ANOTHERS))
        elif claim.is_in_doubt:
            await reconcile(self._means, claim, notice)
        elif claim.is_poison:
            await settling.settle(self._means, claim, notice, Ended(DeliveryState.DEAD, POISON))
        else:
            await attempt(self._means, claim, notice, ends_at)


async def _leave(means: Means, claim: Claim) -> None:
    """The delivery is another's; the lane may still be ours, and would be nobody's until our lease ends."""
    log.warning("lease_lost", delivery=claim.envelope.id, kind=claim.envelope.kind)
    async with means.turns, means.database.begin(claim.envelope.tenant) as tx:
        await lanes.let_go(tx, claim.envelope)


async def _give_up(means: Means, claim: Claim) -> None:
    """Writes down as little as possible, and tells nobody: whoever would be told may be what is broken."""
    attempts = claim.envelope.attempts
    outcome: Ended | Broken = Broken(means.clock() + backoff.pause(attempts, means.jitter()))
    if backoff.is_spent(attempts):
        outcome = Ended(DeliveryState.DEAD, BROKEN)
    async with means.turns, means.database.begin(claim.envelope.tenant) as tx:
        await settlements.settle(tx, claim.envelope, outcome, means.clock())
        await lanes.let_go(tx, claim.envelope)
    settling.count(means, claim.envelope, outcome)

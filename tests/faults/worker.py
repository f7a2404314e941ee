"""One life of a worker: the bot's own delivering with the bot's own database and gateway, and nothing else to do."""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot import failpoints
from bot.domain.delivery import Envelope, Letter, Message, Post
from bot.domain.ids import MessageTs, TenantId
from bot.domain.notices import Notice
from bot.services import reminding
from bot.services.correspondence import turns
from bot.services.delivering import Delivering, Means
from bot.services.picturing import Gallery
from bot.services.rotating import Rotating
from bot.services.workspaces import ManyWorkspaces
from bot.slack.access import Access
from bot.slack.gateway import Gateway
from bot.store.away import STORE_AWAY
from bot.store.database import Database, Transaction, open_database
from tests.faults.life import KEYS, Life

BREATH_SECONDS = 0.1
SWEEP_EVERY = timedelta(minutes=1)
IN_THREAD = "thread:"  # a subject that begins so is answered in that thread


class Clerk:
    """Says of each delivery what its key is."""

    async def compose(self, tx: Transaction, notice: Notice, delivery: Envelope, now: datetime) -> Letter:
        thread = delivery.subject.removeprefix(IN_THREAD) if delivery.subject.startswith(IN_THREAD) else None
        return Post(Message(delivery.key, ()), MessageTs(thread.partition("/")[0]) if thread else None)

    async def delivered(
        self, tx: Transaction, notice: Notice, delivery: Envelope, ts: MessageTs, now: datetime
    ) -> None:
        pass

    async def undeliverable(
        self, tx: Transaction, notice: Notice, delivery: Envelope, reason: str, now: datetime
    ) -> None:
        pass


class Reports:
    """What is counted, told at once: whoever is killed takes nothing along."""

    def __init__(self, to: int) -> None:
        self._to = to

    def _say(self, what: str) -> None:
        os.write(self._to, f"count {what}\n".encode())

    def ended(self, kind: str, outcome: str) -> None:
        self._say(outcome)

    def ambiguous(self) -> None:
        self._say("in_doubt")

    def reconciled(self) -> None:
        self._say("reconciled")

    def duplicate_deleted(self) -> None:
        self._say("duplicate_deleted")

    def dead(self) -> None:
        self._say("given_up")

    def blocked(self) -> None:
        pass

    def claim_expired(self) -> None:
        self._say("claim_expired")

    def renewed(self, outcome: str) -> None:
        self._say(outcome)


async def live(life: Life, reports: int, is_spared: bool) -> None:
    failpoints.arm(() if is_spared else failpoints.parse(life.fault))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)

    database = open_database(life.database_url)
    gateway = _gateway(life, database, Reports(reports))
    await gateway.start()
    time, gallery = life.time, Gallery(database)
    means = Means(
        database,
        gateway,
        Clerk(),
        Reports(reports),
        time.now,
        time.steady,
        random.random,
        gallery,
        turns(database),
        pause=time.pause,
    )
    delivering = Delivering(means, life.hands)
    await _work(delivering, life, stop, partial(reminding.tick, database, gateway) if life.plans else None)
    await delivering.stop(within=life.time.call_seconds)
    await gateway.close()
    await database.close()


def _gateway(life: Life, database: Database, reports: Reports) -> Gateway:
    async def token_of(tenant: TenantId) -> str:
        return life.token

    if not life.client:
        return Gateway(life.api_url, token_of, timeout=life.time.call_seconds)
    rotating = Rotating(database, KEYS, Access(life.api_url, *life.client), life.time.now, reports.renewed)
    workspaces = ManyWorkspaces(database, KEYS, rotating)
    timeout, another_token = life.time.call_seconds, workspaces.another_token
    return Gateway(life.api_url, workspaces.token_of, timeout=timeout, another_token=another_token)


async def _work(
    delivering: Delivering, life: Life, stop: asyncio.Event, plan: Callable[[datetime], Awaitable[object]] | None
) -> None:
    sweep_at = life.time.now()
    while not stop.is_set():
        taken = 0
        try:
            if plan is not None:
                await plan(life.time.now())
            taken = await delivering.drain(life.time.now())
            await delivering.idle()
            if life.time.now() >= sweep_at:
                await delivering.sweep(life.time.now())
                sweep_at = life.time.now() + SWEEP_EVERY
        except STORE_AWAY:
            pass  # as in the bot: the next turn does what this one could not
        if not taken:
            await asyncio.sleep(BREATH_SECONDS)

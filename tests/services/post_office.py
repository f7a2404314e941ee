"""A whole post office for tests: a database, a strict Slack, workers, and a clock that is moved by hand."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import insert, select, update

from bot.domain.delivery import DeliveryState, Envelope, Letter, Message, Post
from bot.domain.ids import CardId, ChannelId, DeliveryId, MessageTs, TenantId
from bot.domain.notices import CardPost, Notice
from bot.services.correspondence import asleep, turns
from bot.services.delivering import Delivering, Means
from bot.services.picturing import Gallery
from bot.slack.gateway import Gateway
from bot.store import claims, lanes, outbox, settlements
from bot.store.claims import Claim
from bot.store.database import Database, Transaction, open_database
from bot.store.queues import Turn
from bot.store.schema import Base, DeliveryRow, LaneRow, TenantRow
from sandbox.clock import Clock
from sandbox.faults import Fault
from sandbox.standin import SlackStandIn
from sandbox.values import Channel
from sandbox.values import Message as Shown

HERE = TenantId("T0SANDBOX")
PAY = ChannelId("C_PAY")
G = TypeVar("G", bound=Gateway)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Time:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.elapsed = 0.0

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(seconds=self.elapsed)

    def steady(self) -> float:
        return self.elapsed

    def advance(self, seconds: float) -> None:
        self.elapsed += seconds

    async def pass_by(self, seconds: float) -> None:
        self.elapsed += seconds


class Scribe:
    """Writes what it is told to, and remembers what it was told."""

    def __init__(self) -> None:
        self.compose_with: Callable[[Notice, Envelope], Letter] = lambda notice, _: Post(a_message(str(notice)))
        self.on_delivered: Callable[[], None] = lambda: None
        self.delivered_ts: list[MessageTs] = []
        self.given_up: list[str] = []

    async def compose(self, tx: Transaction, notice: Notice, delivery: Envelope, now: datetime) -> Letter:
        return self.compose_with(notice, delivery)

    async def delivered(
        self, tx: Transaction, notice: Notice, delivery: Envelope, ts: MessageTs, now: datetime
    ) -> None:
        self.on_delivered()
        self.delivered_ts.append(ts)

    async def undeliverable(
        self, tx: Transaction, notice: Notice, delivery: Envelope, reason: str, now: datetime
    ) -> None:
        self.given_up.append(reason)


class Counts:
    """Whatever is counted, by its name."""

    def __init__(self) -> None:
        self.of: Counter[str] = Counter()

    def ended(self, kind: str, outcome: str) -> None:
        self.of[outcome] += 1

    def ambiguous(self) -> None:
        self.of["in doubt"] += 1

    def reconciled(self) -> None:
        self.of["reconciled"] += 1

    def duplicate_deleted(self) -> None:
        self.of["duplicates deleted"] += 1

    def dead(self) -> None:
        self.of["given up"] += 1

    def claim_expired(self) -> None:
        self.of["claims expired"] += 1

    def blocked(self) -> None:
        self.of["blocked"] += 1


def a_message(text: str = "Hello", blocks: tuple[dict[str, Any], ...] = ()) -> Message:
    return Message(text, blocks)


@dataclass
class PostOffice:
    database: Database
    slack: SlackStandIn
    gateway: Gateway
    time: Time
    scribe: Scribe = field(default_factory=Scribe)
    counts: Counts = field(default_factory=Counts)

    def means(
        self,
        gateway: Gateway | None = None,
        monotonic: Callable[[], float] | None = None,
        wake: Callable[[datetime], None] = asleep,
    ) -> Means:
        return Means(
            database=self.database,
            gateway=gateway or self.gateway,
            correspondent=self.scribe,
            tally=self.counts,
            clock=self.time.now,
            monotonic=monotonic or self.time.steady,
            jitter=lambda: 0.5,
            gallery=Gallery(self.database),
            turns=turns(self.database),
            wake=wake,
            pause=self.time.pass_by,
        )

    def worker(self, **differences: Any) -> Delivering:
        return Delivering(self.means(**differences))

    def breaks(self, **fault: Any) -> None:
        self.slack.faults.add(Fault(**fault))

    async def put(
        self,
        key: str = "k",
        channel: str = PAY,
        notice: Notice | None = None,
        subject: str = "",
        tenant: TenantId = HERE,
        not_before: datetime | None = None,
    ) -> bool:
        async with self.database.begin(tenant) as tx:
            said = notice or CardPost(CardId(key))
            return await outbox.enqueue(
                tx, key, said, ChannelId(channel), subject or f"about-{key}", self.time.now(), not_before
            )

    async def run(self, worker: Delivering, seconds: float, step: float = 1.0) -> None:
        """A tick, and then another after every step of time."""
        await self.tick(worker)
        for _ in range(round(seconds / step)):
            self.time.advance(step)
            await self.tick(worker)

    async def tick(self, worker: Delivering) -> int:
        taken = await worker.drain(self.time.now())
        await worker.idle()
        return taken

    async def row(self, key: str = "k") -> DeliveryRow:
        async with self.database.read_for_all() as tx:
            return (await tx.session.scalars(select(DeliveryRow).where(DeliveryRow.key == key))).one()

    async def states(self) -> Counter[DeliveryState]:
        async with self.database.read_for_all() as tx:
            return Counter((await tx.session.scalars(select(DeliveryRow.state))).all())

    async def claim_one(self) -> Claim:
        """As a worker does that will not come to the end of it."""
        async with self.database.begin_for_all() as tx:
            (taken,) = await claims.claim(tx, self.time.now(), 1, Turn())
        return taken

    async def mark(self, claim: Claim, thread: MessageTs | None = None) -> None:
        async with self.database.begin(claim.envelope.tenant) as tx:
            letter = Post(a_message(), thread)
            assert await settlements.mark_posting(tx, claim.envelope, letter, self.time.now(), claim.first_tried_at)

    async def leases_run_out(self) -> None:
        """Without a wait: on PostgreSQL they go by the server's clock, which no test can move."""
        async with self.database.begin_for_all() as tx:
            for table in (LaneRow, DeliveryRow):
                await tx.session.execute(
                    update(table).where(table.lease_until.is_not(None)).values(lease_until=LONG_AGO)
                )
        self.time.advance(lanes.LEASE.total_seconds() + 1)

    def copies(self, delivery: str, channels: Iterable[str] = (PAY,)) -> list[Shown]:
        """How often it is really there: Slack's word, not the database's."""
        return [
            shown
            for channel in channels
            for shown in self.slack.messages(channel)
            if shown.metadata and shown.metadata["event_payload"]["d"] == delivery
        ]

    async def is_visible_once(self, key: str = "k") -> bool:
        row = await self.row(key)
        copies = self.copies(row.id)
        return len(copies) == 1 and row.state is DeliveryState.DELIVERED and row.posted_ts == copies[0].ts

    async def post_a_copy(self, delivery: str, thread: MessageTs | None = None) -> None:
        await self.gateway.post(HERE, PAY, a_message("Copy"), thread, DeliveryId(delivery))

    def posts(self) -> int:
        return len(self.slack.calls("chat.postMessage"))


async def add_tenant(database: Database, tenant: TenantId, now: datetime) -> None:
    async with database.begin_for_all() as tx:
        await tx.session.execute(insert(TenantRow).values(id=tenant, installed_at=now))


def many_channels(slack: SlackStandIn, how_many: int) -> list[str]:
    names = [f"C_MANY{number:03}" for number in range(how_many)]
    slack.workspace.add(*(Channel(name, name.lower(), members=frozenset({slack.app.bot_user})) for name in names))
    return names


@asynccontextmanager
async def opened(database_url: str, patience: float = 5.0) -> AsyncIterator[PostOffice]:
    time = Time()
    database = open_database(database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await add_tenant(database, HERE, time.now())
    clock = Clock(lambda: time.now().timestamp(), time.steady)
    try:
        async with SlackStandIn(clock=clock, burst=1) as slack, a_gateway(slack, Gateway, patience) as gateway:
            yield PostOffice(database, slack, gateway, time)
    finally:
        await database.close()


@asynccontextmanager
async def a_gateway(
    slack: SlackStandIn,
    kind: type[G],
    patience: float = 5.0,
    api_url: str = "",
    tenants: Iterable[TenantId] = (HERE,),
) -> AsyncIterator[G]:
    tokens = dict.fromkeys(tenants, slack.bot_token)

    async def token_of(tenant: TenantId) -> str:
        return tokens.get(tenant, "xoxb-unknown")

    gateway = kind(api_url or slack.api_url, token_of, timeout=patience)
    await gateway.start()
    try:
        yield gateway
    finally:
        await gateway.close()

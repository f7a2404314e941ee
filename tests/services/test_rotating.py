"""Tokens that expire: renewed once, however many want it, and never lost in silence. E08, E09."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from bot import failpoints
from bot.domain.delivery import NotNow, TenantGone
from bot.domain.ids import TenantId, UserId
from bot.services.rotating import AHEAD, Rotating
from bot.services.workspaces import ManyWorkspaces
from bot.slack.access import Access
from bot.slack.gateway import Gateway
from bot.slack.secrets import KeyRing
from bot.slack.tenancy import Installation
from bot.store import tenants
from bot.store.database import Database, open_database
from bot.store.schema import TenantRow
from bot.store.tenants import Installations, Tenant
from sandbox import Clock, SlackStandIn
from sandbox.faults import Fault, Trouble
from sandbox.rotation import GRACE, LIFETIME

HERE = TenantId("T0SANDBOX")
KEYS = KeyRing(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
REPLICAS, REQUESTS = 4, 20


@dataclass
class Hand:
    elapsed: float = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.elapsed)


@dataclass
class Replica:
    """A process of the bot, as far as its tokens go."""

    rotating: Rotating
    gateway: Gateway


@dataclass
class Fleet:
    slack: SlackStandIn
    db: Database
    hand: Hand
    replicas: list[Replica]
    counts: Counter[str]

    async def ask(self, replica: int = 0) -> None:
        """Something of Slack, with whatever token there is. Raises what the gateway raises."""
        await self.replicas[replica].gateway.identity(HERE)

    async def stored(self) -> Tenant:
        async with self.db.read_for_all() as tx:
            found = await tenants.of(tx, HERE)
        assert found is not None
        return found

    async def is_live(self) -> bool:
        """Whether Slack takes the token that is stored."""
        token = KEYS.open((await self.stored()).sealed_token or "", HERE)
        known = self.slack.workspace.tokens[token]
        return not known.revoked and known.expires_at is not None and known.expires_at > self.hand.now().timestamp()

    def refreshes(self) -> int:
        return sum(call.args.get("grant_type") == "refresh_token" for call in self.slack.calls("oauth.v2.access"))

    async def left_alone(self) -> None:
        """The lease of who died with it runs out; on PostgreSQL no test can move its clock."""
        async with self.db.begin_for_all() as tx:
            await tx.session.execute(update(TenantRow).values(refreshing_until=LONG_AGO))


@pytest.fixture
async def fleet(db: Database, migrated_url: str) -> AsyncIterator[Fleet]:
    """Four processes; the app's tokens expire, and one has just been granted."""
    hand, counts = Hand(), Counter[str]()
    slack = SlackStandIn(clock=Clock(lambda: hand.now().timestamp(), lambda: hand.elapsed), burst=100)
    async with slack, AsyncExitStack() as house:
        slack.platform.rotation.is_on = True
        granted = slack.platform.rotation.pair(slack.workspace, slack.app.scopes)
        installation = Installation(
            HERE,
            granted["access_token"],
            UserId("U_BOT"),
            refresh_token=granted["refresh_token"],
            lifetime=timedelta(seconds=granted["expires_in"]),
        )
        await Installations(db, KEYS).save(installation, UserId("U_ADA"), hand.now())
        access = Access(slack.api_url, slack.app.client_id, slack.app.client_secret)
        replicas = []
        for _ in range(REPLICAS):
            own = open_database(migrated_url)
            house.push_async_callback(own.close)
            rotating = Rotating(own, KEYS, access, hand.now, lambda outcome: counts.update([outcome]))
            workspaces = ManyWorkspaces(own, KEYS, rotating)
            gateway = Gateway(slack.api_url, workspaces.token_of, another_token=workspaces.another_token)
            await gateway.start()
            house.push_async_callback(gateway.close)
            replicas.append(Replica(rotating, gateway))
        yield Fleet(slack, db, hand, replicas, counts)


@pytest.fixture
def dying() -> Iterator[None]:
    failpoints.arm(failpoints.parse("rotate.after_refresh=pause:60"))
    yield
    failpoints.arm(())


async def test_e08_at_its_end_a_token_is_renewed_once_for_everybody(fleet: Fleet) -> None:
    fleet.hand.elapsed = LIFETIME

    asked = (fleet.ask(replica) for replica in range(REPLICAS) for _ in range(REQUESTS))
    failed = [met for met in await asyncio.gather(*asked, return_exceptions=True) if met is not None]

    assert failed == []
    assert fleet.refreshes() == 1
    assert await fleet.is_live()
    assert fleet.counts == {"refreshed": 1}


@pytest.mark.parametrize("error", ["token_expired", "token_revoked", "invalid_auth"])
async def test_e08_a_token_that_is_refused_before_its_time_is_renewed_once(fleet: Fleet, error: str) -> None:
    tokens = fleet.slack.workspace.tokens
    token = tokens.pop(KEYS.open((await fleet.stored()).sealed_token or "", HERE))
    if error != "invalid_auth":
        tokens[token.value] = replace(token, revoked=error == "token_revoked", expires_at=0.0)

    await asyncio.gather(*(fleet.ask(replica) for replica in range(REPLICAS)))

    assert error in {call.outcome for call in fleet.slack.calls("auth.test")}

    assert fleet.refreshes() == 1
    assert await fleet.is_live()


async def test_e08_ahead_of_time_the_worker_renews_it_and_no_request_waits(fleet: Fleet) -> None:
    fleet.hand.elapsed = LIFETIME - AHEAD.total_seconds()

    renewed = await asyncio.gather(*(replica.rotating.tick(fleet.hand.now()) for replica in fleet.replicas))

    assert sum(renewed) == 1 == fleet.refreshes()
    assert (await fleet.stored()).expires_at == fleet.hand.now() + timedelta(seconds=LIFETIME)
    await fleet.ask()
    assert fleet.refreshes() == 1
    assert await fleet.replicas[0].rotating.tick(fleet.hand.now()) == 0


async def test_e08_while_slack_is_away_the_old_one_is_used_for_as_long_as_it_is_good(fleet: Fleet) -> None:
    fleet.hand.elapsed = LIFETIME - AHEAD.total_seconds()
    fleet.slack.faults.add(Fault(Trouble.UNAVAILABLE, "oauth.v2.access", count=2))

    assert await fleet.replicas[0].rotating.tick(fleet.hand.now()) == 0
    await fleet.ask()
    fleet.hand.elapsed = LIFETIME
    with pytest.raises(NotNow):
        await fleet.ask()
    await fleet.ask()

    assert fleet.counts == {"failed": 2, "refreshed": 1}
    assert (await fleet.stored()).stopped_at is None


@pytest.mark.usefixtures("dying")
async def test_e09_who_dies_between_renewing_and_storing_is_followed_by_another(fleet: Fleet) -> None:
    await died_with_it(fleet)

    fleet.hand.elapsed += GRACE / 2
    await fleet.ask(1)

    assert fleet.refreshes() == 2
    assert await fleet.is_live()
    assert (await fleet.stored()).stopped_at is None


@pytest.mark.usefixtures("dying")
async def test_e09_where_nobody_follows_in_time_the_workspace_is_stopped_and_it_is_told(fleet: Fleet) -> None:
    await died_with_it(fleet)

    fleet.hand.elapsed += GRACE + 1
    with capture_logs() as logged, pytest.raises(TenantGone):
        await fleet.ask(1)

    stored = await fleet.stored()
    assert stored.stopped_at == fleet.hand.now()
    assert (stored.sealed_token, stored.sealed_refresh, stored.expires_at) == (None, None, None)
    assert [line["event"] for line in logged if line["log_level"] == "error"] == ["workspace_stopped"]
    assert fleet.counts == {"refused": 1}


async def died_with_it(fleet: Fleet) -> None:
    fleet.hand.elapsed = LIFETIME
    asking = asyncio.create_task(fleet.ask(0))
    await fleet.slack.until(lambda: fleet.refreshes() == 1)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    failpoints.arm(())
    await fleet.left_alone()


async def test_a_renewed_token_does_not_take_the_place_of_a_newer_installation(fleet: Fleet) -> None:
    before = await fleet.stored()
    fleet.hand.elapsed = LIFETIME
    newer = Installation(HERE, "xoxb-newer", UserId("U_BOT"), refresh_token="xoxe-newer", lifetime=timedelta(hours=12))
    await Installations(fleet.db, KEYS).save(newer, UserId("U_ADA"), fleet.hand.now())

    found = await fleet.replicas[0].rotating.renewed(HERE, before.sealed_token or "")

    assert KEYS.open(found.sealed_token or "", HERE) == "xoxb-newer"
    assert fleet.refreshes() == 0


async def test_i02_what_a_token_is_renewed_with_is_sealed_and_shown_nowhere(fleet: Fleet) -> None:
    fleet.hand.elapsed = LIFETIME
    with capture_logs() as logged:
        await fleet.ask()
    stored = await fleet.stored()

    assert "xoxe" not in f"{stored}{logged}"
    assert "xoxe" not in repr(Installation(HERE, "xoxe.xoxb-1", UserId("U"), refresh_token="xoxe-1"))

"""The plain case of everything that is stored; a test names only what matters to it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from bot.domain.actions import ActionPoint
from bot.domain.assessment import Assessment
from bot.domain.ids import ActionId, AssessmentId, CardId, ChannelId, ModelVersion, StepId, TeamId, TenantId, UserId
from bot.domain.model import Form
from bot.domain.teams import Place, Team
from bot.domain.touches import Rung, Touch
from bot.store import actions, assessments, cards, respondents, teams, tenants
from bot.store.database import Database, SystemTransaction, Transaction
from bot.store.tenants import Tenant

T = TypeVar("T")
HERE, ELSEWHERE = TenantId("T_HERE"), TenantId("T_ELSEWHERE")
ADA, BOB, EVE = UserId("U_ADA"), UserId("U_BOB"), UserId("U_EVE")
PAY, OPS = ChannelId("C_PAY"), ChannelId("C_OPS")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_tenant(tenant: TenantId = HERE, **changes: Any) -> Tenant:
    plain = Tenant(tenant, tenant, None, UserId("U_BOT"), "B_BOT", None, None)
    return replace(plain, **changes)


async def install(db: Database, tenant: Tenant | None = None, now: datetime = NOW) -> Tenant:
    async with db.begin_for_all() as tx:
        return await tenants.installed(tx, tenant or a_tenant(), now)


async def a_team(tx: Transaction, channel: ChannelId = PAY, lead: UserId = ADA, private: bool = False) -> Team:
    return await teams.made(tx, Place(channel, channel.lower(), private), lead, NOW)


async def a_draft(
    tx: Transaction, team: TeamId, name: str = "as-1", by: UserId = ADA, now: datetime = NOW
) -> Assessment:
    return await assessments.begun(tx, AssessmentId(name), team, ModelVersion("1.0.0"), Form.FULL, by, now)


async def take_part(tx: Transaction, assessment: AssessmentId, *users: UserId) -> None:
    for user in users:
        await respondents.take_part(tx, assessment, user, StepId("visibility"), NOW)


def an_action(team: TeamId, **changes: Any) -> ActionPoint:
    plain = ActionPoint(
        id=ActionId("ac-1"),
        team=team,
        number=1,
        title="Tag untagged volumes",
        why="Half of the spend has no owner",
        assigned_by=ADA,
        assigned_at=NOW,
        decided_at=NOW,
        owner=BOB,
        due_on=date(2026, 4, 1),
    )
    return replace(plain, **changes)


async def put_action(
    tx: Transaction, assessment: Assessment, card: CardId | None = None, **changes: Any
) -> ActionPoint:
    """Under its own id as origin, on a card of its own unless one is named."""
    action = an_action(assessment.team, **changes)
    card = card or await cards.add(tx, assessment.team, PAY)
    await actions.add(tx, assessment.id, card, action.id, action, NOW)
    return action


def a_touch(**changes: Any) -> Touch:
    return replace(Touch(Rung.T1, TODAY, NOW, 1, BOB), **changes)


async def in_each(
    db: Database, count: int, do: Callable[[Transaction, int], Awaitable[T]], tenant: TenantId = HERE
) -> list[T]:
    """Does it so many times at once, each time in a transaction and on a connection of its own."""

    async def once(number: int) -> T:
        async with db.begin(tenant) as tx:
            return await do(tx, number)

    return list(await asyncio.gather(*(once(number) for number in range(count))))


async def over_all(db: Database, do: Callable[[SystemTransaction], Awaitable[T]]) -> T:
    async with db.read_for_all() as tx:
        return await do(tx)

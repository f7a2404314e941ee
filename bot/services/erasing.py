"""A workspace, a team or a person is erased: nothing more is said, then nothing more is kept.

Everything is done some rows at a time and can be done again: whoever was interrupted begins anew and ends the same.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from bot import logs
from bot.domain.audited import Audited
from bot.domain.ids import ERASED, TeamId, TenantId, UserId
from bot.services import leaving
from bot.store import anonymising, audits, erasing, people, stopping, teams
from bot.store.database import Database
from bot.store.erasing import BATCH, Part
from bot.store.lanes import LEASE

LOOK_AGAIN_SECONDS = 0.2
GRACE_SECONDS = 15.0
Now = Callable[[], datetime]
Erased = Counter[str]  # rows, by their table


async def workspace(db: Database, tenant: TenantId, actor: UserId, now: Now) -> Erased:
    """Everything of it, and the installation. Whoever installs the bot again begins with nothing."""
    async with db.begin_for_all() as everywhere:
        await stopping.stop(everywhere, tenant, now())
    await _hands_are_empty(db, tenant)
    return await purge(db, tenant, actor, now())


async def purge(db: Database, tenant: TenantId, actor: UserId, now: datetime) -> Erased:
    """Of a workspace that has stopped. One that was installed again meanwhile stays known."""
    erased = await _deleted(db, tenant, erasing.of_workspace(tenant))
    async with db.begin_for_all() as everywhere:
        erased["tenants"] += await erasing.forget_workspace(everywhere, tenant)
    if erased.total():
        # That it was done has to be shown to somebody; whose it was is not kept for that.
        nameless = TenantId(logs.hashed(tenant))
        async with db.begin(nameless) as tx:
            await audits.note(tx, actor, Audited.ERASED_WORKSPACE, nameless, now)
    return +erased


async def team(db: Database, tenant: TenantId, team_id: TeamId, actor: UserId, now: Now) -> Erased:
    async with db.begin(tenant) as tx:
        held = await teams.hold(tx, team_id)
        if held is not None:
            await teams.put(tx, replace(held, is_stopped=True), now())
            await audits.note(tx, actor, Audited.ERASED_TEAM, team_id, now())
    await _hands_are_empty(db, tenant)
    return await _deleted(db, tenant, erasing.of_team(tenant, team_id))


async def person(db: Database, tenant: TenantId, user: UserId, actor: UserId, now: Now) -> Erased:
    """What was theirs to do goes on to others, as if they had left; what stays says of nobody whose it was."""
    nobody = UserId(f"{ERASED}{token_hex(4).upper()}")
    async with db.begin(tenant) as tx:
        await people.meet(tx, user, now())
        await people.put(tx, user, None, False, False, now())
        await anonymising.forget_words(tx, user)
        await leaving.left(tx, user, now())
        await anonymising.take_back(tx, user, now())
        await people.meet(tx, nobody, now())
        await people.put(tx, nobody, None, False, False, now())
    await _hands_are_empty(db, tenant)
    erased = await _deleted(db, tenant, anonymising.own_rows(tenant, user))
    async with db.begin(tenant) as tx:
        erased["respondents"] += await anonymising.answers_of_nobody(tx, user, nobody)
    for table in anonymising.shared_tables():
        async with db.begin(tenant) as tx:
            erased[table.name] += await anonymising.rename(tx, table, user, nobody)
    async with db.begin(tenant) as tx:
        await audits.note(tx, actor, Audited.ERASED_PERSON, nobody, now())
    return +erased


async def _deleted(db: Database, tenant: TenantId, parts: Iterable[Part]) -> Erased:
    erased = Erased()
    for part in parts:
        gone = BATCH
        while gone == BATCH:
            async with db.begin(tenant) as tx:
                gone = await erasing.delete_some(tx, part)
            erased[part[0].name] += gone
    return +erased


async def _hands_are_empty(db: Database, tenant: TenantId) -> None:
    """What a worker had taken before is said or given up; what it takes now it asks about, and finds erased."""
    ends_at = asyncio.get_running_loop().time() + LEASE.total_seconds() + GRACE_SECONDS
    async with db.read(tenant) as tx:
        before = await erasing.in_hand(tx)
    while before and asyncio.get_running_loop().time() < ends_at:
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
        async with db.read(tenant) as tx:
            before &= await erasing.in_hand(tx)

"""The planning tick: what has come due is decided anew, and what is to be said goes to the outbox."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter

import structlog

from bot.domain.delivery import NotNow, TenantGone, Undeliverable
from bot.domain.ids import TenantId, TouchId, UserId, is_person
from bot.services import leaving, planning, suspending
from bot.services.attending import attend
from bot.services.coming_due import ROUNDS
from bot.services.tracks import SPEAKERS
from bot.slack.answers import NoSuchPerson, PersonFacts
from bot.slack.facts import MOST_QUIET
from bot.slack.gateway import Gateway
from bot.store import people, plans, stopping, touches
from bot.store.away import is_away
from bot.store.collisions import repeated
from bot.store.database import Database, Transaction
from bot.store.touches import Due

log = structlog.get_logger(__name__)

BATCH = 200
TOGETHER = 10  # people in one transaction: nobody is held for long, nor is the event loop
FACTS_LAST = timedelta(days=1)
ASK_AGAIN = timedelta(minutes=10)
# What fails on a mistake of ours is tried again, for it may be put right meanwhile, but not for ever.
SET_ASIDE = timedelta(hours=1)
GIVEN_UP = timedelta(days=7)
GONE = PersonFacts(None, deleted=True, is_bot=False, is_restricted=False, team_id=None)


async def tick(db: Database, gateway: Gateway, now: datetime, batch: int = BATCH) -> Sequence[timedelta]:
    """Decides everything that is due, so many people at once; how late each message was handed to the outbox.

    Several processes may do this at once: a touch is decided in the transaction that settles it.
    """
    await ask_slack(db, gateway, now)
    late, seen = list[timedelta](), set[tuple[TenantId, str]]()
    while fresh := [one for one in await _due(db, now, batch) if (one.tenant, one.recipient) not in seen]:
        seen.update((one.tenant, one.recipient) for one in fresh)
        late += await _in_turn(db, gateway, fresh, now)
    return late


async def _due(db: Database, now: datetime, batch: int) -> Sequence[Due]:
    async with db.read_for_all() as everywhere:
        return await touches.due(everywhere, now, batch)


async def _in_turn(db: Database, gateway: Gateway, due: Sequence[Due], now: datetime) -> list[timedelta]:
    to_people = [(one.tenant, UserId(one.recipient)) for one in due if is_person(one.recipient)]
    if to_people:
        async with db.read_for_all() as everywhere:
            old = await people.known_before(everywhere, to_people, now - FACTS_LAST)
        await _ask(db, gateway, old, now)
    quiet, gone = await _quiet(gateway, to_people, now)
    for tenant, refused in gone.items():
        await _stop(db, tenant, refused, now)
    late = list[timedelta]()
    for tenant, some in _together(one for one in due if one.tenant not in gone):
        late += await _attended(db, tenant, some, quiet.get(tenant, {}), now)
    return late


def _together(due: Iterable[Due]) -> Iterator[tuple[TenantId, Sequence[str]]]:
    """In one transaction: those of a workspace who follow each other there and are reminded of nothing but their own.

    Whatever else is said to one may change what is to be said to another, and has a transaction of its own.
    """
    of_tenant: dict[TenantId, list[Due]] = {}
    for one in due:
        of_tenant.setdefault(one.tenant, []).append(one)
    for tenant, waiting in of_tenant.items():
        for is_own, run in groupby(waiting, key=attrgetter("is_own")):
            recipients, size = [one.recipient for one in run], TOGETHER if is_own else 1
            yield from ((tenant, recipients[at : at + size]) for at in range(0, len(recipients), size))


async def _attended(
    db: Database, tenant: TenantId, some: Sequence[str], quiet: Mapping[UserId, datetime], now: datetime
) -> Sequence[timedelta]:
    async def turn() -> Sequence[timedelta]:
        async with db.begin(tenant) as tx:
            return await _turn(tx, some, quiet, now)

    try:
        return await repeated(turn)
    except Exception as trouble:  # the outermost loop: one whose turn fails must not keep everybody else waiting
        if is_away(trouble):
            raise
        if len(some) > 1:  # each by themselves: what is wrong with one is not the others'
            log.info("turns_taken_apart", reason=type(trouble).__name__)
            return [late for one in some for late in await _attended(db, tenant, [one], quiet, now)]
        log.exception("turn_failed")
    async with db.begin(tenant) as tx:
        await plans.set_aside(tx, some[0], now, now + SET_ASIDE, now - GIVEN_UP)
    return ()


async def _turn(
    tx: Transaction, some: Sequence[str], quiet: Mapping[UserId, datetime], now: datetime
) -> Sequence[timedelta]:
    if is_person(some[0]):
        return await attend(tx, [UserId(one) for one in some], quiet, now)
    return await _speak(tx, some[0], now)


async def _quiet(
    gateway: Gateway, due: Sequence[tuple[TenantId, UserId]], now: datetime
) -> tuple[Mapping[TenantId, Mapping[UserId, datetime]], Mapping[TenantId, TenantGone]]:
    """Who of them does not want to be disturbed, and until when; and which workspaces have sent the bot away.

    Where Slack does not say, nobody is kept waiting.
    """
    quiet: dict[TenantId, dict[UserId, datetime]] = {}
    gone: dict[TenantId, TenantGone] = {}
    for tenant, group in groupby(sorted(due), key=itemgetter(0)):
        users = [user for _, user in group]
        for start in range(0, len(users), MOST_QUIET):
            try:
                told = await gateway.quiet(tenant, users[start : start + MOST_QUIET], now)
            except TenantGone as refused:
                gone[tenant] = refused
                break
            except (NotNow, Undeliverable) as trouble:
                log.info("slack does not say who is not to be disturbed", reason=trouble.reason)
                continue
            quiet.setdefault(tenant, {}).update(told)
    return quiet, gone


async def _stop(db: Database, tenant: TenantId, refused: TenantGone, now: datetime) -> None:
    async with db.begin_for_all() as everyone:
        is_first = await stopping.stop(everyone, tenant, now)
    if is_first:
        log.error("workspace_stopped", reason=refused.reason)


async def _speak(tx: Transaction, channel: str, now: datetime) -> Sequence[timedelta]:
    late, seen = list[timedelta](), set[TouchId]()
    for _ in range(ROUNDS):
        due = [planned for planned in await touches.due_of(tx, [channel], now) if planned.id not in seen]
        for planned in due:
            seen.add(planned.id)
            late += [now - planned.touch.at_utc] * await SPEAKERS[planned.track](tx, planned, now)
        if not due:
            break
    return late


async def ask_slack(db: Database, gateway: Gateway, now: datetime) -> None:
    """Asks Slack about the people whose zone is not known."""
    async with db.read_for_all() as everywhere:
        unknown = await people.to_ask(everywhere, now, BATCH)
    await _ask(db, gateway, unknown, now)


async def _ask(db: Database, gateway: Gateway, whom: Sequence[tuple[TenantId, UserId]], now: datetime) -> None:
    for tenant, user in whom:
        # Put off first: if Slack does not answer, nobody is asked about again at once.
        async with db.begin(tenant) as tx:
            await people.ask(tx, user, now + ASK_AGAIN)
        try:
            facts = await gateway.person(tenant, user)
        except (NotNow, Undeliverable, TenantGone):
            continue  # reminders go by what is known until Slack answers
        async with db.begin(tenant) as tx:
            await learn(tx, user, facts, now)


async def learn(tx: Transaction, user: UserId, facts: PersonFacts | NoSuchPerson, now: datetime) -> None:
    """Takes in what Slack says of a person; their reminders follow."""
    if isinstance(facts, NoSuchPerson):
        facts = GONE
    active, member = not (facts.deleted or facts.is_bot), is_member(tx.tenant, facts)
    changed = await people.put(tx, user, facts.tz, member, active, now, is_admin=facts.is_admin)
    if active:
        await suspending.known(tx, user)
    if changed and not (active and member):
        await leaving.left(tx, user, now)
    elif changed:
        await planning.replan_owner(tx, user, now)


def is_member(tenant: TenantId, facts: PersonFacts) -> bool:
    """A full member of the workspace that the bot is installed in; for an organisation, of any of its own."""
    return not facts.is_restricted and (facts.team_id in (None, tenant) or tenant.startswith("E"))

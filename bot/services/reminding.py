"""The planning tick: what has come due is decided anew, and what is to be said goes to the outbox."""

from datetime import date, datetime, timedelta
from typing import assert_never

from bot.domain.actions import ActionPoint
from bot.domain.delivery import NotNow, TenantGone, Undeliverable
from bot.domain.ids import ActionId, TenantId, UserId
from bot.domain.notices import ReminderPost
from bot.domain.picking import pick
from bot.domain.snooze import wake
from bot.domain.touches import Move, Outcome, Reason, Send, Skip, Track
from bot.services import calendars, leaving, planning, suspending
from bot.services.planning import replan
from bot.slack.answers import NoSuchPerson, PersonFacts
from bot.slack.gateway import Gateway
from bot.store import actions, outbox, people, teams, told, touches
from bot.store.database import Database, Transaction
from bot.store.touches import PlannedTouch

BATCH = 200
FACTS_LAST = timedelta(days=1)
ASK_AGAIN = timedelta(minutes=10)
GONE = PersonFacts(None, deleted=True, is_bot=False, is_restricted=False, team_id=None)
STEPS_AT_ONCE = 12  # more rungs than a ladder has


async def tick(db: Database, gateway: Gateway, now: datetime) -> int:
    """Decides everything that is due; how many reminders were handed to the outbox.

    Several processes may do this at once: a touch is decided in the transaction that settles it.
    """
    await ask_slack(db, gateway, now)
    said = 0
    async with db.read_for_all() as everywhere:
        due = await touches.due(everywhere, now, BATCH)
    for tenant, recipient in due:
        async with db.begin(tenant) as tx:
            for planned in await touches.due_of(tx, recipient, now):
                said += await remind(tx, ActionId(planned.subject), now)
    return said


async def ask_slack(db: Database, gateway: Gateway, now: datetime) -> None:
    """Asks Slack about the people whose zone is not known, or old when a reminder needs it."""
    async with db.read_for_all() as everywhere:
        unknown = await people.to_ask(everywhere, now, BATCH)
    for tenant, user in unknown:
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
    active, member = not (facts.deleted or facts.is_bot), _is_member(tx.tenant, facts)
    changed = await people.put(tx, user, facts.tz, member, active, now, is_admin=facts.is_admin)
    if active:
        await suspending.known(tx, user)
    if changed and not (active and member):
        await leaving.left(tx, user, now)
    elif changed:
        await planning.replan_owner(tx, user, now)


def _is_member(tenant: TenantId, facts: PersonFacts) -> bool:
    """A full member of the workspace that the bot is installed in; for an organisation, of any of its own."""
    return not facts.is_restricted and (facts.team_id in (None, tenant) or tenant.startswith("E"))


async def remind(tx: Transaction, action_id: ActionId, now: datetime) -> int:
    """Settles what is due for one action, rung by rung, until one is said or the next lies ahead."""
    for _ in range(STEPS_AT_ONCE):
        # The action first, as whoever decides about it does: two that lock in one order never wait in a ring.
        action = await actions.by_id(tx, action_id, to_change=True)
        planned = await touches.planned_of(tx, Track.OWNER, action_id)
        if planned is None or action is None or planned.touch.at_utc > now:
            return 0
        if await _facts_are_old(tx, planned.touch.recipient, now):
            return 0
        said = await _decide(tx, planned, action, now)
        if said is not None:
            return said
    return 0


async def _facts_are_old(tx: Transaction, user: UserId, now: datetime) -> bool:
    """Whether to wait for Slack's word on where and whether this person is. It is waited for once, not for ever."""
    person = (await people.of(tx, [user])).get(user)
    if person is None or person.refresh_at is not None:
        return False
    old = person.refreshed_at is None or person.refreshed_at < now - FACTS_LAST
    if old:
        await people.ask(tx, user, now)
    return old


async def _decide(tx: Transaction, planned: PlannedTouch, action: ActionPoint, now: datetime) -> int | None:
    """1: said; 0: it waits; None: skipped, so that the next rung may be looked at."""
    team = await teams.by_id(tx, action.team)
    calendar = await calendars.of_owner(tx, action.owner, team, now)
    history = await told.history_of(tx, Track.OWNER, action.id, action.due_version)
    verdict = pick(planned.touch, action, history, calendar, now)
    match verdict:
        case Move(to_utc=later):
            await touches.move(tx, planned.id, later)
            return 0
        case Skip(reason=reason):
            await touches.settle(tx, planned, Outcome.SKIPPED, reason, now)
            await _go_on(tx, action, calendar.local_date(now), now)
            return None
        case Send(local_day=today):
            await touches.settle(
                tx, planned, Outcome.SENT, Reason.DUE, now, told_on=today, told_in=f"reminder:{planned.id}"
            )
            card = await actions.card_of(tx, action.id)
            notice = ReminderPost(action.id, planned.id)
            await outbox.enqueue(tx, f"reminder:{planned.id}", notice, card.channel, action.id, now)
            await _go_on(tx, action, today, now)
            return 1
        case _:
            assert_never(verdict)


async def _go_on(tx: Transaction, action: ActionPoint, today: date, now: datetime) -> None:
    """Plans what comes next. A snooze that has ended is over: the ladder goes on as if it had not been."""
    awake = wake(action, today)
    if awake != action:
        await actions.put(tx, awake)
        await planning.show(tx, awake, now)
    await replan(tx, awake, now)

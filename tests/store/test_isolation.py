"""Two workspaces with the same ids: for whatever one of them asks, the other makes no difference and is left alone."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, NoResultFound

from bot import store
from bot.domain.answers import Level
from bot.domain.audited import Audited
from bot.domain.delivery import Arrived, DeliveryState, Ended, Envelope, Message, Place, Post
from bot.domain.ids import (
    ActionId,
    AssessmentId,
    ChannelId,
    FileId,
    ModelVersion,
    NoteId,
    StepId,
    TenantId,
    UndoId,
    UserId,
)
from bot.domain.model import Form, Stage
from bot.domain.notice_kinds import kind_of
from bot.domain.notices import CardEdit
from bot.domain.preferences import PersonPreferences, Role, TeamSettings, WorkspacePolicy
from bot.domain.teams import Place as TeamPlace
from bot.domain.teams import Team
from bot.domain.touches import Outcome, Reason, Track
from bot.domain.turn import Wish
from bot.store import (
    actions,
    anonymising,
    answers,
    assessments,
    audits,
    board,
    cards,
    choices,
    corrections,
    done_and_open,
    erasing,
    failures,
    handled,
    housing,
    keeping,
    lanes,
    leads,
    line,
    members,
    notes,
    outbox,
    outcomes,
    people,
    pictures,
    plans,
    respondents,
    rounds,
    settlements,
    surroundings,
    sweeps,
    targets,
    teams,
    told,
    touches,
    undos,
    unfinished,
    wishes,
)
from bot.store.database import Database, Transaction
from bot.store.plans import Told
from bot.store.schema import Base
from tests.store.builders import (
    ADA,
    BOB,
    DAY,
    ELSEWHERE,
    EVE,
    HERE,
    NOW,
    PAY,
    TODAY,
    a_touch,
    an_action,
)
from tests.store.furniture import (
    CARD,
    CLOSED,
    DELIVERY,
    DIGEST,
    DONE,
    DRAFT,
    FAILED,
    KEY,
    NOTICE,
    NUMBER,
    ONE,
    QUESTION,
    SUBJECT,
    TEAM,
    TOUCH,
    TS,
    furnish,
    typed,
)

MODULES = [importlib.import_module(f"bot.store.{module.name}") for module in pkgutil.iter_modules(store.__path__)]
# What is not there cannot be referred to, taken for granted or counted on.
REFUSED = (IntegrityError, NoResultFound, AssertionError)

NEW = ChannelId("C_NEW")
NOBODY = UserId("U_NOBODY")

Ask = Callable[[Transaction], Awaitable[Any]]


async def reopen(tx: Transaction) -> bool:
    await assessments.discard(tx, DRAFT)
    closed = await assessments.by_id(tx, CLOSED)
    assert closed is not None
    return await assessments.reopen(tx, closed)


async def said_after_planned(tx: Transaction) -> object:
    planned = await touches.planned_of(tx, Track.OWNER, ONE)
    return planned and await told.said_after(tx, planned)


async def put_aside(tx: Transaction) -> None:
    closed = await assessments.by_id(tx, CLOSED)
    assert closed is not None
    await corrections.put_aside(tx, closed)


async def put_back(tx: Transaction) -> bool:
    await assessments.discard(tx, DRAFT)
    await put_aside(tx)
    assert await corrections.is_aside(tx, CLOSED)
    return await corrections.put_back(tx, CLOSED)


async def forget_correction(tx: Transaction) -> None:
    await put_aside(tx)
    await corrections.forget(tx, CLOSED)


async def settle_touches(tx: Transaction) -> None:
    planned = await touches.planned_of(tx, Track.OWNER, ONE)
    assert planned is not None
    await plans.settle(tx, [planned], Outcome.SENT, Reason.DUE, NOW, {planned.touch.recipient: Told(TODAY, KEY)})


def envelope(tx: Transaction) -> Envelope:
    return Envelope(
        id=DELIVERY, tenant=tx.tenant, key=KEY, kind=kind_of(NOTICE), channel=PAY, subject=SUBJECT, attempts=1, token=0
    )


def arrived() -> Arrived:
    return Arrived(Place(PAY, TS), sweep_at=NOW)


QUESTIONS: dict[Callable[..., Any], Ask] = {
    actions.add: lambda tx: actions.add(tx, DRAFT, CARD, "new", an_action(TEAM, id=ActionId("new"), number=9), NOW),
    actions.by_id: lambda tx: actions.by_id(tx, ONE, to_change=True),
    actions.held: lambda tx: actions.held(tx, [ONE, DONE]),
    actions.of_assessment: lambda tx: actions.of_assessment(tx, DRAFT),
    actions.of_card: lambda tx: actions.of_card(tx, CARD),
    actions.of_team: lambda tx: actions.of_team(tx, TEAM),
    actions.open_after: lambda tx: actions.open_after(tx, None, 10),
    actions.open_of_owner: lambda tx: actions.open_of_owner(tx, BOB, 10),
    actions.open_of_team: lambda tx: actions.open_of_team(tx, TEAM, 10),
    actions.origins_of: lambda tx: actions.origins_of(tx, DRAFT),
    actions.put: lambda tx: actions.put(tx, an_action(TEAM, title="changed")),
    actions.still_open: lambda tx: actions.still_open(tx, TEAM),
    actions.touch_activity: lambda tx: actions.touch_activity(tx, CARD, BOB, NOW),
    board.by_number: lambda tx: board.by_number(tx, TEAM, 1),
    board.new_cards: lambda tx: board.new_cards(tx, TEAM, NOW),
    board.numbered_of_owner: lambda tx: board.numbered_of_owner(tx, BOB, 1),
    board.of_teams: lambda tx: board.of_teams(tx, [TEAM], 10, with_closed=True),
    anonymising.answers_of_nobody: lambda tx: anonymising.answers_of_nobody(tx, BOB, NOBODY),
    anonymising.forget_words: lambda tx: anonymising.forget_words(tx, BOB),
    anonymising.rename: lambda tx: anonymising.rename(tx, Base.metadata.tables["touches"], BOB, NOBODY),
    anonymising.take_back: lambda tx: anonymising.take_back(tx, BOB, NOW),
    answers.answers_by: lambda tx: answers.answers_by(tx, DRAFT),
    answers.answers_of: lambda tx: answers.answers_of(tx, DRAFT, ADA),
    answers.forget: lambda tx: answers.forget(tx, DRAFT, ADA, [QUESTION]),
    answers.keep: lambda tx: answers.keep(tx, DRAFT, ADA, {QUESTION: Level(3)}, {NUMBER: typed("changed")}),
    answers.numbers_by: lambda tx: answers.numbers_by(tx, DRAFT),
    answers.numbers_of: lambda tx: answers.numbers_of(tx, DRAFT, ADA),
    outcomes.answered_by: lambda tx: outcomes.answered_by(tx, [DRAFT, CLOSED]),
    assessments.begun: lambda tx: assessments.begun(
        tx, AssessmentId("new"), TEAM, ModelVersion("1"), Form.SHORT, BOB, NOW
    ),
    assessments.by_id: lambda tx: assessments.by_id(tx, DRAFT),
    assessments.choose_form: lambda tx: assessments.choose_form(tx, DRAFT, Form.SHORT),
    assessments.close: lambda tx: assessments.close(tx, DRAFT, ADA, NOW, Stage.RUN, False, 99),
    outcomes.closed_of: lambda tx: outcomes.closed_of(tx, TEAM),
    plans.carry: lambda tx: plans.carry(tx, DONE, 1, 2),
    plans.give_up: lambda tx: plans.give_up(tx, BOB, Reason.LEFT, NOW),
    plans.move: lambda tx: plans.move(tx, TOUCH, NOW + DAY),
    plans.put: lambda tx: plans.put(tx, ONE, {Track.OWNER: a_touch(at_utc=NOW + DAY)}, NOW),
    plans.put_all: lambda tx: plans.put_all(tx, {ONE: {Track.OWNER: None}, DONE: {Track.LEAD: a_touch()}}, NOW),
    plans.resettle: lambda tx: plans.resettle(tx, TOUCH, Outcome.SKIPPED, "changed", NOW),
    plans.set_aside: lambda tx: plans.set_aside(tx, BOB, NOW, NOW + DAY, NOW - DAY),
    plans.settle: settle_touches,
    respondents.describe: lambda tx: respondents.describe(tx, DRAFT, ADA, (3, "changed")),
    assessments.discard: lambda tx: assessments.discard(tx, DRAFT),
    assessments.draft_of: lambda tx: assessments.draft_of(tx, TEAM),
    assessments.drafts_with: lambda tx: assessments.drafts_with(tx, ADA, 10),
    assessments.last_closed: lambda tx: assessments.last_closed(tx, TEAM),
    assessments.last_ended: lambda tx: assessments.last_ended(tx, TEAM),
    assessments.last_told: lambda tx: assessments.last_told(tx, TEAM),
    respondents.leave: lambda tx: respondents.leave(tx, DRAFT, ADA),
    respondents.move: lambda tx: respondents.move(tx, DRAFT, ADA, 0, StepId("changed"), NOW),
    assessments.reopen: reopen,
    respondents.by_user: lambda tx: respondents.by_user(tx, DRAFT, ADA),
    respondents.of: lambda tx: respondents.of(tx, DRAFT),
    respondents.stay: lambda tx: respondents.stay(tx, DRAFT, ADA, 0, StepId(tx.tenant), NOW + DAY),
    assessments.tell: lambda tx: assessments.tell(tx, CLOSED, Stage.RUN),
    respondents.take_part: lambda tx: respondents.take_part(tx, DRAFT, BOB, StepId("new"), NOW),
    audits.note: lambda tx: audits.note(tx, ADA, Audited.EXPORTED, TEAM, NOW),
    corrections.forget: forget_correction,
    corrections.is_aside: lambda tx: corrections.is_aside(tx, CLOSED),
    corrections.put_aside: put_aside,
    corrections.put_back: put_back,
    done_and_open.catalogue_of_team: lambda tx: done_and_open.catalogue_of_team(tx, TEAM),
    done_and_open.closed_since: lambda tx: done_and_open.closed_since(tx, TEAM, NOW),
    done_and_open.count_open: lambda tx: done_and_open.count_open(tx, TEAM),
    done_and_open.count_open_at: lambda tx: done_and_open.count_open_at(tx, TEAM, NOW + DAY),
    done_and_open.lives_of: lambda tx: done_and_open.lives_of(tx, TEAM),
    erasing.in_hand: erasing.in_hand,
    failures.beginning_with: lambda tx: failures.beginning_with(tx, "fa", 5),
    failures.cancel: lambda tx: failures.cancel(tx, DELIVERY, NOW),
    failures.causes: lambda tx: failures.causes(tx, NOW - DAY),
    failures.count_unknown: lambda tx: failures.count_unknown(tx, NOW - DAY),
    failures.latest: lambda tx: failures.latest(tx, 5),
    failures.queued: lambda tx: failures.queued(tx, NOW + DAY),
    failures.try_again: lambda tx: failures.try_again(tx, FAILED, NOW + DAY),
    handled.forget: lambda tx: handled.forget(tx, KEY),
    handled.note: lambda tx: handled.note(tx, KEY, NOW),
    housing.call: lambda tx: housing.call(tx, TEAM, "changed"),
    housing.cards_to_show: lambda tx: housing.cards_to_show(tx, TEAM),
    housing.carry_over: lambda tx: housing.carry_over(tx, CARD, NEW),
    housing.gather: lambda tx: housing.gather(tx, TEAM, CARD),
    housing.know: lambda tx: housing.know(tx, PAY, True),
    housing.lost_since: lambda tx: housing.lost_since(tx, TEAM),
    housing.readdress: lambda tx: housing.readdress(tx, PAY, NEW),
    housing.rename: lambda tx: housing.rename(tx, PAY, "changed"),
    housing.renumber: lambda tx: housing.renumber(tx, PAY, NEW),
    housing.resume: lambda tx: housing.resume(tx, TEAM),
    housing.suspend: lambda tx: housing.suspend(tx, TEAM, "changed", NOW),
    keeping.expire: lambda tx: keeping.expire(tx, DELIVERY, "changed", NOW),
    keeping.redirect: lambda tx: keeping.redirect(tx, DELIVERY, NEW, NOW),
    keeping.revive: lambda tx: keeping.revive(tx, SUBJECT, PAY, "changed", NOW),
    keeping.take_back: lambda tx: keeping.take_back(tx, PAY, [kind_of(NOTICE)], "changed", NOW),
    keeping.waiting_for: lambda tx: keeping.waiting_for(tx, PAY),
    line.take_place: lambda tx: line.take_place(tx, NOW),
    lanes.call_up: lambda tx: lanes.call_up(tx, PAY, NOW - DAY),
    lanes.call_up_each: lambda tx: lanes.call_up_each(tx, [PAY], NOW - DAY),
    lanes.lock: lambda tx: lanes.lock(tx, PAY),
    lanes.let_go: lambda tx: lanes.let_go(tx, envelope(tx), NOW + DAY),
    leads.give: lambda tx: leads.give(tx, TEAM, BOB),
    leads.heir_of: lambda tx: leads.heir_of(tx, TEAM),
    leads.led_by: lambda tx: leads.led_by(tx, ADA),
    outbox.bring_forward: lambda tx: outbox.bring_forward(tx, KEY, NOW - DAY),
    outbox.cancel: lambda tx: outbox.cancel(tx, SUBJECT, [kind_of(NOTICE)], "changed", NOW),
    outbox.cancel_each: lambda tx: outbox.cancel_each(tx, [KEY], "changed", NOW),
    outbox.enqueue: lambda tx: outbox.enqueue(tx, KEY, NOTICE, PAY, SUBJECT, NOW),
    outbox.enqueue_edit: lambda tx: outbox.enqueue_edit(tx, CardEdit(CARD), PAY, CARD, NOW),
    outbox.enqueue_each: lambda tx: outbox.enqueue_each(tx, [outbox.Owed("new", NOTICE, PAY, SUBJECT)], NOW),
    outbox.hold: lambda tx: outbox.hold(tx, KEY, NOW + DAY),
    outbox.line_up: lambda tx: outbox.line_up(tx, [PAY]),
    outbox.posted: lambda tx: outbox.posted(tx, SUBJECT, kind_of(NOTICE)),
    outbox.posted_at: lambda tx: outbox.posted_at(tx, PAY, TS),
    outbox.posted_as: lambda tx: outbox.posted_as(tx, KEY, kind_of(NOTICE)),
    outbox.speaks: lambda tx: outbox.speaks(tx, PAY, [kind_of(NOTICE)], NOW, NOW + DAY),
    outbox.waits_until: lambda tx: outbox.waits_until(tx, KEY),
    cards.add: lambda tx: cards.add(tx, TEAM, PAY),
    cards.at: lambda tx: cards.at(tx, PAY, TS),
    cards.by_id: lambda tx: cards.by_id(tx, CARD),
    cards.of_action: lambda tx: cards.of_action(tx, ONE),
    cards.of_actions: lambda tx: cards.of_actions(tx, [ONE, DONE]),
    cards.place: lambda tx: cards.place(tx, CARD, None),
    choices.choose_for_team: lambda tx: choices.choose_for_team(
        tx, TEAM, TeamSettings(targets={StepId("s"): Stage.RUN})
    ),
    choices.choose_for_workspace: lambda tx: choices.choose_for_workspace(tx, WorkspacePolicy(zone="changed")),
    choices.move_reassessment: lambda tx: choices.move_reassessment(tx, TEAM, TODAY),
    choices.of_team: lambda tx: choices.of_team(tx, TEAM),
    choices.of_workspace: choices.of_workspace,
    members.add: lambda tx: members.add(tx, TEAM, BOB, ADA, NOW),
    members.admins: members.admins,
    members.belongs: lambda tx: members.belongs(tx, TEAM, EVE),
    members.grant: lambda tx: members.grant(tx, Role.ADMIN, BOB, ADA, NOW),
    members.is_admin: lambda tx: members.is_admin(tx, EVE),
    members.named: lambda tx: members.named(tx, TEAM),
    members.remove: lambda tx: members.remove(tx, TEAM, EVE),
    members.revoke: lambda tx: members.revoke(tx, Role.ADMIN, EVE),
    members.with_role: lambda tx: members.with_role(tx, Role.ADMIN),
    notes.add: lambda tx: notes.add(tx, ONE, ADA, "changed", NOW),
    notes.by_id: lambda tx: notes.by_id(tx, NoteId("no-1")),
    people.ask: lambda tx: people.ask(tx, ADA, NOW + DAY),
    people.choose: lambda tx: people.choose(tx, ADA, PersonPreferences(zone="changed")),
    people.hold: lambda tx: people.hold(tx, ADA),
    people.hold_each: lambda tx: people.hold_each(tx, [ADA, BOB]),
    people.meet: lambda tx: people.meet(tx, ADA, NOW + DAY),
    people.of: lambda tx: people.of(tx, [ADA, BOB]),
    people.zones: people.zones,
    people.welcome: lambda tx: people.welcome(tx, ADA, NOW),
    people.put: lambda tx: people.put(tx, ADA, "changed", False, False, NOW),
    pictures.forget: lambda tx: pictures.forget(tx, [DIGEST]),
    pictures.keep: lambda tx: pictures.keep(tx, DIGEST, FileId("changed")),
    pictures.known: lambda tx: pictures.known(tx, [DIGEST]),
    rounds.finish: lambda tx: rounds.finish(tx, DRAFT, ADA, NOW),
    rounds.let_share: lambda tx: rounds.let_share(tx, DRAFT),
    settlements.mark_posting: lambda tx: settlements.mark_posting(tx, envelope(tx), Post(Message("", ())), NOW, NOW),
    settlements.settle: lambda tx: settlements.settle(tx, envelope(tx), Ended(DeliveryState.DEAD, "changed"), NOW),
    settlements.settle_late: lambda tx: settlements.settle_late(tx, envelope(tx), arrived(), NOW),
    surroundings.of: lambda tx: surroundings.of(tx, TEAM, [ADA, BOB]),
    sweeps.done: lambda tx: sweeps.done(tx, DELIVERY),
    targets.failed: lambda tx: targets.failed(tx, PAY),
    targets.hold: lambda tx: targets.hold(tx, PAY),
    targets.move: lambda tx: targets.move(tx, PAY, NEW),
    targets.of: lambda tx: targets.of(tx, PAY),
    targets.open_up: lambda tx: targets.open_up(tx, PAY),
    targets.share: lambda tx: targets.share(tx, PAY, True),
    targets.suspend: lambda tx: targets.suspend(tx, PAY, "changed", NOW),
    teams.by_id: lambda tx: teams.by_id(tx, TEAM),
    teams.every: lambda tx: teams.every(tx, 5),
    teams.suspended: teams.suspended,
    teams.called: lambda tx: teams.called(tx, tx.tenant, 10),
    teams.found: lambda tx: teams.found(tx, TEAM),
    teams.hold: lambda tx: teams.hold(tx, TEAM),
    teams.led_by: lambda tx: teams.led_by(tx, ADA),
    teams.made: lambda tx: teams.made(tx, TeamPlace(PAY, "changed", False), BOB, NOW),
    teams.of_channel: lambda tx: teams.of_channel(tx, PAY),
    teams.of_person: lambda tx: teams.of_person(tx, ADA, 10),
    teams.put: lambda tx: teams.put(tx, Team(TEAM, TeamPlace(PAY, "changed", True), BOB, True, "archived"), NOW),
    teams.take_numbers: lambda tx: teams.take_numbers(tx, TEAM, 2),
    teams.visible_to: lambda tx: teams.visible_to(tx, ADA, 10),
    told.count: lambda tx: told.count(tx, Track.OWNER, DONE, Outcome.SENT),
    told.days_of: lambda tx: told.days_of(tx, BOB, TODAY),
    told.days_of_each: lambda tx: told.days_of_each(tx, [ADA, BOB], TODAY),
    told.histories: lambda tx: told.histories(tx, {ONE: 1, DONE: 1}),
    told.histories_of: lambda tx: told.histories_of(tx, DONE, 1),
    told.history_of: lambda tx: told.history_of(tx, Track.OWNER, DONE, 1),
    told.of_message: lambda tx: told.of_message(tx, KEY),
    told.said_about: lambda tx: told.said_about(tx, Track.OWNER, DONE),
    told.said_after: said_after_planned,
    told.said_before: lambda tx: told.said_before(tx, TOUCH),
    told.said_last: lambda tx: told.said_last(tx, Track.OWNER, DONE),
    told.tell_after_all: lambda tx: told.tell_after_all(tx, KEY),
    touches.ahead_about: lambda tx: touches.ahead_about(tx, [ONE, DONE, TEAM], NOW + DAY),
    touches.ahead_of: lambda tx: touches.ahead_of(tx, BOB, NOW + DAY, 9),
    touches.by_id: lambda tx: touches.by_id(tx, TOUCH),
    touches.due_of: lambda tx: touches.due_of(tx, [BOB], NOW),
    touches.latest: lambda tx: touches.latest(tx, NOW - DAY),
    touches.planned_of: lambda tx: touches.planned_of(tx, Track.OWNER, ONE),
    touches.waiting: lambda tx: touches.waiting(tx, NOW + DAY),
    undos.add: lambda tx: undos.add(tx, BOB, "action", ONE, {}, {}, NOW, NOW + DAY),
    undos.done: lambda tx: undos.done(tx, UndoId("un-1"), NOW),
    undos.take: lambda tx: undos.take(tx, UndoId("un-1")),
    unfinished.latest_of: lambda tx: unfinished.latest_of(tx, ADA),
    wishes.keep: lambda tx: wishes.keep(tx, DRAFT, ADA, []),
    wishes.keep_one: lambda tx: wishes.keep_one(tx, DRAFT, ADA, Wish("own:1", False, "changed", None, None)),
    wishes.of: lambda tx: wishes.of(tx, DRAFT, ADA),
}


class Undo(Exception):
    """Leaves a transaction as if nothing had been done in it."""


async def answer(db: Database, ask: Ask) -> tuple[str, list[str]]:
    """What is said here, and every row of the other workspace after it."""
    said, rows = "", []
    try:
        async with db.begin(HERE) as tx:
            said = re.sub(r"[0-9a-f]{32}", "…", repr(await ask(tx)))
            rows = await rows_of(tx, ELSEWHERE)
            raise Undo
    except Undo:
        return said, rows


async def rows_of(tx: Transaction, tenant: TenantId) -> list[str]:
    """Asked of the tables themselves, where no condition is added."""
    found = []
    for table in Base.metadata.sorted_tables:
        if "tenant_id" in table.c:
            rows = await tx.session.execute(select(table).where(table.c.tenant_id == tenant))
            found += sorted(f"{table.name}: {row}" for row in rows)
    return found


def test_every_question_that_a_workspace_can_ask_is_asked_here() -> None:
    there = {
        function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.iscoroutinefunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and next(iter(inspect.signature(function).parameters.values())).annotation is Transaction
    }
    assert there == set(QUESTIONS)


async def test_c13_another_workspace_makes_no_difference_and_is_left_alone(db: Database) -> None:
    await furnish(db, HERE)
    alone = {ask: await answer(db, call) for ask, call in QUESTIONS.items()}
    await furnish(db, ELSEWHERE)
    async with db.read(ELSEWHERE) as tx:
        before = await rows_of(tx, ELSEWHERE)
    of_nobody = {"tenants", "oauth_states", "heartbeats"}
    assert {row.partition(":")[0] for row in before} == set(Base.metadata.tables) - of_nobody

    for ask, call in QUESTIONS.items():
        said, rows = await answer(db, call)
        name = f"{ask.__module__}.{ask.__name__}"
        assert (name, said) == (name, alone[ask][0])
        assert (name, rows) == (name, before)
        assert ELSEWHERE not in said


async def test_c01_with_anothers_ids_nothing_is_found_and_nothing_changed(db: Database) -> None:
    await furnish(db, ELSEWHERE)
    async with db.read(ELSEWHERE) as tx:
        before = await rows_of(tx, ELSEWHERE)

    for ask, call in QUESTIONS.items():
        name = f"{ask.__module__}.{ask.__name__}"
        try:
            said, rows = await answer(db, call)
        except REFUSED:
            continue
        assert (name, rows) == (name, before)
        assert ELSEWHERE not in said

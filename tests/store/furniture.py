"""One of everything, under ids that every workspace may use."""

from datetime import date

from sqlalchemy import insert, update

from bot.domain.actions import ActionState
from bot.domain.answers import Level, Number
from bot.domain.delivery import DeliveryState
from bot.domain.ids import (
    ActionId,
    AssessmentId,
    BenchmarkId,
    CardId,
    ChannelId,
    DeliveryId,
    FileId,
    MessageTs,
    QuestionId,
    StepId,
    TeamId,
    TenantId,
    TouchId,
    UserId,
)
from bot.domain.model import Source, Stage
from bot.domain.notices import CardPost
from bot.domain.preferences import Role, TeamSettings, WorkspacePolicy
from bot.domain.touches import Track
from bot.domain.turn import Typed, Wish
from bot.store import (
    answers,
    assessments,
    choices,
    handled,
    members,
    outbox,
    people,
    pictures,
    plans,
    respondents,
    wishes,
)
from bot.store.database import Database
from bot.store.schema import AuditRow, CardRow, DeliveryRow, NoteRow, TeamRow, TouchRow, TouchState, UndoRow
from tests.store.builders import (
    ADA,
    EVE,
    NOW,
    OPS,
    PAY,
    TODAY,
    a_draft,
    a_touch,
    put_action,
)

TEAM, DRAFT, CLOSED, CARD = TeamId("te-1"), AssessmentId("as-1"), AssessmentId("as-0"), CardId("ca-1")
ONE, DONE, TOUCH, DELIVERY = ActionId("ac-1"), ActionId("ac-2"), TouchId("to-1"), DeliveryId("de-1")
FAILED = DeliveryId("fa-1")
TS, KEY, SUBJECT, NUMBER, QUESTION = MessageTs("1.000001"), "key", "subject", BenchmarkId("b"), QuestionId("q")
NOTICE = CardPost(CARD)
DIGEST = "the digest of a chart"


def typed(text: str) -> Typed:
    return Typed(text, Source.ESTIMATE, Number(1.0, measured=False))


async def furnish(db: Database, tenant: TenantId) -> None:
    """One of everything, under the same ids in every workspace and with its name in every text."""
    async with db.begin(tenant) as tx:
        team = {"id": TEAM, "channel_id": PAY, "name": tenant, "is_private": False, "lead": ADA, "actions_numbered": 2}
        await tx.session.execute(insert(TeamRow).values(tenant_id=tenant, **team, created_at=NOW))
        await people.meet(tx, ADA, NOW)
        await people.put(tx, ADA, tenant, True, True, NOW)
        await a_draft(tx, TEAM, CLOSED)
        await assessments.close(tx, CLOSED, ADA, NOW, Stage.WALK, False, 50)
        await assessments.tell(tx, CLOSED, Stage.WALK)
        draft = await a_draft(tx, TEAM, DRAFT)
        await respondents.take_part(tx, DRAFT, ADA, StepId(tenant), NOW)
        await answers.keep(tx, DRAFT, ADA, {QUESTION: Level(len(tenant) % 3)}, {NUMBER: typed(tenant)})
        await wishes.keep(tx, DRAFT, ADA, [Wish("own:1", True, tenant, None, None)])
        card = {"tenant_id": tenant, "id": CARD, "team_id": TEAM, "channel_id": PAY, "ts": TS}
        await tx.session.execute(insert(CardRow).values(**card))
        await put_action(tx, draft, CARD, title=tenant, due_on=date(2026, 4, len(tenant)))
        done = {"number": 2, "state": ActionState.DONE, "closed_at": NOW}
        await put_action(tx, draft, CARD, id=DONE, title=tenant, **done)
        await choices.choose_for_team(tx, TEAM, TeamSettings(zone=tenant, targets={StepId(tenant): Stage.WALK}))
        await choices.choose_for_workspace(tx, WorkspacePolicy(zone=tenant))
        await members.add(tx, TEAM, EVE, UserId(tenant), NOW)
        await members.grant(tx, Role.ADMIN, EVE, UserId(tenant), NOW)
        note = {"id": "no-1", "action_id": ONE, "author": ADA, "words": tenant, "made_at": NOW}
        await tx.session.execute(insert(NoteRow).values(tenant_id=tenant, **note))
        noted = {"id": "au-1", "at": NOW, "actor": tenant, "what": "exported", "subject": TEAM}
        await tx.session.execute(insert(AuditRow).values(tenant_id=tenant, **noted))
        undo = {"id": "un-1", "actor": tenant, "kind": "action", "subject": ONE, "before": {}, "after": {}}
        await tx.session.execute(insert(UndoRow).values(tenant_id=tenant, **undo, made_at=NOW, expires_at=NOW))
        await plans.put(tx, ONE, {Track.OWNER: a_touch(recipient=UserId(tenant))}, NOW)
        await tx.session.execute(update(TouchRow).values(id=TOUCH).execution_options(synchronize_session=False))
        said = {"id": "to-0", "track": "owner", "subject": DONE, "rung": "t0", "version": 1, "merges": []}
        said |= {"recipient": tenant, "reason": "due", "told_in": KEY}
        sent = {"local_day": TODAY, "planned_for": NOW, "state": TouchState.SENT, "settled_at": NOW}
        await tx.session.execute(insert(TouchRow).values(tenant_id=tenant, **said, **sent))
        await pictures.keep(tx, DIGEST, FileId(tenant))
        await handled.note(tx, KEY, NOW)
        await outbox.enqueue(tx, KEY, NOTICE, ChannelId(PAY), SUBJECT, NOW)
        posted = {"id": DELIVERY, "posted_ts": TS, "sweep_at": NOW}
        await tx.session.execute(update(DeliveryRow).values(posted).execution_options(synchronize_session=False))
        await outbox.enqueue(tx, "failed", NOTICE, OPS, "another subject", NOW)
        given_up = {"id": FAILED, "state": DeliveryState.DEAD, "reason": tenant, "settled_at": NOW}
        await tx.session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.key == "failed")
            .values(given_up)
            .execution_options(synchronize_session=False)
        )
        await tx.session.execute(
            update(TeamRow).values(suspended_at=NOW, suspended_why=tenant).execution_options(synchronize_session=False)
        )

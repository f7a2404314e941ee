"""Sent once more by hand, and after a restore: visible once all the same (A13, F11)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.delivery import DeliveryState, Edit, Letter, Post, Suppress
from bot.domain.ids import ActionId, DeliveryId, MessageTs, TouchId, UserId
from bot.domain.notices import ReminderPost
from bot.services import redriving
from bot.store import backlog
from bot.store.schema import AuditRow, DeliveryRow, LaneRow
from sandbox.faults import Trouble
from tests.services.post_office import HERE, PostOffice, a_message, opened

OPERATOR = UserId("operator")
REMINDER = ReminderPost(ActionId("a"), TouchId("t"))


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[PostOffice]:
    async with opened(database_url, patience=0.5) as office:
        yield office


async def requeued(office: PostOffice, key: str = "k") -> bool:
    row = await office.row(key)
    async with office.database.begin(HERE) as tx:
        return await redriving.requeue(tx, DeliveryId(row.id), key, OPERATOR, office.time.now())


async def ambiguous(office: PostOffice, *, is_visible: bool) -> None:
    """A reminder whose answer was lost, in a channel that could not be read."""
    office.breaks(trouble=Trouble.DROPPED, method="chat.postMessage", count=1, performs=is_visible)
    office.breaks(trouble=Trouble.ERROR, method="conversations.history", error="missing_scope")
    await office.put(notice=REMINDER)
    await office.run(office.worker(), seconds=60, step=5)
    assert (await office.row()).state is DeliveryState.AMBIGUOUS
    office.slack.faults.lift()
    office.time.advance(3600)


@pytest.mark.parametrize("is_visible", [True, False])
async def test_a13_an_ambiguous_one_is_looked_for_before_it_is_said_again(office: PostOffice, is_visible: bool) -> None:
    await ambiguous(office, is_visible=is_visible)
    posts = office.posts()

    assert await requeued(office)
    assert (await office.row()).state is DeliveryState.PENDING
    await office.run(office.worker(), seconds=5)

    assert await office.is_visible_once()
    assert office.posts() == posts + (not is_visible)
    async with office.database.read(HERE) as tx:
        (noted,) = await tx.session.scalars(select(AuditRow))
    assert (noted.actor, noted.what, noted.subject) == ("operator", "delivery requeued", (await office.row()).id)


async def test_a_dead_one_has_all_its_attempts_again_however_long_ago_it_was(office: PostOffice) -> None:
    office.breaks(trouble=Trouble.ERROR, method="chat.postMessage", error="is_archived", count=1)
    await office.put()
    await office.run(office.worker(), seconds=1)
    assert (await office.row()).state is DeliveryState.DEAD
    office.time.advance(timedelta(days=3).total_seconds())

    assert await requeued(office)
    office.breaks(trouble=Trouble.LIMITED, method="chat.postMessage", count=1, retry_after="1")
    await office.run(office.worker(), seconds=5)

    assert await office.is_visible_once()
    assert not await requeued(office), "it arrived"


async def test_a_cancelled_one_is_not_said(office: PostOffice) -> None:
    await office.put()
    row = await office.row()
    async with office.database.begin(HERE) as tx:
        assert await redriving.cancel(tx, DeliveryId(row.id), OPERATOR, office.time.now())

    await office.run(office.worker(), seconds=5)

    assert office.posts() == 0
    assert (await office.row()).reason == "cancelled"
    async with office.database.begin(HERE) as tx:
        assert not await redriving.cancel(tx, DeliveryId(row.id), OPERATOR, office.time.now())


async def restored(office: PostOffice, rows: list[dict[str, Any]]) -> None:
    """The database is as it was when the backup was made."""
    async with office.database.begin_for_all() as tx:
        for row in rows:
            await tx.session.execute(
                update(DeliveryRow)
                .where(DeliveryRow.id == row["id"])
                .values(**{name: value for name, value in row.items() if name not in ("tenant_id", "id")})
                .execution_options(synchronize_session=False)
            )
        await tx.session.execute(update(LaneRow).values(due_at=office.time.now()))


async def kept(office: PostOffice) -> list[dict[str, Any]]:
    async with office.database.begin_for_all() as tx:
        assert await backlog.doubt_all(tx, office.time.now()) == 3
        found = (await tx.session.scalars(select(DeliveryRow))).all()
        return [{column.key: getattr(row, column.key) for column in DeliveryRow.__table__.columns} for row in found]


async def test_f11_what_was_said_since_the_backup_is_found_in_channel_and_thread_and_not_said_again(
    office: PostOffice,
) -> None:
    await office.put("parent")
    await office.run(office.worker(), seconds=2)
    thread = MessageTs((await office.row("parent")).posted_ts or "")

    def letter(_: Any, envelope: Any) -> Letter:
        return Post(a_message(envelope.key), thread if envelope.key == "reply" else None)

    office.scribe.compose_with = letter
    for key in ("reply", "message", "never said"):
        await office.put(key, subject=key)
    backup = await kept(office)
    async with office.database.begin_for_all() as tx:
        await tx.session.execute(update(DeliveryRow).values(look_since=None))
        later = office.time.now() + timedelta(days=2)
        await tx.session.execute(update(DeliveryRow).where(DeliveryRow.key == "never said").values(not_before=later))
    await office.run(office.worker(), seconds=10)
    posts = office.posts()
    office.time.advance(timedelta(days=1).total_seconds())

    await restored(office, backup)
    await office.run(office.worker(), seconds=30)

    for key in ("reply", "message", "never said"):
        assert await office.is_visible_once(key), key
    assert office.posts() == posts + 1
    assert office.counts.of["reconciled"] == 2
    assert (await office.row("reply")).look_since is None


@pytest.mark.parametrize(
    ("letter", "state"),
    [
        pytest.param(Suppress("closed since"), DeliveryState.SUPPRESSED, id="not to be said any more"),
        pytest.param(Edit(a_message(), MessageTs("1.000001")), DeliveryState.DEAD, id="an edit is made at once"),
    ],
)
async def test_what_need_not_be_looked_for_is_not(office: PostOffice, letter: Letter, state: DeliveryState) -> None:
    office.scribe.compose_with = lambda *_: letter
    await office.put()
    async with office.database.begin_for_all() as tx:
        await backlog.doubt_all(tx, office.time.now())

    await office.run(office.worker(), seconds=5)

    assert (await office.row()).state is state
    assert office.slack.calls("conversations.history") == []

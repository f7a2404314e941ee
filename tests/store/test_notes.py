"""What people said about a change, and the messages and touches that hang on one."""

from bot.domain.ids import ActionId, MessageTs, NoteId
from bot.domain.notices import HandedOver
from bot.domain.touches import Outcome, Reason, Track
from bot.store import notes, outbox, plans, told, touches
from bot.store.database import Database
from bot.store.outbox import Posted
from tests.store.builders import BOB, HERE, NOW, PAY, TODAY, a_draft, a_team, a_touch, put_action
from tests.store.furniture import KEY, NOTICE, TS, furnish


async def test_a_note_is_kept_as_it_was_written(db: Database) -> None:
    async with db.begin(HERE) as tx:
        action = await put_action(tx, await a_draft(tx, (await a_team(tx)).id))
        note = await notes.add(tx, action.id, BOB, "all *volumes* carry <the> label", NOW)

        assert await notes.by_id(tx, note) == notes.Note(note, action.id, BOB, "all *volumes* carry <the> label")
        assert await notes.by_id(tx, NoteId("no-9")) is None


async def test_only_what_still_waits_is_taken_back(db: Database) -> None:
    async with db.begin(HERE) as tx:
        for key in ("a", "b"):
            await outbox.enqueue(tx, key, HandedOver(ActionId("ac-1"), 2), PAY, "ac-1", NOW)

        assert await outbox.cancel_each(tx, ["a", "c"], "taken back", NOW) == {"a"}
        assert await outbox.cancel_each(tx, ["a"], "taken back", NOW) == frozenset()
        assert await outbox.waits_until(tx, "b") == NOW


async def test_a_message_is_found_again_by_where_it_stands(db: Database) -> None:
    await furnish(db, HERE)
    async with db.read(HERE) as tx:
        assert await outbox.posted_at(tx, PAY, TS) == Posted(KEY, NOTICE)
        assert await outbox.posted_at(tx, PAY, MessageTs("9.000009")) is None


async def test_what_was_said_of_one_version_counts_for_the_one_that_took_its_place(db: Database) -> None:
    async with db.begin(HERE) as tx:
        for version in (1, 2):
            await plans.put(tx, "ac-1", {Track.OWNER: a_touch(version=version)}, NOW)
            planned = await touches.planned_of(tx, Track.OWNER, "ac-1")
            assert planned is not None
            if version == 1:
                await plans.settle(tx, [planned], Outcome.SENT, Reason.DUE, NOW)
        assert await told.said_about(tx, Track.OWNER, "ac-1") == (1, TODAY)
        assert await told.said_about(tx, Track.OWNER, "ac-2") == (0, None)

        await plans.carry(tx, "ac-1", 1, 3)
        await plans.carry(tx, "ac-1", 2, 4)

        assert len(await told.history_of(tx, Track.OWNER, "ac-1", 3)) == 1
        assert await told.history_of(tx, Track.OWNER, "ac-1", 1) == []
        still = await touches.planned_of(tx, Track.OWNER, "ac-1")
        assert still is not None
        assert still.touch.version == 2

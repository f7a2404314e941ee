"""A tick writes down that it was there, for whoever asks another process."""

from bot.store import heartbeats
from bot.store.database import Database
from tests.store.builders import HERE, HOUR, NOW


async def test_the_last_beat_is_the_one_that_is_known(db: Database) -> None:
    async with db.begin_for_all() as everywhere:
        assert await heartbeats.last(everywhere, "plan") is None
        await heartbeats.beat(everywhere, "plan", NOW)
        await heartbeats.beat(everywhere, "plan", NOW + HOUR)
        await heartbeats.beat(everywhere, "drain", NOW)
    async with db.read(HERE) as tx:
        assert await heartbeats.last(tx, "plan") == NOW + HOUR

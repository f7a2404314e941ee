"""F11: the bot is started from yesterday's copy of its file, and does not know what it has said since."""

import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

from bot.store import backups
from sandbox.person import Person
from sandbox.values import Message
from tests.flows.assessment import RUN, assessed, own, posts, replies
from tests.flows.times import at, march
from tests.flows.typing import COMMAND
from tests.flows.world import World

TITLES = {"C_PAY": "Label the disks", "C_WEB": "Read the bill", "C_DATA": "Name an owner"}


def said(world: World) -> list[Message]:
    """Everything that anybody can read, in channels, threads and direct messages."""
    channels = [
        message for channel in TITLES for post in posts(world, channel) for message in (post, *replies(world, post))
    ]
    return [*channels, *world.slack.dm("U_ADA"), *world.slack.dm("U_BEN")]


async def restore(world: World, copy: Path) -> None:
    """As `docs/operating.md` says: the copy in the place of the database, and no log of before beside it."""
    await world.db.engine.dispose()
    live = Path(str(world.db.engine.url.database))
    for end in ("-wal", "-shm"):
        live.with_name(live.name + end).unlink(missing_ok=True)
    shutil.copy(copy, live)


async def test_f11_after_going_back_to_yesterdays_file_nothing_is_said_again_and_each_thing_is_caught_up_with_once(
    world: World, ada: Person, ben: Person, tmp_path: Path
) -> None:
    for channel, user in (("C_PAY", "U_ADA"), ("C_WEB", "U_BEN"), ("C_DATA", "U_ADA")):
        await assessed(world, 3, RUN, channel=channel, user=user, plan=own(1, TITLES[channel], user, march(17)))
    await world.until(at(march(9), "16:00"))
    await ada.command(COMMAND, "done A-1 all labelled", channel="C_PAY")
    await backups.copy(world.db, tmp_path / "yesterday.db", world.now())
    before = Counter(message.text for message in said(world))
    await world.settle()
    waited = Counter(message.text for message in said(world)) - before
    assert waited, "something waited to be said when the copy was made"
    await world.until(at(march(10), "20:00"), timedelta(hours=1))
    known = Counter(message.text for message in said(world))
    assert sum((known - before - waited).values()) == 2, "a reminder to each, in their own day"

    await restore(world, tmp_path / "yesterday.db")
    await world.until(at(march(11), "20:00"), timedelta(hours=1))

    now = Counter(message.text for message in said(world))
    assert not known - now
    assert {text: now[text] for text in waited} == dict(waited), "it was looked for, and found"
    caught_up = now - known
    for title in ("Read the bill", "Name an owner"):
        assert sum(number for text, number in caught_up.items() if title in text) <= 1
    assert sum(caught_up.values()) <= 2, caught_up

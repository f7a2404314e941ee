"""Many workspaces at work at once, a word of its own in every text of each: it is seen in that workspace alone. C14."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.store.database import Database, open_database
from bot.views import card
from tests.tenants.town import Home, Town, misplaced, said, town

HOMES, HOMES_LONG = 3, 50
AT_ONCE = 10  # fewer than one process has connections: nobody is to be turned away
# Each with the word in it; the lead's, the owner's, and in between what the worker says of them.
DEEDS = (
    "team rename {} crew",
    "action add {} volumes",
    "action add {} disks due 20 May",
    "action A-1 block {} invoice",
    "action A-1 link https://example.com/{}",
    "action A-2 done {} is gone",
    "action A-1 assign <@{owner}> {} please",
    "action A-1 due 2026-04-20 because {}",
    "team show",
    "actions all",
    "status payments",
    "export csv",
    "export json",
    "action A-1 drop {} is not ours",
)


@pytest.fixture
async def db(own_url: str) -> AsyncIterator[Database]:
    opened = open_database(own_url)
    yield opened
    await opened.close()


@pytest.mark.postgres
@pytest.mark.timeout(1200)
async def test_c14_each_word_is_seen_in_its_own_workspace_alone(
    db: Database, long: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with town(db) as here:
        homes = [await here.home(number) for number in range(HOMES_LONG if long else HOMES)]
        with capture_logs() as logged:
            turns = asyncio.Semaphore(AT_ONCE)
            answers = await asyncio.gather(*(day(here, home, turns) for home in homes))
            await here.settled()
        everything_logged = f"{logged}{caplog.text}"
        words = {home: seen_with(here, home) for home in homes}
        calls = misplaced(here.slack, homes)
        files = [str(upload.content) for upload in here.slack.workspace.uploads.values()]

    assert calls == []
    for home, answer in zip(homes, answers, strict=True):
        others = [other.canary for other in homes if other is not home]
        assert home.canary in answer
        assert home.canary in words[home], "what is owed was said"
        assert not any(other in answer for other in others)
        assert home.canary not in everything_logged
        assert sum(home.canary in file for file in files) == 2, "an export as CSV and one as JSON"
    assert all(sum(home.canary in file for home in homes) <= 1 for file in files)


async def day(here: Town, home: Home, turns: asyncio.Semaphore) -> str:
    """All that was answered at once."""
    async with turns:
        return await lived(here, home)


async def lived(here: Town, home: Home) -> str:
    said_at_once = []
    for text in DEEDS:
        reply = await here.command(home, home.lead, text.format(home.canary, owner=home.owner))
        assert reply.status == 200
        said_at_once.append(str(reply.body))
    await here.event(home, home.owner, {"type": "app_mention", "text": f"action add {home.canary} by mention"})
    await here.event(home, home.lead, {"type": "app_home_opened", "tab": "home"})
    await here.button(home, home.owner, card.MORE, f"{card.DONE} A-1")
    return "".join(said_at_once)


def seen_with(here: Town, home: Home) -> str:
    posts = [call for call in here.slack.calls("chat.postMessage") if call.token == home.token]
    return "".join(said(call) for call in posts)

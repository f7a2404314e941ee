"""A message gets the pictures that can be had, and is never kept waiting or lost for one that cannot."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.charts.table import charted, draw
from bot.domain.charted import ChartFacts
from bot.domain.delivery import Message, Picture, Undeliverable
from bot.domain.ids import ChannelId, TenantId, UserId
from bot.services.picturing import Gallery
from bot.slack.gateway import Gateway
from bot.store.database import Database
from bot.views import blocks, picture
from sandbox.faults import Fault, Trouble
from sandbox.standin import SlackStandIn
from tests.charts.builders import BURNUP, PROFILE, decoded
from tests.services.post_office import HERE, a_gateway

MESSAGE = Message(
    "Two charts",
    (blocks.section("Two charts"), blocks.section("The end")),
    (Picture(charted(PROFILE), below=0), Picture(charted(BURNUP), below=1)),
)
CHARTS = [shown.chart for shown in MESSAGE.pictures]


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(burst=0) as slack:
        yield slack


@pytest.fixture
async def gateway(slack: SlackStandIn) -> AsyncIterator[Gateway]:
    async with a_gateway(slack, Gateway, patience=0.5) as gateway:
        yield gateway


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


async def test_each_picture_is_uploaded_and_put_where_it_belongs(
    db: Database, slack: SlackStandIn, gateway: Gateway
) -> None:
    shown = await Gallery(db).illustrated(gateway, HERE, MESSAGE)

    assert kinds(shown) == ["section", "image", "section", "image"]
    assert (shown.text, shown.pictures) == (MESSAGE.text, ())
    files = [slack.workspace.uploads[shown.blocks[place]["slack_file"]["id"]] for place in (1, 3)]
    assert [file.name for file in files] == ["where-each-step-stands.png", "action-points-over-time.png"]
    assert [decoded(file.content or b"").size for file in files] == [(1080, 772), (1080, 720)]


async def test_a_message_without_pictures_asks_nobody(db: Database, slack: SlackStandIn, gateway: Gateway) -> None:
    plain = Message("Hello", MESSAGE.blocks)
    assert await Gallery(db).illustrated(gateway, HERE, plain) == plain
    assert slack.journal == []


async def test_a_home_is_illustrated_in_the_same_way(db: Database, slack: SlackStandIn, gateway: Gateway) -> None:
    uploaded = await Gallery(db).files(gateway, HERE, CHARTS)
    view = {"type": "home", "blocks": [*picture.illustrated(MESSAGE.blocks, MESSAGE.pictures, uploaded)]}
    await gateway.publish_home(HERE, UserId("U_ADA"), view)

    home = slack.home("U_ADA")
    assert home is not None
    assert [block["type"] for block in home.blocks] == ["section", "image", "section", "image"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(Trouble.ERROR, "files.getUploadURLExternal", error="missing_scope"), id="no right"),
        pytest.param(Fault(Trouble.ERROR, "files.info", error="missing_scope"), id="no right to look"),
        pytest.param(Fault(Trouble.ERROR, "files.*", error="file_uploads_disabled"), id="not allowed here"),
        pytest.param(Fault(Trouble.LIMITED, "files.*"), id="too often"),
        pytest.param(Fault(Trouble.UNAVAILABLE, "upload"), id="the bytes are refused"),
        pytest.param(Fault(Trouble.DROPPED, "upload", performs=True), id="the answer to the bytes is lost"),
        pytest.param(Fault(Trouble.DROPPED, "files.complete*", performs=True), id="the last answer is lost"),
        pytest.param(Fault(Trouble.HELD, "files.*"), id="no answer"),
        pytest.param(Fault(Trouble.LAG, "files.info", seconds=1), id="never looked through"),
        pytest.param(Fault(Trouble.ERROR, "*", error="token_revoked"), id="removed"),
    ],
)  # fmt: skip
async def test_without_pictures_the_rest_is_shown(
    db: Database, slack: SlackStandIn, gateway: Gateway, fault: Fault
) -> None:
    slack.faults.add(fault)

    shown = await Gallery(db, seconds=1).illustrated(gateway, HERE, MESSAGE)

    assert shown == Message(MESSAGE.text, MESSAGE.blocks)


async def test_what_was_uploaded_before_the_trouble_is_shown(
    db: Database, slack: SlackStandIn, gateway: Gateway
) -> None:
    gallery = Gallery(db)
    await gallery.files(gateway, HERE, CHARTS[:1])
    slack.faults.add(Fault(Trouble.ERROR, "files.*", error="missing_scope"))

    assert kinds(await gallery.illustrated(gateway, HERE, MESSAGE)) == ["section", "image", "section"]


async def test_a_mistake_in_drawing_costs_one_picture_and_is_told_to_us(
    db: Database, gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    def clumsy(facts: ChartFacts) -> bytes:
        if facts == PROFILE:
            raise ZeroDivisionError
        return draw(facts)

    shown = await Gallery(db, draw=clumsy).illustrated(gateway, HERE, MESSAGE)

    assert kinds(shown) == ["section", "section", "image"]
    assert "picture_not_drawn" in capsys.readouterr().out


async def test_f18_without_another_thread_the_message_goes_without_its_pictures(
    db: Database, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")  # as Python says where the process may have no more

    monkeypatch.setattr(threading.Thread, "start", refused)
    shown = await Gallery(db).illustrated(gateway, HERE, MESSAGE)

    assert kinds(shown) == ["section", "section"]
    assert shown.text == MESSAGE.text


async def test_a_slow_hand_keeps_neither_the_loop_nor_the_message_waiting(db: Database, gateway: Gateway) -> None:
    drawn_by: list[threading.Thread] = []

    def slow(facts: ChartFacts) -> bytes:
        drawn_by.append(threading.current_thread())
        time.sleep(0.5)
        return draw(facts)

    begun = time.perf_counter()
    shown = await Gallery(db, seconds=0.1, draw=slow).illustrated(gateway, HERE, MESSAGE)

    assert kinds(shown) == ["section", "section"]
    assert time.perf_counter() - begun < 0.4
    assert drawn_by != [threading.main_thread()]


async def test_the_same_facts_are_drawn_and_uploaded_once(db: Database, slack: SlackStandIn, gateway: Gateway) -> None:
    drawn: list[ChartFacts] = []

    def counted(facts: ChartFacts) -> bytes:
        drawn.append(facts)
        return draw(facts)

    gallery = Gallery(db, draw=counted)
    first = await gallery.illustrated(gateway, HERE, MESSAGE)
    assert await gallery.illustrated(gateway, HERE, MESSAGE) == first
    assert len(slack.workspace.uploads) == 2
    assert drawn == [PROFILE, BURNUP]


async def test_one_that_slack_does_not_take_any_more_is_uploaded_anew(
    db: Database, slack: SlackStandIn, gateway: Gateway
) -> None:
    gallery = Gallery(db)
    first = await gallery.illustrated(gateway, HERE, MESSAGE)
    await gallery.forget(HERE, CHARTS[:1])
    second = await gallery.illustrated(gateway, HERE, MESSAGE)

    assert first.blocks[1] != second.blocks[1]
    assert first.blocks[3] == second.blocks[3]


async def test_no_tenant_is_shown_the_file_of_another(db: Database, slack: SlackStandIn, gateway: Gateway) -> None:
    gallery = Gallery(db)
    await gallery.illustrated(gateway, HERE, MESSAGE)
    shown = await gallery.illustrated(gateway, TenantId("T_OTHER"), MESSAGE)

    assert kinds(shown) == ["section", "section"], "its token is none that the stand-in knows"


async def test_an_answer_is_given_without_the_pictures_that_slack_refuses(
    db: Database, slack: SlackStandIn, gateway: Gateway
) -> None:
    gallery = Gallery(db)

    async def whisper(message: Message) -> None:
        await gateway.ephemeral(HERE, ChannelId("C_PAY"), UserId("U_ADA"), message)

    await gallery.said(gateway, HERE, MESSAGE, whisper)
    slack.workspace.uploads.clear()
    await gallery.said(gateway, HERE, MESSAGE, whisper)
    await gallery.said(gateway, HERE, MESSAGE, whisper)

    told = [[block["type"] for block in shown.blocks] for shown in slack.ephemerals("U_ADA")]
    assert told == [["section", "image"] * 2, ["section"] * 2, ["section", "image"] * 2]


@pytest.mark.parametrize("error", ["invalid_blocks", "user_not_in_channel"])
async def test_a_refusal_that_is_not_the_pictures_fault_is_passed_on(
    db: Database, slack: SlackStandIn, gateway: Gateway, error: str
) -> None:
    slack.faults.add(Fault(Trouble.ERROR, "views.publish", error=error))

    async def publish(message: Message) -> None:
        await gateway.publish_home(HERE, UserId("U_ADA"), {"type": "home", "blocks": [*message.blocks]})

    with pytest.raises(Undeliverable, match=error):
        await Gallery(db).said(gateway, HERE, MESSAGE, publish)


async def test_what_another_process_uploaded_is_shown_again_and_nothing_is_asked_of_slack(
    db: Database, slack: SlackStandIn, gateway: Gateway
) -> None:
    first = await Gallery(db).illustrated(gateway, HERE, MESSAGE)
    calls = len(slack.journal)

    files = await Gallery(db).known(HERE, CHARTS)

    assert [files[chart] for chart in CHARTS] == [first.blocks[place]["slack_file"]["id"] for place in (1, 3)]
    assert len(slack.journal) == calls
    assert await Gallery(db).known(TenantId("T_OTHER"), CHARTS) == {}


async def test_a_message_and_a_home_at_once_upload_the_same_picture_once(
    db: Database, slack: SlackStandIn, gateway: Gateway
) -> None:
    gallery = Gallery(db)
    first, second = await asyncio.gather(*(gallery.files(gateway, HERE, CHARTS) for _ in range(2)))
    assert first == second
    assert len(slack.workspace.uploads) == 2


async def test_other_facts_are_another_picture(db: Database, gateway: Gateway) -> None:
    await Gallery(db).files(gateway, HERE, CHARTS[:1])
    later = charted(replace(PROFILE, on=PROFILE.on + timedelta(days=1)))
    assert await Gallery(db).known(HERE, [later]) == {}


# SQLite alone: its file dies with the test, where PostgreSQL's tables serve others after it.
@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_while_the_database_is_away_pictures_are_had_all_the_same(
    db: Database, gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    async with db.engine.begin() as connection:
        await connection.execute(text("DROP TABLE pictures"))

    assert kinds(await Gallery(db).illustrated(gateway, HERE, MESSAGE)) == ["section", "image", "section", "image"]

    told = capsys.readouterr().out
    assert "pictures_not_looked_up" in told
    assert "picture_not_kept" in told

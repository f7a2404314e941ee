"""A message with a picture is there once, whatever becomes of the picture; and it says the same without it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.charts.table import charted
from bot.domain.delivery import DeliveryState, Edit, Message, Picture, Post
from bot.domain.ids import CardId, MessageTs
from bot.domain.notices import CardEdit
from bot.store import lanes
from bot.views import blocks
from sandbox.faults import Fault, Trouble
from tests.charts.builders import PROFILE
from tests.services.post_office import HERE, PAY, PostOffice, opened

CHART = charted(PROFILE)
MESSAGE = Message("A result", (blocks.section("A result"), blocks.section(CHART.figures)), (Picture(CHART, below=0),))
WITH, WITHOUT, BARE = ["section", "image", "section"], ["section", "section"], list[str]()


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[PostOffice]:
    async with opened(database_url, patience=0.5) as office:
        office.scribe.compose_with = lambda _, __: Post(MESSAGE)
        yield office


def shown(office: PostOffice, channel: str = PAY) -> list[list[str]]:
    return [[block["type"] for block in message.blocks] for message in office.slack.messages(channel)]


async def test_a_picture_is_posted_with_its_message(office: PostOffice) -> None:
    await office.put()
    await office.tick(office.worker())

    assert await office.is_visible_once()
    assert shown(office) == [WITH]
    (message,) = office.slack.messages(PAY)
    assert message.blocks[1]["alt_text"] == CHART.alt
    assert CHART.figures in message.blocks[2]["text"]["text"]
    assert office.slack.complaints == []


async def test_a_message_that_is_brought_up_to_date_keeps_its_picture(office: PostOffice) -> None:
    await office.put("first")
    worker = office.worker()
    await office.run(worker, seconds=2)
    ts = MessageTs((await office.row("first")).posted_ts or "")
    office.scribe.compose_with = lambda _, __: Edit(MESSAGE, ts)
    await office.put("edit", notice=CardEdit(CardId("c")))
    await office.run(worker, seconds=2)

    assert shown(office) == [WITH]
    assert office.slack.messages(PAY)[0].edited
    assert len(office.slack.workspace.uploads) == 1, "the picture is the same one"


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"trouble": Trouble.ERROR, "error": "missing_scope", "method": "files.*"}, id="no right"),
        pytest.param({"trouble": Trouble.LIMITED, "retry_after": "600", "method": "files.*"}, id="429"),
        pytest.param({"trouble": Trouble.UNAVAILABLE, "method": "upload"}, id="503"),
        pytest.param({"trouble": Trouble.DROPPED, "method": "upload", "reset": True}, id="reset"),
        pytest.param({"trouble": Trouble.HELD, "method": "files.completeUploadExternal"}, id="lost answer"),
        pytest.param({"trouble": Trouble.LAG, "method": "files.info", "seconds": 1}, id="never looked through"),
    ],
)
async def test_trouble_with_an_upload_costs_the_picture_and_nothing_else(
    office: PostOffice, fault: dict[str, Any]
) -> None:
    office.breaks(**fault)
    await office.put()

    await office.run(office.worker(), seconds=5)

    assert await office.is_visible_once()
    assert (shown(office), office.posts()) == ([WITHOUT], 1)
    assert (await office.row()).attempts == 1


@pytest.mark.parametrize(
    ("times", "expected"), [(1, WITHOUT), (2, BARE)], ids=["the picture was it", "not only the picture"]
)
async def test_blocks_that_are_refused_go_first_without_the_picture_then_as_text(
    office: PostOffice, times: int, expected: list[str]
) -> None:
    office.breaks(trouble=Trouble.ERROR, error="invalid_blocks", method="chat.postMessage", count=times)
    await office.put()

    await office.tick(office.worker())

    assert await office.is_visible_once()
    assert (shown(office), office.posts()) == ([expected], times + 1)


async def test_what_is_refused_in_every_form_is_given_up_without_a_loop(office: PostOffice) -> None:
    office.breaks(trouble=Trouble.ERROR, error="invalid_blocks", method="chat.postMessage")
    await office.put()

    await office.run(office.worker(), seconds=30)

    assert (office.scribe.given_up, office.posts()) == (["invalid_blocks"], 3)


async def test_a_file_that_was_deleted_meanwhile_is_uploaded_anew_for_the_next_message(office: PostOffice) -> None:
    worker = office.worker()
    await office.put("first")
    await office.run(worker, seconds=2)
    office.slack.workspace.uploads.clear()
    for key in ("second", "third"):
        await office.put(key)
        await office.run(worker, seconds=2)

    assert shown(office) == [WITH, WITHOUT, WITH]


async def test_a_channel_that_was_not_joined_is_joined_once_and_gets_the_picture(office: PostOffice) -> None:
    await office.put(channel="C_OUT")
    await office.tick(office.worker())

    assert shown(office, "C_OUT") == [WITH]
    assert len(office.slack.calls("conversations.join")) == 1
    assert len(office.slack.workspace.uploads) == 1


async def test_joined_and_then_refused_it_still_goes_without_the_picture(office: PostOffice) -> None:
    office.breaks(trouble=Trouble.ERROR, error="not_in_channel", method="chat.postMessage", count=1)
    office.breaks(trouble=Trouble.ERROR, error="invalid_blocks", method="chat.postMessage", count=1)
    await office.put(channel="C_OUT")

    await office.tick(office.worker())

    assert shown(office, "C_OUT") == [WITHOUT]


@pytest.mark.parametrize("is_performed", [True, False], ids=["accepted", "not accepted"])
async def test_a_lost_answer_to_the_post_leaves_it_visible_once_with_one_picture(
    office: PostOffice, is_performed: bool
) -> None:
    office.breaks(trouble=Trouble.DROPPED, method="chat.postMessage", count=1, performs=is_performed)
    await office.put()

    await office.run(office.worker(), seconds=40, step=5)

    assert await office.is_visible_once()
    assert shown(office) == [WITH]
    assert len(office.slack.workspace.uploads) == 1


async def test_killed_between_the_upload_and_the_post_it_is_there_once_with_the_file_that_was_uploaded(
    office: PostOffice,
) -> None:
    await office.put()
    await office.mark(await office.claim_one())
    await office.means().gallery.illustrated(office.gateway, HERE, MESSAGE)

    await office.leases_run_out()
    await office.run(office.worker(), seconds=40, step=5)

    assert await office.is_visible_once()
    assert shown(office) == [WITH]
    assert len(office.slack.workspace.uploads) == 1


async def test_near_the_end_of_the_lease_there_is_no_time_for_a_picture(office: PostOffice) -> None:
    late = office.time.steady() + lanes.LEASE.total_seconds() - 18
    moments = iter([office.time.steady(), late, late])
    await office.put()

    await office.tick(office.worker(monotonic=lambda: next(moments)))

    assert await office.is_visible_once()
    assert shown(office) == [WITHOUT]
    assert office.slack.calls("files.getUploadURLExternal") == []


async def test_after_a_slow_upload_the_lease_is_looked_at_again(office: PostOffice) -> None:
    late = office.time.steady() + lanes.LEASE.total_seconds() - 10
    moments = iter([office.time.steady(), office.time.steady(), late])
    await office.put()

    await office.tick(office.worker(monotonic=lambda: next(moments)))

    assert office.posts() == 0
    assert (await office.row()).state is DeliveryState.PENDING
    await office.run(office.worker(), seconds=2)
    assert await office.is_visible_once()


async def test_a_workspace_that_removed_the_bot_is_stopped_as_ever(office: PostOffice) -> None:
    office.slack.faults.add(Fault(Trouble.ERROR, error="token_revoked"))
    await office.put()

    await office.tick(office.worker())

    assert shown(office) == []
    assert (await office.row()).state is DeliveryState.PENDING

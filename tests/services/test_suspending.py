"""Places that refuse what they are sent, three times in a row: they are left alone, and the admins told once."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.delivery import DeliveryState
from bot.domain.direct_notices import PlaceSuspended
from bot.domain.ids import CardId, ChannelId, UserId
from bot.domain.notice_kinds import kind_of
from bot.domain.notices import CardPost
from bot.domain.preferences import Role
from bot.services import suspending
from bot.store import members, targets
from bot.store.schema import DeliveryRow
from sandbox.faults import Trouble
from tests.services import post_office
from tests.services.post_office import HERE, PAY, PostOffice

ADMIN = UserId("U_ADA")
TOLD = kind_of(PlaceSuspended(PAY))


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[PostOffice]:
    async with post_office.opened(database_url) as opened:
        async with opened.database.begin(HERE) as tx:
            await members.grant(tx, Role.ADMIN, ADMIN, ADMIN, opened.time.now())
        yield opened


async def fails(office: PostOffice, names: str, error: str = "restricted_action", channel: str = PAY) -> None:
    """Each is refused, one after the other."""
    office.breaks(trouble=Trouble.ERROR, error=error, method="chat.postMessage", count=len(names))
    for name in names:
        await office.put(name, channel)
    await office.run(office.worker(), seconds=len(names) + 2)


async def suspended(office: PostOffice, channel: str = PAY) -> str | None:
    async with office.database.read(HERE) as tx:
        return (await targets.of(tx, ChannelId(channel))).suspended


async def told(office: PostOffice) -> int:
    async with office.database.read_for_all() as tx:
        return len((await tx.session.scalars(select(DeliveryRow).where(DeliveryRow.kind == TOLD))).all())


async def test_after_three_refusals_in_a_row_nothing_more_is_sent_and_the_admins_are_told_once(
    office: PostOffice,
) -> None:
    await fails(office, "abc")
    assert await suspended(office) == "refused"
    posts = office.posts()

    await office.put("d")
    await office.run(office.worker(), seconds=60, step=20)

    assert (office.posts() - posts, await told(office)) == (0, 1)
    assert [(await office.row(name)).state for name in "abcd"] == [
        DeliveryState.DEAD, DeliveryState.DEAD, DeliveryState.PENDING, DeliveryState.PENDING,
    ]  # fmt: skip


async def test_what_was_taken_in_between_makes_two_refusals_harmless(office: PostOffice) -> None:
    await fails(office, "ab")
    await office.put("c")
    await office.run(office.worker(), seconds=2)
    await fails(office, "de")

    assert await suspended(office) is None


async def test_words_that_slack_does_not_take_count_against_no_place(office: PostOffice) -> None:
    await fails(office, "abcd", error="no_text")

    assert await suspended(office) is None


async def test_a_person_of_whom_slack_says_that_they_are_there_is_tried_once_more(office: PostOffice) -> None:
    await fails(office, "abc", error="messages_tab_disabled", channel="U_BEN")
    assert await suspended(office, "U_BEN") == "refused"

    async with office.database.begin(HERE) as tx:
        await suspending.known(tx, UserId("U_BEN"))
    await office.run(office.worker(), seconds=5)

    assert [shown.text for shown in office.slack.dm("U_BEN")] == ["CardPost(card='c')"]


async def test_what_waits_for_a_week_is_given_up_and_its_correspondent_told(office: PostOffice) -> None:
    await fails(office, "abc")
    worker = office.worker()
    office.time.advance(timedelta(days=7).total_seconds() + 5)

    assert await worker.sweep(office.time.now()) == 1

    row = await office.row("c")
    assert (row.state, row.reason) == (DeliveryState.EXPIRED, "suspended: refused")
    assert office.scribe.given_up[-1] == "expired: suspended: refused"


async def test_what_is_in_hand_when_its_place_moves_goes_where_the_place_is_now(office: PostOffice) -> None:
    await office.put("a", "C_GONE", CardPost(CardId("a")))
    async with office.database.begin(HERE) as tx:
        await targets.move(tx, ChannelId("C_GONE"), PAY)

    await office.run(office.worker(), seconds=3)

    assert [shown.text for shown in office.slack.messages(PAY)] == ["CardPost(card='a')"]

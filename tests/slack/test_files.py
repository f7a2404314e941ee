"""What is uploaded, for whom, where to, and what becomes of it when Slack will not have it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.domain.delivery import Message, NotNow, TenantGone, Uncertain, Undeliverable
from bot.domain.ids import ChannelId, DeliveryId, FileId, TenantId, UserId
from bot.slack.calling import Caller
from bot.slack.gateway import Gateway
from sandbox.faults import Fault, Trouble
from sandbox.standin import SlackStandIn

HERE = TenantId("T0SANDBOX")
ADA = UserId("U_ADA")
PNG = b"\x89PNG and so on"
LAST = "files.completeUploadExternal"


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(burst=0) as slack:
        yield slack


@pytest.fixture
async def gateway(slack: SlackStandIn) -> AsyncIterator[Gateway]:
    async def token_of(tenant: TenantId) -> str:
        return {HERE: slack.bot_token}.get(tenant, "xoxb-of-nobody")

    gateway = Gateway(slack.api_url, token_of, timeout=0.5)
    await gateway.start()
    yield gateway
    await gateway.close()


async def upload(gateway: Gateway, tenant: TenantId = HERE) -> FileId:
    return await gateway.upload(tenant, "chart.png", PNG, "Crawl, then Walk")


async def test_an_uploaded_picture_is_the_bots_own_and_can_be_shown(slack: SlackStandIn, gateway: Gateway) -> None:
    file = await upload(gateway)
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": "A chart"}
    await gateway.post(HERE, ChannelId("C_PAY"), Message("See", (image,)), None, DeliveryId("d"))

    assert slack.workspace.uploads[file].content == PNG
    assert [shown.files for shown in slack.messages("C_PAY")] == [()]
    (first,), (last,) = slack.calls("files.getUploadURLExternal"), slack.calls(LAST)
    assert (first.args["filename"], int(first.args["length"])) == ("chart.png", len(PNG))
    assert first.args["alt_txt"] == "Crawl, then Walk"
    assert "channel_id" not in last.args
    assert slack.complaints == []


async def test_it_is_waited_for_until_slack_has_looked_through_it(slack: SlackStandIn, gateway: Gateway) -> None:
    slack.faults.add(Fault(Trouble.LAG, "files.info", seconds=1, count=2))

    assert await upload(gateway)
    assert len(slack.calls("files.info")) == 3


async def test_it_is_not_waited_for_for_ever(slack: SlackStandIn, gateway: Gateway) -> None:
    slack.faults.add(Fault(Trouble.LAG, "files.info", seconds=1))

    with pytest.raises(NotNow, match="not looked through"):
        await upload(gateway)


async def test_a_file_for_one_person_is_in_their_direct_message(slack: SlackStandIn, gateway: Gateway) -> None:
    await gateway.share(HERE, ADA, "actions.csv", b"a,b\n", "Your action points")

    (shown,) = slack.dm("U_ADA")
    assert [(file["name"], file["title"]) for file in shown.files] == [("actions.csv", "Your action points")]
    assert [upload.content for upload in slack.workspace.uploads.values()] == [b"a,b\n"]


TROUBLES = [
    pytest.param(Fault(Trouble.ERROR, "files.*", error="missing_scope"), Undeliverable, id="no right"),
    pytest.param(Fault(Trouble.LIMITED, "files.*"), NotNow, id="too often"),
    pytest.param(Fault(Trouble.LIMITED, "upload"), NotNow, id="too often, the bytes"),
    pytest.param(Fault(Trouble.UNAVAILABLE, "upload"), NotNow, id="503, the bytes"),
    pytest.param(Fault(Trouble.UNAVAILABLE, "upload", status=403), Undeliverable, id="403, the bytes"),
    pytest.param(Fault(Trouble.UNAVAILABLE, "upload", status=302), Undeliverable, id="sent elsewhere, the bytes"),
    pytest.param(Fault(Trouble.DROPPED, "upload"), NotNow, id="cut, the bytes"),
    pytest.param(Fault(Trouble.HELD, "upload"), NotNow, id="late, the bytes"),
    pytest.param(Fault(Trouble.ERROR, "*", error="token_revoked"), TenantGone, id="token"),
]


@pytest.mark.parametrize(("fault", "kind"), TROUBLES)
async def test_troubles_are_sorted_as_those_of_every_call(
    slack: SlackStandIn, gateway: Gateway, fault: Fault, kind: type[Exception]
) -> None:
    slack.faults.add(fault)

    with pytest.raises(kind):
        await upload(gateway)
    with pytest.raises(kind):
        await gateway.share(HERE, ADA, "actions.csv", b"a,b\n", "Your action points")
    assert slack.dm("U_ADA") == []


@pytest.mark.parametrize("trouble", [Trouble.DROPPED, Trouble.TRUNCATED, Trouble.HELD])
async def test_a_lost_answer_leaves_only_what_others_see_uncertain(
    slack: SlackStandIn, gateway: Gateway, trouble: Trouble
) -> None:
    slack.faults.add(Fault(trouble, LAST, performs=True))

    with pytest.raises(NotNow):
        await upload(gateway)
    with pytest.raises(Uncertain):
        await gateway.share(HERE, ADA, "actions.csv", b"a,b\n", "Your action points")
    assert len(slack.dm("U_ADA")) == 1


async def test_another_tenants_token_is_its_own(slack: SlackStandIn, gateway: Gateway) -> None:
    with pytest.raises(TenantGone):
        await upload(gateway, TenantId("T_OTHER"))


@pytest.fixture
async def elsewhere() -> AsyncIterator[tuple[str, list[Any]]]:
    """Another host, and what it was brought."""
    got: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        got.append(await request.read())
        return web.Response()

    server = web.Application()
    server.router.add_post("/upload", take)
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/upload", got
    await runner.cleanup()


async def test_bytes_go_in_plain_text_only_where_everything_else_goes(elsewhere: tuple[str, list[Any]]) -> None:
    address, got = elsewhere
    caller = await a_caller("http://127.0.0.1:9/api/")
    with pytest.raises(Undeliverable, match="upload_address_refused"):
        await caller.bring(address, PNG)
    await caller.close()
    same = await a_caller(address.replace("/upload", "/api/"))
    await same.bring(address, PNG)
    await same.close()
    assert got == [PNG]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        pytest.param("https://127.0.0.1:9/upload", NotNow, id="encrypted, wherever that is"),
        pytest.param("http://files.slack.com/upload", Undeliverable, id="in plain text"),
        pytest.param("//slack.com/upload", Undeliverable, id="no scheme"),
        pytest.param("file:///etc/passwd", Undeliverable, id="a file"),
        pytest.param("https:///upload", Undeliverable, id="no host"),
        pytest.param("None", Undeliverable, id="nothing"),
        pytest.param("http://[/", NotNow, id="no address at all"),
    ],
)
async def test_an_address_that_makes_no_sense_is_not_gone_to(address: str, kind: type[Exception]) -> None:
    caller = await a_caller("https://slack.com/api/")
    with pytest.raises(kind):
        await caller.bring(address, PNG)
    await caller.close()


async def a_caller(api_url: str) -> Caller:
    async def token_of(tenant: TenantId) -> str:
        return "xoxb-sandbox"

    caller = Caller(api_url, token_of, lambda method: None, timeout=0.5)
    await caller.start()
    return caller

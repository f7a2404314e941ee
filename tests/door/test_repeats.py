"""The same request again: at once, later, by another door or process. Its effect is one, and its answer the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.domain.actions import ActionState
from bot.domain.ids import TenantId, UserId
from bot.handlers import entrance
from bot.metrics import Metrics
from bot.services.workspaces import OneWorkspace
from bot.slack.socket import SocketDoor
from bot.store import tenants
from bot.store.away import STORE_AWAY
from bot.store.database import Database, Transaction, open_database
from bot.store.tenants import Tenant
from sandbox.person import Person
from sandbox.sender import FORM
from tests.door.setting import HERE, a_team_with_an_action, changes_made, replica, state
from tests.flows.assessment import NOT_KNOWN, answers, opened
from tests.flows.deciding import form
from tests.flows.looking import shown
from tests.flows.typing import called, typed
from tests.flows.world import World

TIMES = 100


@dataclass(frozen=True)
class Command:
    """As Slack sends it, to be sent as often and to whom one likes."""

    world: World
    text: str
    user: str = "U_ADA"

    async def to(self, *addresses: str) -> list[tuple[int, bytes]]:
        """The very same bytes to each of these addresses, all at once."""
        workspace = {"team_id": HERE, "channel_id": "C_PAY", "channel_name": "payments", "response_url": ""}
        typed = {"command": "/finops-assess", "text": self.text, "user_id": self.user, "trigger_id": "1.2.abc"}
        body = urlencode(workspace | typed).encode()
        headers = self.world.slack.sender.signed(body, FORM)

        async def once(session: aiohttp.ClientSession, address: str) -> tuple[int, bytes]:
            async with session.post(address, data=body, headers=headers) as answer:
                return answer.status, await answer.read()

        async with aiohttp.ClientSession() as session:
            return list(await asyncio.gather(*(once(session, address) for address in addresses)))


def told(world: World, user: str) -> list[str]:
    return [message.text for message in world.slack.ephemerals(user)]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("migrated_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_b08_a_hundred_times_at_once_to_three_processes_it_is_done_once(world: World, migrated_url: str) -> None:
    await a_team_with_an_action(world)
    async with AsyncExitStack() as house:
        databases = [open_database(migrated_url) for _ in range(3)]
        for db in databases:
            house.push_async_callback(db.close)
        addresses = [await house.enter_async_context(replica(world, db)) for db in databases]

        results = await Command(world, "action done A-1").to(*(addresses[place % 3] for place in range(TIMES)))

    assert [status for status, _ in results] == [200] * TIMES
    # Whoever waited too long for the first is told to try again, and nobody anything else.
    assert all(b"done" in answer or b"cannot reach my records" in answer for _, answer in results)
    assert (await state(world), await changes_made(world)) == (ActionState.DONE, 1)


async def test_b08_what_was_changed_back_since_is_not_done_again_by_the_old_request(world: World, ada: Person) -> None:
    await a_team_with_an_action(world)
    first = (await typed(world, ada, "action done A-1")).text
    await typed(world, ada, "action reopen A-1")

    (sent,) = [sent for sent in world.slack.sent if sent.payload.get("text") == "action done A-1"]
    replayed = await world.slack.sender.post(sent.kind, sent.payload, sent.body, sent.headers)

    assert replayed.json()["text"] == first
    assert (await state(world), await changes_made(world)) == (ActionState.OPEN, 2)


async def test_b08_a_button_pressed_once_and_told_of_twice_is_answered_once(world: World, ada: Person) -> None:
    await a_team_with_an_action(world)
    question = await typed(world, ada, "atcion done a1")
    await ada.press(question, text="Yes, do that")
    await world.settle()
    before = told(world, "U_ADA")

    assert (await world.slack.resend()).status == 200
    await world.settle()

    assert told(world, "U_ADA") == before
    assert await changes_made(world) == 1


async def test_b08_a_form_is_opened_once_and_nobody_is_told_that_it_came_too_late(world: World, ada: Person) -> None:
    first = await opened(world, ada)

    assert (await world.slack.resend()).status == 200
    await world.answered()

    assert world.slack.screen("U_ADA") == first
    assert told(world, "U_ADA") == []


async def test_b08_what_was_refused_may_be_asked_again(world: World, ada: Person) -> None:
    """Nothing was changed by it, so that there is nothing that could come twice."""
    command = Command(world, "action done A-1")
    ((_, refused),) = await command.to(world.slack.request_url)
    assert b"done" not in refused
    await a_team_with_an_action(world)

    await command.to(world.slack.request_url)

    assert (await state(world), await changes_made(world)) == (ActionState.DONE, 1)


async def test_b08_what_was_added_is_told_under_the_same_number(world: World) -> None:
    await a_team_with_an_action(world)
    command = Command(world, "action add Label the disks")

    answers = [told for _ in range(2) for _, told in await command.to(world.slack.request_url)]

    assert b"A-2 Label the disks" in answers[0]
    assert b"A-2 Label the disks" in answers[1]
    assert await changes_made(world) == 1


async def test_a_request_that_says_something_else_is_another_one_whatever_its_trigger(world: World) -> None:
    await a_team_with_an_action(world)
    for text in ("action done A-1", "action reopen A-1"):
        ((_, told),) = await Command(world, text).to(world.slack.request_url)
        assert b"A-1" in told

    assert (await state(world), await changes_made(world)) == (ActionState.OPEN, 2)


@pytest.mark.parametrize("text", ["action add Label the disks", "help"])
async def test_b09_a_mention_is_answered_once_however_long_slack_goes_on_telling_of_it(
    world: World, ada: Person, text: str
) -> None:
    await a_team_with_an_action(world)
    await called(world, ada, text)
    before, changes = told(world, "U_ADA"), await changes_made(world)
    envelope = next(sent.payload for sent in world.slack.sent if sent.payload.get("event", {}).get("type") == MENTION)

    for number, pause in enumerate((timedelta(0), timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=24))):
        world.clock.advance(pause.total_seconds())
        body = (await world.slack.sender.event(envelope)).body
        retry = {"x-slack-retry-num": str(number), "x-slack-retry-reason": "http_timeout"}
        headers = world.slack.sender.signed(body, "application/json") | retry
        assert (await world.slack.sender.post("event", envelope, body, headers)).status == 200
        await world.answered()

    assert (told(world, "U_ADA"), await changes_made(world)) == (before, changes)


async def test_b09_an_old_word_of_being_removed_does_not_stop_a_bot_that_was_installed_again(world: World) -> None:
    removed = await world.slack.event("app_uninstalled")
    async with world.db.begin_for_all() as tx:
        await tenants.installed(tx, Tenant(HERE, HERE, None, UserId("U0BOT"), None, None, None), world.now())

    world.clock.advance(3600)
    await world.slack.sender.event(removed.payload)

    async with world.db.read_for_all() as tx:
        assert [tenant.id for tenant in await tenants.all_active(tx)] == [HERE]


async def test_b10_told_by_both_doors_and_of_both_workspaces_it_is_done_once(world: World, ada: Person) -> None:
    await a_team_with_an_action(world)
    await called(world, ada, "action add Label the disks")
    envelope = next(sent.payload for sent in world.slack.sent if sent.payload.get("event", {}).get("type") == MENTION)
    before, changes = told(world, "U_ADA"), await changes_made(world)
    assert changes == 1

    # Slack Connect: told of the other workspace in the channel, for the same installation.
    await world.slack.sender.event(envelope | {"team_id": "T0PARTNER", "context_team_id": "T0PARTNER"})
    workspaces = OneWorkspace(world.db, world.slack.bot_token, world.now)
    await workspaces.meet(world.gateway)
    dispatch = entrance.dispatch(world.deps, workspaces, STORE_AWAY)
    door = SocketDoor(world.slack.app_token, world.slack.api_url, dispatch, Metrics())
    await door.start()
    await world.slack.until(lambda: world.slack.sender.socket() is not None)
    over_socket = await world.slack.sender.event(envelope)
    await door.stop()
    await world.answered()

    assert over_socket.headers == {}
    assert (told(world, "U_ADA"), await changes_made(world)) == (before, changes)


class CutAtCommit(Database):
    """The connection is lost when the first change has just been kept: nobody hears whether it was."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self.cuts = 1

    @asynccontextmanager
    async def begin(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        async with super().begin(tenant) as tx:
            yield tx
        if self.cuts:
            self.cuts -= 1
            raise ConnectionResetError


async def test_a23_where_nobody_knows_whether_it_was_kept_trying_again_does_it_once(world: World, db: Database) -> None:
    await a_team_with_an_action(world)
    async with replica(world, CutAtCommit(db)) as address:
        command = Command(world, "action done A-1")
        ((_, unsure),) = await command.to(address)
        assert b"cannot reach my records" in unsure

        ((status, sure),) = await command.to(address)

    assert (status, b"A-1" in sure) == (200, True)
    assert (await state(world), await changes_made(world)) == (ActionState.DONE, 1)


async def test_a02_a23_a_step_that_was_kept_and_not_answered_is_answered_with_the_next_one(
    world: World, ada: Person, db: Database
) -> None:
    first = await opened(world, ada)
    usual = world.slack.request_url
    async with replica(world, CutAtCommit(db)) as world.slack.request_url:
        unsure = await ada.submit(first, answers("process", 2) | NOT_KNOWN["process"])
        assert "cannot reach my records" in str(unsure.errors)

        second = shown(await ada.submit(first, {}))
    world.slack.request_url = usual

    assert second.title == "Step 2 of 5: Governance"
    assert "changed on another device" not in str(second.blocks)


async def test_d02_the_same_form_twice_at_once_from_two_devices_has_one_effect(world: World, ben: Person) -> None:
    """Two presses are two requests; it is what is stored that knows the second."""
    await a_team_with_an_action(world)
    question = await typed(world, ben, "action A-1")
    view = await form(world, ben, question, "Not doing this")
    filled = ben.type(view, {"reason": "Solved by another team"})

    await asyncio.gather(ben.submit(filled, {}), ben.submit(filled, {}), return_exceptions=True)
    await world.settle()

    assert (await state(world), await changes_made(world)) == (ActionState.DROPPED, 1)
    # The second answer comes to a form that the first has closed.
    assert [complaint.what for complaint in world.slack.complaints] == ["not_found"]
    world.slack.complaints.clear()


MENTION = "app_mention"

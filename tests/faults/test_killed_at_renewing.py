"""E09: a worker is killed with the token that Slack has just given it, before anybody else knows it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.ids import UserId
from bot.slack.tenancy import Installation
from bot.store import tenants
from bot.store.tenants import Installations, Tenant
from sandbox.rotation import GRACE
from tests.faults.house import House, house
from tests.faults.life import KEYS
from tests.services.post_office import HERE

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(900)]

# Slack's two minutes are twelve seconds, for a machine with much else to do.
SPEED = 10.0
DIES = "rotate.after_refresh=kill@1"
STOPPED = "workspace_stopped"
WITHIN = 60.0


@pytest.fixture
async def home(own_url: str, tmp_path: Path) -> AsyncIterator[House]:
    async with house(own_url, tmp_path, SPEED) as made:
        made.slack.platform.rotation.is_on = True
        await install(made)
        yield made


async def install(home: House) -> None:
    """With a token that expires, as whoever presses the button gets it."""
    granted = home.slack.platform.rotation.pair(home.slack.workspace, home.slack.app.scopes)
    lifetime = timedelta(seconds=granted["expires_in"])
    token, refresh = granted["access_token"], granted["refresh_token"]
    installation = Installation(HERE, token, UserId("U_BOT"), refresh_token=refresh, lifetime=lifetime)
    await Installations(home.database, KEYS).save(installation, UserId("U_ADA"), home.time.now())


def client(home: House) -> tuple[str, str]:
    return home.slack.app.client_id, home.slack.app.client_secret


async def stored(home: House) -> Tenant:
    async with home.database.read_for_all() as tx:
        found = await tenants.of(tx, HERE)
    assert found is not None
    return found


async def token_ends(home: House) -> None:
    """At Slack, before anybody was to renew it."""
    tokens = home.slack.workspace.tokens
    token = KEYS.open((await stored(home)).sealed_token or "", HERE)
    tokens[token] = replace(tokens[token], expires_at=0.0)


def renewals(home: House) -> int:
    calls = home.slack.calls("oauth.v2.access")
    return len([called for called in calls if called.performed and called.args["grant_type"] == "refresh_token"])


async def sound(home: House, how_many: int) -> None:
    found = await home.check()
    assert found.broken == []
    assert (found.visible, found.lost, found.doubled) == (how_many, 0, 0)
    assert "xoxe" not in home.said()


async def test_e09_killed_with_the_new_token_another_gets_one_and_everything_is_said_once(
    home: House, long: bool
) -> None:
    rounds, many = (50, 24) if long else (1, 12)
    channels = home.channels(many)

    for number in range(1, rounds + 1):
        await token_ends(home)
        await home.put(channels, many, name=f"round-{number}")
        workers = await home.start(DIES, workers=2, hands=4, deaths=1, client=client(home))
        await home.settled(WITHIN)
        await workers.stop()

        # Who follows may die of it in turn, as they were both started to.
        assert 1 <= workers.kills <= 2
        assert workers.counts["refreshed"] == 1
        assert renewals(home) == sum(crew.kills for crew in home.crews) + number
        assert (await stored(home)).stopped_at is None
        await sound(home, number * many)
    assert STOPPED not in home.said()


async def test_e09_killed_and_followed_too_late_it_is_told_and_goes_on_when_it_is_installed_again(home: House) -> None:
    many = 8
    await token_ends(home)
    await home.put(home.channels(many), many)
    workers = await home.start(DIES, deaths=1, client=client(home))
    await home.slack.until(lambda: renewals(home) == 1, WITHIN)
    home.slack.clock.advance(GRACE + 1)

    await home.until_logged(STOPPED)

    stopped = await stored(home)
    assert (stopped.sealed_token, stopped.sealed_refresh) == (None, None)
    assert stopped.stopped_at is not None
    assert await home.waiting() == many, "what is owed waits"
    await install(home)
    await home.settled(WITHIN)
    await sound(home, many)
    assert (workers.kills, workers.counts["refused"], workers.counts["refreshed"]) == (1, 1, 0)
    assert home.said().count(STOPPED) == 1

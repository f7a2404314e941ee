"""What finding a handler costs, with few doors and with many, where the last one is meant."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp

from bench.measure import Figures, interleaved
from bench.peers import stock_doors
from bench.peers.empty_listener import acknowledge
from bench.rows import Line, Row, at_most
from bench.slack import TEAM, TOKEN
from bench.workbench import Workbench
from bot.domain.ids import TenantId, UserId
from bot.slack.bolt import Dispatcher, authorize_by, build_app
from bot.slack.doors import Doors
from bot.slack.tenancy import Installation

PEER = "stock Bolt AsyncApp"
FEW, MANY = 10, 160
TIMES, TIMES_QUICK, WARM_TIMES = 1000, 30, 5
FLAT = at_most(1.1)

Dispatch = Callable[[dict[str, Any]], Awaitable[int]]


def lines(bench: Workbench) -> Iterator[Line]:
    times = TIMES_QUICK if bench.quick else TIMES
    makers = {"bot": _with_doors, PEER: stock_doors.with_doors}
    found = interleaved({who: partial(_run, made, times) for who, made in makers.items()}, bench.repeats)
    ours, theirs = found["bot"], found[PEER]
    yield Row(f"dispatch, {MANY} doors", "µs", ours["many"], f"the bot with {FEW}", ours["few"], FLAT)
    yield Row(f"dispatch, {FEW} doors", "µs", ours["few"], PEER, theirs["few"])
    yield Row(f"dispatch, {MANY} doors", "µs", ours["many"], PEER, theirs["many"])
    yield Row("of it for each door that is passed", "µs", ours["each"], PEER, theirs["each"])


def _with_doors(names: list[str]) -> Dispatch:
    """The bot's own app and dispatcher, with doors behind which nothing is done."""
    home = Installation(TenantId(TEAM), TOKEN, UserId("UBOT"), "B1")

    async def installation_of(_: str | None, __: str | None) -> Installation:
        return home

    doors = Doors(partial(build_app, authorize_by(installation_of), ()))
    for name in names:
        doors.add(name, partial(_listen, name))
    dispatcher = Dispatcher(doors.app_for)

    async def dispatch(payload: dict[str, Any]) -> int:
        return (await dispatcher.dispatch(payload)).status

    return dispatch


def _listen(name: str, app: AsyncApp) -> None:
    app.action(name)(acknowledge)


def _pressed(name: str) -> dict[str, Any]:
    """A button of ours, as Slack tells of it."""
    return {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "bench"},
        "user": {"id": "U1", "team_id": TEAM},
        "api_app_id": "A1",
        "trigger_id": "1.2",
        "container": {"type": "message", "channel_id": "C1", "message_ts": "1.000100"},
        "channel": {"id": "C1", "name": "payments"},
        "actions": [{"type": "button", "action_id": name, "block_id": "b", "value": "1"}],
    }


def _run(made: Callable[[list[str]], Dispatch], times: int) -> Figures:
    few, many = (asyncio.run(_took(made, doors, times)) for doors in (FEW, MANY))
    return {"few": few, "many": many, "each": (many - few) / (MANY - FEW)}


async def _took(made: Callable[[list[str]], Dispatch], doors: int, times: int) -> float:
    """In microseconds for each."""
    names = [f"door-{number}" for number in range(doors)]
    dispatch, payload = made(names), _pressed(names[-1])
    for _ in range(WARM_TIMES):
        assert await dispatch(payload) == 200
    began = time.perf_counter()
    for _ in range(times):
        await dispatch(payload)
    return (time.perf_counter() - began) / times * 1e6

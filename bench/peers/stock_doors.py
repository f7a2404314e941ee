"""Bolt as its documentation arranges it, with so many listeners, of which the last one is meant."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from bench.peers.empty_listener import acknowledge
from bench.slack import SECRET, TEAM, TOKEN


async def authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=TOKEN, bot_user_id="UBOT", bot_id="B1")


def with_doors(names: list[str]) -> Callable[[dict[str, Any]], Awaitable[int]]:
    app = AsyncApp(signing_secret=SECRET, authorize=authorize)
    for name in names:
        app.action(name)(acknowledge)

    async def dispatch(payload: dict[str, Any]) -> int:
        return (await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))).status

    return dispatch

"""What Slack knows about people and channels, and about whose token it is."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain.delivery import Undeliverable
from bot.domain.ids import ChannelId, TenantId, UserId
from bot.slack import errors
from bot.slack.answers import ChannelFacts, Identity, NoSuchPerson, NotVisible, PersonFacts
from bot.slack.calling import Caller

MOST_QUIET = 50
PAGE, MOST_PAGES = 1000, 20  # of a channel's members


async def person(call: Caller, tenant: TenantId, user: UserId) -> PersonFacts | NoSuchPerson:
    try:
        answer = await call(tenant, call.methods.users_info, user=user)
    except Undeliverable as refused:
        if refused.reason in errors.NO_SUCH_PERSON:
            return NoSuchPerson()
        raise
    told: dict[str, Any] = answer.get("user") or {}
    return PersonFacts(
        tz=told.get("tz") or None,
        deleted=bool(told.get("deleted")),
        is_bot=bool(told.get("is_bot")) or user == "USLACKBOT",
        is_restricted=bool(told.get("is_restricted") or told.get("is_ultra_restricted")),
        team_id=told.get("team_id"),
        is_admin=bool(told.get("is_admin") or told.get("is_owner")),
    )


async def quiet(call: Caller, tenant: TenantId, users: Sequence[UserId], now: datetime) -> Mapping[UserId, datetime]:
    answer = await call(tenant, call.methods.dnd_teamInfo, users=list(users[:MOST_QUIET]))
    told: Mapping[str, Any] = answer.get("users") or {}
    return {user: until for user in users if (until := _quiet_until(told.get(user) or {}, now))}


async def channel(call: Caller, tenant: TenantId, channel: ChannelId) -> ChannelFacts | NotVisible:
    try:
        answer = await call(tenant, call.methods.conversations_info, channel=channel)
    except Undeliverable as refused:
        if refused.reason in errors.NOT_VISIBLE:
            return NotVisible(refused.reason)
        raise
    told: dict[str, Any] = answer.get("channel") or {}
    return ChannelFacts(
        name=str(told.get("name") or ""),
        is_member=bool(told.get("is_member")),
        is_private=bool(told.get("is_private") or told.get("is_im") or told.get("is_mpim")),
        is_archived=bool(told.get("is_archived")),
        is_ext_shared=bool(told.get("is_ext_shared")),
    )


async def is_in(call: Caller, tenant: TenantId, channel: ChannelId, user: UserId) -> bool:
    cursor = ""
    for _ in range(MOST_PAGES):
        answer = await call(tenant, call.methods.conversations_members, channel=channel, limit=PAGE, cursor=cursor)
        if user in (answer.get("members") or []):
            return True
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    return False


async def identity(call: Caller, tenant: TenantId) -> Identity:
    told = await call(tenant, call.methods.auth_test)
    return Identity(
        team_id=str(told.get("team_id") or ""),
        enterprise_id=told.get("enterprise_id"),
        bot_user_id=str(told.get("user_id") or ""),
        bot_id=str(told.get("bot_id") or ""),
        scopes=_scopes(told.headers),
    )


def _scopes(headers: Mapping[str, str]) -> frozenset[str] | None:
    given = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    return None if given is None else frozenset(scope.strip() for scope in given.split(",") if scope.strip())


def _quiet_until(told: Mapping[str, Any], now: datetime) -> datetime | None:
    starts, ends = told.get("next_dnd_start_ts") or 0, told.get("next_dnd_end_ts") or 0
    is_quiet = told.get("dnd_enabled") and starts <= now.timestamp() < ends
    return datetime.fromtimestamp(ends, UTC) if is_quiet else None

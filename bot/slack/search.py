"""Looks for a message of ours by the delivery id that it carries."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.delivery import Undeliverable
from bot.domain.ids import ChannelId, DeliveryId, MessageTs, TenantId
from bot.slack.answers import Absent, Found, Unreadable
from bot.slack.calling import Caller

EVENT_TYPE = "finops_delivery_v1"
MOST_PAGES = 4
PAGE = 200
TOLERANCE = timedelta(minutes=1)


def label(delivery: DeliveryId) -> dict[str, Any]:
    """Everyone in the workspace can read it, so it says nothing but the id."""
    return {"event_type": EVENT_TYPE, "event_payload": {"d": delivery}}


async def find_delivery(
    call: Caller,
    tenant: TenantId,
    channel: ChannelId,
    thread: MessageTs | None,
    delivery: DeliveryId,
    since: datetime,
    now: datetime,
) -> Found | Absent | Unreadable:
    """Everything since then in the thread, or in the channel: all of it, or it does not count as looked through."""
    oldest, cursor, copies = since, "", set[str]()
    try:
        for _ in range(MOST_PAGES):
            page = await _page(call, tenant, channel, thread, oldest, cursor)
            ahead = now - _slack_time(page, now)
            if ahead > TOLERANCE and oldest == since:
                # Our clock is ahead of Slack's: by Slack's own, what we look for may be older.
                oldest = since - ahead
                continue
            messages: list[dict[str, Any]] = page.get("messages") or []
            copies.update(message["ts"] for message in messages if _carries(message, delivery))
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
    except Undeliverable as refused:
        return Unreadable(refused.reason)
    if copies:
        return Found(tuple(MessageTs(ts) for ts in sorted(copies, key=_order)))
    return Unreadable("too long") if cursor else Absent()


async def _page(
    call: Caller, tenant: TenantId, channel: ChannelId, thread: MessageTs | None, oldest: datetime, cursor: str
) -> AsyncSlackResponse:
    asked: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{oldest.timestamp():.6f}",
        "include_all_metadata": True,
        "limit": PAGE,
        "cursor": cursor or None,
    }
    if thread is None:
        return await call(tenant, call.methods.conversations_history, **asked)
    return await call(tenant, call.methods.conversations_replies, ts=thread, **asked)


def _slack_time(page: AsyncSlackResponse, now: datetime) -> datetime:
    try:
        told = parsedate_to_datetime(page.headers["Date"])
    except (KeyError, ValueError):
        return now
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _carries(message: dict[str, Any], delivery: DeliveryId) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("d") == delivery


def _order(ts: str) -> tuple[int, str]:
    seconds, _, rest = ts.partition(".")
    return int(seconds), rest

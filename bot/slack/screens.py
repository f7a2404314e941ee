"""What is put on somebody's screen: a modal, or their App Home; and what was put there, as it is to be now."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.delivery import Undeliverable
from bot.domain.ids import TenantId
from bot.slack import errors
from bot.slack.answers import Gone, Opened, TooLate, Updated
from bot.slack.binding import BoundView
from bot.slack.calling import Caller, Send


async def show(call: Caller, tenant: TenantId, method: Send, trigger_id: str, view: BoundView) -> Opened | TooLate:
    try:
        answer = await call(tenant, method, trigger_id=trigger_id, view=dict(view))
    except Undeliverable as refused:
        if refused.reason in errors.TRIGGER_LOST:
            return TooLate(refused.reason)
        raise
    return Opened(*_view(answer))


async def change(call: Caller, tenant: TenantId, method: Send, view: Mapping[str, Any], **which: Any) -> Updated | Gone:
    """``which``: the view that this one takes the place of, as Slack names it."""
    try:
        answer = await call(tenant, method, view=dict(view), **which)
    except Undeliverable as refused:
        if refused.reason in errors.VIEW_GONE:
            return Gone(refused.reason)
        raise
    return Updated(_view(answer)[1])


def _view(answer: AsyncSlackResponse) -> tuple[str, str]:
    shown: dict[str, Any] = answer.get("view") or {}
    return str(shown.get("id", "")), str(shown.get("hash", ""))

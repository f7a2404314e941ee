"""Which of the four kinds of trouble an error of Slack's is, or of the way there."""

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError

from bot.domain import backoff
from bot.domain.delivery import NotNow, TenantGone, Uncertain, Undeliverable

Trouble = NotNow | Undeliverable | Uncertain | TenantGone

# The SDK raises the last two for an answer of 200 that is no JSON object.
FAILURES = (SlackApiError, ClientError, TimeoutError, ValueError, AttributeError)
TENANT_GONE = frozenset(
    {
        "account_inactive", "app_uninstalled", "invalid_auth", "not_authed", "team_access_not_granted", "token_expired",
        "token_revoked",
    }
)  # fmt: skip
# Of those, what another token may help against.
RENEWABLE = frozenset({"invalid_auth", "token_expired", "token_revoked"})
BUSY = frozenset({"request_timeout", "service_unavailable", "team_added_to_org", "accesslimited"})
LIMITED = frozenset({"ratelimited", "rate_limited"})
# "It's possible some aspect of the operation succeeded before the error was raised."
UNSURE = frozenset({"fatal_error", "internal_error"})
TRIGGER_LOST = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})
VIEW_GONE = frozenset({"not_found", "hash_conflict"})
NO_SUCH_PERSON = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
NOT_VISIBLE = frozenset({"channel_not_found", "missing_scope", "not_in_channel"})


def trouble(error: Exception, is_repeatable: bool) -> Trouble:
    """``is_repeatable``: the call may be made twice, so that a lost answer only means asking again."""
    match error:
        case SlackApiError():
            return _answered(error, is_repeatable)
        case ClientConnectorError() | ConnectionTimeoutError():
            return NotNow("unreachable", is_tried=False)
        case _:
            return _lost(type(error).__name__, is_repeatable)


def not_taken(status: int, retry_after: str | None) -> Trouble | None:
    """What an upload's own door answers; None where it took what was brought."""
    if status == 200:
        return None
    if status == 429:
        return NotNow("ratelimited", backoff.asked(retry_after), is_tried=False)
    return NotNow(f"answer {status}") if status >= 500 else Undeliverable(f"answer {status}")


def _answered(error: SlackApiError, is_repeatable: bool) -> Trouble:
    # Where the SDK could not read the body, it hands over the raw response instead of its own.
    answer = error.response
    status = getattr(answer, "status_code", None) or getattr(answer, "status", 0)
    data = getattr(answer, "data", None)
    name = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or name in LIMITED:
        return NotNow("ratelimited", backoff.asked(answer.headers.get("Retry-After")), is_tried=False)
    if name in TENANT_GONE:
        return TenantGone(name)
    if status != 200 or not name or name in UNSURE:
        return _lost(name or f"answer {status}", is_repeatable)
    return NotNow(name) if name in BUSY else Undeliverable(name)


def _lost(reason: str, is_repeatable: bool) -> NotNow | Uncertain:
    return NotNow(reason) if is_repeatable else Uncertain(reason)

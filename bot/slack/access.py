"""`oauth.v2.access`: a token for a code, and another token for one that expires."""

from dataclasses import dataclass, field
from datetime import timedelta

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.delivery import NotNow, TenantGone, Uncertain, Undeliverable
from bot.slack.calling import SILENT, TIMEOUT_SECONDS
from bot.slack.errors import FAILURES, trouble

REFUSED = frozenset({"invalid_refresh_token", "cannot_install_an_org_installed_app", "no_user_token"})


@dataclass(frozen=True, slots=True)
class Renewed:
    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    lifetime: timedelta


@dataclass(frozen=True, slots=True)
class Access:
    """What the app shows of itself: who it is, and its secret."""

    api_url: str
    client_id: str
    client_secret: str = field(repr=False)

    async def granted(self, **data: str) -> AsyncSlackResponse:
        """Raises what the SDK raises."""
        identity = aiohttp.encode_basic_auth(self.client_id, self.client_secret)
        client = AsyncWebClient(base_url=self.api_url, retry_handlers=[], timeout=TIMEOUT_SECONDS, logger=SILENT)
        # Not `oauth_v2_access`: it builds the header with a class that aiohttp is about to remove.
        return await client.api_call("oauth.v2.access", data=data, headers={"Authorization": identity})

    async def renewed(self, refresh_token: str) -> Renewed:
        """Raises TenantGone where Slack refuses what it is to be renewed with, and NotNow for any other trouble."""
        try:
            answer = await self.granted(grant_type="refresh_token", refresh_token=refresh_token)
        except FAILURES as failure:
            met = trouble(failure, is_repeatable=True)
        else:
            return _read(answer)
        match met:
            case TenantGone() | NotNow():
                raise met
            case Undeliverable(reason=reason) if reason in REFUSED:
                raise TenantGone(reason)
            case Undeliverable(reason=reason) | Uncertain(reason=reason):  # our own settings, more likely
                raise NotNow(reason, is_tried=False)


def _read(answer: AsyncSlackResponse) -> Renewed:
    token, refresh, seconds = (answer.get(name) for name in ("access_token", "refresh_token", "expires_in"))
    if not (isinstance(token, str) and isinstance(refresh, str) and isinstance(seconds, int)):
        raise NotNow("half a token", is_tried=False)
    return Renewed(token, refresh, timedelta(seconds=seconds))

"""The only place that talks to Slack's Web API.

Every method takes the tenant first, and raises nothing but NotNow, Undeliverable, Uncertain (what is new only) and
TenantGone; an answer that is no trouble but another case is a value.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.delivery import Message, Place, Uncertain, Undeliverable
from bot.domain.ids import ChannelId, DeliveryId, FileId, MessageTs, TenantId, UserId, is_person
from bot.slack import errors, files, responding, search
from bot.slack.answers import (
    Absent,
    ChannelFacts,
    Found,
    Gone,
    Identity,
    NoSuchPerson,
    NotVisible,
    Opened,
    PersonFacts,
    TooLate,
    Unreadable,
    Updated,
)
from bot.slack.binding import BoundView
from bot.slack.calling import TIMEOUT_SECONDS, AnotherToken, Caller, TokenOf
from bot.slack.silence import Silence

MOST_TEXT = 3000  # Slack itself splits or doubles long ones
VERBATIM: Mapping[str, Any] = {"link_names": False, "parse": "none"}
QUIET: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False}
MOST_QUIET = 50
PAGE, MOST_PAGES = 1000, 20  # of a channel's members
TS = re.compile(r"\d{1,12}\.\d{1,9}")


class Gateway:
    def __init__(
        self,
        api_url: str,
        token_of: TokenOf,
        throttled: Callable[[str], None] = lambda method: None,
        timeout: float = TIMEOUT_SECONDS,
        another_token: AnotherToken | None = None,
    ) -> None:
        """``token_of`` raises TenantGone for a tenant without a token; ``another_token`` is for one that is refused."""
        self._call = Caller(api_url, token_of, throttled, timeout, another_token)
        self.silence = Silence()

    async def start(self) -> None:
        await self._call.start()

    async def close(self) -> None:
        await self._call.close()

    async def post(
        self,
        tenant: TenantId,
        channel: ChannelId,
        message: Message,
        thread: MessageTs | None,
        delivery: DeliveryId,
    ) -> Place:
        """``channel`` may be a person: then the place is the direct message's own channel."""
        answer = await self._call(
            tenant,
            self._call.methods.chat_postMessage,
            is_repeatable=False,
            channel=channel,
            text=message.text[:MOST_TEXT],
            blocks=_blocks(message) or None,
            thread_ts=thread,
            metadata=search.label(delivery),
            **VERBATIM,
            **QUIET,
        )
        shown, ts = str(answer.get("channel")), str(answer.get("ts"))
        if not TS.fullmatch(ts) or (shown != channel and not is_person(channel)):
            raise Uncertain("answered for another message")
        return Place(ChannelId(shown), MessageTs(ts))

    async def edit(self, tenant: TenantId, place: Place, message: Message) -> Place:
        channel = await self._conversation(tenant, place.channel)
        await self._call(
            tenant,
            self._call.methods.chat_update,
            channel=channel,
            ts=place.ts,
            text=message.text[:MOST_TEXT],
            blocks=_blocks(message),
            **VERBATIM,
        )
        return Place(channel, place.ts)

    async def delete(self, tenant: TenantId, place: Place) -> None:
        channel = await self._conversation(tenant, place.channel)
        await self._call(tenant, self._call.methods.chat_delete, channel=channel, ts=place.ts)

    async def ephemeral(
        self,
        tenant: TenantId,
        channel: ChannelId,
        user: UserId,
        message: Message,
        thread: MessageTs | None = None,
    ) -> None:
        await self._call(
            tenant,
            self._call.methods.chat_postEphemeral,
            is_repeatable=False,
            channel=channel,
            user=user,
            text=message.text[:MOST_TEXT],
            blocks=_blocks(message) or None,
            thread_ts=thread,
            **VERBATIM,
        )

    async def upload(self, tenant: TenantId, name: str, content: bytes, alt: str) -> FileId:
        """A picture for blocks: private to the bot, and by now one that a block may name."""
        return await files.upload(self._call, tenant, name, content, alt)

    async def share(self, tenant: TenantId, user: UserId, name: str, content: bytes, title: str) -> FileId:
        """A file for one person, in their direct message with the bot. Like a new message, it may be Uncertain."""
        channel = await self._conversation(tenant, ChannelId(user))
        return await files.share(self._call, tenant, channel, name, content, title)

    async def find_delivery(
        self,
        tenant: TenantId,
        channel: ChannelId,
        thread: MessageTs | None,
        delivery: DeliveryId,
        since: datetime,
        now: datetime,
    ) -> Found | Absent | Unreadable:
        try:
            place = await self._conversation(tenant, channel)
        except Undeliverable as refused:
            return Unreadable(refused.reason)
        return await search.find_delivery(self._call, tenant, place, thread, delivery, since, now)

    async def replace(self, response_url: str, message: Message) -> bool:
        """Puts this in the place of what somebody pressed on; false where Slack does not take it any more."""
        return await responding.replace(self._call.methods.session, response_url, message)

    async def permalink(self, tenant: TenantId, channel: ChannelId, ts: MessageTs) -> str | None:
        """None where the bot cannot see the message."""
        try:
            answer = await self._call(tenant, self._call.methods.chat_getPermalink, channel=channel, message_ts=ts)
        except Undeliverable:
            return None
        return str(answer.get("permalink") or "") or None

    async def join(self, tenant: TenantId, channel: ChannelId) -> None:
        await self._call(tenant, self._call.methods.conversations_join, channel=channel)

    async def open_view(self, tenant: TenantId, trigger_id: str, view: BoundView) -> Opened | TooLate:
        return await self._show(tenant, self._call.methods.views_open, trigger_id, view)

    async def push_view(self, tenant: TenantId, trigger_id: str, view: BoundView) -> Opened | TooLate:
        """On top of the modal in which the button was pressed."""
        return await self._show(tenant, self._call.methods.views_push, trigger_id, view)

    async def _show(self, tenant: TenantId, method: Any, trigger_id: str, view: BoundView) -> Opened | TooLate:
        try:
            answer = await self._call(tenant, method, trigger_id=trigger_id, view=dict(view))
        except Undeliverable as refused:
            if refused.reason in errors.TRIGGER_LOST:
                return TooLate(refused.reason)
            raise
        return Opened(*_view(answer))

    async def update_view(
        self,
        tenant: TenantId,
        view: BoundView,
        *,
        view_id: str | None = None,
        external_id: str | None = None,
        hash: str | None = None,  # noqa: A002  # Slack's own word
    ) -> Updated | Gone:
        try:
            answer = await self._call(
                tenant,
                self._call.methods.views_update,
                view=dict(view),
                view_id=view_id,
                external_id=external_id,
                hash=hash,
            )
        except Undeliverable as refused:
            if refused.reason in errors.VIEW_GONE:
                return Gone(refused.reason)
            raise
        return Updated(_view(answer)[1])

    async def publish_home(
        self,
        tenant: TenantId,
        user: UserId,
        view: Mapping[str, Any],
        *,
        hash: str | None = None,  # noqa: A002  # Slack's own word
    ) -> Updated | Gone:
        """``hash``: of the Home that this one takes the place of; another is left as it is."""
        try:
            answer = await self._call(
                tenant, self._call.methods.views_publish, user_id=user, view=dict(view), hash=hash
            )
        except Undeliverable as refused:
            if refused.reason in errors.VIEW_GONE:
                return Gone(refused.reason)
            raise
        return Updated(_view(answer)[1])

    async def person(self, tenant: TenantId, user: UserId) -> PersonFacts | NoSuchPerson:
        try:
            answer = await self._call(tenant, self._call.methods.users_info, user=user)
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

    async def quiet(self, tenant: TenantId, users: Sequence[UserId], now: datetime) -> Mapping[UserId, datetime]:
        """Who does not want to be disturbed now, and until when. At most fifty people are asked about at once."""
        answer = await self._call(tenant, self._call.methods.dnd_teamInfo, users=list(users[:MOST_QUIET]))
        told: Mapping[str, Any] = answer.get("users") or {}
        return {user: until for user in users if (until := _quiet_until(told.get(user) or {}, now))}

    async def channel(self, tenant: TenantId, channel: ChannelId) -> ChannelFacts | NotVisible:
        try:
            answer = await self._call(tenant, self._call.methods.conversations_info, channel=channel)
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

    async def is_in(self, tenant: TenantId, channel: ChannelId, user: UserId) -> bool:
        """Whether somebody is a member of a channel that the bot sees."""
        cursor = ""
        for _ in range(MOST_PAGES):
            answer = await self._call(
                tenant, self._call.methods.conversations_members, channel=channel, limit=PAGE, cursor=cursor
            )
            if user in (answer.get("members") or []):
                return True
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return False

    async def identity(self, tenant: TenantId) -> Identity:
        told = await self._call(tenant, self._call.methods.auth_test)
        return Identity(
            team_id=str(told.get("team_id") or ""),
            enterprise_id=told.get("enterprise_id"),
            bot_user_id=str(told.get("user_id") or ""),
            bot_id=str(told.get("bot_id") or ""),
            scopes=_scopes(told.headers),
        )

    async def _conversation(self, tenant: TenantId, channel: ChannelId) -> ChannelId:
        """Only a new message may be addressed to a person; everything else wants the direct message's channel."""
        if not is_person(channel):
            return channel
        answer = await self._call(tenant, self._call.methods.conversations_open, users=channel)
        return ChannelId((answer.get("channel") or {}).get("id", ""))


def _blocks(message: Message) -> list[dict[str, Any]]:
    return [dict(block) for block in message.blocks]


def _view(answer: AsyncSlackResponse) -> tuple[str, str]:
    shown: dict[str, Any] = answer.get("view") or {}
    return str(shown.get("id", "")), str(shown.get("hash", ""))


def _scopes(headers: Mapping[str, str]) -> frozenset[str] | None:
    given = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    return None if given is None else frozenset(scope.strip() for scope in given.split(",") if scope.strip())


def _quiet_until(told: Mapping[str, Any], now: datetime) -> datetime | None:
    starts, ends = told.get("next_dnd_start_ts") or 0, told.get("next_dnd_end_ts") or 0
    is_quiet = told.get("dnd_enabled") and starts <= now.timestamp() < ends
    return datetime.fromtimestamp(ends, UTC) if is_quiet else None

"""The only place that talks to Slack's Web API.

Every method takes the tenant first, and raises nothing but NotNow, Undeliverable, Uncertain (what is new only) and
TenantGone; an answer that is no trouble but another case is a value.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.delivery import Message, Place, Uncertain, Undeliverable
from bot.domain.ids import ChannelId, DeliveryId, FileId, MessageTs, TenantId, UserId, is_person
from bot.slack import facts, files, responding, screens, search
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
        return await screens.show(self._call, tenant, self._call.methods.views_open, trigger_id, view)

    async def push_view(self, tenant: TenantId, trigger_id: str, view: BoundView) -> Opened | TooLate:
        """On top of the modal in which the button was pressed."""
        return await screens.show(self._call, tenant, self._call.methods.views_push, trigger_id, view)

    async def update_view(
        self,
        tenant: TenantId,
        view: BoundView,
        *,
        view_id: str | None = None,
        external_id: str | None = None,
        hash: str | None = None,  # noqa: A002  # Slack's own word
    ) -> Updated | Gone:
        return await screens.change(
            self._call,
            tenant,
            self._call.methods.views_update,
            view,
            view_id=view_id,
            external_id=external_id,
            hash=hash,
        )

    async def publish_home(
        self,
        tenant: TenantId,
        user: UserId,
        view: Mapping[str, Any],
        *,
        hash: str | None = None,  # noqa: A002  # Slack's own word
    ) -> Updated | Gone:
        """``hash``: of the Home that this one takes the place of; another is left as it is."""
        return await screens.change(self._call, tenant, self._call.methods.views_publish, view, user_id=user, hash=hash)

    async def person(self, tenant: TenantId, user: UserId) -> PersonFacts | NoSuchPerson:
        return await facts.person(self._call, tenant, user)

    async def quiet(self, tenant: TenantId, users: Sequence[UserId], now: datetime) -> Mapping[UserId, datetime]:
        """Who does not want to be disturbed now, and until when. At most fifty people are asked about at once."""
        return await facts.quiet(self._call, tenant, users, now)

    async def channel(self, tenant: TenantId, channel: ChannelId) -> ChannelFacts | NotVisible:
        return await facts.channel(self._call, tenant, channel)

    async def is_in(self, tenant: TenantId, channel: ChannelId, user: UserId) -> bool:
        """Whether somebody is a member of a channel that the bot sees."""
        return await facts.is_in(self._call, tenant, channel, user)

    async def identity(self, tenant: TenantId) -> Identity:
        return await facts.identity(self._call, tenant)

    async def _conversation(self, tenant: TenantId, channel: ChannelId) -> ChannelId:
        """Only a new message may be addressed to a person; everything else wants the direct message's channel."""
        if not is_person(channel):
            return channel
        answer = await self._call(tenant, self._call.methods.conversations_open, users=channel)
        return ChannelId((answer.get("channel") or {}).get("id", ""))


def _blocks(message: Message) -> list[dict[str, Any]]:
    return [dict(block) for block in message.blocks]

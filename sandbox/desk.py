"""What every person's screen has in common: the workspace behind it, the way to the app, and what its answers do."""

from typing import Any

from sandbox import drawing, hearing, payloads
from sandbox.filling import Filling
from sandbox.outcomes import Submission, trouble_of
from sandbox.responses import Responses
from sandbox.sender import Sender, Sent
from sandbox.values import FAMILIES, Channel, Impossible, Json, Kind, Message, Refused, User
from sandbox.views import Screens, View
from sandbox.workspace import Workspace

CHANNEL_TYPES = {Kind.PUBLIC: "channel", Kind.PRIVATE: "group", Kind.DIRECT: "im"}


class Desk:
    def __init__(self, workspace: Workspace, screens: Screens, sender: Sender, responses: Responses) -> None:
        self.workspace = workspace
        self.screens = screens
        self.sender = sender
        self.responses = responses

    def filling(self, user: str) -> Filling:
        return Filling(self.workspace, user)

    def current(self, user: str, message: Message) -> Message:
        """The message as it is shown now."""
        if message.ephemeral_for not in (None, user):
            raise Impossible(f"{user} does not see what is for {message.ephemeral_for}")
        if message.ephemeral_for:
            kept = self.workspace.find_ephemeral(message.ts)
        else:
            kept = self.workspace.find(message.channel, message.ts)
            channel = self.workspace.channels.get(message.channel)
            if channel is None or user not in channel.members:
                raise Impossible(f"{user} is not in {message.channel}")
        if kept is None or kept.subtype == "tombstone":
            raise Impossible("the message is gone")
        return kept

    def settle(self, view: View, sent: Sent) -> Submission:
        """Do what the answer to a submission asks for."""
        errors: dict[str, str] = {}
        trouble = trouble_of(sent)
        if not trouble:
            try:
                errors = self._obey(view, sent)
            except Refused as refusal:
                notes = refusal.details.get("response_metadata", {}).get("messages", [])
                self.workspace.complain(refusal.error, f"answer to {view.callback_id}: {'; '.join(notes)}")
                trouble = "dispatch_failed"
        return Submission(sent.status, errors, self.screens.top(view.user), trouble)

    def _obey(self, view: View, sent: Sent) -> dict[str, str]:
        if not sent.answer.strip():
            self.screens.pop(view.user)
            return {}
        match sent.json():
            case {"response_action": "errors", "errors": dict(errors)}:
                return _beside_inputs(view, errors)
            case {"response_action": "update", "view": dict(spec)}:
                self.screens.update(spec, view.id)
            case {"response_action": "push", "view": dict(spec)}:
                self.screens.push_answer(view.user, spec)
            case {"response_action": "clear"}:
                self.screens.clear(view.user)
            case {} as nothing if not nothing:
                self.screens.pop(view.user)
            case _:
                raise Refused("invalid_response_action", response_metadata={"messages": [repr(sent.answer[:200])]})
        return {}

    async def event(self, inner: Json, channel: Channel | None = None) -> Sent:
        return await self.sender.event(payloads.event(self.workspace, inner, channel))

    def hears(self, channel: Channel) -> bool:
        """Whether the app listens to messages of this kind of channel, and is in it."""
        app = self.workspace.app
        return hearing.told(app, f"message.{FAMILIES[channel.kind]}", channel) and app.bot_user in channel.members

    async def told_of(self, after: Message | None, before: Message | None) -> None:
        """A message is new, changed or gone."""
        message = after or before
        if message is None or not self.hears(self.workspace.channels[message.channel]):
            return
        channel = self.workspace.channels[message.channel]
        drawn = drawing.message(self.workspace, message)
        earlier = drawing.message(self.workspace, before) if before else {}
        stamp = self.workspace.next_ts()
        hidden: Json = {"type": "message", "hidden": True, "ts": stamp, "previous_message": earlier}
        if after is None:
            drawn = hidden | {"subtype": "message_deleted", "deleted_ts": message.ts}
        elif before is not None:
            drawn = hidden | {"subtype": "message_changed", "message": drawn}
        where = {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind], "event_ts": stamp}
        await self.event(drawn | where, channel)

    async def mentioned_in(self, message: Message) -> None:
        """Somebody calls the app by its name where it is: it is told so, besides being told of the message."""
        channel, app = self.workspace.channels[message.channel], self.workspace.app
        called = f"<@{app.bot_user}>" in message.text and channel.kind is not Kind.DIRECT
        if called and app.bot_user in channel.members and hearing.told(app, "app_mention", channel):
            drawn = drawing.message(self.workspace, message)
            await self.event(drawn | {"type": "app_mention", "channel": channel.id, "event_ts": message.ts}, channel)

    async def home_opened(self, user: User, direct: Channel, tab: str, shown: View | None) -> None:
        if not self.workspace.app.listens_to("app_home_opened"):
            return
        inner: Json = {"type": "app_home_opened", "user": user.id, "channel": direct.id, "tab": tab,
                       "event_ts": f"{self.workspace.clock.now():.6f}"}  # fmt: skip
        if shown:
            inner["view"] = drawing.view(self.workspace, shown)
        await self.event(inner)


def _beside_inputs(view: View, errors: dict[str, Any]) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    strange = sorted(set(errors) - inputs)
    if strange or not errors:
        note = f"errors must name input blocks of the view, not {strange}"
        raise Refused("invalid_response_action", response_metadata={"messages": [note]})
    return {block_id: str(error) for block_id, error in errors.items()}

"""A person at their screen: types commands, fills in modals, presses buttons, says things."""

import uuid
from collections.abc import Mapping
from typing import Any

from sandbox import payloads
from sandbox.desk import Desk
from sandbox.filling import missing, option_named
from sandbox.finding import field_of, holding, pressable
from sandbox.outcomes import Reply, Submission, said, trouble_of
from sandbox.sender import Sent
from sandbox.state import SLOTS, State, seeded
from sandbox.values import Channel, Impossible, Json, Message, Refused, User
from sandbox.views import View


class Person:
    """Does only what the official client would allow."""

    def __init__(self, desk: Desk, user_id: str) -> None:
        self._desk = desk
        self.id = user_id

    @property
    def user(self) -> User:
        return self._desk.workspace.active_user(self.id)

    def _channel(self, channel_id: str) -> Channel:
        if channel_id == f"D_{self.id}":  # the conversation with the app is always there
            return self._desk.workspace.direct(self.id)
        channel = self._desk.workspace.channels.get(channel_id)
        if channel is None or self.id not in channel.members:
            raise Impossible(f"{self.id} is not in {channel_id}")
        if channel.archived:
            raise Impossible(f"{channel_id} is archived")
        return channel

    async def command(self, name: str, text: str = "", channel: str = "C_PAY") -> Reply:
        user, place = self.user, self._channel(channel)
        known = [each["command"] for each in self._desk.workspace.app.commands]
        if known and name not in known:
            raise Impossible(f"{name} is not a command here; there are {known}")
        before = self._desk.screens.top(self.id)
        address = self._desk.responses.address(self.id, channel)
        trigger = self._desk.screens.trigger(self.id)
        sent = await self._desk.sender.command(
            payloads.command(self._desk.workspace, user, place, name, text, trigger, address)
        )
        return self._replied(sent, before, channel)

    def _replied(self, sent: Sent, before: View | None, channel: str) -> Reply:
        top = self._desk.screens.top(self.id)
        view = top if top != before else None
        answer = said(sent)
        if not answer:
            return Reply(sent.status, view=view, trouble=trouble_of(sent))
        try:
            message = self._desk.responses.show(self.id, channel, answer)
        except Refused as refusal:
            self._desk.workspace.complain(refusal.error, f"answer to a command: {refusal.details.get('errors', '')}")
            return Reply(sent.status, view=view, trouble="dispatch_failed")
        text, blocks = (message.text, message.blocks) if message else ("", ())
        return Reply(sent.status, text, blocks, view, message)

    def _on_screen(self, view: View) -> View:
        current = self._desk.screens.get(view.id)
        if current is None or (not current.is_home and current != self._desk.screens.top(self.id)):
            raise Impossible(f"{view.title or view.id} is not on top of {self.id}'s screen")
        return current

    def type(self, view: View, values: Mapping[str, Any]) -> View:
        """Fill in fields without sending anything."""
        current = self._on_screen(view)
        state: State = {block_id: dict(fields) for block_id, fields in current.state.items()}
        for block_id, value in values.items():
            element = field_of(current, block_id)
            state[block_id][element["action_id"]] = self._desk.filling(self.id).fill(element, value)
        return self._desk.screens.hold(current, state)

    def fill(self, view: View, values: Mapping[str, Any]) -> dict[str, str]:
        """Fill in whatever can be; what cannot, and what is missing, is told by its block."""
        problems: dict[str, str] = {}
        for block_id, value in values.items():
            try:
                self.type(view, {block_id: value})
            except Impossible as no:
                problems[block_id] = str(no)
        current = self._on_screen(view)
        for block_id in missing(current.blocks, current.state):
            problems.setdefault(block_id, "")
        return problems

    async def submit(
        self,
        view: View,
        values: Mapping[str, Any] | None = None,
        raw_state: State | None = None,
        force: bool = False,
    ) -> Submission:
        """`force` sends what the client would not; `raw_state` replaces the whole state, as an attacker would."""
        current = self.type(view, values or {})
        if not current.spec.get("submit"):
            raise Impossible("this modal has no button to submit it")
        empty = missing(current.blocks, current.state)
        if raw_state is not None:
            current = self._desk.screens.hold(current, raw_state)
        elif empty and not force:
            raise Impossible(f"please complete the required fields: {', '.join(empty)}")
        trigger = self._desk.screens.trigger(self.id, current.id)
        payload = payloads.submission(self._desk.workspace, self.user, current, trigger)
        return self._desk.settle(current, await self._desk.sender.interaction(payload))

    async def close(self, view: View, everything: bool = False) -> None:
        """By its close button, or `everything` by the cross in the corner."""
        current = self._on_screen(view)
        told = self._desk.screens.stack(self.id)[0] if everything else current
        if everything or current.spec.get("clear_on_close"):
            self._desk.screens.clear(self.id)
        else:
            self._desk.screens.pop(self.id)
        if told.spec.get("notify_on_close"):
            payload = payloads.closed(self._desk.workspace, self.user, told, everything)
            await self._desk.sender.interaction(payload)

    async def press(
        self,
        where: Message | View,
        action_id: str = "",
        text: str = "",
        block_id: str = "",
        option: Any = None,
    ) -> Reply:
        """A button, or a choice in anything else that acts at once."""
        shown = self._on_screen(where) if isinstance(where, View) else self._desk.current(self.id, where)
        block, element = pressable(shown.blocks, action_id, text, block_id)
        action, held = self._action(block, element, option)
        before = self._desk.screens.top(self.id)
        if isinstance(shown, View):
            payload = self._press_in_view(shown, action, held)
        else:
            state = holding(seeded(list(shown.blocks)), action, held)
            trigger = self._desk.screens.trigger(self.id)
            address = self._desk.responses.address(self.id, shown.channel, shown)
            workspace = self._desk.workspace
            payload = payloads.pressed_in_message(workspace, self.user, shown, action, state, trigger, address)
        sent = await self._desk.sender.interaction(payload)
        top = self._desk.screens.top(self.id)
        return Reply(sent.status, view=top if top != before else None, trouble=trouble_of(sent))

    def _press_in_view(self, shown: View, action: Json, held: Json | None) -> Json:
        current = self._desk.screens.hold(shown, holding(shown.state, action, held))
        trigger = self._desk.screens.trigger(self.id, None if current.is_home else current.id)
        return payloads.pressed_in_view(self._desk.workspace, self.user, current, action, trigger)

    def _action(self, block: Json, element: Json, option: Any) -> tuple[Json, Json | None]:
        """What is told of the press, and what the field holds after it."""
        if block["type"] == "input" and not block.get("dispatch_action"):
            raise Impossible("this field sends nothing before the modal is submitted")
        named = {"action_id": element["action_id"], "block_id": block["block_id"]}
        stamp = {"action_ts": f"{self._desk.workspace.clock.now():.6f}"}
        kind = element["type"]
        if kind in SLOTS:
            held = self._desk.filling(self.id).fill(element, option)
            return held | named | stamp, held
        if kind == "overflow":
            chosen = option_named(element, str(option))
            return {"type": kind, "selected_option": chosen, **named, **stamp}, None
        told: Json = {name: element[name] for name in ("text", "value", "style", "url") if name in element}
        return {"type": kind, **named, **told, **stamp}, None

    async def search(self, where: Message | View, action_id: str, query: str, block_id: str = "") -> list[Json]:
        """What an external select offers for these letters: options, or groups of them."""
        shown = self._on_screen(where) if isinstance(where, View) else self._desk.current(self.id, where)
        block, element = pressable(shown.blocks, action_id, block_id=block_id)
        payload = payloads.suggestion(
            self._desk.workspace, self.user, shown, block["block_id"], element["action_id"], query
        )
        answer = (await self._desk.sender.interaction(payload)).json()
        told: Json = answer if isinstance(answer, dict) else {}
        offered: list[Json] = told.get("options") or told.get("option_groups") or []
        return offered

    async def say(self, channel: str, text: str, thread: str | None = None) -> Message:
        """A message of their own; the app is told where it listens."""
        place, workspace = self._channel(channel), self._desk.workspace
        own_id, steady, stamp = str(uuid.uuid4()), workspace.clock.steady(), workspace.next_ts()
        message = workspace.keep(
            Message(place.id, stamp, self.user.id, text, thread_ts=thread, client_msg_id=own_id, posted=steady)
        )
        await self._desk.told_of(message, None)
        await self._desk.mentioned_in(message)
        return message

    def dismiss(self, message: Message) -> None:
        """Only what nobody else sees can be made to go away."""
        if message.ephemeral_for != self.id:
            raise Impossible("only a message that nobody else sees can be dismissed")
        self._desk.workspace.drop(message)

    async def open_home(self, tab: str = "home") -> View | None:
        """The app's own page; what it shows is what was published last."""
        direct = self._desk.workspace.direct(self.user.id)
        shown = self._desk.screens.home(self.id)
        await self._desk.home_opened(self.user, direct, tab, shown)
        return self._desk.screens.home(self.id)

    def _shortcut(self, kind: str, callback_id: str) -> str:
        offered = {each["callback_id"] for each in self._desk.workspace.app.shortcuts if each["type"] == kind}
        if self._desk.workspace.app.shortcuts and callback_id not in offered:
            raise Impossible(f"there is no {kind} shortcut {callback_id!r}; there are {sorted(offered)}")
        return callback_id

    async def message_shortcut(self, message: Message, callback_id: str) -> Reply:
        """From the menu of a message that they can see; one that nobody else sees has none."""
        message, callback_id = self._desk.current(self.id, message), self._shortcut("message", callback_id)
        if message.ephemeral_for:
            raise Impossible("a message that nobody else sees has no shortcuts")
        before = self._desk.screens.top(self.id)
        trigger = self._desk.screens.trigger(self.id)
        address = self._desk.responses.address(self.id, message.channel, message)
        payload = payloads.message_shortcut(self._desk.workspace, self.user, message, callback_id, trigger, address)
        return self._replied(await self._desk.sender.interaction(payload), before, message.channel)

    async def global_shortcut(self, callback_id: str) -> Reply:
        callback_id = self._shortcut("global", callback_id)
        before = self._desk.screens.top(self.id)
        trigger = self._desk.screens.trigger(self.id)
        payload = payloads.global_shortcut(self._desk.workspace, self.user, callback_id, trigger)
        sent = await self._desk.sender.interaction(payload)
        top = self._desk.screens.top(self.id)
        return Reply(sent.status, view=top if top != before else None, trouble=trouble_of(sent))

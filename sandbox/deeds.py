"""What a person does, over HTTP: one name per deed, each with the fields that it takes."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from sandbox import encoding
from sandbox.person import Person
from sandbox.standin import SlackStandIn
from sandbox.values import Impossible, Json, Message
from sandbox.views import View

Deed: TypeAlias = Callable[[Person, Json], Awaitable[Any]]


class Deeds:
    """Reads what is meant out of JSON, lets the person do it, and tells the outcome as JSON."""

    def __init__(self, slack: SlackStandIn) -> None:
        self._slack = slack
        self._workspace = slack.workspace
        self.table: Mapping[str, Deed] = {
            "command": self._command,
            "submit": self._submit,
            "type": self._type,
            "fill": self._fill,
            "press": self._press,
            "close": self._close,
            "say": self._say,
            "direct": self._direct,
            "dismiss": self._dismiss,
            "home": self._home,
            "search": self._search,
            "message_shortcut": self._message_shortcut,
            "global_shortcut": self._global_shortcut,
        }

    async def _command(self, person: Person, given: Json) -> Json:
        return encoding.reply(self._workspace, await person.command(**given))

    async def _submit(self, person: Person, given: Json) -> Json:
        return encoding.submission(self._workspace, await person.submit(self._view(given), **given))

    async def _type(self, person: Person, given: Json) -> Json | None:
        return encoding.view(self._workspace, person.type(self._view(given), **given))

    async def _fill(self, person: Person, given: Json) -> Json:
        return {"problems": person.fill(self._view(given), **given)}

    async def _press(self, person: Person, given: Json) -> Json:
        return encoding.reply(self._workspace, await person.press(self._place(given), **given))

    async def _close(self, person: Person, given: Json) -> Json | None:
        await person.close(self._view(given), **given)
        return encoding.view(self._workspace, self._slack.screen(person.id))

    async def _say(self, person: Person, given: Json) -> Json:
        return encoding.message(self._workspace, await person.say(**given))

    async def _direct(self, person: Person, given: Json) -> Json:
        return encoding.channel(self._workspace.between(person.user.id, given["other"]))

    async def _dismiss(self, person: Person, given: Json) -> None:
        person.dismiss(self._message(given))

    async def _home(self, person: Person, given: Json) -> Json | None:
        return encoding.view(self._workspace, await person.open_home(**given))

    async def _search(self, person: Person, given: Json) -> list[Json]:
        return await person.search(self._place(given), **given)

    async def _message_shortcut(self, person: Person, given: Json) -> Json:
        return encoding.reply(self._workspace, await person.message_shortcut(self._message(given), **given))

    async def _global_shortcut(self, person: Person, given: Json) -> Json:
        return encoding.reply(self._workspace, await person.global_shortcut(**given))

    def _place(self, given: Json) -> View | Message:
        return self._view(given) if "view" in given else self._message(given)

    def _view(self, given: Json) -> View:
        view = self._slack.screens.get(given.pop("view"))
        if view is None:
            raise Impossible("this view is not on any screen")
        return view

    def _message(self, given: Json) -> Message:
        channel, ts = given.pop("channel"), given.pop("ts")
        message = self._workspace.find(channel, ts) or self._workspace.find_ephemeral(ts)
        if message is None:
            raise Impossible("there is no such message")
        return message

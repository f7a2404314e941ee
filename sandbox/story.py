"""Makes the workspace look lived in: people use the app at earlier times, through their own screens, as always."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, groupby
from pathlib import Path
from typing import Any

import yaml

from sandbox.child import Child
from sandbox.limits import elements_of
from sandbox.person import Person
from sandbox.standin import SlackStandIn
from sandbox.travel import Travel
from sandbox.values import Json, Message
from sandbox.views import View

SCENES = Path(__file__).with_name("story.yaml")
MOST_SECONDS = 30.0
MOST_FORMS = 12
FRIDAY = 5
HOUR = 14  # UTC


class Form:
    """Fills in whatever a modal asks, without knowing what it is about."""

    def __init__(self, scene: Json, today: datetime) -> None:
        self._numbers: Json = scene.get("numbers", {})
        self._levels = cycle(scene.get("levels", [0]))
        self._takes = int(scene.get("take", 0))
        self._owners, self._dues = cycle(scene.get("owners", [scene["who"]])), cycle(scene.get("due", [30]))
        self._today = today
        self._taken = False
        self._first = False  # after a number it is asked how good it is: the first answer

    def values(self, view: View) -> dict[str, Any]:
        return {
            block["block_id"]: value
            for block in view.blocks
            if block["type"] == "input" and (value := self._value(block, block["element"])) is not None
        }

    def _value(self, block: Json, element: Json) -> Any:
        label = block["label"]["text"].lower()
        match element["type"]:
            case "radio_buttons":
                return self._choice(element["options"])
            case "plain_text_input" | "number_input":
                number = next((str(number) for word, number in self._numbers.items() if word in label), None)
                self._first = number is not None
                return number
            case "checkboxes":
                self._taken, self._takes = self._takes > 0, self._takes - 1
                return [element["options"][0]["value"]] if self._taken else []
            case "users_select":
                return next(self._owners) if self._taken else None
            case "datepicker":
                due = self._today + timedelta(days=next(self._dues) if self._taken else 0)
                return due.date().isoformat() if self._taken else None
            case _:
                return None

    def _choice(self, options: list[Json]) -> str:
        if self._first:
            self._first = False
            return str(options[0]["value"])
        return str(options[min(next(self._levels), len(options) - 1)]["value"])


class Story:
    def __init__(self, slack: SlackStandIn) -> None:
        self._slack = slack

    async def tell(self, scene: Json) -> None:
        """One person does one thing, and the app has time to answer."""
        person, before = self._slack.person(scene["who"]), self._said(scene)
        if "say" in scene:
            await person.say(scene["in"], scene["say"])
        if "do" in scene:
            command = str(self._slack.app.commands[0]["command"])
            await person.command(command, scene["do"], scene["in"])
            await self._answer(person, scene)
        if "press" in scene:
            await self._press(person, scene)
        with suppress(TimeoutError):  # then it keeps silent: the story goes on
            await self._slack.until(lambda: self._said(scene) >= before + scene.get("hears", 0), MOST_SECONDS)

    async def _press(self, person: Person, scene: Json) -> None:
        """The app may have been stopped before it had posted everything, and posts the rest now."""
        with suppress(TimeoutError):
            message = await self._slack.until(lambda: self._with_button(scene), MOST_SECONDS)
            assert message is not None
            await person.press(message, text=scene["press"])

    async def _answer(self, person: Person, scene: Json) -> None:
        """One modal after the other, until there is nothing more to submit."""
        form = Form(scene, datetime.fromtimestamp(self._slack.clock.now(), UTC))
        view = await self._asked(person)
        for _ in range(MOST_FORMS):
            if view is None or not view.spec.get("submit"):
                break
            outcome = await person.submit(view, form.values(view))
            if outcome.errors or outcome.trouble:
                raise RuntimeError(f"{view.title}: {outcome.errors or outcome.trouble}")
            view = outcome.view
        if view := self._slack.screen(person.id):
            await person.close(view, everything=True)

    def _said(self, scene: Json) -> int:
        return sum(message.by_app for message in self._slack.messages(scene["in"]))

    async def _asked(self, person: Person) -> View | None:
        """The modal as soon as it asks something: some apps open an empty one first."""
        try:
            return await self._slack.until(lambda: _asks(self._slack.screen(person.id)), 2)
        except TimeoutError:
            return None

    def _with_button(self, scene: Json) -> Message | None:
        """The newest that speaks to this person."""
        for message in reversed(self._slack.messages(scene["in"])):
            if f"<@{scene['who']}>" in message.text and scene["press"] in _buttons(message):
                return message
        return None


def _asks(view: View | None) -> View | None:
    return view if view and view.spec.get("submit") else None


def _buttons(message: Message) -> Iterator[str]:
    for block in message.blocks:
        for element in elements_of(block):
            if element["type"] == "button":
                yield element["text"]["text"]


async def play(slack: SlackStandIn, child: Child, travel: Travel) -> None:
    """From the oldest scene to today; the limit on messages does not hold meanwhile."""
    scenes: list[Json] = yaml.safe_load(SCENES.read_text(encoding="utf-8"))["scenes"]
    burst = slack.rates.burst
    slack.rates.burst = 0
    today = slack.clock.now()
    slack.clock.advance(_moment(today, scenes[0]) - today)
    await child.start(slack.clock.offset)
    for moment, together in groupby(scenes, partial(_moment, today)):
        if wait := moment - today - slack.clock.offset:
            await travel.by(wait)
        await _one_day(slack, list(together))
    await travel.by(-slack.clock.offset)
    slack.rates.burst = burst


def _moment(today: float, scene: Json) -> float:
    """On a working day, while people on both sides of the Atlantic work: then the app is used, and speaks to them."""
    day = datetime.fromtimestamp(today, UTC) - timedelta(days=scene["ago"])
    day += timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() > FRIDAY else 0)
    return day.replace(hour=scene.get("at", HOUR), minute=30, second=0, microsecond=0).timestamp()


async def _one_day(slack: SlackStandIn, scenes: list[Json]) -> None:
    """What happens in one channel happens in turn, the channels side by side."""
    story, day = Story(slack), datetime.fromtimestamp(slack.clock.now(), UTC)
    for scene in scenes:
        print(f"  {day:%d %b %Y}  {_told(slack, scene)}", flush=True)

    async def channel(name: str) -> None:
        for scene in scenes:
            if scene["in"] == name:
                await story.tell(scene)

    await asyncio.gather(*(channel(name) for name in {scene["in"] for scene in scenes}))


def _told(slack: SlackStandIn, scene: Json) -> str:
    who, where = slack.workspace.users[scene["who"]].real_name, slack.workspace.channels[scene["in"]].name
    return f"{who} in #{where}: {scene.get('say') or scene.get('press') or slack.app.commands[0]['command']}"

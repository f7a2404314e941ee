"""An assessment as a person walks through it: which options they pick, and the whole way to the result."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.model import Form, MaturityModel
from sandbox.person import Person
from sandbox.values import Message
from sandbox.views import View
from tests.flows.world import MODELS, World

MODEL: MaturityModel = MODELS.latest
STEPS = [step.id for step in MODEL.scored_steps]

Values = dict[str, Any]


def answers(step: str, level: int | str, form: Form = Form.FULL, **other: str) -> Values:
    """The same level, or "unknown", for every question of a step, except for ``other``."""
    asked = MODEL.questions_of(next(known for known in MODEL.steps if known.id == step), form)
    return {question.id: str(level) for question in asked} | other


def numbers(allocation: str | None, variance: str | None, source: str = "measured") -> dict[str, Values]:
    """The benchmark numbers, by the step that asks for each."""
    return {
        "governance": _number("b_allocation", allocation, source),
        "process": _number("b_forecast", variance, source),
    }


def _number(benchmark: str, typed: str | None, source: str) -> Values:
    if typed is None:
        return {f"{benchmark}.source": "unknown"}
    return {benchmark: typed, f"{benchmark}.source": source}


CRAWL, WALK, RUN = numbers("30", "40"), numbers("85", "14"), numbers("95", "8")
NOT_KNOWN = numbers(None, None)


def own(place: int, title: str, owner: str | None = "U_ADA", due: date | None = None) -> Values:
    """One's own action point on the form of step 5."""
    return {f"title.own.{place}": title, f"owner.own.{place}": owner, f"due.own.{place}": due}


async def opened(world: World, person: Person, channel: str = "C_PAY", user: str = "U_ADA") -> View:
    """The command typed in a channel, and the modal that it opens."""
    before = world.slack.screen(user)
    reply = await person.command("/finops-assess", channel=channel)
    assert reply.status == 200
    await world.answered()
    view = world.slack.screen(user)
    assert view is not None
    assert view != before
    return view


async def turned(world: World, person: Person, view: View, text: str = "", **what: str) -> View:
    """A button, or a choice, that has the view replaced; what it shows then."""
    assert (await person.press(view, text=text, **what)).status == 200
    await world.answered()
    after = world.slack.screen(person.id)
    assert after is not None
    assert after.hash != view.hash
    return after


async def answered(
    person: Person, view: View, level: int | str, measures: Mapping[str, Values], steps: list[Any] = STEPS
) -> View:
    """Some steps, all of 1 to 4 as a rule, with the same level everywhere; the view that follows."""
    for step in steps:
        submission = await person.submit(view, answers(step, level) | measures.get(step, {}))
        assert not submission.errors, submission.errors
        assert submission.view is not None
        view = submission.view
    return view


async def assessed(
    world: World,
    level: int | str,
    measures: Mapping[str, Values],
    *,
    channel: str = "C_PAY",
    user: str = "U_ADA",
    plan: Values | None = None,
) -> View:
    """A whole assessment, to the last view of the modal, with everything that follows already posted."""
    person = world.slack.person(user)
    view = await answered(person, await opened(world, person, channel, user), level, measures)
    finished = await person.submit(view, plan or {})
    assert not finished.errors, finished.errors
    assert finished.view is not None
    await person.close(finished.view)
    await world.settle()
    return finished.view


async def agreed(
    world: World, due: date | None, owner: str | None = "U_ADA", title: str = "Label the disks", user: str = "U_ADA"
) -> Message:
    """A mature team, to which nothing is proposed, takes on one action point of its own; its card."""
    await assessed(world, 3, RUN, user=user, plan=own(1, title, owner, due))
    return card_of(world, title)


def card_of(world: World, title: str, channel: str = "C_PAY") -> Message:
    """The card as it is shown now."""
    return next(kept for kept in cards(world, channel) if title in kept.text)


def cards(world: World, channel: str = "C_PAY") -> list[Message]:
    """What is posted in a channel beside results and stages."""
    return [kept for kept in posts(world, channel) if kept.text.startswith("A-")]


def posts(world: World, channel: str = "C_PAY") -> list[Message]:
    """Everything but replies in threads."""
    return [kept for kept in world.slack.messages(channel) if not kept.is_reply]


def replies(world: World, parent: Message) -> list[Message]:
    """What stands in a message's thread."""
    return [kept for kept in world.slack.messages(parent.channel, parent.ts) if kept.is_reply]

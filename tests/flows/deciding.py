"""What becomes of an action point, as a person does it: a button, and the form that it opens."""

from datetime import date, timedelta

from sandbox.person import Person
from sandbox.values import Message
from sandbox.views import View
from tests.flows.assessment import replies
from tests.flows.looking import buttons, shown
from tests.flows.times import PARIS, at
from tests.flows.world import World


async def chosen(person: Person, message: Message, text: str) -> None:
    """A button, or a choice behind the dots."""
    if text in buttons(message):
        await person.press(message, text=text)
    else:
        await person.press(message, action_id="action.more", option=text)


async def form(world: World, person: Person, message: Message, text: str) -> View:
    """The form that a button, or a choice behind the dots, opens."""
    before = world.slack.screen(person.id)
    await chosen(person, now(world, message), text)
    await world.answered()
    view = world.slack.screen(person.id)
    assert view is not None
    assert view != before
    return view


async def pressed(world: World, person: Person, message: Message, text: str) -> None:
    """A button that needs no form, with everything that follows."""
    await chosen(person, now(world, message), text)
    await world.settle()


def now(world: World, message: Message) -> Message:
    """The message as it is shown now; what only one person sees is as it was."""
    return world.slack.workspace.find(message.channel, message.ts) or message


async def dated(world: World, person: Person, card: Message, due: date) -> None:
    view = await form(world, person, card, "Change date")
    assert not (await person.submit(view, {"day": due})).errors
    await world.settle()


async def handed(world: World, person: Person, card: Message, owner: str) -> None:
    text = "Assign" if "Assign" in buttons(now(world, card)) else "Hand over"
    view = await form(world, person, card, text)
    assert not (await person.submit(view, {"owner": owner})).errors
    await world.settle()


async def snoozed(world: World, person: Person, card: Message, choice: str) -> None:
    view = await form(world, person, card, "Snooze")
    assert not (await person.submit(view, {"when": choice})).errors
    await world.settle()


async def dropped(world: World, person: Person, card: Message, reason: str) -> None:
    view = await form(world, person, card, "Not doing this")
    assert not (await person.submit(view, {"reason": reason})).errors
    await world.settle()


async def decided(world: World, person: Person, listed: Message, choice: str) -> View | None:
    """The list's form, and the one that it leads to; None where nothing more is asked."""
    view = await form(world, person, listed, "Decide")
    submission = await person.submit(view, {"choice": choice})
    assert not submission.errors
    await world.settle()
    return submission.view and shown(submission)


async def morning(world: World, day: date, zone: str = PARIS) -> None:
    """To the end of the slot in which people are written to on that day."""
    await world.until(at(day, "09:51", zone))


async def said_on(world: World, card: Message, day: date, zone: str = PARIS) -> list[str]:
    """What was said in the card's thread in that day's slot; outside it nothing may be said."""
    await world.until(at(day, "09:29", zone))
    before = replies(world, card)
    await morning(world, day, zone)
    said = replies(world, card)[len(before) :]
    await world.until(at(day, "09:51", zone) + timedelta(hours=5))
    assert len(replies(world, card)) == len(before) + len(said)
    return [kept.text for kept in said]

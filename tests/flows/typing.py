"""What is said in words: typed behind the command, or to the bot by its name in a channel or thread."""

from sandbox.outcomes import Reply
from sandbox.person import Person
from sandbox.values import Json, Message
from tests.flows.world import World

COMMAND = "/finops-assess"


async def typed(world: World, person: Person, text: str, channel: str = "C_PAY") -> Message:
    """The command, and the answer that only they see; everything that follows has happened."""
    reply = await person.command(COMMAND, text, channel)
    assert not reply.trouble, reply.trouble
    await world.settle()
    assert reply.message is not None, f"{text}: no answer"
    return reply.message


async def opened_by(world: World, person: Person, text: str, channel: str = "C_PAY") -> Reply:
    """The command where it is answered by a form."""
    reply = await person.command(COMMAND, text, channel)
    assert not reply.trouble, reply.trouble
    await world.settle()
    return reply


async def called(
    world: World, person: Person, text: str, thread: Message | None = None, channel: str = "C_PAY"
) -> Message:
    """The bot by its name; the answer, which only they see."""
    before = len(world.slack.ephemerals(person.id))
    await person.say(channel, f"<@{world.slack.app.bot_user}> {text}", thread.ts if thread else None)
    await world.settle()
    answered = world.slack.ephemerals(person.id)[before:]
    assert len(answered) == 1, [message.text for message in answered]
    return answered[0]


async def resent(world: World, what: str) -> None:
    """The newest command, mention or submission arrives once more, byte for byte, with everything that follows."""
    places = [place for place, sent in enumerate(world.slack.sent) if what in _names(sent.payload)]
    await world.slack.resend(places[-1])
    await world.settle()


def _names(payload: Json) -> set[str]:
    event = payload.get("event") or {}
    return {str(payload.get("type")), str(event.get("type")), *(["command"] if "command" in payload else [])}


async def undone(world: World, person: Person, said: Message) -> str:
    """What is said after Undo was pressed."""
    before = len(world.slack.ephemerals(person.id))
    await person.press(said, text="Undo")
    await world.settle()
    (told,) = world.slack.ephemerals(person.id)[before:]
    return told.text

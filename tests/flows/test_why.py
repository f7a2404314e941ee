"""Why am I seeing this? Asked below a message, answered to whom it was said to, with a way to change it."""

from sandbox.person import Person
from sandbox.values import Message
from tests.flows.asking import pressed_for_form
from tests.flows.assessment import agreed, posts, replies
from tests.flows.deciding import morning
from tests.flows.looking import words
from tests.flows.times import march
from tests.flows.world import World

WHY = "Why am I seeing this?"
FOR_SOMEBODY_ELSE = "There is nothing to tell about this message: it was for somebody else"


async def test_a_reminder_says_so_to_its_owner_alone(world: World, ada: Person, ben: Person) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    (reminder,) = replies(world, card)

    answer = await asked(world, ada, reminder)
    assert answer.text == "You see this because you own A-1 Label the disks, due Tue 17 Mar."
    assert "It comes five working days before the due date" in words(answer)
    assert "Light reminders leave it out." in words(answer)
    assert "Europe/Paris, from your Slack profile." in words(answer)
    assert (await asked(world, ben, reminder)).text.startswith(FOR_SOMEBODY_ELSE)

    view = await pressed_for_form(world, "U_ADA", answer, "Reminder settings")
    assert view.title == "Reminder settings"


async def test_a_result_says_so_to_everybody_in_its_channel(world: World, ada: Person, ben: Person) -> None:
    await agreed(world, march(17))
    result = posts(world)[0]

    for person in (ada, ben):
        answer = await asked(world, person, result)
        assert answer.text == "You see this because payments finished an assessment."


async def asked(world: World, person: Person, message: Message) -> Message:
    await person.press(message, text=WHY)
    await world.answered()
    return world.slack.ephemerals(person.id)[-1]

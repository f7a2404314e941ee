"""Help, for whoever asks for it: one screen, or one verb by its examples."""

from sandbox.person import Person
from tests.flows.looking import words
from tests.flows.saying import answer
from tests.flows.world import World


async def test_one_screen_says_four_things_first(world: World, ada: Person) -> None:
    told = await answer(world, ada, "help")

    said = words(told)
    assert told.text == "/finops-assess starts the FinOps assessment of this channel's team."
    assert said.count("`/finops-assess ") == 5, "four verbs, and how to ask about one"
    assert len(said) < 1700, "one screen"
    assert len(told.blocks) <= 6


async def test_about_a_verb_it_shows_examples_and_no_grammar(world: World, ada: Person) -> None:
    said = words(await answer(world, ada, "help action"))

    assert said.startswith("*/finops-assess action*")
    assert 3 <= said.count("• `/finops-assess action ") <= 5
    assert "[" not in said

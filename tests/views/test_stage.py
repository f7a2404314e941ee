"""A change of stage is told with its reason, and one downwards without drama."""

from datetime import UTC, datetime

from bot.domain.delivery import Message
from bot.domain.model import Stage
from bot.domain.stages import Down, Moves, NumberMoved
from bot.views import stage
from tests.domain.action_builders import an_action
from tests.domain.builders import ALLOCATION, TOOLS, answers_to, numbers, steps_at
from tests.views.builders import CRAWLING, WALKING, assessed, stage_facts
from tests.views.checks import texts

HELD_UNTIL = datetime(2026, 6, 4, 7, 40, tzinfo=UTC)


def said(built: Message) -> str:
    return "\n".join(texts([*built.blocks]))


def test_up_names_the_steps_and_the_topics_that_made_the_difference() -> None:
    before = steps_at(2, 2, 1, 2) | answers_to(TOOLS, [2, 2, 2, 2, 2, 0])
    now = before | answers_to(TOOLS, [2, 2, 2, 2, 2, 1])
    facts = stage_facts(assessed(before, numbers(84, 14)), assessed(now, numbers(84, 14)), closed_actions=1)
    assert said(stage.up(facts)) == (
        "*Payments* moved from Crawl to *Walk*.\n*What made the difference*\n"
        "• *Tools*, Crawl to Walk: coverage of spend.\n"
        "• 1 action point closed since the assessment before."
    )


def test_up_names_the_number_that_made_the_difference() -> None:
    answers = steps_at(2, 2, 2, 2)
    facts = stage_facts(assessed(answers, numbers(43.5, 14)), assessed(answers, numbers(84, 14)))
    assert "• *Cost allocation*, 43.5 % to 84 %." in said(stage.up(facts))


def test_the_lead_learns_first_and_decides() -> None:
    built = stage.down_to_lead(stage_facts(WALKING, CRAWLING, posts_at=HELD_UNTIL))
    assert built.text == "The new answers put Payments at Crawl, below Walk. The change has not been announced."
    assert f"planned for <!date^{int(HELD_UNTIL.timestamp())}^" in said(built)
    buttons = next(block for block in built.blocks if block["type"] == "actions")["elements"]
    assert [(button["text"]["text"], button["action_id"], button["value"]) for button in buttons] == [
        ("Post it", stage.POST_IT, "as-2"),
        ("Correct answers", stage.CORRECT, "as-2"),
        ("Hold 5 working days", stage.HOLD, "as-2"),
    ]


def test_without_a_time_nothing_is_posted_by_itself() -> None:
    assert "Nothing is posted until you decide." in said(stage.down_to_lead(stage_facts(WALKING, CRAWLING)))


def test_down_is_neutral_and_says_what_comes_first() -> None:
    built = said(stage.down(stage_facts(WALKING, CRAWLING, added_actions=2, first_action=an_action())))
    assert built.startswith("*Payments* is now at *Crawl*.\n")
    assert "• 2 action points were added." in built
    assert built.endswith("The first thing to do: *A-12 Tag untagged volumes*, due Fri 29 May.")
    assert "<@" not in built


def test_a_number_that_is_not_known_any_more_is_said_to_be_so() -> None:
    lost = NumberMoved(ALLOCATION, numbers(92)[ALLOCATION], numbers()[ALLOCATION])
    facts = stage_facts(WALKING, CRAWLING, change=Down(Stage.RUN, Stage.WALK, Moves((), (lost,))))
    assert "• *Cost allocation*, 92 % to not known." in said(stage.down(facts))


def test_what_changed_most_comes_first() -> None:
    before, now = steps_at(2, 3, 2, 2), steps_at(1, 1, 2, 2)
    built = said(stage.down(stage_facts(assessed(before, numbers(84, 14)), assessed(now, numbers(84, 14)))))
    assert built.index("*Governance*, Run to Crawl") < built.index("*Processes*, Walk to Crawl")

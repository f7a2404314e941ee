"""What one person alone is told."""

import pytest

from bot.domain.actions import ActionState, Already
from bot.domain.delivery import Message
from bot.domain.ids import ChannelId
from bot.views import help, saved  # noqa: A004 - the view's own name
from tests.domain.action_builders import an_action
from tests.views.builders import CLOSED_AT, DONE
from tests.views.checks import texts
from tests.views.helping import ACTION, SCREEN


def said(message: Message) -> str:
    return "\n".join(texts([*message.blocks]))


def test_help_tells_four_things_first_then_the_rest_and_where_to_look() -> None:
    told = said(help.build(SCREEN))
    for word in ("/finops-assess start", "remind", "Home tab", "/invite @FinOps", "• `export`", "threads"):
        assert word in told
    assert told.index("actions mine") < told.index("*More*") < told.index("history")
    assert len(told) < 1500, "one screen"


def test_help_about_a_verb_shows_five_examples_and_no_grammar() -> None:
    told = said(help.topic(ACTION))
    assert told.count("• `/finops-assess action ") == 5
    assert "[" not in told


def test_an_unknown_word_is_repeated_harmlessly_and_helped() -> None:
    message = help.unknown("<!here> *statsu*", SCREEN)
    assert message.text.startswith("“&lt;!here&gt; ∗statsu∗” is not something the bot understands.")
    assert message.blocks[1:] == help.build(SCREEN).blocks[1:]


def test_a_closed_form_says_what_was_kept_and_can_be_resumed() -> None:
    message = saved.closed(3, 5, False, ChannelId("C_PAY"))
    assert message.text == "Saved at step 3 of 5."
    button = message.blocks[1]["elements"][0]
    assert (button["text"]["text"], button["action_id"], button["value"]) == ("Resume", saved.RESUME, "C_PAY")


@pytest.mark.parametrize(
    ("step", "chose", "said"),
    [
        (0, False, "Nothing is saved yet: nothing was chosen."),
        (0, True, "Saved: your choices in step 1 of 5."),
        (3, True, "Saved at step 3 of 5, and your choices in step 4."),
    ],
)
def test_a_closed_form_claims_no_more_than_was_kept(step: int, chose: bool, said: str) -> None:
    assert saved.closed(step, 5, chose, ChannelId("C_PAY")).text == said


def test_too_late_comes_with_a_way_back() -> None:
    message = saved.too_late("as-1")
    assert message.text.startswith("That took too long. Open the assessment")
    button = message.blocks[1]["elements"][0]
    assert (button["action_id"], button["value"]) == (saved.OPEN, "as-1")


def test_a_second_press_is_told_who_came_first() -> None:
    message = saved.already(DONE, Already(ActionState.DONE, DONE.closed_by, CLOSED_AT))
    assert message.text.startswith("A-12 was already marked done by <@UANA>, Thu 28 May 2026 at 10:02 UTC.")
    assert message.blocks[1]["elements"][0]["text"]["text"] == "Reopen"


def test_what_is_so_already_is_shown_without_buttons() -> None:
    message = saved.already(an_action(), Already(ActionState.OPEN))
    assert message.text == "Nothing to change: A-12 is already open, due Fri 29 May."
    assert [block["type"] for block in message.blocks] == ["section", "context"]


def test_a_flaw_of_ours_comes_with_its_reference() -> None:
    assert "7f3a-19" in saved.error("7f3a-19").text

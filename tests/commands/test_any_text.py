"""For every text there is an answer, and every command can be written down and read again."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.parsing import LONGEST
from bot.domain.action_commands import Done
from bot.domain.command_text import text_of
from bot.domain.commands import Command
from bot.domain.understanding import AmbiguousDate, Misunderstood, Parsed, Wrong
from tests.commands import strategies
from tests.commands.talking import mentioned, parse

any_text = st.text() | st.text(st.characters(categories=["Cs", "Cf", "Cc", "Pd", "Nd", "Zs", "Mn"])) | strategies.salads


def is_sound(parsed: Parsed) -> None:
    match parsed:
        case Wrong(sentence=sentence, example=example):
            assert sentence
            assert example
        case Misunderstood(said=said, suggestion=suggestion, example=example):
            assert said
            assert example
            assert suggestion is None or not isinstance(parse(suggestion), Misunderstood)
        case AmbiguousDate(readings=readings, commands=commands, texts=texts):
            assert readings[0] != readings[1]
            assert tuple(map(parse, texts)) == commands
        case command:
            assert len(text_of(command)) <= LONGEST
            assert parse(text_of(command)) == command


@given(any_text)
def test_any_text_has_an_answer(text: str) -> None:
    is_sound(parse(text))
    is_sound(mentioned(text))


@given(strategies.spoilt())
def test_a_spoilt_command_has_an_answer(text: str) -> None:
    is_sound(parse(text))


@given(st.sampled_from(strategies.pieces), any_text)
def test_a_verb_with_any_text_behind_it_has_an_answer(verb: str, text: str) -> None:
    is_sound(parse(f"{verb} {text}"))
    is_sound(parse(f"action A-12 {verb} {text}"))


@example(Done(1, "<@U1|ada> &amp; <@<@U1|ada>|b>"))  # what is escaped inside must not leave a mention around it
@given(strategies.commands)
def test_a_command_that_is_written_down_is_read_as_itself(command: Command) -> None:
    assert parse(text_of(command)) == command
    assert mentioned(f"<@U0FINOPS> {text_of(command)}") == command


def test_the_strategies_leave_no_kind_of_command_out() -> None:
    assert len(strategies.EVERY) == len(strategies.KINDS)

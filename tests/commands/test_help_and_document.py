"""Help and the documentation come from the table that commands are read with, and every example in them works."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.commands import action_verbs, admin_verbs, asking_verbs, document, remind_verbs, team_verbs
from bot.commands.grammar import VERBS
from bot.commands.help import help_for, overview
from bot.commands.verbs import Verb, names
from bot.domain.commands import Help
from bot.domain.helping import HelpTopic
from bot.domain.understanding import AmbiguousDate, Misunderstood, Wrong
from tests.commands.talking import parse, sent

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
TABLES: tuple[Sequence[Verb[Any]], ...] = (
    *(VERBS, asking_verbs.VERBS, [action_verbs.ADD], action_verbs.VERBS),
    *(remind_verbs.VERBS, team_verbs.VERBS, admin_verbs.VERBS, admin_verbs.POLICY),
)
EXAMPLES = dict.fromkeys(example for table in TABLES for verb in table for example in verb.examples)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_understood(example: str) -> None:
    assert not isinstance(parse(sent(example)), Misunderstood | AmbiguousDate | Wrong)


def test_help_is_four_things_and_then_more() -> None:
    screen = overview()
    assert [line.command for line in screen.first] == ["start", "status", "actions mine", "remind"]
    shown = [line.command.split()[0] for line in (*screen.first, *screen.more)]
    assert sorted(shown) == sorted(names(VERBS))
    assert help_for(Help()) == help_for(Help("bananas")) == screen


def test_help_with_a_verb_is_examples_and_no_grammar() -> None:
    topic = help_for(Help("action"))
    assert isinstance(topic, HelpTopic)
    assert len(topic.examples) == 5
    assert topic.who == "the owner, the team's lead, admins"
    assert not any(sign in "".join(topic.examples) for sign in "[]|")


@pytest.mark.parametrize("verb", names(VERBS))
def test_every_verb_has_help(verb: str) -> None:
    topic = help_for(Help(verb))
    assert isinstance(topic, HelpTopic)
    assert topic.does
    assert topic.examples


def test_the_documentation_is_what_the_table_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert document.page(page) == page, "make docs writes it anew"


def test_writing_the_documentation_leaves_what_is_kept_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "commands.md"
    path.write_text("old\n\n## Ways in\n\nby hand\n## Typed\n", encoding="utf-8")
    document.main(path)
    assert path.read_text(encoding="utf-8") == document.first_part() + "## Ways in\n\nby hand\n## Typed\n"

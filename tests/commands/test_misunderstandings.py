"""T46 and the like: what phones make of a command, words cut short, slips, and dates that are read in two ways."""

from datetime import date

import pytest

from bot.commands.parsing import LONGEST, TOO_LONG
from bot.domain.action_commands import AddAction, Done, Due, Snooze
from bot.domain.commands import Actions, Command, Export, ExportFormat, Help, Status, Which
from bot.domain.remind_commands import RemindOff, RemindPause
from bot.domain.understanding import AmbiguousDate, Misunderstood, Wrong
from tests.commands.talking import ADA, mentioned, parse, sent

MONDAY = date(2026, 5, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Action A–12 snooze “next week”", Snooze(12, MONDAY), id="T46: a dash and quotes of a phone"),
        pytest.param("ACTION a12 Snooze ‘next week’", Snooze(12, MONDAY), id="capitals and single quotes"),
        pytest.param("action A-12 snooze «\u00a0next\u00a0week\u00a0»", Snooze(12, MONDAY), id="French quotes"),
        pytest.param("action\u00a0A\u201112\u2003done", Done(12), id="spaces of other kinds"),
        pytest.param("\u200bact\u200bion \u2066A-12\u2069 do\u00adne\ufeff", Done(12), id="what cannot be seen"),
        pytest.param("ａｃｔｉｏｎ　Ａ－１２　ｄｏｎｅ", Done(12), id="full width"),
        pytest.param("action A-١٢ done", Done(12), id="digits of another script"),
        pytest.param("status —public", Status(None, True), id="two dashes made one"),
        pytest.param("status –public", Status(None, True), id="or a shorter one"),
        pytest.param("`/finops-assess action A-12 done`", Done(12), id="copied from an example"),
        pytest.param(
            "action A-12 done: “really” – 👩\u200d💻",
            Done(12, "“really” – 👩\u200d💻"),
            id="a note stays as it was typed",
        ),
        pytest.param("action A-12 done \u202eevil\u202c", Done(12, "evil"), id="but cannot turn what follows"),
        pytest.param("action A-12 done 5\u00b2", Done(12, "5²"), id="a square is no digit"),
    ],
)
def test_what_keyboards_do_is_undone(text: str, expected: Command) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stat", Status()),
        ("h action", ("history", "help")),
        ("he", Help()),
        ("re", ("resume", "remind")),
        ("RE", ("resume", "remind")),
        ("sta", ("start", "status")),
        ("acti A-12 done", ("actions", "action")),
        ("re A-12", ("resume", "remind", "reopen")),
        ("do A-12", Done(12)),
        ("action A-12 d", ("action A-12 done", "action A-12 due", "action A-12 drop")),
        ("action A-12 du fri", Due(12, date(2026, 5, 22))),
        ("action ad Tag the volumes", AddAction("Tag the volumes")),
        ("remind s", ("remind show", "remind standard")),
        ("remind of", RemindOff()),
        ("actions al", Actions(Which.ALL)),
        ("exp c", Export(ExportFormat.CSV)),
    ],
)
def test_a_word_may_be_cut_short_while_only_one_is_meant(text: str, expected: Command | tuple[str, ...]) -> None:
    said = parse(text)
    if isinstance(expected, tuple):
        assert isinstance(said, Misunderstood)
        assert (said.choices, said.suggestion) == (expected, None)
    else:
        assert said == expected


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        pytest.param("atcion done a12", "action A-12 done", id="T46: a slip"),
        ("hlep", "help"),
        ("satus", "status"),
        ("stauts --public", "status --public"),
        ("reopn A-12", "action A-12 reopen"),
        ("action A-12 doen", "action A-12 done"),
        ("atcion a12 doen", "action A-12 done"),
        ("actn A-12 drop", "action A-12 drop"),
        ("atcion A-12 due 12/05", "action A-12 due 12/05"),
        ("actions A-12 done", "action A-12 done"),
        ("action overdue", "actions overdue"),
        ("actions overdeu", "actions overdue"),
        ("action adn Tag the volumes", 'action add "Tag the volumes"'),
        ("remind lihgt", "remind light"),
        ("admin polcy profile light", "admin policy profile light"),
        ("help satus", "help status"),
        ("bananas", None),
        ("remind bananas", None),
        ("action A-12 bananas", None),
        ("xy", None),
        ("<@U0ADA|ada>", None),
        ("“done”", None),
        ("action <@U0ADA|ada>", None),
        ("team <@U0ADA|ada>", None),
        ("help <@U0ADA|ada>", None),
        ("action A-12 <@U0ADA|ada>", None),
    ],
)
def test_a_slip_is_asked_about_and_never_acted_upon(text: str, suggestion: str | None) -> None:
    said = parse(text)
    assert isinstance(said, Misunderstood), said
    assert said.suggestion == suggestion
    assert said.said
    assert not isinstance(parse(sent(said.example)), Misunderstood | Wrong)


def test_between_two_that_are_as_near_nobody_guesses() -> None:
    said = parse("actionz A-12")
    assert isinstance(said, Misunderstood)
    assert said.suggestion is None
    assert set(said.choices) == {"action", "actions"}


def test_t46_a_date_that_is_read_in_two_ways_is_asked_with_a_whole_command_for_each() -> None:
    said = parse("action A-12 due 12/05 because of the audit")
    assert isinstance(said, AmbiguousDate)
    assert said.readings == (date(2027, 5, 12), date(2026, 12, 5))
    assert said.texts == (
        'action A-12 due 2027-05-12 because "of the audit"',
        'action A-12 due 2026-12-05 because "of the audit"',
    )
    assert tuple(parse(text) for text in said.texts) == said.commands


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("action add Tag the volumes <@U0ADA|ada> due 12/05", AddAction("Tag the volumes", ADA, date(2027, 5, 12))),
        ("action A-12 snooze 05/06", Snooze(12, date(2026, 6, 5))),
        ("action A-12 snooze next fri", Snooze(12, date(2026, 5, 22))),
        ("remind pause until 12.05.", RemindPause(date(2027, 5, 12))),
        ("export csv --since 12/05", Export(ExportFormat.CSV, None, date(2026, 5, 12))),
    ],
)
def test_wherever_a_date_stands_it_is_asked_about(text: str, first: Command) -> None:
    said = parse(text)
    assert isinstance(said, AmbiguousDate)
    assert said.commands[0] == first


def test_a_reading_that_cannot_be_is_not_offered() -> None:
    assert parse("action A-12 snooze 12/05/2026") == Snooze(12, date(2026, 12, 5))
    past = parse("action A-12 snooze 03/02/2026")
    assert isinstance(past, Wrong)
    assert "after today" in past.sentence


@pytest.mark.parametrize(
    "text",
    [
        "<@U0FINOPS> done A-12",
        "<@U0FINOPS|finops>: done A-12",
        " \n<@U0FINOPS>, <@U0FINOPS> action A-12 done",
        "done A-12 <@U0FINOPS>",
        "A–12 done <@U0FINOPS|finops>",
    ],
)
def test_in_a_thread_the_bot_is_mentioned(text: str) -> None:
    assert mentioned(text) == Done(12)


def test_a_mention_alone_asks_for_help_and_one_inside_is_left() -> None:
    assert mentioned("<@U0FINOPS> ") == Help()
    assert mentioned("<@U0FINOPS> add Tell <@U0FINOPS|finops> more") == AddAction("Tell @finops more")


def test_what_is_longer_than_a_button_holds_is_not_a_command() -> None:
    assert parse("x" * 50_000) == TOO_LONG
    assert parse("action A-12 done " + "x" * LONGEST) == TOO_LONG
    assert parse("action A-12 done " + '"' * (LONGEST - 100)) == TOO_LONG
    assert parse(" " * 50_000 + "stat") == Status()
    assert mentioned("<@U0FINOPS> " + "x" * 50_000) == TOO_LONG

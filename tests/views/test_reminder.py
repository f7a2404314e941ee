"""A reminder says what is due when, as it really is, and offers what fits the moment."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.touches import Rung, Send
from bot.views import reminder
from tests.domain.action_builders import ANA, TOM, an_action
from tests.views.builders import a_send

ACTION = an_action()
SUNDAY = date(2026, 5, 31)


def sentence(send: Send) -> str:
    text = str(reminder.build(replace(ACTION, due_on=send.due_on), send).blocks[0]["text"]["text"])
    said, title = text.split("\n")
    assert title == "*Tag untagged volumes*"
    return said


@pytest.mark.parametrize(
    ("send", "said"),
    [
        pytest.param(
            a_send(Rung.T5, date(2026, 5, 22), 5), "is due Fri 29 May. Which day will you do it?", id="a week before"
        ),
        pytest.param(a_send(Rung.T1, date(2026, 5, 28), 1), "is due tomorrow, Fri 29 May.", id="the day before"),
        pytest.param(
            a_send(Rung.T1, date(2026, 5, 29), 1, date(2026, 6, 1)),
            "is due Mon 1 June, in 1 working day.",
            id="the working day before a Monday",
        ),
        pytest.param(a_send(Rung.T0, date(2026, 5, 29), 0), "is due today.", id="on the day"),
        pytest.param(
            a_send(Rung.T0, date(2026, 5, 29), 0, SUNDAY), "is due Sun 31 May.", id="due on Sunday, told on Friday"
        ),
        pytest.param(
            a_send(Rung.T0, date(2026, 12, 31), 0, date(2027, 1, 2)), "is due Sat 2 Jan 2027.", id="due next year"
        ),
        pytest.param(
            a_send(Rung.OVERDUE, date(2026, 6, 1), -1), "was due on Friday. What should happen?", id="overdue"
        ),
        pytest.param(
            a_send(Rung.OVERDUE, date(2026, 6, 8), -6),
            "was due on Fri 29 May. What should happen?",
            id="told long after, as when the bot was down",
        ),
        pytest.param(
            a_send(Rung.WEEKLY, date(2026, 6, 8), -6),
            "was due on Fri 29 May, 6 working days ago. What should happen?",
            id="weekly",
        ),
        pytest.param(
            a_send(Rung.WAKE, date(2026, 5, 26), 3),
            "is back from its snooze. Its due date has not changed: it is due Fri 29 May, in 3 working days.",
            id="awake again",
        ),
        pytest.param(
            a_send(Rung.WAKE, date(2026, 5, 26), None, None),
            "is back from its snooze. Its due date has not changed: it has no due date.",
            id="awake without a date",
        ),
    ],
)
def test_it_says_when(send: Send, said: str) -> None:
    assert sentence(send) == f"<@UANA> A-12 {said}"


@pytest.mark.parametrize(
    ("planned_on", "said"),
    [
        pytest.param(date(2026, 5, 22), "Today is the day you chose for A-12. It is due Fri 29 May", id="that day"),
        pytest.param(
            date(2026, 5, 24), "You chose Sun 24 May for A-12. It is due Fri 29 May", id="a day off, told before it"
        ),
    ],
)
def test_a_planned_day_is_named_as_it_was_chosen(planned_on: date, said: str) -> None:
    built = reminder.build(replace(ACTION, planned_on=planned_on), a_send(Rung.PLANNED_DAY, date(2026, 5, 22), 5))
    assert said in built.text


@pytest.mark.parametrize(
    ("rung", "labels"),
    [
        (Rung.T5, ["Pick a day", "Already done", "Not mine"]),
        (Rung.T1, ["Mark done", "Need another date", "Blocked"]),
        (Rung.T0, ["Mark done", "Need another date", "Blocked"]),
        (Rung.WAKE, ["Mark done", "Change date", "Snooze"]),
        (Rung.PLANNED_DAY, ["Mark done", "Change date", "Snooze"]),
        (Rung.OVERDUE, ["Done", "New date", "Hand over", "Not doing this"]),
        (Rung.WEEKLY, ["Done", "New date", "Hand over", "Not doing this"]),
        (Rung.ESCALATION_NOTICE, ["New date", "Blocked", "Hand over", "Not doing this"]),
    ],
)
def test_it_offers_what_fits_the_moment(rung: Rung, labels: list[str]) -> None:
    _, buttons, why = reminder.build(ACTION, a_send(rung, date(2026, 5, 28), 1)).blocks
    assert [element["text"]["text"] for element in buttons["elements"]] == labels
    assert {element["value"] for element in buttons["elements"]} == {"ac-1"}
    assert why["elements"][0]["text"].startswith("You get this because you own A-12; ")


def test_a_replaced_reminder_says_the_same_and_has_no_buttons() -> None:
    send = a_send(Rung.T1, date(2026, 5, 28), 1)
    before, after = reminder.build(ACTION, send), reminder.retired(ACTION, send)
    assert (after.text, after.blocks[0]) == (before.text, before.blocks[0])
    assert [block["type"] for block in after.blocks] == ["section", "context"]
    assert after.blocks[1]["elements"][0]["text"] == "Replaced by a newer reminder."


def test_who_gets_it_is_told_and_nobody_else_is_called() -> None:
    given = reminder.handed_over(replace(ACTION, owner=TOM, assigned_by=ANA))
    assert given.text == "<@UTOM> A-12 is yours now, due Fri 29 May. Tag untagged volumes"
    assert ANA not in str(given.blocks)
    assert [element["text"]["text"] for element in given.blocks[1]["elements"]] == ["Accept", "Not me"]
    assert "handed over to you" in str(given.blocks[2])
    assert "you took it" in str(reminder.handed_over(replace(ACTION, owner=TOM, assigned_by=TOM)).blocks[2])

"""What an action point waits for, and the page that it is tied to."""

from datetime import date

import pytest

from bot.domain.actions import ActionPoint, ActionState, Already, Changed, Refused
from bot.domain.decisions import block, change_due, hand_over, link, mark_done, reopen, unblock
from tests.domain.action_builders import ANA, LEA, PARIS, TOM, an_action, paris

NOW, LATER = paris(12, 10, 2), paris(12, 10, 3)
ISSUE = "https://issues.example.com/COST-7"


def changed(result: object) -> ActionPoint:
    assert isinstance(result, Changed), result
    return result.action


BLOCKED = changed(block(an_action(), ANA, NOW, " the invoice "))


def test_what_it_waits_for_is_said_and_nothing_else_changes() -> None:
    assert an_action(blocked_why="the invoice", blocked_at=NOW, active_at=NOW, accepted_at=NOW) == BLOCKED
    assert BLOCKED.is_blocked


def test_without_a_reason_it_is_not_blocked() -> None:
    assert isinstance(block(an_action(), ANA, NOW, "  "), Refused)


def test_the_same_said_twice_is_once_and_another_reason_takes_its_place() -> None:
    assert block(BLOCKED, TOM, LATER, "the invoice") == Already(ActionState.OPEN)
    assert changed(block(BLOCKED, LEA, LATER, "the contract")).blocked_why == "the contract"


def test_unblocking_starts_the_ladder_anew() -> None:
    free = changed(unblock(BLOCKED, LEA, LATER))
    assert (free.blocked_why, free.blocked_at, free.due_version, free.decided_at) == (None, None, 2, LATER)
    assert unblock(free, LEA, LATER) == Already(ActionState.OPEN)


def test_another_date_or_owner_does_not_bring_what_it_waits_for() -> None:
    assert changed(change_due(BLOCKED, ANA, LATER, date(2026, 6, 5), PARIS)).is_blocked
    assert changed(hand_over(BLOCKED, ANA, LATER, TOM)).is_blocked


def test_what_is_done_is_blocked_no_more_also_when_it_is_opened_again() -> None:
    done = changed(mark_done(BLOCKED, ANA, LATER))
    assert not done.is_blocked
    assert changed(reopen(done, ANA, LATER)).blocked_why is None


def test_a_page_is_linked_once() -> None:
    linked = changed(link(an_action(), LEA, NOW, f" {ISSUE} "))
    assert (linked.link, linked.due_version) == (ISSUE, 1)
    assert link(linked, LEA, LATER, ISSUE) == Already(ActionState.OPEN)
    assert changed(link(linked, LEA, LATER, "http://example.com")).link == "http://example.com"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "issues.example.com",
        "ftp://example.com/x",
        "javascript:alert(1)",
        "mailto:ana@example.com",
        "https://",
        "https:///path",
        "https://a b.example.com",
        "https://example.com/a\nb",
        "https://[broken",
        "https://example.com/" + "x" * 2000,
    ],
)
def test_what_is_no_page_is_refused(url: str) -> None:
    assert isinstance(link(an_action(), ANA, NOW, url), Refused)


def test_the_longest_address_fits() -> None:
    longest = "https://example.com/" + "x" * (2000 - len("https://example.com/"))
    assert changed(link(an_action(), ANA, NOW, longest)).link == longest

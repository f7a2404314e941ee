"""What the bot says to teams by itself informs, is short, and calls nobody who need not act."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from bot.domain.digest import Week, sort_out
from bot.domain.ids import TeamId
from bot.domain.teams import Team
from bot.domain.touches import Rung
from bot.views import blocks, cadence, digest, draft, review
from bot.views.bookmark import Unreadable
from bot.views.cadence import About
from bot.views.digest import DigestFacts
from tests.domain.action_builders import MAY_4
from tests.views.builders import HOSTILE, filled, some_actions
from tests.views.checks import check_message, check_view, texts
from tests.views.rhythm_examples import DUE_ON, LATE, SOON, TEAM, TODAY, crowded, waiting, week
from tests.views.test_hostile_words import words_of_people

HOSTILE_TEAM = Team(TEAM.id, replace(TEAM.place, name=HOSTILE), TEAM.lead)


def said(built: object) -> str:
    return "\n".join(texts(list(built.blocks)))  # type: ignore[attr-defined]


def test_t44_sixty_action_points_fit_and_the_rest_is_counted() -> None:
    built = digest.build(crowded())
    check_message(built, mentions=0)
    assert built.text == "FinOps week for Payments: 60 overdue."
    assert "and 48 more" in said(built)


@pytest.mark.parametrize("title", [HOSTILE * 10, "<" * 5000, "&" * 5000, "x" * 5000])
def test_t44_whatever_their_titles_are(title: str) -> None:
    facts = crowded(title)
    points = facts.week.open.overdue
    blocked = tuple(replace(point, blocked_at=MAY_4, blocked_why=title) for point in points)
    full = replace(facts.week.open, due=points, stalled=points, blocked=blocked, ownerless=points)
    built = digest.build(replace(facts, team=HOSTILE_TEAM, week=Week(points, full, 200)))
    check_message(built, mentions=0, theirs=True)
    assert "more" in said(built)


def test_the_digest_names_what_was_done_and_nobody_who_did_it() -> None:
    built = digest.build(DigestFacts(TEAM, TODAY, week()))
    check_message(built, mentions=0)
    assert built.text == (
        "FinOps week for Payments: 1 done, 2 due within a week, 1 overdue, 1 stalled, 1 blocked, 1 without an owner."
    )
    told = said(built)
    assert "*Done since the last digest*\n• A-1 Tag untagged volumes" in told
    assert "• A-3 Label the disks – today" in told
    assert "• A-5 Buy commitments for the base load – 3 days" in told
    assert "• A-7 Raise the quota – The provider has not answered" in told
    assert "Open action points: 9 before, 6 now." in told


def test_a_steady_number_is_said_as_such() -> None:
    assert "Open action points: 60, as before." in said(digest.build(crowded()))


@given(words_of_people)
@settings(deadline=None, max_examples=50)
def test_words_of_people_stay_whole_in_all_of_it(words: str) -> None:
    team = Team(TEAM.id, replace(TEAM.place, name=words), TEAM.lead)
    for rung in (Rung.DRAFT_FIRST, Rung.DRAFT_SECOND, Rung.DRAFT_LAST):
        check_message(draft.build(replace(waiting(rung), team=team)), theirs=True)
    check_message(cadence.soon(replace(SOON, team=team)), theirs=True)
    check_message(cadence.late(replace(LATE, team=team)), theirs=True)
    check_message(cadence.invitation(team, DUE_ON, TODAY), mentions=0, theirs=True)
    check_message(cadence.delegated(team, TEAM.lead, DUE_ON, TODAY), theirs=True)
    points = some_actions(3, title=words, due_on=TODAY)
    facts = DigestFacts(team, TODAY, Week(points, sort_out(points, TODAY), 3))
    check_message(digest.build(facts), mentions=0, theirs=True)
    check_view(cadence.delegate(words, About(team.id, DUE_ON)))
    check_view(review.build(words, points))


def test_what_is_asked_of_whom_can_be_read_back() -> None:
    about = About(TeamId("te-1"), date(2026, 7, 2))
    view = cadence.delegate("Payments", about)
    assert cadence.about_of(view) == about
    assert cadence.read_delegate(filled(view, person="U_BEN")) == "U_BEN"
    assert cadence.read_delegate(view) == cadence.Fix({cadence.PERSON: "Please choose a person."})


@pytest.mark.parametrize("value", ["", "te-1", "te-1:someday", None])
def test_a_button_that_is_not_of_ours_is_not_read(value: object) -> None:
    with pytest.raises(Unreadable):
        cadence.read(value)


def test_a_list_of_many_says_how_many_are_left_out() -> None:
    view = review.build("Payments", some_actions(90))
    assert len(view["blocks"]) <= blocks.MODAL_BLOCKS
    assert "and 32 more" in "\n".join(texts(view["blocks"]))

"""The App Home: what needs a person, how their teams stand, what they will be told; calm, whatever there is."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.charts.table import charted
from bot.domain.calendar import Pause
from bot.domain.health import Health
from bot.domain.ids import FileId, TeamId, UndoId
from bot.domain.in_force import Holds, Source
from bot.domain.preferences import Profile
from bot.domain.tally import Tally
from bot.domain.touches import Rung
from bot.views import home, rungs
from bot.views.homepage import needs, paging, reminders
from bot.views.homepage.needs import OwnAction
from bot.views.homepage.paging import FIRST, Pages, page_of
from bot.views.homepage.teams import TeamLine
from bot.views.homepage.week import Skipped
from tests.charts.builders import PROFILE
from tests.domain.action_builders import ANA, an_action
from tests.views.builders import CLOSED_AT
from tests.views.checks import check_view, texts
from tests.views.home_builders import AILING, HOLDS, PAYMENTS, SEARCH, WELL, a_touch, home_facts

CALM = 60  # blocks, of the hundred that Slack takes
TODAY = date(2026, 5, 28)
CHART = charted(PROFILE)
TITLES = [
    "Untag every volume of the warehouse " * 140,
    "Donaudampfschifffahrtsgesellschaftskapitän" * 3,
    "תייג את כל הכוננים שאין להם בעלים",
    "🚨🔥 delete <!channel> *now* _please_ `rm -rf`",
    "\u202eevil\u202c",
]


def said(facts: home.HomeFacts) -> str:
    return "\n".join(texts(home.build(facts, {})["blocks"]))


def pressable(facts: home.HomeFacts) -> list[dict[str, Any]]:
    elements = [element for block in home.build(facts, {})["blocks"] for element in block.get("elements", [])]
    accessories = [block["accessory"] for block in home.build(facts, {})["blocks"] if "accessory" in block]
    return [element for element in [*elements, *accessories] if element["type"] in ("button", "overflow")]


def buttons(facts: home.HomeFacts) -> list[tuple[str, str]]:
    return [(shown["text"]["text"], shown["value"]) for shown in pressable(facts) if shown["type"] == "button"]


def test_whoever_comes_first_sees_three_steps_and_their_reminders() -> None:
    welcome = said(home_facts(0, teams=(), planned=0))
    assert "1. Type `/finops-assess`" in welcome
    assert "3. The channel gets the result" in welcome
    assert "Standard: 09:41 Europe/Paris" in welcome


def test_five_actions_are_shown_and_the_rest_is_a_press_away() -> None:
    assert said(home_facts(60, planned=0)).count("*A-") == 5
    assert ("55 more", "5.0.0") in buttons(home_facts(60))
    assert not [text for text, _ in buttons(home_facts(5)) if text.endswith("more")]


def test_each_action_has_its_buttons() -> None:
    rows = needs.build(page_of([OwnAction(an_action(), "Payments")], 0), FIRST, TODAY)
    (row,) = [row for row in rows if row["type"] == "actions"]
    assert {button["value"] for button in row["elements"] if button["type"] == "button"} == {"ac-1"}


def test_what_is_late_is_said_to_be_late() -> None:
    late = OwnAction(an_action(due_on=date(2026, 5, 1)), "Payments")
    assert "was due Fri 1 May." in said(home_facts(0, actions=page_of([late], 0)))
    assert "due Fri 29 May." in said(home_facts(1))


def test_a_lead_reads_how_a_team_stands_and_what_waits_for_them() -> None:
    assert (
        "*Payments*: Walk, 58 of 100, up 9 since Fri 20 Feb.\n"
        "5 open action points, 2 of them overdue · last assessed Thu 28 May · next Wed 26 Aug\n"
        "_You lead it_: 1 without an owner, 1 stalled and a draft is open, with answers of 2 people."
    ) in said(home_facts(0))
    assert [text for text, value in buttons(home_facts(0)) if value == "te-1"] == ["Resume", "Details", "Team settings"]


def test_a_member_reads_nothing_that_is_for_the_lead() -> None:
    facts = home_facts(0, teams=(replace(PAYMENTS, is_led=False),))
    assert "You lead it" not in said(facts)
    assert [text for text, value in buttons(facts) if value == "te-1"] == ["Resume", "Details"]


def test_the_profile_of_a_team_is_a_picture_with_the_same_figures_as_text() -> None:
    shown = home.build(home_facts(0), {CHART: FileId("F00000001")})["blocks"]
    place = next(place for place, block in enumerate(shown) if block["type"] == "image")
    assert shown[place]["slack_file"] == {"id": "F00000001"}
    assert shown[place]["alt_text"] == CHART.alt
    assert "*Payments*: Walk" in shown[place - 1]["text"]["text"]
    assert CHART.figures == shown[place + 1]["text"]["text"]


def test_without_its_file_the_figures_stand_alone() -> None:
    shown = home.build(home_facts(0), {})["blocks"]
    assert [block for block in shown if block["type"] == "image"] == []
    assert CHART.figures in said(home_facts(0))
    assert home.charts(home_facts(0)) == [CHART], "the other team was never assessed"


def test_a_team_that_was_never_assessed_says_so() -> None:
    facts = home_facts(0, teams=(SEARCH,))
    assert "*Search*: not assessed yet.\nNo open action points" in said(facts)
    assert ("Start", "te-2") in buttons(facts)


def test_a_planned_word_says_when_what_and_why_and_can_be_skipped() -> None:
    facts = home_facts(0, planned=1)
    assert "*Fri 29 May*, 09:41: A-12 Tag untagged volumes – due the next working day." in said(facts)
    assert [text for text, value in buttons(facts) if value == "to-0"] == ["Why", "Skip"]


def test_what_has_no_next_one_is_not_skipped() -> None:
    facts = home_facts(0, week=page_of([a_touch(1, can_skip=False, about="Payments", rung=Rung.DRAFT_FIRST)], 0))
    assert "Payments – a draft that was left open." in said(facts)
    assert [text for text, value in buttons(facts) if value == "to-1"] == ["Why"]


def test_what_was_skipped_can_be_taken_back() -> None:
    facts = home_facts(0, skipped=Skipped("the reminder about A-12", UndoId("un-1")))
    assert "Skipped: the reminder about A-12." in said(facts)
    assert ("Undo", "un-1") in buttons(facts)


def test_every_rung_has_its_words() -> None:
    assert set(rungs.WORDS) == set(Rung)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {},
            "Standard: 09:41 Europe/Paris, from your Slack profile; Monday to Friday; holidays of France; no pause.",
            id="as Slack knows them",
        ),
        pytest.param(
            {"profile": Holds(Profile.OFF, Source.CHOSEN), "country_name": None},
            "Off: 09:41 Europe/Paris, from your Slack profile; Monday to Friday; no public holidays; no pause.",
            id="off",
        ),
        pytest.param(
            {
                "weekdays": Holds(frozenset({6, 0, 1, 2, 3}), Source.CHOSEN),
                "pause": Pause(date(2026, 5, 20), date(2026, 6, 5)),
            },
            "Standard: 09:41 Europe/Paris, from your Slack profile; Sunday to Thursday; holidays of France; "
            "paused until Fri 5 June, that day included.",
            id="a week from Sunday on, and a pause",
        ),
    ],
)
def test_reminders_are_told_in_words(changes: dict[str, Any], expected: str) -> None:
    assert reminders.sentence(replace(HOLDS, **changes)) == expected


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        pytest.param(WELL, "All is well.", id="well"),
        pytest.param(
            AILING, "To be looked at: reminders are not looked after, reminders are late and 5 more.", id="ailing"
        ),
        pytest.param(
            Health(now=CLOSED_AT, ticked_at=CLOSED_AT, without_zone=(ANA,)),
            "To be looked at: some people have no time zone that is known.",
            id="somebody without a zone",
        ),
    ],
)
def test_an_admin_reads_whether_all_is_well(health: Health, expected: str) -> None:
    facts = home_facts(0, health=health)
    assert f"*This workspace*\n{expected}" in said(facts)
    assert "Workspace settings" in [text for text, _ in buttons(facts)]


def test_nobody_else_reads_about_the_workspace() -> None:
    assert "workspace" not in said(home_facts(3))
    assert "Workspace settings" not in [text for text, _ in buttons(home_facts(3))]


def test_pages_are_turned_one_list_at_a_time() -> None:
    facts = home_facts(12, planned=7, pages=Pages(actions=5))
    assert re.findall(r"\*(A-\d+)", said(facts))[:5] == ["A-6", "A-7", "A-8", "A-9", "A-10"]
    assert {("Back", "0.0.0"), ("2 more", "10.0.0"), ("2 more", "5.0.5")} <= set(buttons(facts))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("5.0.10", Pages(5, 0, 10), id="as it was written"),
        pytest.param("", FIRST, id="nothing"),
        pytest.param("5.0", FIRST, id="too little"),
        pytest.param("-5.0.0", FIRST, id="before the first"),
        pytest.param("99999.0.0", FIRST, id="far too much"),
        pytest.param("5.0.0.\n", FIRST, id="something else"),
    ],
)
def test_a_page_is_read_back_from_its_button_and_from_nothing_else(value: str, expected: Pages) -> None:
    assert paging.read(value) == expected


@pytest.mark.parametrize(
    ("first", "shown", "starts"),
    [
        pytest.param(0, [0, 1, 2, 3, 4], 0, id="the first"),
        pytest.param(5, [5, 6], 5, id="the last"),
        pytest.param(500, [5, 6], 5, id="beyond the last: it has become shorter"),
        pytest.param(3, [0, 1, 2, 3, 4], 0, id="not where a page begins"),
    ],
)
def test_a_page_begins_where_one_does(first: int, shown: list[int], starts: int) -> None:
    page = page_of(range(7), first)
    assert (list(page.items), page.first, page.total) == (shown, starts, 7)


@pytest.mark.parametrize("title", TITLES, ids=["5000 characters", "one word", "right to left", "signs", "overridden"])
def test_sixty_actions_of_any_title_and_eighty_teams_are_still_calm(title: str) -> None:
    action = an_action(title=title)
    crowd = [replace(PAYMENTS, id=TeamId(f"te-{number}"), name=title, profile=None) for number in range(80)]
    crowd[5:8] = [replace(team, profile=PAYMENTS.profile) for team in crowd[5:8]]
    facts = home_facts(
        60,
        teams=crowd,
        week=page_of([a_touch(place, about=action) for place in range(80)], 5),
        actions=page_of([OwnAction(action, title)] * 60, 5),
        pages=Pages(5, 5, 5),
        skipped=Skipped("the reminder about A-12", UndoId("un-1")),
        health=AILING,
    )
    facts = replace(facts, teams=page_of(crowd, 5))
    view = home.build(facts, {CHART: FileId("F00000001")})
    assert [block["type"] for block in view["blocks"]].count("image") == 3
    check_view(view)
    assert len(view["blocks"]) <= CALM


def test_an_unknown_team_line_needs_no_more_than_its_name() -> None:
    check_view(home.build(home_facts(0, teams=(TeamLine(id=TeamId("te-1"), name="", tally=Tally()),), planned=0), {}))

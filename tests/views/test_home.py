"""The App Home shows what needs a person and how their teams stand."""

from dataclasses import replace
from datetime import date

from bot.domain.ids import TeamId
from bot.views import home
from bot.views.home import OwnAction, TeamLine
from tests.domain.action_builders import an_action
from tests.views.builders import home_facts
from tests.views.checks import check_view, texts


def said(facts: home.HomeFacts) -> str:
    return "\n".join(texts(home.build(facts)["blocks"]))


def test_whoever_comes_first_sees_three_steps() -> None:
    welcome = said(home_facts(0, teams=0))
    assert "1. Type `/finops-assess`" in welcome
    assert "3. The channel gets the result" in welcome


def test_five_actions_are_shown_and_the_rest_counted() -> None:
    assert said(home_facts(60)).count("*A-") == 5
    assert "and 55 more" in said(home_facts(60))
    assert "more" not in said(home_facts(5))


def test_each_action_has_its_buttons() -> None:
    rows = [block for block in home.build(home_facts(2))["blocks"] if block["type"] == "actions"]
    assert [{button["value"] for button in row["elements"] if button["type"] == "button"} for row in rows] == [
        {"ac-1"},
        {"ac-2"},
    ]


def test_what_is_late_is_said_to_be_late() -> None:
    late = OwnAction(an_action(due_on=date(2026, 5, 1)), "Payments")
    assert "was due Fri 1 May." in said(replace(home_facts(1), actions=[late]))
    assert "due Fri 29 May." in said(home_facts(1))


def test_a_team_says_how_it_stands_and_can_be_started_or_resumed() -> None:
    assessed, drafted = [block for block in home.build(home_facts(0))["blocks"] if "accessory" in block]
    assert assessed["text"]["text"] == (
        "*Payments*: Walk.\nLast assessed Thu 28 May · next Wed 26 Aug · 5 open action points"
    )
    assert (assessed["accessory"]["text"]["text"], assessed["accessory"]["value"]) == ("Start", "te-1")
    assert drafted["text"]["text"] == "*Search*: not assessed yet.\n0 open action points"
    assert (drafted["accessory"]["text"]["text"], drafted["accessory"]["value"]) == ("Resume", "te-2")


def test_many_teams_still_fit() -> None:
    teams = [TeamLine(id=TeamId(f"te-{number}"), name=f"Team {number}") for number in range(80)]
    facts = replace(home_facts(60), teams=teams)
    check_view(home.build(facts))
    assert "and 65 more" in said(facts)

"""Weeks, pauses and hours as they are said."""

from datetime import date

import pytest

from bot.domain.calendar import Pause
from bot.domain.in_force import Holds, Source
from bot.views import choice_words, person_shown
from tests.views.settings_builders import TODAY, person_in_force


@pytest.mark.parametrize(
    ("weekdays", "said"),
    [
        pytest.param({0, 1, 2, 3, 4}, "Monday to Friday", id="the usual"),
        pytest.param({6, 0, 1, 2, 3}, "Sunday to Thursday", id="over the weekend's edge"),
        pytest.param({5, 6, 0}, "Saturday to Monday", id="three in a row"),
        pytest.param({0, 1}, "Monday and Tuesday", id="two are named"),
        pytest.param({0, 2, 4}, "Monday, Wednesday and Friday", id="not in a row"),
        pytest.param({0, 1, 2, 4}, "Monday, Tuesday, Wednesday and Friday", id="a gap"),
        pytest.param({3}, "Thursday", id="one"),
        pytest.param(set(range(7)), "every day", id="all"),
    ],
)
def test_a_week(weekdays: set[int], said: str) -> None:
    assert choice_words.week(frozenset(weekdays)) == said


@pytest.mark.parametrize(
    ("pause", "said"),
    [
        pytest.param(None, "none", id="none"),
        pytest.param(Pause(TODAY, date(2026, 6, 1)), "until Mon 1 June, that day included", id="under way"),
        pytest.param(
            Pause(date(2026, 5, 25), date(2027, 1, 4)),
            "from Mon 25 May until Mon 4 Jan 2027, that day included",
            id="to come",
        ),
    ],
)
def test_a_pause(pause: Pause | None, said: str) -> None:
    assert choice_words.pause(pause, TODAY) == said


@pytest.mark.parametrize(
    ("at", "zone", "said"),
    [
        pytest.param(Source.NOBODY, Source.SLACK, "09:42 Europe/Paris, from your Slack profile", id="as it comes"),
        pytest.param(Source.NOBODY, Source.CHOSEN, "09:42 Europe/Paris, your own choice", id="own zone"),
        pytest.param(
            Source.CHOSEN,
            Source.SLACK,
            "09:42, your own choice; Europe/Paris, from your Slack profile",
            id="own hour",
        ),
        pytest.param(Source.CHOSEN, Source.CHOSEN, "09:42 Europe/Paris, your own choice", id="both"),
    ],
)
def test_when_somebody_is_written_to(at: Source, zone: Source, said: str) -> None:
    holds = person_in_force()
    assert person_shown.when(person_in_force(at=Holds(holds.at.value, at), zone=Holds(holds.zone.value, zone))) == said

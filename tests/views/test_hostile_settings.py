"""Whatever a team is called and whatever was typed: settings and reasons stay whole, fit, and call nobody."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.in_force import Holds, Source
from bot.domain.preferences import TeamSettings
from bot.domain.touches import Rung, Track
from bot.domain.whys import Said
from bot.views import person_settings, person_shown, sample, team_changed, team_people, team_settings, team_shown, why
from tests.domain.action_builders import TOM, an_action
from tests.views.checks import check_message, check_view
from tests.views.settings_builders import TEAM, TODAY, ahead, person_in_force, team_in_force, told
from tests.views.test_hostile_words import words_of_people


@given(words_of_people)
@settings(deadline=None, max_examples=100)
def test_a_team_and_its_forms_stay_whole(name: str) -> None:
    team = replace(TEAM, place=replace(TEAM.place, name=name))
    zone = Holds(name, Source.TEAM)
    holds = team_in_force(team=team, zone=zone, members=(), chosen=TeamSettings(digests=True))
    check_message(team_shown.build(holds, may_change=True), theirs=True)
    check_view(team_settings.build(holds, may_stop=True))
    check_view(team_people.build(holds))
    for said in (team_changed.renamed, team_changed.linked, team_changed.stopped, team_changed.so_already):
        assert "<!" not in said(team)
    assert "<!" not in team_changed.added(team, TOM)


@given(words_of_people, st.sampled_from(Rung), st.sampled_from(Track), st.sampled_from(Said))
@settings(deadline=None, max_examples=100)
def test_a_reason_and_a_plan_stay_whole(written: str, rung: Rung, track: Track, said: Said) -> None:
    reason = told(rung, track, team=written, action=an_action(title=written))
    check_message(why.of_touches([reason] * 9, person_in_force()), theirs=True)
    check_message(why.of_post(said, written, person_in_force()), theirs=True)
    check_view(why.view(why.of_touches([reason], person_in_force(), planned=True)))
    check_message(sample.planned([replace(ahead(rung, 28), told=reason)] * 5, TODAY), theirs=True)


@given(words_of_people)
@settings(deadline=None, max_examples=50)
def test_a_zone_of_any_name_stays_whole(zone: str) -> None:
    holds = person_in_force(zone=Holds(zone, Source.SLACK))
    check_message(person_shown.build(holds), theirs=True)
    check_view(person_settings.build(holds))

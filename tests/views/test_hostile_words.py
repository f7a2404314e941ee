"""Whatever people write, however long: it fits, it calls nobody, and the sentence around it stays whole."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.ids import ChannelId
from bot.domain.teams import Place
from bot.views import (
    card,
    choose,
    decide,
    details,
    failures,
    health,
    help,  # noqa: A004  # the view's own name
    history,
    home,
    preview,
    reminder,
    result,
    stage,
    status,
    which,
)
from bot.views.homepage.needs import OwnAction
from bot.views.homepage.paging import page_of
from tests.domain.action_builders import ANA, LEA, an_action
from tests.views.asked_examples import A_FAILURE, PREVIEW
from tests.views.builders import (
    CLOSED_AT,
    CRAWLING,
    HOSTILE,
    WALKING,
    a_send,
    result_facts,
    some_actions,
    stage_facts,
)
from tests.views.checks import check_message, check_view
from tests.views.helping import SCREEN
from tests.views.home_builders import AILING, PAYMENTS, a_touch, history_facts, home_facts, status_facts

TODAY = date(2026, 5, 28)
SCRAPS = ["<!channel>", "<!here|x>", "<@U1>", "<https://x|y>", "*", "_", "~", "`", "&", "<", ">", "\n", "🚨", "\u202e"]
SCRAPS += ["\u2067", "תייג", "علِّم", "&amp;", "…", "^", "|", "{date}", ":fire:", " "]
words_of_people = st.one_of(
    st.lists(st.sampled_from([*SCRAPS, "word"]), min_size=1, max_size=700).map("".join),
    st.text(min_size=1, max_size=300),
    st.just((HOSTILE * 10)[:5000]),
)


@st.composite
def actions(draw: st.DrawFn) -> ActionPoint:
    state = draw(st.sampled_from(ActionState))
    return an_action(
        number=draw(st.integers(1, 10**6)),
        title=draw(words_of_people),
        why=draw(words_of_people),
        state=state,
        owner=draw(st.sampled_from([None, ANA])),
        due_on=draw(st.none() | st.dates(date(2021, 1, 1), date(2031, 12, 31))),
        snoozed_until=draw(st.none() | st.just(TODAY)),
        closed_by=LEA if state.closed else None,
        closed_at=CLOSED_AT if state.closed else None,
        drop_reason=draw(words_of_people) if state is ActionState.DROPPED else None,
    )


@given(actions(), words_of_people)
@settings(deadline=None, max_examples=100)
def test_a_card_a_reminder_and_a_handover_stay_whole(action: ActionPoint, team: str) -> None:
    check_message(card.build(team, [action]), theirs=True)
    check_message(reminder.handed_over(action), theirs=True)
    for rung in reminder.BUTTONS:
        send = a_send(rung, TODAY, 1, action.due_on)
        check_message(reminder.build(action, send), theirs=True)
        check_message(reminder.retired(action, send), theirs=True)


@given(actions(), words_of_people, st.integers(2, 60))
@settings(deadline=None, max_examples=100)
def test_a_list_a_result_and_a_stage_stay_whole(action: ActionPoint, team: str, number: int) -> None:
    several = tuple(replace(action, number=place) for place in range(1, number + 1))
    built = card.build(team, several)
    check_message(built, mentions=None, theirs=True)
    rows = sum("accessory" in block for block in built.blocks)
    assert rows == number or f"and {number - rows} more" in str(built.blocks[-2])
    check_message(result.build(result_facts(team=team, actions=several)), theirs=True)
    for tell in (stage.up, stage.down, stage.down_to_lead):
        check_message(tell(stage_facts(WALKING, CRAWLING, team=team, first_action=action)), theirs=True)


@given(actions(), words_of_people)
@settings(deadline=None, max_examples=100)
def test_forms_the_home_and_help_stay_whole(action: ActionPoint, word: str) -> None:
    check_message(help.unknown(word, SCREEN), theirs=True)
    own = page_of([OwnAction(action, word)] * 60, 0)
    week = page_of([a_touch(place, about=about) for place, about in enumerate((action, word) * 9)], 5)
    check_view(home.build(home_facts(60, teams=[replace(PAYMENTS, name=word)] * 9, actions=own, week=week), {}))
    forms = [decide.hand_over(action), decide.drop(action), choose.build(action), decide.change_due(action, TODAY)]
    for view in [*forms, decide.snooze(action, TODAY), decide.plan_day(action, TODAY)]:
        check_view(view)


@given(words_of_people)
@settings(deadline=None, max_examples=100)
def test_what_is_shown_of_a_team_stays_whole(word: str) -> None:
    check_message(status.build(status_facts(name=word)), theirs=True)
    check_message(status.public(status_facts(name=word, assessed=None)), theirs=True)
    check_message(history.build(history_facts(50, name=word)), mentions=None, theirs=True)
    check_message(history.public(history_facts(50, name=word)), mentions=0, theirs=True)
    check_view(details.build(status_facts(name=word), history_facts(50, name=word)))
    check_message(which.build([(word, f"status <#C{place}>") for place in range(150)]), theirs=True)
    check_message(failures.build([replace(A_FAILURE, reason=word)] * 10), theirs=True)
    suspended = replace(AILING.suspended[0], place=Place(ChannelId("C_OLD"), word, False), suspended=word)
    check_message(health.build(replace(AILING, failures={word: 3}, suspended=(suspended,) * 30)), theirs=True)
    check_message(preview.build(replace(PREVIEW, team=word)), mentions=None, theirs=True)


def test_sixty_long_titles_are_cut_to_what_fits_and_the_rest_is_counted() -> None:
    built = card.build("Payments", [replace(action, title=HOSTILE) for action in some_actions(60)])
    check_message(built, mentions=None, theirs=True)
    rows = [block for block in built.blocks if "accessory" in block]
    assert 10 < len(rows) < 60
    assert f"and {60 - len(rows)} more" in str(built.blocks[-2])
    assert "&lt;!channel&gt; ∗bold∗" in rows[0]["text"]["text"]

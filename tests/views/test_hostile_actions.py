"""Whatever people write about their action points: echoes, notes, questions, lists and forms stay whole."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.adding import Wanted
from bot.domain.ids import ChannelId, TeamId, UndoId
from bot.domain.teams import Place, Team
from bot.domain.understanding import Misunderstood
from bot.views import (
    blocking,
    changes,
    confirming,
    echo,
    mine,
    new_action,
    note,
    questions,
    reminder,
    shown,
    unclear,
)
from bot.views.new_action import From
from tests.domain.action_builders import LEA, TOM
from tests.views.builders import CLOSED_AT
from tests.views.checks import check_message, check_view
from tests.views.test_hostile_words import TODAY, actions, words_of_people

UNDO = UndoId("un-1")


@st.composite
def blocked_and_linked(draw: st.DrawFn) -> ActionPoint:
    action = draw(actions())
    why, url = draw(st.none() | words_of_people), draw(st.none() | words_of_people.map("https://x/{}".format))
    return replace(action, blocked_why=why, blocked_at=CLOSED_AT if why else None, link=url)


@given(blocked_and_linked(), words_of_people)
@settings(deadline=None, max_examples=100)
def test_what_one_person_is_told_stays_whole(action: ActionPoint, word: str) -> None:
    changed = [replace(action, blocked_why=word, blocked_at=CLOSED_AT), replace(action, link=f"https://y/{word}")]
    for after in [*changed, replace(action, state=ActionState.DROPPED, drop_reason=word), replace(action, owner=TOM)]:
        check_message(echo.changed(changes.said(action, after), UNDO), mentions=2, theirs=True)
    check_message(echo.changed(changes.added(action, word), UNDO), theirs=True)
    check_message(confirming.offer(action), theirs=True)
    check_message(questions.which([(action, word)] * 50, "action A-1 done"), theirs=True)
    check_message(shown.build(shown.Facts(action=action, team=word, today=TODAY)), mentions=2, theirs=True)
    check_message(unclear.misunderstood(Misunderstood(word, word[:200], "help")), theirs=True)


@given(blocked_and_linked(), words_of_people)
@settings(deadline=None, max_examples=100)
def test_what_others_are_told_stays_whole(action: ActionPoint, word: str) -> None:
    check_message(note.build(action, LEA, LEA, word), theirs=True)
    check_message(confirming.question(action, LEA), theirs=True)
    check_message(reminder.handover_settled(action, TOM), theirs=True)


@given(blocked_and_linked(), words_of_people)
@settings(deadline=None, max_examples=100)
def test_forms_stay_whole(action: ActionPoint, word: str) -> None:
    team, other = (Team(TeamId(of), Place(ChannelId("C1"), word, False), LEA) for of in ("te-1", "te-2"))
    wanted = Wanted(action.title, action.owner, action.due_on, action.link)
    for view in (
        blocking.block(action),
        blocking.link(action),
        new_action.build([team], wanted, From()),
        new_action.build([team, other], wanted, From()),
        mine.build([action] * 50, {action.team: word}, TODAY),
    ):
        check_view(view)

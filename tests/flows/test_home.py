"""The App Home: what needs this person, their teams, their week, and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.ids import TouchId, UserId
from bot.domain.touches import Reason
from bot.handlers import homes
from bot.handlers.request import Asker
from bot.services import skipping
from bot.services.skipping import NothingToSkip, Skipped
from bot.store import members, teams, touches
from bot.store.schema import TouchRow, TouchState
from sandbox.faults import Fault, Trouble
from sandbox.person import Person
from sandbox.values import Message
from sandbox.views import View
from tests.flows.assessment import NOT_KNOWN, RUN, Values, agreed, answered, assessed, card_of, opened, own
from tests.flows.deciding import morning
from tests.flows.looking import buttons, words
from tests.flows.saying import answer, home_of, shown_to, tenant_of
from tests.flows.times import april, march
from tests.flows.world import World

BEN = UserId("U_BEN")


async def test_who_is_new_sees_three_steps_to_begin(world: World, ben: Person) -> None:
    said = words(await home_of(world, ben))

    assert "Welcome to FinOps Assess" in said
    assert "1. Type `/finops-assess` in your team's channel." in said
    assert "workspace" not in said


async def test_it_shows_ones_own_open_action_points_the_most_urgent_first(world: World, ada: Person) -> None:
    plan = own(1, "Later", due=april(20)) | own(2, "Sooner", due=march(17)) | own(3, "For Ben", "U_BEN", march(16))
    await assessed(world, 3, RUN, plan=plan)

    said = words(await home_of(world, ada))

    assert said.index("A-2 Sooner* – due Tue 17 Mar.") < said.index("A-1 Later* – due Mon 20 Apr.")
    assert "For Ben" not in said
    assert "*payments*: Run, 100 of 100." in said
    assert "3 open action points, none overdue · last assessed Mon 2 Mar · next Mon 1 June" in said


async def test_it_shows_no_team_in_which_the_person_has_no_part(world: World, ada: Person, ben: Person) -> None:
    await assessed(world, 3, RUN, channel="G_SEC")
    await assessed(world, 3, RUN, user="U_BEN")

    assert "payments" not in words(await home_of(world, ada))
    assert "secrets" not in words(await home_of(world, ben))
    assert "*secrets*: Run" in words(await home_of(world, ada))


async def test_its_buttons_decide_as_those_of_the_card_do(world: World, ada: Person) -> None:
    await agreed(world, march(17))
    await morning(world, march(18))
    view = await home_of(world, ada)
    assert "A-1 Label the disks* – was due Tue 17 Mar." in words(view)
    assert "1 open action point, 1 of them overdue" in words(view)

    await ada.press(view, text="Mark done")
    await world.settle()

    card: Message = card_of(world, "Label the disks")
    assert "Done by <@U_ADA>" in words(card)
    assert "you own no open action points" in words(await home_of(world, ada))


async def test_a_draft_is_resumed_from_there(world: World, ada: Person) -> None:
    await ada.close(await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"]))
    view = await home_of(world, ada)
    assert "a draft is open, with answers of 1 person" in words(view)

    await ada.press(view, text="Resume")
    await world.answered()

    step = world.slack.screen("U_ADA")
    assert step is not None
    assert step.title == "Step 2 of 5: Governance"


async def test_a_lead_has_the_settings_of_their_team_and_others_not(world: World, ada: Person, ben: Person) -> None:
    await agreed(world, march(17), owner="U_BEN")

    assert "Team settings" in buttons(await home_of(world, ada))
    assert "Team settings" not in buttons(await home_of(world, ben))


async def test_all_about_a_team_is_a_press_away(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)

    await ada.press(await home_of(world, ada), text="Details")
    await world.answered()

    view = world.slack.screen("U_ADA")
    assert view is not None
    assert "*payments*: *Run*, 100 of 100." in words(view)
    assert "*Mon 2 Mar*: Run · 100 of 100 · <@U_ADA>" in words(view)


async def test_a_team_that_somebody_belongs_to_no_more_is_not_shown(world: World, ben: Person) -> None:
    await assessed(world, 3, RUN, channel="G_SEC")
    async with world.db.begin(tenant_of(world)) as tx:
        (team,) = await teams.every(tx, 5)
        await members.add(tx, team.id, BEN, team.lead, world.now())
    view = await home_of(world, ben)
    async with world.db.begin(tenant_of(world)) as tx:
        await members.remove(tx, team.id, BEN)

    await ben.press(view, text="Details")
    await world.answered()

    shown = world.slack.screen("U_BEN")
    assert shown is not None
    assert words(shown).startswith("There is no such team that you can see.")
    assert "secrets" not in words(await home_of(world, ben))


async def test_the_week_says_what_will_be_said_and_what_is_skipped_is_not(world: World, ada: Person) -> None:
    card = await agreed(world, march(5))
    view = await home_of(world, ada)
    assert "*Wed 4 Mar*, " in words(view)
    assert "A-1 Label the disks – due the next working day." in words(view)

    await ada.press(view, text="Skip")
    await world.settle()

    after = shown_to(world, ada)
    assert "Skipped: the reminder about A-1. Undo works for ten minutes." in words(after)
    assert "*Thu 5 Mar*, " in words(after)
    assert "due that day" in words(after)
    await morning(world, march(4))
    assert len(world.slack.messages(card.channel, card.ts)) == 1
    assert await _ended(world, TouchState.SKIPPED) == [Reason.UNWANTED]
    await morning(world, march(5))
    assert "is due today" in world.slack.messages(card.channel, card.ts)[-1].text


async def test_a_skip_is_taken_back(world: World, ada: Person) -> None:
    card = await agreed(world, march(5))
    await ada.press(await home_of(world, ada), text="Skip")
    await world.settle()

    await ada.press(shown_to(world, ada), text="Undo")
    await world.settle()

    assert "A-1 Label the disks – due the next working day." in words(shown_to(world, ada))
    await morning(world, march(4))
    assert "is due tomorrow" in world.slack.messages(card.channel, card.ts)[-1].text


async def test_d09_an_old_button_skips_nothing(world: World, ada: Person) -> None:
    card = await agreed(world, march(5))
    view = await home_of(world, ada)
    await morning(world, march(4))

    await ada.press(view, text="Skip")
    await world.settle()

    assert "Skipped" not in words(shown_to(world, ada))
    await morning(world, march(5))
    assert "is due today" in world.slack.messages(card.channel, card.ts)[-1].text


async def test_nobody_skips_what_is_anothers(world: World) -> None:
    await agreed(world, march(5), owner="U_BEN")
    async with world.db.begin(tenant_of(world)) as tx:
        (planned,) = await touches.ahead_of(tx, BEN, world.now() + timedelta(days=7), 9)
        assert await skipping.skip(tx, planned.id, UserId("U_ADA"), world.now()) == NothingToSkip()
        assert await skipping.skip(tx, TouchId("made-up"), BEN, world.now()) == NothingToSkip()
        assert isinstance(await skipping.skip(tx, planned.id, BEN, world.now()), Skipped)


async def test_long_lists_are_turned_over(world: World, ada: Person) -> None:
    plan: Values = {}
    for place in range(1, 4):
        plan |= own(place, f"Title {place}", due=march(16 + place))
    for channel in ("C_PAY", "C_WEB"):
        await assessed(world, 3, RUN, channel=channel, plan=plan)
    view = await home_of(world, ada)
    assert words(view).count("*A-") == 5

    await ada.press(view, action_id="home.later")
    await world.answered()

    after = shown_to(world, ada)
    assert words(after).count("*A-") == 1
    await ada.press(after, action_id="home.earlier")
    await world.answered()
    assert words(shown_to(world, ada)).count("*A-") == 5


async def test_d05_of_two_drawings_the_older_one_loses_in_silence(world: World, ada: Person) -> None:
    await agreed(world, march(17))
    view = await home_of(world, ada)
    who, before = Asker(tenant_of(world), UserId("U_ADA")), len(world.slack.calls("views.publish"))
    for _ in range(2):
        homes.refresh(world.deps, who, view.hash)
    await world.answered()
    published = sorted(call.outcome for call in world.slack.calls("views.publish")[before:])
    assert published == ["hash_conflict", "ok"]


@pytest.mark.parametrize("is_slow", [False, True], ids=["in time", "while the worker was away"])
async def test_an_admin_reads_whether_all_is_well(world: World, ada: Person, is_slow: bool) -> None:
    await agreed(world, march(5))
    if is_slow:
        world.clock.advance(timedelta(days=4).total_seconds())
    said = words(await home_of(world, ada))
    assert "*This workspace*" in said
    assert ("reminders are late" in said) is is_slow


async def _ended(world: World, state: TouchState) -> list[str]:
    async with world.db.read(tenant_of(world)) as tx:
        rows = await tx.session.scalars(select(TouchRow.reason).where(TouchRow.state == state))
        return [str(reason) for reason in rows if reason != Reason.REPLANNED]


async def test_it_follows_what_the_person_changes_elsewhere(world: World, ada: Person) -> None:
    await home_of(world, ada)
    await assessed(world, 3, RUN)
    assert "*payments*: Run" in words(shown_to(world, ada)), "a finished assessment"

    await ada.press(shown_to(world, ada), text="Reminder settings")
    await world.answered()
    form = world.slack.screen("U_ADA")
    assert form is not None
    assert not (await ada.submit(form, {"profile": "light"})).errors
    await world.answered()
    assert "Light: 09:" in words(shown_to(world, ada)), "a setting"


def _images(view: View) -> list[dict[str, Any]]:
    return [block for block in view.blocks if block["type"] == "image"]


def _uploads(world: World) -> int:
    return len(world.slack.calls("files.getUploadURLExternal"))


async def test_it_shows_the_picture_of_the_result_and_uploads_nothing(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    (result,) = [kept for kept in world.slack.messages("C_PAY") if "finished" in kept.text]
    posted = next(block for block in result.blocks if block["type"] == "image")
    before, published = _uploads(world), len(world.slack.calls("views.publish"))

    view = await home_of(world, ada)

    (image,) = _images(view)
    assert image["slack_file"] == posted["slack_file"]
    assert image["alt_text"] == posted["alt_text"]
    assert "Processes Run" in words(view), "the same figures as text"
    assert _uploads(world) == before
    assert len(world.slack.calls("views.publish")) == published + 1


async def test_a_picture_that_is_not_there_follows_and_is_there_from_then_on(world: World, ada: Person) -> None:
    world.slack.faults.add(Fault(Trouble.ERROR, "files.getUploadURLExternal", error="file_uploads_disabled", count=2))
    await assessed(world, 3, RUN)
    published = len(world.slack.calls("views.publish"))

    view = await home_of(world, ada)

    assert len(_images(view)) == 1
    shown = world.slack.calls("views.publish")[published:]
    assert [call.outcome for call in shown] == ["ok", "ok"]
    uploads = _uploads(world)
    (again,) = _images(await home_of(world, ada))
    assert again["slack_file"] == _images(view)[0]["slack_file"]
    assert _uploads(world) == uploads


async def test_without_its_picture_it_says_the_same(world: World, ada: Person) -> None:
    world.slack.faults.add(Fault(Trouble.ERROR, "files.*", error="missing_scope"))
    await assessed(world, 3, RUN)

    view = await home_of(world, ada)

    assert _images(view) == []
    assert "Processes Run" in words(view)
    assert "*payments*: Run, 100 of 100." in words(view)


async def test_a_picture_whose_file_was_deleted_is_left_out_once_and_then_drawn_anew(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    world.slack.workspace.uploads.clear()

    view = await home_of(world, ada)
    assert _images(view) == []
    assert "*payments*: Run" in words(view)
    world.slack.complaints.clear()

    assert len(_images(await home_of(world, ada))) == 1


async def test_three_teams_have_their_picture_and_the_others_are_a_press_away(world: World, ada: Person) -> None:
    for channel in ("C_PAY", "C_WEB", "G_SEC", "C_DATA"):
        await assessed(world, 3, RUN, channel=channel)

    view = await home_of(world, ada)

    assert len(_images(view)) == 3
    assert words(view).count("Run, 100 of 100") == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A-1 done", "you own no open action points", id="done"),
        pytest.param("action add Count the disks @ada", "A-2 Count the disks", id="added"),
        pytest.param("A-1 due 2026-04-20", "A-1 Label the disks* – due Mon 20 Apr.", id="another date"),
        pytest.param("A-1 assign <@U_BEN>", "1 open action point, none overdue", id="handed over"),
        pytest.param("remind light", "Light: 09:", id="one's own setting"),
        pytest.param("admin policy profile light", "Light: 09:", id="the workspace's default"),
        pytest.param("team rename Cash", "*Cash*: Run", id="a team's name"),
    ],
)
async def test_it_follows_what_is_typed(world: World, ada: Person, text: str, expected: str) -> None:
    await agreed(world, march(17))
    before = words(await home_of(world, ada))

    await answer(world, ada, text.replace("@ada", "<@U_ADA>"))

    assert words(shown_to(world, ada)) != before or "assign" in text
    assert expected in words(shown_to(world, ada))


async def test_it_follows_a_draft_that_is_thrown_away(world: World, ada: Person) -> None:
    await ada.close(await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"]))
    await world.answered()
    assert "a draft is open" in words(shown_to(world, ada))

    await ada.press(world.slack.ephemerals("U_ADA")[-1], text="Discard draft")
    await world.answered()

    assert "a draft is open" not in words(shown_to(world, ada))


async def test_what_changed_nothing_draws_nothing(world: World, ada: Person, ben: Person) -> None:
    await agreed(world, march(17))
    await answer(world, ada, "A-1 done")
    before = len(world.slack.calls("views.publish"))

    for person, text in (
        (ada, "A-1 done"),
        (ada, "A-9 done"),
        (ben, "A-1 drop not needed"),
        (ada, "A-1 due yesterday"),
    ):
        await answer(world, person, text)

    assert len(world.slack.calls("views.publish")) == before

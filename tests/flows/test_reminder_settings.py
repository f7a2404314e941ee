"""How and when one is reminded: said in words, changed by word or form, taken back within ten minutes."""

from datetime import date, time, timedelta

import pytest

from bot.domain.commands import Command
from bot.domain.remind_commands import (
    RemindAt,
    RemindDays,
    RemindHolidays,
    RemindLight,
    RemindOff,
    RemindOn,
    RemindPause,
    RemindResume,
    RemindSettings,
    RemindShow,
    RemindStandard,
    RemindTest,
    RemindZone,
)
from sandbox import Fault, Trouble
from sandbox.person import Person
from tests.flows.asking import performed, pressed_for_form, told, undone
from tests.flows.assessment import agreed, replies
from tests.flows.deciding import morning
from tests.flows.looking import buttons, held, shown, words
from tests.flows.times import at, march
from tests.flows.world import World


async def test_everything_that_holds_is_shown_with_who_says_so(world: World) -> None:
    answer = await told(world, "U_ADA", RemindShow())

    said = words(answer)
    assert "*Reminders*: standard, before the due date, on it and after it (the workspace's default)." in said
    assert " Europe/Paris, from your Slack" in said
    assert "*Working days*: Monday to Friday, as is usual in your country." in said
    assert "*Public holidays*: France, from your time zone." in said
    assert "*Pause*: none." in said
    assert buttons(answer) == ["Change"]


@pytest.mark.parametrize(
    ("command", "echo"),
    [
        pytest.param(RemindLight(), "Reminders: light, on the due date and the working day after it only", id="light"),
        pytest.param(RemindOff(), "Reminders: off, the Home tab and the channel's digest only", id="off"),
        pytest.param(RemindStandard(), "Reminders: standard", id="standard, by one's own choice"),
        pytest.param(RemindAt(time(10, 15)), "Time: 10:15, your own choice; Europe/Paris, from your Slack", id="at"),
        pytest.param(RemindZone("Asia/Tokyo"), "Asia/Tokyo, your own choice.", id="tz"),
        pytest.param(RemindDays(frozenset({6, 0, 1, 2, 3})), "Working days: Sunday to Thursday, your own", id="days"),
        pytest.param(RemindHolidays("DE"), "Public holidays: Germany, your own choice.", id="holidays"),
        pytest.param(RemindPause(date(2026, 3, 6)), "Pause: until Fri 6 Mar, that day included.", id="pause"),
        pytest.param(RemindPause(), "Pause: until Wed 3 Mar 2027, that day included.", id="pause without an end"),
    ],
)
async def test_a_change_is_said_back_and_can_be_undone(world: World, command: Command, echo: str) -> None:
    before = words(await told(world, "U_ADA", RemindShow()))

    answer = await told(world, "U_ADA", command)

    assert echo in answer.text
    assert buttons(answer) == ["Undo"]
    assert await undone(world, "U_ADA", answer) == "Undone: your reminder settings are as they were before."
    assert words(await told(world, "U_ADA", RemindShow())) == before
    assert (await undone(world, "U_ADA", answer)).startswith("There is nothing to undo")


async def test_off_and_on_again(world: World) -> None:
    assert (await told(world, "U_ADA", RemindOn())).text == "Nothing was changed: it is so already."
    await told(world, "U_ADA", RemindOff())

    answer = await told(world, "U_ADA", RemindOn())

    assert answer.text.startswith("Reminders: standard")


async def test_a_pause_ends_early(world: World) -> None:
    await told(world, "U_ADA", RemindPause(date(2026, 3, 20)))

    assert (await told(world, "U_ADA", RemindResume())).text == "Pause: none."


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        pytest.param(RemindAt(time(5, 59)), "Please choose a time from 06:00 to 20:00.", id="too early"),
        pytest.param(RemindAt(time(20, 1)), "Please choose a time from 06:00 to 20:00.", id="too late"),
        pytest.param(RemindZone("pariz"), "There is no such time zone. Did you mean Europe/Paris?", id="a slip"),
        pytest.param(RemindHolidays("XX"), "Please give a country by its code or its English name", id="no country"),
        pytest.param(RemindDays(frozenset()), "Please choose one working day at least.", id="no working day"),
        pytest.param(RemindPause(date(2026, 3, 1)), "The pause would end before it begins.", id="a pause that is over"),
        pytest.param(RemindPause(date(2028, 3, 1)), "A pause lasts a year at most.", id="a pause without an end"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_way_out(world: World, command: Command, sentence: str) -> None:
    assert (await performed(world, "U_ADA", command)).startswith(sentence)


async def test_reminders_that_are_not_said_yet_follow_the_new_hour_and_zone(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))  # the first reminder is planned for the 10th

    await told(world, "U_ADA", RemindAt(time(14)))
    await told(world, "U_ADA", RemindZone("Asia/Tokyo"))
    await world.until(at(march(10), "13:59", "Asia/Tokyo"))
    assert replies(world, card) == []
    await world.until(at(march(10), "14:01", "Asia/Tokyo"))

    assert len(replies(world, card)) == 1


async def test_after_ten_minutes_a_change_stands(world: World) -> None:
    answer = await told(world, "U_ADA", RemindLight())
    await world.pass_time(timedelta(minutes=10))

    assert "more than ten minutes ago" in await undone(world, "U_ADA", answer)
    assert "Reminders*: light" in words(await told(world, "U_ADA", RemindShow()))


async def test_a_change_of_the_same_since_then_stands(world: World) -> None:
    first = await told(world, "U_ADA", RemindLight())
    await told(world, "U_ADA", RemindOff())

    assert "changed again since" in await undone(world, "U_ADA", first)


async def test_a_change_of_something_else_is_left_alone_by_undo(world: World) -> None:
    first = await told(world, "U_ADA", RemindLight())
    await told(world, "U_ADA", RemindAt(time(15)))

    await undone(world, "U_ADA", first)

    said = words(await told(world, "U_ADA", RemindShow()))
    assert "Reminders*: standard" in said
    assert "15:00, your own choice; Europe/Paris" in said


async def test_the_form_shows_what_holds_and_changes_only_what_was_changed(world: World, ada: Person) -> None:
    view = await pressed_for_form(world, "U_ADA", await told(world, "U_ADA", RemindShow()), "Change")
    assert view.title == "Reminder settings"
    assert "Europe/Paris, from your Slack profile" in words(view)
    assert held(view, "weekdays") == ["0", "1", "2", "3", "4"]
    await told(world, "U_ADA", RemindHolidays("DE"))  # meanwhile, on another device

    saved = shown(await ada.submit(view, {"profile": "light", "at": "10:00"}))

    assert "Reminders*: light" in words(saved)
    assert "10:00, your own choice; Europe/Paris" in words(saved)
    said = words(await told(world, "U_ADA", RemindShow()))
    assert "Germany, your own choice" in said

    await ada.press(saved, text="Undo")
    await world.answered()
    assert "Undone: your reminder settings" in words(world.slack.screen("U_ADA"))
    assert "Reminders*: standard" in words(await told(world, "U_ADA", RemindShow()))


async def test_the_form_tells_beside_the_field_what_cannot_be(world: World, ada: Person) -> None:
    view = await pressed_for_form(world, "U_ADA", await told(world, "U_ADA", RemindShow()), "Change")

    refused = await ada.submit(
        view, {"zone": "Londn", "country": "Atlantis", "weekdays": [], "paused_until": date(2026, 3, 1)}
    )

    assert refused.errors["zone"] == "There is no such time zone. Did you mean Europe/London?"
    assert refused.errors["country"].startswith("Please give a country")
    assert refused.errors["weekdays"] == "Please choose one working day at least."
    assert refused.errors["paused_until"].startswith("The pause would end before")
    saved = shown(
        await ada.submit(
            view, {"zone": "London", "country": "", "weekdays": ["0", "1"], "paused_until": date(2026, 3, 4)}
        )
    )
    assert "Europe/London, your own choice" in words(saved)
    assert "Monday and Tuesday" in words(saved)


async def test_a_form_sent_back_untouched_changes_nothing(world: World, ada: Person) -> None:
    view = await pressed_for_form(world, "U_ADA", await told(world, "U_ADA", RemindShow()), "Change")

    assert "Nothing was changed." in words(shown(await ada.submit(view)))


async def test_asked_for_without_more_the_form_opens_at_once(world: World, ada: Person) -> None:
    reply = await ada.command("/finops-assess", "remind")
    await world.answered()

    assert reply.message is None
    view = world.slack.screen("U_ADA")
    assert view is not None
    assert view.title == "Reminder settings"


async def test_where_nothing_can_be_opened_it_is_said(world: World) -> None:
    assert (await performed(world, "U_ADA", RemindSettings())).startswith("Reminders: standard")


async def test_a_form_that_comes_too_late_says_what_to_do(world: World, ada: Person) -> None:
    answer = await told(world, "U_ADA", RemindShow())
    world.slack.faults.add(Fault(Trouble.ERROR, "views.open", count=1, performs=False, error="expired_trigger_id"))

    await ada.press(answer, text="Change")
    await world.settle()

    assert world.slack.ephemerals("U_ADA")[-1].text == "That took too long. Please press the button once more."


async def test_the_home_follows_and_says_why_something_is_planned(world: World, ada: Person) -> None:
    await agreed(world, march(6))
    await told(world, "U_ADA", RemindLight())
    home = world.slack.home("U_ADA")
    assert home is not None
    assert "Light" in words(home)

    await ada.press(home, text="Why")
    await world.answered()

    view = world.slack.screen("U_ADA")
    assert "This is planned because you own *A-1 Label the disks*, due Fri 6 Mar." in words(view)
    assert "It comes on the due date" in words(view)


async def test_a_sample_comes_at_once_and_what_is_planned_is_told_with_its_reason(world: World, ada: Person) -> None:
    await agreed(world, march(17))

    answer = await told(world, "U_ADA", RemindTest())

    assert "Tue 10 Mar, 09:" in words(answer)
    assert "*A-1 Label the disks* (payments) – due in about a week" in words(answer)
    (sample,) = world.slack.dm("U_ADA")
    assert sample.text == "This is a sample of a FinOps reminder: nothing is due."
    assert buttons(sample) == ["Why am I seeing this?", "Reminder settings"]
    view = await pressed_for_form(world, "U_ADA", sample, "Reminder settings")
    assert view.title == "Reminder settings"
    await ada.press(sample, text="Why am I seeing this?")
    await world.answered()
    assert world.slack.ephemerals("U_ADA")[-1].text == "You see this because you asked for a sample."


async def test_a_sample_takes_nobodys_turn(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    await world.until(at(march(10), "09:00"))
    await told(world, "U_ADA", RemindTest())

    await morning(world, march(10))

    assert len(replies(world, card)) == 1

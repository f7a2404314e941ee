"""What admins choose for everybody: defaults, other admins, teams that are stopped."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.admin_commands import (
    AdminGrant,
    AdminHolidays,
    AdminRoles,
    AdminStart,
    AdminStop,
    PolicyDigest,
    PolicyGuests,
    PolicyProfile,
    PolicyZone,
)
from bot.domain.commands import Command
from bot.domain.ids import ChannelId, UserId
from bot.domain.naming import InChannel, Named
from bot.domain.preferences import Profile, Role
from bot.domain.remind_commands import RemindShow
from bot.domain.team_commands import TeamShow
from sandbox.person import Person
from sandbox.values import Role as SlackRole
from tests.flows.asking import pressed_for_form, told, undone
from tests.flows.assessment import RUN, assessed, opened
from tests.flows.looking import buttons, held, shown, words
from tests.flows.world import World

NOT_YOURS = "There is nothing here that you can change."
PAYMENTS = InChannel(ChannelId("C_PAY"))


@pytest.mark.parametrize(
    ("command", "echo"),
    [
        pytest.param(AdminHolidays("DE"), "Public holidays: Germany.", id="holidays"),
        pytest.param(PolicyProfile(Profile.LIGHT), "Reminders: light, on the due date", id="profile"),
        pytest.param(PolicyZone("Asia/Tokyo"), "Time zone of whoever has none: Asia/Tokyo.", id="zone"),
        pytest.param(PolicyDigest(2, time(9)), "Digests: Wednesday at 09:00, by each team's clock.", id="digest"),
        pytest.param(PolicyGuests(True), "Guests: may answer where their team does.", id="guests"),
        pytest.param(
            AdminGrant(Role.ADMIN, UserId("U_CHI")), "<@U_CHI> is an admin of FinOps from now on.", id="grant"
        ),
    ],
)
async def test_an_admin_s_change_is_said_back_and_can_be_undone(world: World, command: Command, echo: str) -> None:
    before = words(await told(world, "U_ADA", AdminRoles()))

    answer = await told(world, "U_ADA", command)

    assert answer.text.startswith(echo)
    assert words(await told(world, "U_ADA", AdminRoles())) != before
    assert (await undone(world, "U_ADA", answer)).startswith("Undone: the")
    assert words(await told(world, "U_ADA", AdminRoles())) == before


@pytest.mark.parametrize(
    "command",
    [
        AdminRoles(),
        AdminHolidays("DE"),
        PolicyProfile(Profile.OFF),
        PolicyZone(None),
        PolicyDigest(2, time(9)),
        PolicyGuests(True),
        AdminGrant(Role.ADMIN, UserId("U_BEN")),
        AdminStop(PAYMENTS),
        AdminStart(PAYMENTS),
        AdminStop(Named("no such team")),
    ],
)
async def test_nobody_else_may(world: World, command: Command) -> None:
    await assessed(world, 3, RUN, user="U_BEN")
    before = words(await told(world, "U_ADA", AdminRoles()))

    assert (await told(world, "U_BEN", command)).text.startswith(NOT_YOURS)

    assert words(await told(world, "U_ADA", AdminRoles())) == before
    assert "stopped" not in (await told(world, "U_BEN", TeamShow())).text


async def test_a_default_holds_for_whoever_has_not_chosen(world: World) -> None:
    await told(world, "U_ADA", PolicyProfile(Profile.LIGHT))
    await told(world, "U_ADA", AdminHolidays("DE"))

    said = words(await told(world, "U_BEN", RemindShow()))

    assert "*Reminders*: light, on the due date and the working day after it only (the workspace's default)." in said
    assert "*Public holidays*: Germany, the workspace's default." in said


async def test_who_was_made_an_admin_is_one_at_once(world: World) -> None:
    await told(world, "U_ADA", AdminGrant(Role.ADMIN, UserId("U_BEN")))

    assert "<@U_BEN>" in (await told(world, "U_BEN", AdminRoles())).text
    again = await told(world, "U_ADA", AdminGrant(Role.ADMIN, UserId("U_BEN")))
    assert again.text == "Nothing was changed: <@U_BEN> has that role already."


async def test_who_is_no_admin_of_the_workspace_any_more_is_none_here_after_five_minutes(world: World) -> None:
    await told(world, "U_ADA", AdminRoles())
    world.slack.workspace.add(replace(world.slack.workspace.users["U_ADA"], role=SlackRole.MEMBER))
    await world.pass_time(timedelta(minutes=6))

    assert (await told(world, "U_ADA", AdminRoles())).text.startswith(NOT_YOURS)


async def test_a_team_is_stopped_and_started_by_its_channel_or_its_name(world: World) -> None:
    await assessed(world, 3, RUN, user="U_BEN")

    stopped = await told(world, "U_ADA", AdminStop(PAYMENTS))
    assert stopped.text == "The bot says nothing by itself about payments any more, until it is started again."
    assert "stopped by an admin" in (await told(world, "U_BEN", TeamShow())).text
    again = await told(world, "U_ADA", AdminStop(Named("Payments")))
    assert again.text == "Nothing was changed: it is so already in payments."
    started = await told(world, "U_ADA", AdminStart(Named("#payments")))
    assert started.text == "The bot speaks about payments again."
    assert (await told(world, "U_ADA", AdminStop(Named("nobody's")))).text == "There is no such team that you can see."


async def test_the_form_sets_the_defaults_and_makes_an_admin(world: World, ada: Person) -> None:
    answer = await told(world, "U_ADA", AdminRoles())
    assert buttons(answer) == ["Workspace settings"]
    view = await pressed_for_form(world, "U_ADA", answer, "Workspace settings")

    refused = await ada.submit(view, {"zone": "Nowhere", "country": "Atlantis", "profile": "light"})
    assert set(refused.errors) == {"zone", "country"}
    refused = await ada.submit(view, {"zone": "UTC", "country": "", "admin": "U_EVE"})
    assert set(refused.errors) == {"admin"}
    saved = shown(await ada.submit(view, {"admin": "U_BEN", "weekdays": ["0", "1", "2", "3"]}))

    said = words(saved)
    for sentence in ("*Reminders*: light", "Monday to Thursday", "<@U_BEN> is an admin of FinOps"):
        assert sentence in said
    assert "*Working days*: Monday to Thursday, the workspace's default." in words(
        await told(world, "U_BEN", RemindShow())
    )


async def test_the_form_lets_guests_in_and_what_else_it_changes_leaves_that_alone(world: World, ada: Person) -> None:
    eve = world.slack.person("U_EVE")
    view = await pressed_for_form(world, "U_ADA", await told(world, "U_ADA", AdminRoles()), "Workspace settings")
    saved = shown(await ada.submit(view, {"guests": "may_answer"}))
    assert "*Guests*: may answer where their team does." in words(saved)

    later = await pressed_for_form(world, "U_ADA", await told(world, "U_ADA", AdminRoles()), "Workspace settings")
    assert held(later, "guests") == "may_answer"
    await ada.submit(later, {"profile": "light"})
    await told(world, "U_ADA", AdminHolidays("DE"))
    assert (await opened(world, eve, user="U_EVE")).title == "Step 1 of 5: Processes"

    assert (await undone(world, "U_ADA", await told(world, "U_ADA", PolicyGuests(False)))).startswith("Undone")
    assert "*Guests*: may answer" in words(await told(world, "U_ADA", AdminRoles()))


async def test_the_form_is_for_admins_alone(world: World, ben: Person) -> None:
    granted = await told(world, "U_ADA", AdminGrant(Role.ADMIN, UserId("U_BEN")))
    answer = await told(world, "U_BEN", AdminRoles())
    view = await pressed_for_form(world, "U_BEN", answer, "Workspace settings")
    await undone(world, "U_ADA", granted)

    assert NOT_YOURS in words(shown(await ben.submit(view, {"profile": "off"})))
    await ben.close(view)
    view = await pressed_for_form(world, "U_BEN", answer, "Workspace settings")
    assert NOT_YOURS in words(view)
    assert "standard" in words(await told(world, "U_ADA", AdminRoles()))

"""A team as its lead changes it, by word and by form: settings, name, channel, people."""

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.commands import Command
from bot.domain.ids import ChannelId, UserId
from bot.domain.remind_commands import RemindDigest
from bot.domain.team_commands import TeamAdd, TeamLead, TeamLink, TeamRemove, TeamRename, TeamShow, TeamUnlink
from sandbox.person import Person
from tests.flows.asking import pressed_for_form, told, undone
from tests.flows.assessment import RUN, agreed, assessed, posts, replies
from tests.flows.looking import buttons, held, shown, words
from tests.flows.times import NEW_YORK, PARIS, TOKYO, at, march
from tests.flows.world import World

BEN = UserId("U_BEN")
NOT_YOURS = "There is nothing here that you can change."


async def begun(world: World, channel: str = "C_PAY") -> None:
    """A team whose lead is Ben, who administers nothing."""
    await assessed(world, 3, RUN, channel=channel, user="U_BEN")


async def test_a_team_is_shown_to_its_workspace_and_can_be_changed_by_its_lead(world: World) -> None:
    await begun(world)

    for user, may in (("U_BEN", ["Team settings", "Name and people"]), ("U_CHI", [])):
        answer = await told(world, user, TeamShow())
        assert answer.text == "payments is in <#C_PAY>."
        assert "*Lead*: <@U_BEN>." in words(answer)
        assert "*Weekly digest*: Monday at 10:00, the workspace's default" in words(answer)
        assert "America/New_York, from the lead's Slack profile" in words(answer)
        assert "*Next assessment*: after 90 days, as the model says." in words(answer)
        assert buttons(answer) == may


@pytest.mark.parametrize(
    ("command", "echo"),
    [
        pytest.param(
            TeamRename("Checkout <!here>"), "The team is called Checkout &lt;!here&gt; from now on.", id="name"
        ),
        pytest.param(TeamLink(ChannelId("C_WEB")), "payments is told everything in <#C_WEB> from now on.", id="link"),
        pytest.param(TeamUnlink(), "payments has no channel any more.", id="unlink"),
        pytest.param(TeamAdd(UserId("U_CHI")), "<@U_CHI> belongs to payments now.", id="add"),
        pytest.param(TeamLead(UserId("U_CHI")), "<@U_CHI> leads payments from now on.", id="lead"),
        pytest.param(RemindDigest(4, time(15)), "Weekly digest: Friday at 15:00, the team's own choice", id="digest"),
    ],
)
async def test_a_change_is_said_back_and_can_be_undone(world: World, command: Command, echo: str) -> None:
    await begun(world)
    before = words(await told(world, "U_BEN", TeamShow()))

    answer = await told(world, "U_BEN", command)

    assert answer.text.startswith(echo)
    assert buttons(answer) == ["Undo"]
    assert (await undone(world, "U_BEN", answer)).startswith("Undone: the team")
    assert words(await told(world, "U_BEN", TeamShow())) == before


@pytest.mark.parametrize(
    "command",
    [
        TeamRename("Mine"),
        TeamLink(ChannelId("C_WEB")),
        TeamUnlink(),
        TeamAdd(UserId("U_CHI")),
        TeamRemove(BEN),
        TeamLead(UserId("U_CHI")),
        RemindDigest(4, time(15)),
    ],
)
async def test_others_and_those_in_a_channel_without_a_team_are_refused_in_the_same_words(
    world: World, command: Command
) -> None:
    await begun(world)
    before = words(await told(world, "U_BEN", TeamShow()))

    refused = await told(world, "U_CHI", command)
    nowhere = await told(world, "U_BEN", command, channel="C_DATA")

    assert refused.text == nowhere.text
    assert refused.text.startswith(NOT_YOURS)
    assert words(await told(world, "U_BEN", TeamShow())) == before


async def _by_next_morning(world: World, user: str, zone: str) -> list[str]:
    """What somebody was told directly."""
    await world.until(at(march(3), "10:30", zone))
    return [kept.text for kept in world.slack.dm(user)]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        pytest.param(TeamLead(UserId("U_CHI")), "<@U_BEN> made you the lead of payments in FinOps.", id="lead"),
        pytest.param(TeamAdd(UserId("U_CHI")), "<@U_BEN> added you to payments in FinOps.", id="member"),
    ],
)
async def test_who_is_made_something_by_somebody_else_is_told_once(
    world: World, command: Command, expected: str
) -> None:
    await begun(world)
    await told(world, "U_BEN", command)
    await world.slack.resend()
    await told(world, "U_BEN", command)

    assert await _by_next_morning(world, "U_CHI", TOKYO) == [expected]
    assert await _by_next_morning(world, "U_BEN", NEW_YORK) == []
    assert [kept.text for kept in world.slack.dm("U_CHI")] == [expected]


@pytest.mark.parametrize("command", [TeamLead(UserId("U_CHI")), TeamAdd(UserId("U_CHI"))], ids=["lead", "member"])
async def test_what_was_taken_back_before_their_morning_is_never_told(world: World, command: Command) -> None:
    """It is five in the afternoon where Chi is."""
    await begun(world)
    await undone(world, "U_BEN", await told(world, "U_BEN", command))

    assert await _by_next_morning(world, "U_CHI", TOKYO) == []


async def test_who_takes_it_on_themselves_is_told_nothing(world: World) -> None:
    await begun(world)
    await told(world, "U_ADA", TeamLead(UserId("U_ADA")))
    await told(world, "U_ADA", TeamAdd(UserId("U_ADA")))

    assert await _by_next_morning(world, "U_ADA", PARIS) == []


async def test_an_admin_of_the_workspace_may_what_the_lead_may(world: World) -> None:
    await begun(world)

    assert "leads payments" in (await told(world, "U_ADA", TeamLead(UserId("U_CHI")))).text


async def test_who_gave_the_lead_away_may_change_nothing_but_take_it_back(world: World) -> None:
    await begun(world)
    given = await told(world, "U_BEN", TeamLead(UserId("U_CHI")))

    assert (await told(world, "U_BEN", TeamRename("Mine"))).text.startswith(NOT_YOURS)
    assert await undone(world, "U_BEN", given) == "Undone: the team has its former lead again."
    assert "*Lead*: <@U_BEN>." in words(await told(world, "U_BEN", TeamShow()))


async def test_the_last_lead_cannot_be_removed(world: World) -> None:
    await begun(world)

    for user in ("U_BEN", "U_ADA"):
        answer = await told(world, user, TeamRemove(BEN))
        assert answer.text == "A team needs its lead. Make somebody else its lead first."


@pytest.mark.parametrize("user", ["U_EVE", "U_XAV", "U_GONE", "U_BOT"])
async def test_guests_strangers_bots_and_the_gone_are_given_nothing(world: World, user: str) -> None:
    await begun(world)

    for command in (TeamLead(UserId(user)), TeamAdd(UserId(user))):
        answer = await told(world, "U_BEN", command)
        assert answer.text.startswith("Please choose a full member of this workspace")


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        pytest.param("G_HID", "I cannot see that channel.", id="private, without the bot"),
        pytest.param("C_OLD", "That channel is archived.", id="archived"),
        pytest.param("C_NONE", "I cannot see that channel.", id="not there"),
        pytest.param("C_WEB", "That channel has a team of its own already.", id="another team's"),
    ],
)
async def test_a_channel_that_a_team_cannot_move_to(world: World, channel: str, sentence: str) -> None:
    await begun(world)
    await begun(world, "C_WEB")

    assert (await told(world, "U_BEN", TeamLink(ChannelId(channel)))).text.startswith(sentence)


async def test_a_private_channel_is_only_for_those_who_are_in_it(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, user="U_CHI")

    outside = await told(world, "U_CHI", TeamLink(ChannelId("G_SEC")))
    inside = await told(world, "U_ADA", TeamLink(ChannelId("G_SEC")))

    assert outside.text == "I cannot see that channel. Please invite me there first: /invite @FinOps"
    assert inside.text.startswith("payments is told everything in <#G_SEC>")


async def test_a_team_that_moved_posts_in_its_new_channel(world: World) -> None:
    await begun(world)
    await told(world, "U_BEN", TeamLink(ChannelId("C_WEB")))

    await assessed(world, 3, RUN, channel="C_WEB", user="U_BEN")

    assert "payments" in posts(world, "C_WEB")[0].text


async def test_the_form_changes_what_was_changed_in_it_and_says_so(world: World, ben: Person) -> None:
    await begun(world)
    view = await pressed_for_form(world, "U_BEN", await told(world, "U_BEN", TeamShow()), "Team settings")
    assert view.title == "Team settings"
    assert held(view, "digests") == "on"
    assert "speaks" not in view.state  # for admins alone
    await told(world, "U_BEN", RemindDigest(4, time(15)))  # meanwhile

    refused = await ben.submit(view, {"zone": "Tokio", "announce_to": "G_HID"})
    assert refused.errors == {"announce_to": "I cannot see that channel. Please invite me there first: /invite @FinOps"}
    refused = await ben.submit(view, {"announce_to": "C_DATA"})
    assert refused.errors == {"zone": "There is no such time zone. Did you mean Asia/Tokyo?"}
    saved = shown(
        await ben.submit(view, {"zone": "Tokyo", "drops": "lead-only", "reassess_days": "60", "target.process": "2"})
    )

    said = words(saved)
    assert "Friday at 15:00, the team's own choice; the time zone is Asia/Tokyo, the team's own choice" in said
    assert "told in the team's channel and in <#C_DATA>" in said
    assert "told to the lead alone" in said
    assert "after 60 days, the team's own choice" in said
    assert "*Good enough*: Processes: Walk." in said
    await ben.press(saved, text="Undo")
    await world.answered()
    assert "Undone: the team is as it was before." in words(world.slack.screen("U_BEN"))
    assert "Friday at 15:00, the team's own choice; the time zone is America/New_York" in words(
        await told(world, "U_BEN", TeamShow())
    )


async def test_an_admin_stops_the_team_in_the_same_form(world: World, ada: Person) -> None:
    await begun(world)
    view = await pressed_for_form(world, "U_ADA", await told(world, "U_ADA", TeamShow()), "Team settings")

    saved = shown(await ada.submit(view, {"speaks": "off"}))

    assert "The bot says nothing by itself about *payments* any more" in words(saved)
    assert "was stopped by an admin" in (await told(world, "U_BEN", TeamShow())).text


async def test_name_channel_and_people_change_together(world: World, ben: Person) -> None:
    await begun(world)
    await told(world, "U_BEN", TeamAdd(UserId("U_CHI")))
    view = await pressed_for_form(world, "U_BEN", await told(world, "U_BEN", TeamShow()), "Name and people")
    assert held(view, "members") == ["U_CHI"]

    refused = await ben.submit(view, {"name": "Checkout", "lead": "U_EVE", "channel": "C_WEB"})
    assert set(refused.errors) == {"lead"}
    assert "payments" in (await told(world, "U_BEN", TeamShow())).text
    saved = shown(await ben.submit(view, {"lead": "U_ADA", "members": ["U_BEN"]}))

    said = words(saved)
    for sentence in (
        "is called *Checkout*",
        "<#C_WEB>",
        "<@U_BEN> belongs",
        "<@U_CHI> was taken off",
        "<@U_ADA> leads",
    ):
        assert sentence in said
    assert len([text for text in buttons(saved) if text == "Undo"]) == 5


async def test_a_form_of_a_team_that_is_not_ones_own_shows_nothing(world: World, ben: Person) -> None:
    await begun(world)
    answer = await told(world, "U_BEN", TeamShow())
    await told(world, "U_BEN", TeamLead(UserId("U_CHI")))

    for text in ("Team settings", "Name and people"):
        view = await pressed_for_form(world, "U_BEN", answer, text)
        assert NOT_YOURS in words(view)
        assert "payments" not in words(view)
        await ben.close(view)


async def test_c05_a_form_that_was_opened_before_the_lead_changed_is_refused(world: World, ben: Person) -> None:
    await begun(world)
    view = await pressed_for_form(world, "U_BEN", await told(world, "U_BEN", TeamShow()), "Team settings")
    await told(world, "U_ADA", TeamLead(UserId("U_CHI")))

    assert NOT_YOURS in words(shown(await ben.submit(view, {"digests": "off"})))
    assert "Monday at 10:00" in words(await told(world, "U_CHI", TeamShow()))


async def test_reminders_of_those_without_a_zone_follow_the_teams(world: World, ada: Person) -> None:
    world.slack.workspace.add(replace(world.slack.workspace.users["U_ADA"], tz=""))
    card = await agreed(world, march(17))

    view = await pressed_for_form(world, "U_ADA", await told(world, "U_ADA", TeamShow()), "Team settings")
    shown(await ada.submit(view, {"zone": "Tokyo"}))
    await world.until(at(march(10), "09:29", "Asia/Tokyo"))
    assert replies(world, card) == []
    await world.until(at(march(10), "09:51", "Asia/Tokyo"))

    assert len(replies(world, card)) == 1

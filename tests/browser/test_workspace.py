"""The workspace changes under the app, by menus and by commands of the platform itself; people call it by its name."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import World, shoot
from tests.browser.test_page import be, composer, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def told(world: World, kind: str) -> dict[str, Any]:
    """The newest event of this kind that the app has heard."""

    def heard() -> list[dict[str, Any]]:
        return [event for event in world.app.events if event["type"] == kind]

    await world.slack.until(heard)
    return heard()[-1]


async def choose(page: Page, opener: Locator, item: str) -> None:
    await opener.click()
    await page.get_by_role("menuitem", name=item).click()


def of_channel(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("button", name="Channel settings")


async def panel(page: Page) -> Locator:
    await page.get_by_role("button", name="Workspace").click()
    return page.get_by_role("complementary", name="Workspace")


async def answer(page: Page, yes: str) -> None:
    await page.get_by_role("dialog").get_by_role("button", name=yes, exact=True).click()


async def test_the_app_is_called_by_its_name(page: Page, world: World) -> None:
    await say(page, "@Pantry more tea, please")
    mention = await told(world, "app_mention")
    assert (mention["text"], mention["user"]) == ("<@U_BOT> more tea, please", "U_ADA")
    await expect(messages(page).get_by_text("@Pantry")).to_be_visible()
    await messages(page).hover()
    await page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("combobox").press_sequentially("Sorry @pan")
    await expect(page.get_by_role("option", name="Pantry")).to_be_visible()
    await shoot(page, "example-mention")
    await thread.get_by_role("combobox").press("Enter")
    await thread.get_by_role("combobox").press_sequentially("coffee")
    await thread.get_by_role("combobox").press("Enter")
    await world.slack.until(lambda: len(world.app.events) == 2)
    mention = world.app.events[-1]
    assert (mention["text"], mention["thread_ts"]) == ("Sorry <@U_BOT> coffee", world.slack.messages("C_PAY")[0].ts)


async def test_an_app_that_is_not_there_does_not_hear_its_name(page: Page, world: World) -> None:
    await page.get_by_role("button", name="elsewhere").click()
    await composer(page, "#elsewhere").fill("@Pantry hello")
    await composer(page, "#elsewhere").press("Enter")
    await expect(page.get_by_role("main")).to_contain_text("does not hear you. Ask it in with /invite @pantry")
    assert world.app.events == []


async def test_the_app_is_invited_and_removed(page: Page, world: World) -> None:
    await page.get_by_role("button", name="elsewhere").click()
    await composer(page, "#elsewhere").fill("/invite @Pantry")
    await composer(page, "#elsewhere").press("Enter")
    joined = await told(world, "member_joined_channel")
    assert (joined["user"], joined["inviter"]) == ("U_BOT", "U_ADA")
    await expect(page.get_by_role("main")).to_contain_text("Pantry is here")
    await choose(page, of_channel(page), "Remove Pantry")
    await expect(page.get_by_role("main")).to_contain_text("Pantry is not here")
    await expect(of_channel(page)).to_be_focused()
    assert (await told(world, "channel_left"))["actor_id"] == "U_ADA"
    await choose(page, of_channel(page), "Invite Pantry")
    await world.slack.until(lambda: len(world.app.events) == 3)


async def test_what_cannot_be_done_is_said(page: Page, world: World) -> None:
    await say(page, "/invite @xav")
    await expect(page.get_by_role("main")).to_contain_text("U_XAV cannot be invited to #payments.")
    await choose(page, of_channel(page), "Rename")
    await page.get_by_role("textbox", name="Name").fill("Two Words")
    await answer(page, "Rename")
    await expect(page.get_by_text("channel names are in lower case")).to_be_visible()
    assert world.slack.workspace.channels["C_PAY"].name == "payments"


async def test_a_channel_is_renamed_archived_and_opened_again(page: Page, world: World) -> None:
    await choose(page, of_channel(page), "Rename")
    await page.get_by_role("textbox", name="Name").fill("money")
    await shoot(page, "example-rename")
    await answer(page, "Rename")
    await expect(page.get_by_role("heading", name="#money")).to_be_visible()
    assert (await told(world, "channel_rename"))["channel"]["name"] == "money"
    await choose(page, of_channel(page), "Archive")
    await answer(page, "Archive")
    await expect(page.get_by_role("main")).to_contain_text("#money is archived: nothing can be written here.")
    await told(world, "channel_archive")
    await choose(page, of_channel(page), "Unarchive")
    await expect(page.get_by_role("main")).to_contain_text("1 member · Pantry is not here")
    await expect(composer(page, "#money")).to_be_visible()
    await told(world, "channel_unarchive")


async def test_a_channel_becomes_private_and_is_shared_and_deleted(page: Page, world: World) -> None:
    await choose(page, of_channel(page), "Make private")
    await answer(page, "Make private")
    await expect(messages(page)).to_contain_text("made this channel private.")
    await choose(page, of_channel(page), "Share with another organisation")
    await expect(page.get_by_role("main")).to_contain_text("shared with another organisation")
    assert (await told(world, "channel_shared"))["connected_team_id"] == "T0PARTNER"
    await choose(page, of_channel(page), "Delete")
    await shoot(page, "example-delete")
    await answer(page, "Delete")
    await expect(page.get_by_role("navigation")).not_to_contain_text("payments")
    await expect(page.get_by_role("heading", name="#web-shop")).to_be_visible()


async def test_the_panel_shows_all_that_a_person_may_see(page: Page, world: World) -> None:
    shown = await panel(page)
    await expect(shown.get_by_role("listitem").filter(has_text="payments")).to_contain_text(
        "5 members · Pantry is here"
    )
    await expect(shown).to_contain_text("secrets")
    await expect(shown).not_to_contain_text("hidden")
    await expect(shown.get_by_role("listitem").filter(has_text="Gus Gone")).to_contain_text("deactivated")
    await shoot(page, "example-workspace")
    await choose(page, shown.get_by_role("button", name="Change #web-shop"), "Archive")
    await answer(page, "Archive")
    await expect(shown.get_by_role("listitem").filter(has_text="web-shop")).to_contain_text("archived")


async def test_somebody_is_not_to_be_disturbed(page: Page, world: World) -> None:
    await choose(page, page.get_by_role("button", name="Be someone else"), "Do not disturb until")
    await shoot(page, "example-do-not-disturb")
    await answer(page, "Pause")
    status = (await told(world, "dnd_updated_user"))["dnd_status"]
    assert status["next_dnd_end_ts"] == pytest.approx(world.slack.clock.now() + 7200, abs=90)
    await expect(page.get_by_role("button", name="Be someone else")).to_contain_text("Do not disturb")
    await choose(page, page.get_by_role("button", name="Be someone else"), "End do not disturb")
    await expect(page.get_by_role("button", name="Be someone else")).not_to_contain_text("Do not disturb")
    assert world.slack.workspace.users["U_ADA"].dnd_until <= world.slack.clock.now()


async def test_somebody_travels(page: Page, world: World) -> None:
    await choose(page, page.get_by_role("button", name="Be someone else"), "Time zone")
    field = page.get_by_role("dialog").get_by_role("combobox", name="Time zone")
    await field.fill("kathmandu")
    await field.press("Enter")
    await answer(page, "Change")
    assert (await told(world, "user_change"))["user"]["tz"] == "Asia/Kathmandu"
    await page.get_by_role("button", name="Be someone else").click()
    await expect(page.get_by_role("menuitemradio", name="Ada Martin")).to_contain_text("Asia/Kathmandu")


async def test_somebody_leaves_and_comes_back(page: Page, world: World) -> None:
    shown = await panel(page)
    await choose(page, shown.get_by_role("button", name="Change Chi Tanaka"), "Deactivate")
    await answer(page, "Deactivate")
    await expect(shown.get_by_role("listitem").filter(has_text="Chi Tanaka")).to_contain_text("deactivated")
    await expect(page.get_by_role("navigation")).not_to_contain_text("Chi Tanaka")
    await choose(page, shown.get_by_role("button", name="Change Chi Tanaka"), "Reactivate")
    await expect(page.get_by_role("navigation")).to_contain_text("Chi Tanaka")
    await choose(page, of_channel(page), "Add someone")
    field = page.get_by_role("dialog").get_by_role("combobox", name="Person")
    await field.fill("Chi")
    await field.press("Enter")
    await answer(page, "Add")
    assert (await told(world, "member_joined_channel"))["user"] == "U_CHI"
    await choose(page, shown.get_by_role("button", name="Change Ada Martin"), "Deactivate")
    await answer(page, "Deactivate")
    await expect(page.get_by_role("navigation")).to_contain_text("You are Ben Clarke")


async def test_the_workspace_is_changed_by_the_keyboard_alone(page: Page, world: World) -> None:
    await page.get_by_role("button", name="Workspace").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Workspace")).to_be_focused()
    change = page.get_by_role("complementary").get_by_role("button", name="Change #payments")
    while not await change.evaluate("each => each === document.activeElement"):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Remove Pantry")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.keyboard.type("money")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary")).to_contain_text("money")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Workspace")).to_be_focused()


async def test_what_is_only_for_one_person_is_undone_where_it_stands(page: Page, world: World) -> None:
    await say(page, "/tidy")
    await messages(page).get_by_role("button", name="Undo").click()
    await expect(messages(page)).to_contain_text("As it was before.")
    await expect(messages(page)).to_have_count(1)
    await expect(messages(page)).to_contain_text("Only visible to you")
    await expect(messages(page).get_by_role("button", name="Undo")).to_have_count(0)


async def test_choices_in_a_message_act_at_once_and_are_asked_about(page: Page, world: World) -> None:
    await say(page, "/show")
    message = messages(page).first
    await message.get_by_role("combobox", name="Room").fill("elsewhere")
    await message.get_by_role("combobox", name="Room").press("Enter")
    await message.get_by_label("When").fill("09:30")
    await world.slack.until(lambda: len(world.app.pressed) == 2)
    await message.get_by_role("checkbox", name="Cream").click()
    await answer(page, "Enough")
    await expect(message.get_by_role("checkbox", name="Cream")).not_to_be_checked()
    await message.get_by_role("checkbox", name="Cream").click()
    await answer(page, "More")
    await world.slack.until(lambda: len(world.app.pressed) == 3)
    room, when, extras = world.app.pressed
    assert (room["selected_channel"], when["selected_time"]) == ("C_OUT", "09:30")
    assert [option["value"] for option in extras["selected_options"]] == ["cream"]


async def test_a_permalink_leads_to_its_message(page: Page, world: World) -> None:
    parent = await world.slack.person("U_BEN").say("C_WEB", "A card")
    reply = await world.slack.person("U_BEN").say("C_WEB", "The answer", parent.ts)
    hidden = await world.slack.person("U_BEN").say("G_HID", "Nothing for Ada")
    place = f"https://sandbox.slack.com/archives/C_WEB/p{reply.ts.replace('.', '')}"
    secret = f"https://sandbox.slack.com/archives/G_HID/p{hidden.ts.replace('.', '')}"
    links = f"<{place}?thread_ts={parent.ts}&cid=C_WEB|Look> and <{secret}|not here>"
    await world.slack.person("U_BEN").say("C_PAY", links)
    await messages(page).get_by_role("link", name="not here").click()
    await expect(page.get_by_text("This message is in a channel that you are not in.")).to_be_visible()
    await messages(page).get_by_role("link", name="Look").click()
    await expect(page.get_by_role("heading", name="#web-shop")).to_be_visible()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.locator("li.message").last).to_be_focused()
    await expect(thread.locator("li.message").last).to_contain_text("The answer")


async def test_everybody_follows_what_one_person_changes(page: Page, world: World) -> None:
    await world.slack.lifecycle.rename("C_PAY", "money")
    await expect(page.get_by_role("heading", name="#money")).to_be_visible()
    await world.slack.lifecycle.leave("C_PAY", "U_ADA", "U_BEN")
    await expect(page.get_by_role("heading", name="#web-shop")).to_be_visible()
    await be(page, "Ben Clarke")
    await page.get_by_role("button", name="money").click()
    await expect(page.get_by_role("main")).to_contain_text("4 members")

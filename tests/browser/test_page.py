"""The page, driven as a person would: everything that an app can show is seen, filled in and pressed."""

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.values import Message
from tests.browser.conftest import World, shoot

pytestmark = pytest.mark.asyncio(loop_scope="session")


def composer(page: Page, name: str = "#payments") -> Locator:
    return page.get_by_role("combobox", name=f"Message {name}")


def messages(page: Page) -> Locator:
    return page.get_by_role("main").locator("li.message")


async def say(page: Page, words: str) -> None:
    await composer(page).fill(words)
    await composer(page).press("Enter")


async def be(page: Page, name: str) -> None:
    await page.get_by_role("button", name="Be someone else").click()
    await page.get_by_role("menuitemradio", name=name).click()
    await expect(page.get_by_role("navigation")).to_contain_text(f"You are {name}")


async def leave(page: Page) -> None:
    form = page.get_by_role("dialog", name="An order")
    await expect(form).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(form).to_be_hidden()


async def pick(page: Page, label: str, *choices: str) -> None:
    """By keyboard: some letters, then Enter."""
    field = page.get_by_role("dialog").get_by_role("combobox", name=label, exact=True)
    for choice in choices:
        await field.fill(choice)
        await expect(page.get_by_role("option", name=choice)).to_be_visible()
        await field.press("Enter")


async def fill_in(page: Page) -> None:
    form = page.get_by_role("dialog", name="An order")
    typed = {
        "Words": "Bread", "Story": "Long\nago", "Number": "7", "E-mail": "ada@example.com",
        "Address": "https://example.com", "Date": "2027-05-01", "Time": "10:30", "Moment": "2027-05-01T10:00",
    }  # fmt: skip
    for label, value in typed.items():
        await form.get_by_label(label, exact=True).fill(value)
    await pick(page, "Fruit", "Pear")
    await pick(page, "Tool", "Saw")
    await pick(page, "Drinks", "Tea", "Milk")
    await pick(page, "Person", "Ben")
    await pick(page, "People", "Chi", "Ada")
    await pick(page, "Conversation", "web-shop")
    await pick(page, "Channels", "data-platform")
    await form.get_by_role("radio", name="Large").check()
    await form.get_by_role("checkbox", name="Cream").check()


async def test_every_kind_of_field_is_filled_in_and_arrives(page: Page, world: World) -> None:
    await say(page, "/order bread for @ben in #web-shop")
    await expect(page.get_by_role("dialog", name="An order")).to_be_visible()
    assert world.app.commands[0]["text"] == "bread for <@U_BEN|ben> in <#C_WEB|web-shop>"
    await fill_in(page)
    await shoot(page, "example-form")
    await page.get_by_role("button", name="Order", exact=True).click()
    await expect(page.get_by_role("dialog", name="And then?")).to_be_visible()
    [values] = world.app.submitted
    told = {name: next(value for key, value in held["in"].items() if key != "type") for name, held in values.items()}
    option = {name: told[name]["value"] for name in ("static", "external", "radio")}
    assert option == {"static": "pear", "external": "saw", "radio": "large"}
    assert [each["value"] for each in told["several"]] == ["tea", "milk"]
    assert [each["value"] for each in told["boxes"]] == ["cream"]
    assert (told["person"], told["people"]) == ("U_BEN", ["U_CHI", "U_ADA"])
    assert (told["place"], told["channels"]) == ("C_WEB", ["C_DATA"])
    assert told["moment"] == 1809158400  # ten o'clock in Paris, where Ada is
    assert (told["number"], told["date"], told["time"]) == ("7", "2027-05-01", "10:30")
    assert (told["text"], told["long"]) == ("Bread", "Long\nago")


async def test_a_choice_that_acts_at_once_is_told_with_what_was_typed_before(page: Page, world: World) -> None:
    await say(page, "/order")
    form = page.get_by_role("dialog", name="An order")
    await form.get_by_label("Words", exact=True).fill("Bread")
    await form.get_by_role("radio", name="Large").check()
    await world.slack.until(lambda: world.app.pressed)
    assert world.app.pressed[0]["selected_option"]["value"] == "large"
    told = await world.slack.until(lambda: [sent for sent in world.slack.sent if "view" in sent.payload])
    state = told[-1].payload["view"]["state"]["values"]
    assert (state["text"]["in"]["value"], state["radio"]["in"]["selected_option"]["value"]) == ("Bread", "large")


async def test_a_replaced_view_keeps_what_has_the_same_ids(page: Page, world: World) -> None:
    await say(page, "/order")
    await fill_in(page)
    await page.get_by_role("button", name="Order", exact=True).click()
    following = page.get_by_role("dialog", name="And then?")
    await expect(following.get_by_label("Words")).to_have_value("Bread")
    await following.get_by_label("Words").fill("Bread and salt")
    await following.get_by_role("button", name="Back").click()
    first = page.get_by_role("dialog", name="An order")
    await expect(first.get_by_label("Words")).to_have_value("Bread and salt")
    await expect(first.get_by_label("Number")).to_have_value("")


async def test_what_is_wrong_is_told_beside_its_field(page: Page, world: World) -> None:
    await say(page, "/order")
    form = page.get_by_role("dialog", name="An order")
    await form.get_by_label("Words", exact=True).fill("Br")
    await form.get_by_label("Number", exact=True).fill("11")
    await page.get_by_role("button", name="Order", exact=True).click()
    number = form.locator("[data-block=number]")
    await expect(number.get_by_text("11 is not between 1 and 10.")).to_be_visible()
    await expect(form.locator("[data-block=text]")).to_contain_text("shorter than 3")
    await expect(form.locator("[data-block=email]")).to_contain_text("Please complete this required field.")
    await expect(form.locator("[data-block=boxes] .problem")).to_have_count(0)
    await expect(form.get_by_label("Words", exact=True)).to_be_focused()
    await shoot(page, "example-problems")
    world.app.problems = {"radio": "We have no such size."}
    await fill_in(page)
    await page.get_by_role("button", name="Order", exact=True).click()
    await expect(form.locator("[data-block=radio]")).to_contain_text("We have no such size.")
    await expect(form.get_by_label("Words", exact=True)).to_have_value("Bread")
    assert world.app.submitted == []


@pytest.mark.parametrize(
    ("way", "cleared"), [("Not now", False), ("Close", True), ("Escape", False)], ids=["its button", "the cross", "Esc"]
)
async def test_a_modal_that_is_closed_is_told_of(page: Page, world: World, way: str, cleared: bool) -> None:
    await say(page, "/order")
    form = page.get_by_role("dialog", name="An order")
    await expect(form).to_be_visible()
    if way == "Escape":
        await page.keyboard.press("Escape")
    else:
        await form.get_by_role("button", name=way, exact=True).click()
    await expect(form).to_be_hidden()
    await expect(composer(page)).to_be_focused()
    await world.slack.until(lambda: world.app.closed)
    assert [body["is_cleared"] for body in world.app.closed] == [cleared]


async def test_everything_that_an_app_can_show_is_shown(page: Page, world: World) -> None:
    await say(page, "/show")
    message = messages(page).last
    for shown in ("strong", "em", "s", "code", "blockquote", "pre", "hr", "time"):
        await expect(message.locator(shown).first).to_be_attached()
    await expect(message.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.com")
    await expect(message.get_by_text("@Ben Clarke")).to_be_visible()
    await expect(message.get_by_role("img", name="A dot")).to_be_visible()
    await expect(message.get_by_text("2 Feb 2026 at 03:40")).to_be_visible()  # by Ada's clock
    await shoot(page, "example-blocks")


async def test_what_is_in_a_message_can_be_pressed(page: Page, world: World) -> None:
    await say(page, "/show")
    message = messages(page).first
    await message.get_by_role("button", name="Again").click()
    await expect(page.get_by_text("Only for you.")).to_be_visible()
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Move").click()
    await message.get_by_role("combobox", name="Rank").click()
    await page.get_by_role("option", name="High").click()
    await world.slack.until(lambda: len(world.app.pressed) == 3)
    assert [action["action_id"] for action in world.app.pressed] == ["again", "more", "rank"]
    assert world.app.pressed[1]["selected_option"]["value"] == "move"


async def test_a_question_comes_before_what_has_to_be_confirmed(page: Page, world: World) -> None:
    await say(page, "/show")
    await messages(page).get_by_role("button", name="Drop").click()
    question = page.get_by_role("dialog", name="Drop it?")
    await question.get_by_role("button", name="Keep").click()
    assert world.app.pressed == []
    await messages(page).get_by_role("button", name="Drop").click()
    await question.get_by_role("button", name="Drop").click()
    await expect(messages(page)).to_have_count(0)


async def test_what_a_person_alone_is_told_is_for_them_alone(page: Page, world: World) -> None:
    await say(page, "/order")
    await leave(page)
    await expect(messages(page).get_by_text("Only visible to you")).to_be_visible()
    await be(page, "Ben Clarke")
    await page.get_by_role("button", name="payments").click()
    await say(page, "Anybody here?")
    await expect(messages(page).get_by_text("Anybody here?")).to_be_visible()
    await expect(page.locator("main [aria-busy]")).to_have_count(0)
    await expect(messages(page)).to_have_count(1)
    await be(page, "Ada Martin")
    await expect(messages(page)).to_have_count(2)
    await page.get_by_role("button", name="Dismiss message").click()
    await expect(messages(page)).to_have_count(1)


async def test_each_person_has_their_own_clock(page: Page, world: World) -> None:
    await world.slack.person("U_ADA").say("C_PAY", "Now")
    told = messages(page).locator(".head time")
    in_paris = await told.text_content()
    await be(page, "Chi Tanaka")
    await page.get_by_role("button", name="payments").click()
    await expect(told).not_to_have_text(str(in_paris))


async def test_a_thread_opens_beside_its_channel(page: Page, world: World) -> None:
    await say(page, "Shall we?")
    await messages(page).hover()
    await page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("combobox").fill("Yes.")
    await thread.get_by_role("combobox").press("Enter")
    await expect(thread.locator("li.message")).to_have_count(2)
    await expect(messages(page).get_by_role("button", name="1 reply")).to_be_visible()
    await expect(messages(page)).to_have_count(1)
    await world.slack.person("U_BEN").say("C_PAY", "And I.", world.slack.messages("C_PAY")[0].ts)
    await expect(thread.locator("li.message")).to_have_count(3)
    await shoot(page, "example-thread")


async def test_shortcuts_of_both_kinds(page: Page, world: World) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New order").click()
    form = page.get_by_role("dialog", name="An order")
    await expect(form).to_contain_text("From anywhere")
    await leave(page)
    await say(page, "Two loaves")
    await messages(page).hover()
    await page.get_by_role("button", name="More about this message").click()
    await page.get_by_role("menuitem", name="Order this").click()
    await expect(form).to_contain_text("Two loaves")


async def test_the_home_of_an_app(page: Page, world: World) -> None:
    await page.get_by_role("navigation").get_by_role("button", name="Pantry").click()
    home = page.get_by_role("tabpanel", name="Home")
    await expect(home.get_by_role("heading", name="Your pantry")).to_be_visible()
    await home.get_by_role("button", name="Count").click()
    await world.slack.until(lambda: world.app.pressed)
    await shoot(page, "example-home")
    await page.get_by_role("tab", name="Messages").click()
    await expect(composer(page, "Pantry")).to_be_visible()


async def test_everything_by_the_keyboard_alone(page: Page, world: World) -> None:
    await composer(page).focus()
    await page.keyboard.type("/o")
    await expect(page.get_by_role("option", name="/order")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.type("tea")
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="An order")
    await expect(form.get_by_role("heading", name="An order")).to_be_focused()
    for _ in range(3):  # the cross, the form itself, the first field
        await page.keyboard.press("Tab")
    await expect(form.get_by_label("Words", exact=True)).to_be_focused()
    await form.get_by_role("combobox", name="Fruit").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(form.get_by_role("combobox", name="Fruit")).to_have_value("Pear")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Escape")  # closes the list, not the modal
    await expect(form).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(form).to_be_hidden()
    await expect(composer(page)).to_be_focused()
    assert world.app.commands[0]["text"] == "tea"


async def test_menus_and_lists_follow_the_arrow_keys(page: Page, world: World) -> None:
    await page.get_by_role("button", name="Be someone else").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("navigation")).to_contain_text("You are Ben Clarke")
    await expect(page.get_by_role("button", name="You are Ben Clarke")).to_be_focused()
    entries = page.get_by_role("navigation").locator("button.entry")
    await entries.first.focus()
    await page.keyboard.press("ArrowDown")
    await expect(entries.nth(1)).to_be_focused()


async def test_what_slack_would_say_is_said(page: Page, world: World) -> None:
    await say(page, "/clumsy")
    await page.get_by_role("button", name="What Slack would say 1").click()
    panel = page.get_by_role("complementary", name="What Slack would say")
    await expect(panel).to_contain_text("invalid_blocks")
    await shoot(page, "example-complaints")
    await panel.get_by_role("button", name="Clear").click()
    await expect(panel).to_contain_text("has done nothing wrong")


async def test_faults_are_switched_on_and_seen(page: Page, world: World) -> None:
    await page.get_by_role("button", name="Faults").click()
    panel = page.get_by_role("complementary", name="Faults")
    await panel.get_by_label("For", exact=True).select_option("views.*")
    await panel.get_by_role("switch", name="The token is revoked").click()
    await expect(panel).to_contain_text("On for views.*.")
    await say(page, "/order")
    await expect(panel.locator(".traffic")).to_contain_text("error:not_performed")
    await shoot(page, "example-faults")
    await panel.get_by_role("switch", name="The token is revoked").click()
    await expect(panel.locator(".at-work")).to_have_count(0)
    assert world.slack.faults.on == ()


async def test_somebody_is_asked_in_by_hand(page: Page, world: World) -> None:
    await page.get_by_role("button", name="elsewhere").click()
    await expect(page.get_by_role("main")).to_contain_text("Pantry is not here")
    await composer(page, "#elsewhere").fill("/invite @pantry")
    await composer(page, "#elsewhere").press("Enter")
    await expect(page.get_by_role("main")).to_contain_text("Pantry is in this channel now.")
    assert "U_BOT" in world.slack.workspace.channels["C_OUT"].members


async def test_nothing_that_people_write_becomes_markup(page: Page, world: World) -> None:
    evil = '<img src=x onerror="document.title=1"><script>document.title=2</script> <javascript:alert(1)|press>'
    await say(page, evil)
    text = {"type": "mrkdwn", "text": "<javascript:document.title=3|press> <img src=x onerror=document.title=4>"}
    await world.slack.person("U_BEN").say("C_PAY", evil)
    world.slack.workspace.keep(_by_app(world, text))
    await expect(messages(page)).to_have_count(3)
    await expect(messages(page).locator("img, script, [href^=javascript]")).to_have_count(0)
    assert "Sandbox" in await page.title()


def _by_app(world: World, text: dict[str, str]) -> Message:
    blocks = ({"type": "section", "block_id": "b", "text": text},)
    return Message("C_PAY", world.slack.workspace.next_ts(), "U_BOT", "x", blocks, by_app=True)

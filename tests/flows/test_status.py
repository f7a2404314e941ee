"""How a team stands and how it came there: for whoever may see it, and in a channel where it may be told."""

from datetime import timedelta

import pytest

from sandbox.person import Person
from tests.flows.assessment import CRAWL, NOT_KNOWN, RUN, WALK, answered, assessed, numbers, opened, own, posts
from tests.flows.deciding import morning
from tests.flows.looking import buttons, words
from tests.flows.saying import answer
from tests.flows.times import march
from tests.flows.world import World

NO_SUCH_TEAM = "There is no such team that you can see."


@pytest.fixture
def chi(world: World) -> Person:
    return world.slack.person("U_CHI")


async def test_status_says_where_a_team_is_what_is_weakest_and_what_is_open(world: World, ada: Person) -> None:
    await assessed(world, 2, numbers("84", "14"), plan=own(1, "Late", due=march(17)) | own(2, "Nobody's", owner=None))
    await morning(world, march(18))

    told = await answer(world, ada, "status")

    assert told.text == "payments: Walk, 67 of 100."
    said = words(told)
    assert "*Last assessment*\nMon 2 Mar" in said
    assert "*Next assessment*\nMon 1 June" in said
    assert "1 of them overdue" in said
    assert "without an owner" in said
    assert said.count(" is Walk and needs Run: ") == 3


async def test_status_says_what_has_changed_since(world: World, ada: Person) -> None:
    await assessed(world, 2, WALK)
    await world.until(world.now() + timedelta(days=40))
    await assessed(world, 3, RUN)

    assert (await answer(world, ada, "status")).text == "payments: Run, 100 of 100, up 33 since Mon 2 Mar."


async def test_a_team_before_its_first_result_has_a_status_as_well(world: World, ada: Person) -> None:
    await ada.close(await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"]))

    told = await answer(world, ada, "status")

    assert told.text == "payments has not been assessed yet; a first assessment has been begun."
    assert buttons(told) == []


async def test_history_lists_dates_stages_scores_and_who_answered(world: World, ada: Person) -> None:
    await assessed(world, 1, CRAWL)
    await world.until(world.now() + timedelta(days=40))
    await assessed(world, 2, WALK, user="U_BEN")

    told = await answer(world, ada, "history")

    assert told.text == "payments has 2 assessments behind it; the newest says Walk."
    newest, oldest = [line for line in words(told).splitlines() if " of 100" in line]
    assert newest == "*Sat 11 Apr*: Walk · 67 of 100 · <@U_BEN>"
    assert oldest.startswith("*Mon 2 Mar*: Crawl · ")
    assert oldest.endswith(" · <@U_ADA>")


async def test_its_trend_is_a_picture_with_the_same_figures_read_aloud(world: World, ada: Person) -> None:
    await assessed(world, 2, WALK)
    await world.until(world.now() + timedelta(days=40))
    await assessed(world, 3, RUN)

    told = await answer(world, ada, "history")
    image, burnup = [block for block in told.blocks if block["type"] == "image"]
    assert "agreed on since" in words(told)
    assert "agreed on" in burnup["alt_text"]

    assert image["title"]["text"] == "Score over time"
    assert "2 Mar 2026: Walk, 67" in image["alt_text"]
    assert "11 Apr 2026: Run, 100" in image["alt_text"]


async def test_history_shows_as_many_as_are_asked_for_and_counts_the_rest(world: World, ada: Person) -> None:
    for _ in range(3):
        await assessed(world, 2, WALK)
        await world.until(world.now() + timedelta(days=40))

    said = words(await answer(world, ada, "history --last 2"))

    assert said.count(" of 100") == 2
    assert "and 1 before that" in said


async def test_the_history_is_a_press_away_from_the_status(world: World, ada: Person, chi: Person) -> None:
    await assessed(world, 2, WALK)
    await ada.press(await answer(world, ada, "status"), text="History")
    await world.settle()
    assert "1 assessment behind it" in world.slack.ephemerals("U_ADA")[-1].text


@pytest.mark.parametrize(
    ("user", "asked", "channel", "is_shown"),
    [
        pytest.param("U_CHI", "status #payments", "C_WEB", True, id="a public team, to anybody in the workspace"),
        pytest.param("U_EVE", "status", "C_PAY", False, id="a public team, to a guest in its channel"),
        pytest.param("U_ADA", "status secrets", "C_WEB", True, id="a private team, to who answered for it"),
        pytest.param(
            "U_BEN", "status secrets", "C_WEB", False, id="a private team, to others of its channel elsewhere"
        ),
        pytest.param("U_BEN", "status", "G_SEC", True, id="a private team, to others of its channel in it"),
        pytest.param("U_CHI", "status secrets", "C_WEB", False, id="a private team, to everybody else"),
        pytest.param("U_CHI", "history secrets", "C_WEB", False, id="its history neither"),
        pytest.param("U_CHI", "status nowhere", "C_WEB", False, id="a team that does not exist, in the same words"),
    ],
)
async def test_who_is_shown_what(world: World, user: str, asked: str, channel: str, is_shown: bool) -> None:
    await assessed(world, 2, WALK)
    await assessed(world, 3, RUN, channel="G_SEC")

    told = await answer(world, world.slack.person(user), asked, channel)

    assert told.text.startswith((NO_SUCH_TEAM, "Only full members")) is not is_shown


async def test_without_a_name_it_is_the_channels_team_or_the_only_one_of_the_person(world: World, ada: Person) -> None:
    await assessed(world, 2, WALK)
    assert (await answer(world, ada, "status", "C_DATA")).text.startswith("payments: Walk")

    await assessed(world, 3, RUN, channel="C_WEB")
    assert (await answer(world, ada, "status", "C_WEB")).text.startswith("web-shop: Run")
    asked = await answer(world, ada, "status", "C_DATA")
    assert asked.text == "Which team do you mean?"
    (select,) = asked.blocks[1]["elements"]
    assert [option["value"] for option in select["options"]] == ["status <#C_PAY>", "status <#C_WEB>"]


async def test_who_belongs_to_no_team_is_told_how_to_begin(world: World, chi: Person) -> None:
    assert (await answer(world, chi, "status", "C_DATA")).text.startswith("This channel has no team yet")


async def test_in_public_it_names_nobody(world: World, ada: Person) -> None:
    await assessed(world, 2, WALK)

    for asked in ("status --public", "history --public"):
        assert (await answer(world, ada, asked, "C_WEB")).text == "It is on its way to this channel."

    status, history = posts(world, "C_WEB")
    assert status.text == "payments: Walk, 67 of 100."
    assert history.text.startswith("payments has 1 assessment behind it")
    assert "<@" not in words(status) + words(history)
    assert buttons(status) == buttons(history) == []
    assert [block for block in history.blocks if block["type"] == "image"]


async def test_a_private_team_is_told_of_in_its_own_channel_only(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, channel="G_SEC")
    before = len(posts(world, "G_SEC"))

    refused = await answer(world, ada, "status secrets --public", "C_WEB")
    assert refused.text.startswith("A private team is shown in its own channel only")
    assert posts(world, "C_WEB") == []

    await answer(world, ada, "status --public", "G_SEC")
    assert len(posts(world, "G_SEC")) == before + 1


async def test_the_same_command_sent_twice_is_posted_once(world: World, ada: Person) -> None:
    await assessed(world, 2, WALK)
    await answer(world, ada, "status --public", "C_WEB")
    await world.slack.resend()
    await world.settle()
    assert len(posts(world, "C_WEB")) == 1


async def test_t43_where_another_organisation_reads_no_score_is_shown(world: World, ada: Person) -> None:
    await assessed(world, 2, WALK, channel="C_EXT")

    for asked in ("status --public", "history --public"):
        refused = await answer(world, ada, asked, "C_EXT")
        assert refused.text.startswith("People of another organisation read this channel")

    assert not any("of 100" in words(post) for post in posts(world, "C_EXT"))


async def test_to_the_bot_alone_there_is_no_public(world: World, ada: Person) -> None:
    await assessed(world, 2, WALK)
    assert (await answer(world, ada, "status --public", "D_U_ADA")).text == "payments: Walk, 67 of 100."

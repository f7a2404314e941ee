"""A picture among a message's blocks: where it belongs, with its words, and never in the way."""

from datetime import date

from bot.charts.table import charted
from bot.domain.charted import BurnupFacts, Charted
from bot.domain.delivery import Message, Picture
from bot.domain.ids import FileId
from bot.views import blocks, picture, result
from tests.charts.builders import BURNUP, PROFILE, a_profile, a_step, rated
from tests.views.builders import result_facts, some_actions
from tests.views.checks import check_message

ONE, OTHER = FileId("F00000001"), FileId("F00000002")
ROWS = [blocks.section("first"), blocks.section("second"), blocks.section("third")]


def a_chart(title: str = "A chart", alt: str = "Words", figures: str = "1 · 2") -> Charted:
    return Charted(BurnupFacts((), date(2026, 5, 28)), title, alt, figures)


def test_the_result_has_its_picture_below_the_overview_and_the_same_figures_as_text() -> None:
    facts = result_facts(actions=some_actions(3))
    message = result.build(facts)
    (shown,) = message.pictures
    drawn = picture.illustrated(message.blocks, message.pictures, {shown.chart: ONE})

    _, overview, image, figures, *_ = drawn
    assert "fields" in overview
    assert image["slack_file"] == {"id": ONE}
    assert image["title"]["text"] == "Where each step stands"
    assert "Processes: Walk, was Crawl" in image["alt_text"]
    assert "Processes Walk (was Crawl)" in figures["text"]["text"]
    check_message(Message(message.text, drawn))


def test_without_a_picture_nothing_is_missing() -> None:
    message = result.build(result_facts())
    assert picture.illustrated(message.blocks, message.pictures, {}) == message.blocks
    assert message.pictures[0].chart.figures in message.blocks[2]["text"]["text"]


def test_each_picture_stands_below_its_own_block() -> None:
    first, last = Picture(a_chart("First"), below=0), Picture(a_chart("Last"), below=2)
    drawn = picture.illustrated(ROWS, [last, first], {last.chart: ONE, first.chart: OTHER})

    assert [block["type"] for block in drawn] == ["section", "image", "section", "section", "image"]
    assert [drawn[place]["slack_file"]["id"] for place in (1, 4)] == [OTHER, ONE]


def test_long_words_are_cut_to_what_slack_takes() -> None:
    long = a_chart(alt="x" * 3000)
    drawn = picture.illustrated(ROWS, [Picture(long, below=0)], {long: ONE})
    check_message(Message("first", drawn))


def test_a_models_own_signs_do_not_come_alive() -> None:
    chart = charted(a_profile(a_step(rated(2), name="Skills & <governance>")))
    assert picture.figures(chart)["text"]["text"].startswith("Skills &amp; &lt;governance&gt; Walk")


def test_every_chart_has_words_for_its_picture() -> None:
    for facts in (PROFILE, BURNUP):
        shown = picture.build(charted(facts), ONE)
        assert shown["alt_text"] == charted(facts).alt

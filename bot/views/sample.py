"""A reminder to try out, and what is planned next for the person who asked for it."""

from collections.abc import Sequence
from datetime import date

from bot.domain.delivery import Message
from bot.domain.ids import UserId
from bot.domain.whys import Ahead, Said, Told, value_of
from bot.views import blocks, choice_words, footer, message, rungs, words


def build(user: UserId) -> Message:
    return message.message(
        "This is a sample of a FinOps reminder: nothing is due.",
        blocks.section("A real one names the action point and its date, and has buttons to finish or move it."),
        footer.build(value_of(Said.SAMPLE, user)),
    )


def planned(ahead: Sequence[Ahead], today: date) -> Message:
    """Said where the sample was asked for."""
    sent = "A sample is on its way to you as a direct message."
    if not ahead:
        return message.message(sent, blocks.section("Nothing is planned for you at the moment."))
    rows = [f"• {_row(each, today)}" for each in ahead]
    return message.message(
        sent,
        blocks.section(words.lines("*Planned next for you*", *rows)),
        blocks.context("Each is decided anew when its time comes: what is done, snoozed or moved is left out."),
    )


def _row(ahead: Ahead, today: date) -> str:
    at = f"{words.day(ahead.at.date(), today)}, {choice_words.clock(ahead.at.time())}"
    return f"{at}: {_about(ahead.told)} – {rungs.WORDS[ahead.told.rung]}"


def _about(told: Told) -> str:
    team = words.inert(told.team, words.NAME)
    return f"*{words.title(told.action, 60)}* ({team})" if told.action else f"*{team}*"

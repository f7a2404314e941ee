"""Words that were not understood, or that mean two things: said back, with what was probably meant to press on."""

from collections.abc import Sequence
from datetime import date

from bot.domain.delivery import Message
from bot.domain.understanding import AmbiguousDate, Misunderstood, Wrong
from bot.views import blocks, message, words
from bot.views.blocks import Block, Element

RUN = "say.run"
OTHER = "say.run_other"  # two buttons of a row need two names
SAID = 40  # shown of what was not understood
COMMAND = "/finops-assess"


def misunderstood(heard: Misunderstood) -> Message:
    said = f"“{words.inert(heard.said, SAID)}” is not something I know."
    if heard.suggestion is not None:
        meant = words.inert(heard.suggestion, words.SPOKEN - len(said) - 20)
        return message.message(
            f"{said} Did you mean *{meant}*?",
            blocks.actions(_run("Yes, do that", heard.suggestion, meant)),
            _example(heard.example),
        )
    if heard.choices:
        return message.message(f"{said} It could be: {words.listed(heard.choices)}.", _example(heard.example))
    return message.message(said, _example(heard.example))


def ambiguous(heard: AmbiguousDate) -> Message:
    first, second = _named(heard.readings)
    one, another = heard.texts
    buttons = blocks.actions(_run(first, one, one), _run(second, another, another, OTHER))
    return message.message(f"Which day do you mean: {first} or {second}?", buttons)


def wrong(what: Wrong) -> Message:
    return message.message(what.sentence, _example(what.example))


def _run(text: str, command: str, says: str, name: str = RUN) -> Element:
    return blocks.button(text, name, command, says=words.aloud(f"{text}: {says}", blocks.BUTTON))


def _example(command: str) -> Block:
    return blocks.context(f"For example: `{COMMAND} {command}`. `{COMMAND} help` shows everything.")


def _named(readings: Sequence[date]) -> list[str]:
    """With their years, where those are not the same."""
    alike = len({reading.year for reading in readings}) == 1
    return [f"{words.day(reading, reading)}{'' if alike else f' {reading.year}'}" for reading in readings]

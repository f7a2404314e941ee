"""Short words to one person alone: what was kept, what came too late, and what could not be done."""

from bot.domain.actions import ActionPoint, Already
from bot.domain.delivery import Message
from bot.domain.ids import ChannelId
from bot.views import blocks, card, message, words
from bot.views.blocks import Element

RESUME = "saved.resume"
OPEN = "saved.open"
START = "saved.start"


def closed(step: int, of: int, chose: bool, channel: ChannelId, *more: Element) -> Message:
    """The form was closed before its end.

    ``step``: the last one that was finished, 0 if none was; ``chose``: something of the one after it is kept as well.
    """
    resume = blocks.button("Resume", RESUME, channel, says="Resume the FinOps assessment")
    return message.message(
        _kept(step, of, chose),
        blocks.actions(resume, *more),
        blocks.context(
            "What you choose is kept at once. Text that was typed in a step without pressing Next is not saved."
        ),
    )


def _kept(step: int, of: int, chose: bool) -> str:
    if step:
        return f"Saved at step {step} of {of}{f', and your choices in step {step + 1}' if chose else ''}."
    return f"Saved: your choices in step 1 of {of}." if chose else "Nothing is saved yet: nothing was chosen."


def too_late(value: str) -> Message:
    """Slack lets a form be opened for three seconds after the command."""
    return message.message(
        "That took too long. Open the assessment with this button; nothing is lost.",
        blocks.actions(blocks.button("Open the assessment", OPEN, value, style="primary")),
    )


def nothing_to_resume(value: str) -> Message:
    return message.message(
        "Nothing to resume. Start?",
        blocks.actions(blocks.button("Start", OPEN, value, says="Start a FinOps assessment", style="primary")),
    )


def start_here(command: str) -> Message:
    """Where words alone cannot open a form; the button carries them."""
    return message.message(
        "The assessment is a form: open it with this button.",
        blocks.actions(blocks.button("Open the assessment", START, command, style="primary")),
    )


def not_yours() -> Message:
    """Said of what does not exist as well."""
    return refused(words.NOT_YOURS)


def refused(sentence: str) -> Message:
    """``sentence`` is the bot's own, not a person's."""
    return message.message(sentence)


def already(action: ActionPoint, outcome: Already) -> Message:
    """A second press, or an old button: how things stand, and nothing changed."""
    return message.message(
        card.already(action, outcome),
        *((card.choices(action),) if outcome.state.closed else ()),
        blocks.context(f"*{words.title(action)}* · {card.status(action)}"),
    )


def error(reference: str) -> Message:
    return message.message(
        f"Something went wrong on our side. What was saved is still there. Reference: {words.inert(reference, 40)}.",
        blocks.context("Please try again. If it happens again, give this reference to whoever runs the bot."),
    )

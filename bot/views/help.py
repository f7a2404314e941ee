"""One screen that says what the command does, what happens then, and where to find things."""

from bot.domain.delivery import Message
from bot.views import blocks, message, words
from bot.views.blocks import Block

WORD = 40  # shown of what was not understood


def build() -> Message:
    return message.message("*/finops-assess* starts the FinOps assessment of this channel's team.", *_screen())


def unknown(word: str) -> Message:
    """Whatever was typed after the command that the bot does not know."""
    said = f"“{words.inert(word, WORD)}” is not something the bot understands. */finops-assess* starts the assessment."
    return message.message(said, *_screen())


def _screen() -> list[Block]:
    return [
        blocks.section(
            words.lines(
                "• */finops-assess* in a channel starts or resumes the assessment of its team. "
                "In a direct message it asks which team.",
                "• */finops-assess help* shows this.",
            )
        ),
        blocks.section(
            words.lines(
                "*What happens then*",
                "Five short steps: processes, governance, teams, tools, and the action points to take on. About ten "
                "minutes, or five with the short form. Every step is kept when you press Next, so you can close it and "
                "go on later. The channel gets the result, with what holds the team back, and a card for each action "
                "point.",
            )
        ),
        blocks.section(
            words.lines(
                "*Reminders*",
                "Owners are reminded in the thread of their card: before the due date, on it and after it, on working "
                "days in their own time zone. Buttons finish, snooze, hand over or re-date an action point; when it is "
                "done or dropped, reminders stop.",
            )
        ),
        blocks.section(
            words.lines(
                "*Where to look*",
                "The Home tab of the FinOps app shows your action points and your teams. In a private channel the bot "
                "has to be invited first: type `/invite @FinOps` there.",
            )
        ),
        blocks.context("Only you see this."),
    ]

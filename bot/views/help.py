"""One screen that says what can be asked and where to find things; or one verb by its examples."""

from collections.abc import Sequence

from bot.domain.delivery import Message
from bot.domain.helping import HelpLine, HelpScreen, HelpTopic
from bot.views import blocks, message, words
from bot.views.blocks import Block

WORD = 40  # shown of what was not understood
MOST_EXAMPLES = 5
COMMAND = "/finops-assess"
STARTS = f"*{COMMAND}* starts the FinOps assessment of this channel's team."


def build(screen: HelpScreen) -> Message:
    return message.message(STARTS, *_screen(screen))


def topic(shown: HelpTopic) -> Message:
    """Examples rather than a grammar."""
    verb = words.inert(shown.verb, WORD)
    examples = [f"• `{COMMAND} {example}`" for example in shown.examples[:MOST_EXAMPLES]]
    return message.message(
        f"*{COMMAND} {verb}*: {shown.does}",
        blocks.section(words.lines("*For example*", *examples)),
        blocks.context(f"For {shown.who}. `{COMMAND} help` shows everything else. Only you see this."),
    )


def unknown(word: str, screen: HelpScreen) -> Message:
    """Whatever was typed after the command that the bot does not know."""
    said = f"“{words.inert(word, WORD)}” is not something the bot understands. *{COMMAND}* starts the assessment."
    return message.message(said, *_screen(screen))


def _screen(screen: HelpScreen) -> list[Block]:
    more = [blocks.section(words.lines("*More*", *_lines(screen.more, "")))] if screen.more else []
    return [
        blocks.section(words.lines(*_lines(screen.first, f"{COMMAND} "))),
        *more,
        blocks.section(
            words.lines(
                "*Where to look*",
                "The Home tab of the FinOps app shows what needs you, your teams and your reminders. Commands do not "
                "work in threads: mention the bot there. In a private channel, `/invite @FinOps` first.",
            )
        ),
        blocks.context(f"`{COMMAND} help action` shows how one of them is used. Only you see this."),
    ]


def _lines(shown: Sequence[HelpLine], before: str) -> list[str]:
    return [f"• `{before}{line.command}` {line.does}" for line in shown]

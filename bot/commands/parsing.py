"""The one way from text to a command: the same for what is typed, carried by a button, or said in a thread."""

import re
from datetime import date

from bot.commands import grammar
from bot.commands.dates import AddWorkingDays, Base
from bot.commands.normalise import clean
from bot.commands.tokens import split
from bot.commands.verbs import Said
from bot.domain.command_text import text_of
from bot.domain.commands import Help
from bot.domain.ids import UserId
from bot.domain.understanding import AmbiguousDate, Misunderstood, Parsed, Wrong

LONGEST = 2000  # what a button's value holds: whatever is understood fits into one
TOO_LONG = Wrong("That is too long for one command. Please say it in fewer words.", "action A-12 done")

_COMMAND = "/finops-assess"  # copied along with an example, or with the marks of code around it
_AS_CODE = re.compile(r"`([^`]+)`")


def parse(text: str, today: date, add_working_days: AddWorkingDays) -> Parsed:
    """What the text asks for, or what is in the way of it. For every text there is an answer; nothing is raised.

    `today` is the day where the person is; `add_working_days` counts in their calendar.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return TOO_LONG
    line = clean(text)
    example = _AS_CODE.fullmatch(line)
    words = (example[1].strip() if example else line).removeprefix(_COMMAND)
    parsed = grammar.read(Said(split(words), Base(today, add_working_days)))
    return parsed if all(len(carried) <= LONGEST for carried in _carried(parsed)) else TOO_LONG


def parse_mention(text: str, bot_user: UserId, today: date, add_working_days: AddWorkingDays) -> Parsed:
    """The same for a message with a mention of the bot in front or at its end; the mention alone asks for help."""
    called = rf"(?:<@{re.escape(bot_user)}(?:\|[^<>]*)?>[\s,;:.!]*)+"
    rest = re.sub(rf"^\s*{called}|{called}$", "", text[: 2 * LONGEST]).strip()
    return parse(rest, today, add_working_days) if rest else Help()


def _carried(parsed: Parsed) -> tuple[str, ...]:
    """The texts that buttons will carry: written again, a text may have become longer."""
    match parsed:
        case Misunderstood(suggestion=suggestion):
            return (suggestion,) if suggestion else ()
        case AmbiguousDate():
            return parsed.texts
        case Wrong():
            return ()
        case command:
            return (text_of(command),)

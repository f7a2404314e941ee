"""The answer to "Why am I seeing this?": the reason, the rule behind it, and how to change it."""

from collections.abc import Sequence

from bot.domain.delivery import Message
from bot.domain.in_force import PersonInForce
from bot.domain.touches import Rung
from bot.domain.whys import Said, Told
from bot.views import blocks, footer, message, person_shown, why_touch, words
from bot.views.blocks import Block, View

CALLBACK = "why.shown"
MOST_RULES = 5
AT_MOST = "You are written to at most once a working day and three times a week, whatever is due."
OF_ITSELF = {
    Said.INTRODUCTION: (
        "the bot was invited to this channel",
        "It introduces itself once in a channel, and never again.",
    ),
    Said.WELCOME: ("you installed the bot", "It greets whoever does that, once."),
    Said.SAMPLE: ("you asked for a sample", "It comes when you ask for it, and counts toward no limit."),
}
NOT_YOURS = "There is nothing to tell about this message: it was for somebody else, or what it was about is gone."


def of_touches(told: Sequence[Told], holds: PersonInForce | None, *, planned: bool = False) -> Message:
    """``holds``: what the person chose whom it was said to; None for what was said to a channel.

    ``planned``: it is only going to be said.
    """
    if not told:
        return not_yours()
    reasons = words.listed(list(dict.fromkeys(why_touch.because(each) for each in told)), MOST_RULES)
    rungs = list(dict.fromkeys(each.rung for each in told))[:MOST_RULES]
    first = "This is planned" if planned else "You see this"
    return message.message(f"{first} because {reasons}.", *(_rule(rung) for rung in rungs), *_settings(holds))


def of_post(said: Said, about: str, holds: PersonInForce | None) -> Message:
    """``about``: the team, or the action point's number."""
    because, rule = _post(said, f"*{words.inert(about, words.NAME)}*")
    return message.message(f"You see this because {because}.", blocks.section(rule), *_settings(holds))


def view(answer: Message) -> View:
    """The same where there is no message to answer below: in the Home."""
    shown = [dict(block) for block in answer.blocks if block["type"] != "actions"]
    return blocks.modal(CALLBACK, "Why is this planned?", shown, metadata="")


def opening() -> View:
    """Shown at once when the store is slow, and replaced as soon as it answers."""
    return view(message.message("Looking it up…"))


def away() -> View:
    return view(message.message("It could not be loaded. Please try again in a minute."))


def not_yours() -> Message:
    """Said of what was for somebody else and of what is not there, in the same words."""
    return message.message(NOT_YOURS)


def _rule(rung: Rung) -> Block:
    return blocks.section(words.lines(why_touch.RULES[rung], why_touch.change(rung)))


def _settings(holds: PersonInForce | None) -> list[Block]:
    if holds is None:
        return []
    button = blocks.button(
        "Reminder settings", footer.SETTINGS, person_shown.OF_PERSON, says="Change how and when FinOps reminds me"
    )
    return [blocks.context(f"{AT_MOST} Your time is {person_shown.when(holds)}."), blocks.actions(button)]


def _post(said: Said, about: str) -> tuple[str, str]:
    match said:
        case Said.RESULT:
            return f"{about} finished an assessment", "Its result is posted once. A correction within a day edits it."
        case Said.STAGE_UP:
            return (
                f"the stage of {about} went up",
                "It is told once. The lead can choose in *Team settings* where else.",
            )
        case Said.STAGE_DOWN:
            return (
                f"the stage of {about} went down",
                "The lead hears it first, the channel after five working days. *Team settings* can leave that out.",
            )
        case Said.DIGEST:
            return f"this is the channel of {about}", _touch_rule(Rung.DIGEST)
        case Said.INVITATION:
            return f"this is the channel of {about}", _touch_rule(Rung.REASSESS_DAY)
        case Said.INTRODUCTION | Said.WELCOME | Said.SAMPLE:
            return OF_ITSELF[said]
        case _:
            return _to_one(said, about)


def _to_one(said: Said, about: str) -> tuple[str, str]:
    match said:
        case Said.DELEGATED:
            return f"the lead of {about} asked you to start its next assessment", "It comes once for each assessment."
        case Said.HANDED_OVER:
            return f"{about} was given to you", "It comes once with each new owner. *Not mine* hands it back."
        case Said.CONFIRM:
            return f"you own {about}", "Somebody says that it is done, and only you or the lead can say so."
        case other:
            raise LookupError(f"{other} is not said to one person")


def _touch_rule(rung: Rung) -> str:
    return words.lines(why_touch.RULES[rung], why_touch.change(rung))

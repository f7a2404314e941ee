"""An assessment that was begun and left: a calm word to whom it waits for, with the two things that can be done."""

from bot.domain.delivery import Message
from bot.domain.ids import AssessmentId
from bot.domain.items import DraftWaiting
from bot.domain.touches import Rung
from bot.views import blocks, message, saved, words
from bot.views.blocks import Block, Element

DISCARD = "draft.discard"


def build(item: DraftWaiting) -> Message:
    return message.message(
        _sentence(item),
        blocks.actions(_resume(item), *_discard(item)),
        blocks.context(f"You get this because you {_did(item)} it. {_comes(item)}"),
        spoken=_sentence(item),
    )


def row(item: DraftWaiting) -> Block:
    return blocks.section(_sentence(item), _resume(item))


def _discard(item: DraftWaiting) -> tuple[Element, ...]:
    if item.expires_on is None:
        return ()
    return (give_up(item.assessment) if item.is_correction else discard(item.assessment),)


def give_up(assessment: AssessmentId) -> Element:
    return _leave(
        assessment,
        "Discard this correction of a FinOps assessment",
        "Discard this correction?",
        "What was changed since the answers were opened again is removed. The result stays as it was posted.",
    )


def discard(assessment: AssessmentId) -> Element:
    return _leave(
        assessment,
        "Discard my draft of the FinOps assessment",
        "Discard your draft?",
        "Your answers of this assessment are removed. Answers of others stay, and so does every result.",
    )


def _leave(assessment: AssessmentId, says: str, question: str, told: str) -> Element:
    button = blocks.button("Discard draft", DISCARD, assessment, says=says)
    return button | {"confirm": blocks.confirm(question, told, "Discard draft", "Keep it")}


def discarded(team: str, whole: bool) -> Message:
    name = words.inert(team, words.NAME)
    rest = "Nothing else has changed." if whole else "The answers of others in it stay."
    return message.message(f"Your draft of the FinOps assessment of *{name}* is discarded. {rest}")


def nothing_to_discard() -> Message:
    return message.message("There is no draft of yours any more: it was finished or discarded.")


def _sentence(item: DraftWaiting) -> str:
    name, on = words.inert(item.team.name, words.NAME), words.day(item.saved_on, item.today)
    if item.expires_on is None or (item.is_correction and item.rung is not Rung.DRAFT_LAST):
        return f"You opened the answers of *{name}* again on {on} and have not finished. Its result stands as posted."
    match item.rung:
        case Rung.DRAFT_FIRST:
            return f"Your FinOps assessment of *{name}* was saved on {on}, and goes on where you left it."
        case Rung.DRAFT_SECOND:
            return f"Your FinOps assessment of *{name}* still waits as you left it on {on}."
        case _:
            expires = words.day(item.expires_on, item.today)
            draft = "correction" if item.is_correction else "draft"
            return f"Your {draft} of the FinOps assessment of *{name}* expires on {expires}; you left it on {on}."


def _did(item: DraftWaiting) -> str:
    return "opened" if item.is_correction else "began"


def _comes(item: DraftWaiting) -> str:
    match item.rung:
        case Rung.DRAFT_FIRST:
            return "You are asked once more in a few days."
        case Rung.DRAFT_SECOND if item.expires_on is not None:
            return f"You are not asked again before it is about to expire, on {words.day(item.expires_on, item.today)}."
        case _:
            return "This is the last word about it."


def _resume(item: DraftWaiting) -> Element:
    name = words.aloud(item.team.name, 40)
    says = f"Resume the FinOps assessment of {name}"
    return blocks.button("Resume", saved.RESUME, item.team.place.channel, says=says, style="primary")

"""What every step has: its title, the head that says where one is and for whom, and the ways back."""

from bot.domain.model import MaturityModel, Step
from bot.domain.turn import Turn
from bot.views import blocks, words
from bot.views.blocks import Block

BACK = "assess.back"
START_OVER = "assess.start_over"

MOST_OTHERS = 3
APART = "Your answers are kept apart: nobody else sees or changes them. The result is made from everybody's."
ANONYMOUS = "*Anonymous round*: nobody is shown who has answered, or what. The result is told from three answers on."


def title(model: MaturityModel, step: Step) -> str:
    return f"Step {step.number} of {len(model.steps)}: {step.short}"


def opening(model: MaturityModel, step: Step, turn: Turn, heading: str | None = None) -> list[Block]:
    """The head of every step: its name, how far along it is, and whose assessment this is.

    ``heading``: what stands there in place of the step's own name and words.
    """
    count = len(model.steps)
    bar = "■" * step.number + "□" * (count - step.number)
    team = blocks.written(turn.bookmark.place.name, 80)
    where = f"{bar} Step {step.number} of {count} · for *{team}*{_meant(turn)}"
    head = [
        blocks.header(heading or step.title),
        blocks.context(where if heading else f"{where} · {blocks.escape(step.intro)}"),
    ]
    return [
        *head,
        *([blocks.context(ANONYMOUS)] if turn.bookmark.round.is_anonymous and model.before(step) is None else []),
        *([blocks.section(_others(turn, count))] if turn.others else []),
        *([blocks.section(turn.note)] if turn.note else []),
        *([blocks.section(_saved(turn), _start_over(turn))] if turn.saved_at else []),
    ]


def _meant(turn: Turn) -> str:
    """What it is about, and that nobody is named."""
    meant = turn.bookmark.round
    about = f" · about *{words.inert(meant.scope, words.NAME)}*" if meant.scope else ""
    return f"{about} · anonymous" if meant.is_anonymous else about


def _others(turn: Turn, count: int) -> str:
    """A mention in a form calls nobody."""
    said = [
        f"{blocks.mention(other.user)} is on step {other.step} of {count} (saved {words.instant(other.saved_at)})"
        for other in turn.others
    ]
    return f"{words.listed(said, MOST_OTHERS)}. {APART}"


def back(turn: Turn) -> Block:
    return blocks.button("Back", BACK, turn.bookmark.step, says="Back to the step before; what you chose is kept")


def _saved(turn: Turn) -> str:
    assert turn.saved_at is not None
    what = "You are correcting a result; your answers so far" if turn.is_correction else "Your steps up to here"
    return f"Welcome back. {what} were saved {words.instant(turn.saved_at)}."


def _start_over(turn: Turn) -> Block:
    if turn.is_correction:
        says = "Back to the first step; your answers are kept"
        return blocks.button("To step 1", START_OVER, turn.bookmark.assessment, says=says)
    element = blocks.button("Start over", START_OVER, turn.bookmark.assessment, says="Start over: forget my answers")
    return element | {
        "confirm": blocks.confirm(
            "Start over?",
            "Your saved answers of this assessment are removed. Answers of others stay.",
            "Start over",
            "Keep them",
        )
    }

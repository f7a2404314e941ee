"""What a form says that was overtaken by another device: what is stored stands in its fields, and what was chosen here
is told beside it, so that neither is lost unseen."""

from collections.abc import Iterator

from bot.domain.answers import Absent, Answer, Level, Unknown
from bot.domain.dialogue import Taken
from bot.domain.model import MaturityModel, Question
from bot.views import blocks, words

MOST = 12
OPENING = (
    "*This step was changed on another device since you opened it.* What is stored is shown here, so that nothing "
    "is overwritten unseen. Change it if it is not right, and go on."
)


def note(model: MaturityModel, unkept: Taken) -> str:
    rows = [f"• {row}" for row in _rows(model, unkept)]
    if not rows:
        return OPENING
    return words.lines(OPENING, "In this form you had:", *words.shortened(rows, MOST))


def _rows(model: MaturityModel, unkept: Taken) -> Iterator[str]:
    for question, answer in unkept.answers.items():
        asked = model.question(question)
        yield f"{words.sentence(blocks.escape(asked.topic))}: {_said(asked, answer)}"
    for benchmark, typed in unkept.typed.items():
        name = blocks.escape(model.benchmark(benchmark).name)
        yield f"{name}: {words.inert(typed.text, words.NAME) if typed.text else 'not known'}"


def _said(question: Question, answer: Answer) -> str:
    match answer:
        case Level(level=level):
            return blocks.escape(next(offered.label for offered in question.options if offered.level == level))
        case Unknown():
            return "not known"
        case Absent():
            return "does not exist here"

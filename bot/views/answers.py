"""A team's answers as they were made one; where people were far apart, from where to where, and never who said what."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.answers import Absent, Answer, Answers, Level, Unknown
from bot.domain.ids import QuestionId
from bot.domain.model import Form, MaturityModel, Question, Stage, Step
from bot.views import blocks, words
from bot.views.blocks import Block, View

SEE = "result.answers"
CALLBACK = "result.answers"
TITLE = "The team's answers"
NOT_YOURS = "Only those who belong to the team see its answers."


@dataclass(frozen=True, slots=True)
class AnswersFacts:
    model: MaturityModel
    team: str
    form: Form
    answers: Answers
    spreads: Mapping[QuestionId, tuple[int, int]]  # of those that people answered quite differently
    respondents: int


def build(facts: AnswersFacts) -> View:
    name = words.inert(facts.team, words.NAME)
    by = words.count(facts.respondents, "person", "people")
    drawn = [
        blocks.section(f"*{name}*, answered by {by}. Of several answers the middle one counts, the lower of two."),
        *(block for step in facts.model.scored_steps for block in _step(facts, step)),
    ]
    return blocks.modal(CALLBACK, TITLE, drawn, metadata="")


def not_yours() -> View:
    return blocks.modal(CALLBACK, TITLE, [blocks.section(NOT_YOURS)], metadata="")


def _step(facts: AnswersFacts, step: Step) -> list[Block]:
    asked = facts.model.questions_of(step, facts.form)
    return [blocks.header(step.title), *(blocks.section(_said(facts, question)) for question in asked)]


def _said(facts: AnswersFacts, question: Question) -> str:
    agreed = _agreed(question, facts.answers.get(question.id))
    told = [f"*{blocks.escape(question.prompt)}*", agreed]
    if spread := facts.spreads.get(question.id):
        low, high = spread
        told.append(
            f"Answered quite differently: from {_level(low)} to {_level(high)}. Five minutes of talk settle it."
        )
    return words.lines(*told)


def _agreed(question: Question, answer: Answer | None) -> str:
    match answer:
        case Level(level=level):
            label = next(offered.label for offered in question.options if offered.level == level)
            return f"{words.sentence(_level(level))}: {blocks.escape(label)}"
        case Unknown():
            return "Not known"
        case Absent():
            return "Does not exist here"
        case None:
            return "Not answered"


def _level(level: int) -> str:
    return Stage(level).word if level else "not in place yet"

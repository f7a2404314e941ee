"""A change of stage: upwards told at once and with its reason, downwards to the lead first and then without drama."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions import ActionPoint
from bot.domain.answers import Measure, Number
from bot.domain.delivery import Message
from bot.domain.ids import AssessmentId
from bot.domain.model import Benchmark, MaturityModel, Stage
from bot.domain.stages import Down, Moves, NotComparable, NumberMoved, StepMoved, Up
from bot.views import blocks, message, words
from bot.views.blocks import Block

POST_IT = "stage.post_it"
CORRECT = "stage.correct"
HOLD = "stage.hold"

SHORT_NAME = 60  # of a team in a notification
MOST_TOPICS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFacts:
    model: MaturityModel
    assessment: AssessmentId
    team: str
    change: Up | Down
    closed_actions: int = 0  # since the assessment before
    added_actions: int = 0
    first_action: ActionPoint | None = None
    posts_at: datetime | None = None  # when the channel will be told of a move down
    lead_only: bool = False  # the team's lead chose that the channel is not told


def up(facts: StageFacts) -> Message:
    reasons = [*_reasons(facts), *_closed(facts)]
    return message.message(
        _moved(facts, words.NAME),
        *_section("What made the difference", reasons),
        spoken=_moved(facts, SHORT_NAME),
    )


def down_to_lead(facts: StageFacts) -> Message:
    return message.message(
        _put_at(facts, words.NAME),
        *_section("Most of the change", list(_reasons(facts))),
        blocks.section(_when(facts)),
        blocks.actions(*_choices(facts)),
        blocks.context("You get this because you lead this team. Only you see it."),
        spoken=_put_at(facts, SHORT_NAME),
    )


def down(facts: StageFacts) -> Message:
    """Neutral, with the first thing to do."""
    return message.message(
        _now_at(facts, words.NAME),
        *_section("What changed most", [*_reasons(facts), *_added(facts)]),
        *_first(facts),
        spoken=_now_at(facts, SHORT_NAME),
    )


def _moved(facts: StageFacts, limit: int) -> str:
    name, change = words.inert(facts.team, limit), facts.change
    return f"*{name}* moved from {change.before.word} to *{change.now.word}*."


def _put_at(facts: StageFacts, limit: int) -> str:
    name, change = words.inert(facts.team, limit), facts.change
    put = f"The new answers put *{name}* at *{change.now.word}*, below {change.before.word}."
    return f"{put} The change has not been announced."


def _now_at(facts: StageFacts, limit: int) -> str:
    return f"*{words.inert(facts.team, limit)}* is now at *{facts.change.now.word}*."


def _reasons(facts: StageFacts) -> Iterator[str]:
    match facts.change.difference:
        case Moves(steps=steps, numbers=numbers):
            for step in sorted(steps, key=lambda moved: -abs(moved.now - moved.before)):
                yield _step(facts.model, step)
            for number in numbers:
                yield _number(facts.model, number)
        case NotComparable(before=before, now=now):
            yield f"The questions changed from version {before} to {now}, so single answers are not compared."


def _step(model: MaturityModel, moved: StepMoved) -> str:
    # Topics only: what was answered stays with those who answered.
    topics = [model.question(answer.question).topic for answer in moved.answers]
    about = f": {words.listed(topics, MOST_TOPICS)}" if topics else ""
    return f"*{model.step(moved.step).short}*, {_level(moved.before)} to {_level(moved.now)}{about}."


def _level(level: int) -> str:
    return Stage(level).word if level else "not in place yet"


def _number(model: MaturityModel, moved: NumberMoved) -> str:
    benchmark = model.benchmark(moved.benchmark)
    return f"*{benchmark.name}*, {_value(moved.before, benchmark)} to {_value(moved.now, benchmark)}."


def _value(measure: Measure, benchmark: Benchmark) -> str:
    return words.amount(measure.value, benchmark) if isinstance(measure, Number) else "not known"


def _closed(facts: StageFacts) -> list[str]:
    number = facts.closed_actions
    return [f"{words.count(number, 'action point')} closed since the assessment before."] if number else []


def _added(facts: StageFacts) -> list[str]:
    number = facts.added_actions
    were = "was" if number == 1 else "were"
    return [f"{words.count(number, 'action point')} {were} added."] if number else []


def _first(facts: StageFacts) -> list[Block]:
    if facts.first_action is None:
        return []
    said = f"The first thing to do: *{words.title(facts.first_action)}*, {words.due(facts.first_action)}."
    return [blocks.section(said)]


def _when(facts: StageFacts) -> str:
    if facts.lead_only:
        return "The channel is not told: this team's moves down are for its lead alone."
    if facts.posts_at is None:
        return "Nothing is posted until you decide."
    on = words.instant(facts.posts_at)
    return f"The channel is told in one neutral message, planned for {on}, unless the answers are corrected before."


def _choices(facts: StageFacts) -> list[blocks.Element]:
    name = words.aloud(facts.team, 40)
    value = facts.assessment
    correct = blocks.button("Correct answers", CORRECT, value, says=f"Correct the answers of {name}")
    if facts.lead_only:
        return [correct]
    return [
        blocks.button("Post it", POST_IT, value, says=f"Post the new stage of {name} now"),
        correct,
        blocks.button("Hold 5 working days", HOLD, value, says=f"Hold the post about {name} for 5 working days"),
    ]


def _section(heading: str, reasons: list[str]) -> list[Block]:
    return [blocks.section(words.lines(f"*{heading}*", *(f"• {reason}" for reason in reasons)))] if reasons else []

"""Steps 1 to 4: one view each, drawn from what is known and read back as it was typed."""

from dataclasses import dataclass

from bot.domain.answers import Absent, Answer, Level, Unknown
from bot.domain.dialogue import UNKNOWN, Submitted, absent_block, source_block
from bot.domain.ids import BenchmarkId, QuestionId
from bot.domain.model import Benchmark, Form, MaturityModel, Question, Step
from bot.domain.turn import Bookmark, Turn
from bot.views import blocks, bookmark, every_step
from bot.views.blocks import Block, View
from bot.views.filled_in import state_of

CALLBACK = "assess.step"
FORM = "assess.form"
CHOSEN = "answer."  # what the action of every choice begins with

CLAIMED = "claimed"
PERSONA = "persona"
FORM_CHOICE = "form"
NUMBER_LIMIT = 200


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step as a person left it; nothing of it is checked yet."""

    bookmark: Bookmark
    submitted: Submitted
    claimed_level: int | None
    persona: str | None


def build(model: MaturityModel, turn: Turn) -> View:
    step = model.step(turn.bookmark.step)
    form = turn.bookmark.form
    first = model.before(step) is None
    drawn = [
        *every_step.opening(model, step, turn),
        *(_about_you(model, turn) if first else ()),
        *(
            _question(model, turn, f"{step.number}.{place}", question)
            for place, question in enumerate(model.questions_of(step, form), 1)
        ),
        *(block for benchmark in model.benchmarks_of(step) for block in _number(model, turn, benchmark)),
        _not_here(model, step, turn),
        *(() if first else (blocks.actions(every_step.back(turn), block_id="navigation"),)),
    ]
    return blocks.modal(
        CALLBACK,
        every_step.title(model, step),
        drawn,
        metadata=bookmark.write(turn.bookmark),
        submit="Next",
        tells_close=True,
    )


def read(view: View) -> StepForm:
    """Raises ``bookmark.Unreadable`` for a view that is not of ours."""
    marked = bookmark_of(view)
    state = state_of(view)
    chosen = {QuestionId(block): state.chosen(block) for block in state.values}
    numbers = [BenchmarkId(block.removesuffix(".source")) for block in state.values if block.endswith(".source")]
    return StepForm(
        marked,
        Submitted(
            {question: picked for question, picked in chosen.items() if picked is not None},
            frozenset(QuestionId(question) for question in state.all_chosen(absent_block(marked.step))),
            {benchmark: (state.text(benchmark), state.chosen(source_block(benchmark))) for benchmark in numbers},
        ),
        _level(state.chosen(CLAIMED)),
        state.chosen(PERSONA),
    )


def bookmark_of(view: View) -> Bookmark:
    """Raises ``bookmark.Unreadable`` for a view that is not of ours."""
    return bookmark.read(view.get("private_metadata"))


def chosen_form(view: View) -> Form:
    return Form.SHORT if state_of(view).chosen(FORM_CHOICE) == Form.SHORT else Form.FULL


def _level(chosen: str | None) -> int | None:
    return int(chosen) if chosen in ("0", "1", "2", "3") else None


def _about_you(model: MaturityModel, turn: Turn) -> list[Block]:
    claimed = [blocks.option(offered.label, str(offered.level)) for offered in model.claimed_options]
    level = None if turn.claimed_level is None else str(turn.claimed_level)
    personas = [blocks.option(persona.name, persona.id) for persona in model.personas]
    return [
        *([_form_choice(model, turn)] if turn.may_choose_form else []),
        blocks.field(
            CLAIMED,
            model.wording.claimed_prompt,
            blocks.radio(_fresh(turn), claimed, level),
            optional=True,
            at_once=True,
        ),
        blocks.field(
            PERSONA,
            "Which of these is closest to your role?",
            blocks.select(_fresh(turn), personas, turn.persona, "Choose a role"),
            optional=True,
            at_once=True,
        ),
        blocks.divider(),
    ]


def _form_choice(model: MaturityModel, turn: Turn) -> Block:
    offered = {form: blocks.option(_form_words(model, form), form) for form in Form}
    element = blocks.radio(FORM, list(offered.values()), turn.bookmark.form)
    return blocks.section("How much would you like to answer? Both give a stage.", element, block_id=FORM_CHOICE)


def _form_words(model: MaturityModel, form: Form) -> str:
    count = sum(len(model.questions_of(step, form)) for step in model.scored_steps)
    minutes = model.minutes_full if form is Form.FULL else model.minutes_short
    return f"{form.value.capitalize()} form: {count} questions, about {minutes} minutes"


def _question(model: MaturityModel, turn: Turn, place: str, question: Question) -> Block:
    options = [blocks.option(offered.label, str(offered.level), offered.hint) for offered in question.options]
    options.append(blocks.option(model.wording.unknown_label, UNKNOWN))
    element = blocks.radio(_fresh(turn), options, _radio_value(turn.answers.get(question.id)))
    return blocks.field(question.id, f"{place} {question.prompt}", element, at_once=True)


def _number(model: MaturityModel, turn: Turn, benchmark: Benchmark) -> list[Block]:
    typed = turn.typed.get(benchmark.id)
    example = (
        "For example 14, or 50000/53000; 52000/51000; 55000/61000" if benchmark.accepts_pairs else "For example 75"
    )
    sources = [blocks.option(offered.label, offered.id) for offered in model.benchmark_sources]
    return [
        blocks.field(
            benchmark.id,
            f"{benchmark.name}: {benchmark.prompt} (percent)",
            blocks.text_input(_fresh(turn), typed.text if typed else None, limit=NUMBER_LIMIT, placeholder=example),
            optional=True,
            hint=f"What is meant: {benchmark.definition}.",
        ),
        blocks.field(
            source_block(benchmark.id),
            f"Where does the number for {benchmark.name.lower()} come from?",
            blocks.radio(_fresh(turn), sources, typed.source if typed else None),
            at_once=True,
        ),
    ]


def _not_here(model: MaturityModel, step: Step, turn: Turn) -> Block:
    questions = model.questions_of(step, turn.bookmark.form)
    options = [blocks.option(question.topic.capitalize(), question.id) for question in questions]
    absent = [question.id for question in questions if isinstance(turn.answers.get(question.id), Absent)]
    return blocks.field(
        absent_block(step.id),
        "Is one of these about something that does not exist here?",
        blocks.multi_select(_fresh(turn), options, absent, "Leave out of the result"),
        optional=True,
        hint=f"For these choose “{model.wording.unknown_label}” above. {model.wording.absent_hint}",
        at_once=True,
    )


def _fresh(turn: Turn) -> str:
    """Another action id for every stored version: Slack would show what was typed before instead of what is stored.

    Where all was forgotten nothing is stored, as it may have been before.
    """
    return f"{CHOSEN}{turn.bookmark.version}{'.anew' if turn.is_anew else ''}"


def _radio_value(answer: Answer | None) -> str | None:
    match answer:
        case Level(level=level):
            return str(level)
        case Unknown() | Absent():
            return UNKNOWN
        case None:
            return None

"""The result of an assessment, as its team's channel reads it: where the team is, and what would help."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actions import ActionPoint
from bot.domain.charted import Charted
from bot.domain.delivery import Message, Picture
from bot.domain.findings import Findings, StepHolds
from bot.domain.ids import AssessmentId, QuestionId, StepId, TeamId
from bot.domain.model import Form, MaturityModel, Stage
from bot.domain.results import Result, Staged, Unstaged
from bot.views import answers, blocks, exporting, found, message, picture, words
from bot.views.blocks import Element

OVERVIEW = 1  # the second block
MOST_ACTIONS = 5
MOST_TOPICS = 8
SHORT_NAME = 30  # of a team in a notification
SHORT_TITLE = 100


@dataclass(frozen=True, slots=True)
class Previous:
    """The team's last closed assessment, where it can be compared."""

    index: int | None
    stage: Stage | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts:
    model: MaturityModel
    assessment: AssessmentId
    team_id: TeamId
    team: str
    result: Result
    findings: Findings
    form: Form
    closed_at: datetime
    respondents: int
    next_on: date
    profile: Charted
    previous: Previous | None = None
    claimed_level: int | None = None
    contested: frozenset[QuestionId] = frozenset()
    actions: tuple[ActionPoint, ...] = ()
    corrected: bool = False
    close_to: Stage | None = None  # the stage that it would be but for a hair
    scope: str | None = None
    is_anonymous: bool = False

    @property
    def today(self) -> date:
        return self.closed_at.date()


def build(facts: ResultFacts) -> Message:
    return message.message(
        sentence(facts, words.NAME),
        blocks.fields(*_overview(facts)),
        picture.figures(facts.profile),
        blocks.section(words.lines(*_numbers(facts))),
        blocks.section(_holding(facts), exporting.menu(facts.team_id)),
        *([blocks.section(_helping(facts))] if facts.actions else []),
        *([blocks.section(words.lines(*remarks))] if (remarks := list(_remarks(facts))) else []),
        blocks.actions(_see(facts)),
        blocks.context(_provenance(facts)),
        spoken=sentence(facts, SHORT_NAME),
        pictures=[Picture(facts.profile, below=OVERVIEW)],
    )


def sentence(facts: ResultFacts, limit: int) -> str:
    said = ", ".join([found.overall_stage(facts.result.overall), *_score(facts)])
    return f"*{words.inert(facts.team, limit)}* finished its FinOps assessment: {said}."


def _see(facts: ResultFacts) -> Element:
    aloud = f"See the answers of {words.aloud(facts.team, 40)}"
    return blocks.button("See answers", answers.SEE, facts.assessment, says=aloud)


def _score(facts: ResultFacts) -> list[str]:
    if facts.result.index is None:
        return []
    change = _change(facts, facts.result.index)
    return [f"{facts.result.index} of 100", *([change] if change else [])]


def _change(facts: ResultFacts, index: int) -> str | None:
    if facts.previous is None or facts.previous.index is None:
        return None
    since = f"since {words.day(facts.previous.on, facts.today)}"
    gained = index - facts.previous.index
    if gained == 0:
        return f"unchanged {since}"
    return f"up {gained} {since}" if gained > 0 else f"down {-gained} {since}"


def _overview(facts: ResultFacts) -> Iterator[str]:
    if facts.scope:
        yield f"*About*\n{words.inert(facts.scope, words.NAME)}"
    yield f"*Stage*\n{_stage(facts)}"
    yield f"*Score*\n{', '.join(_score(facts)) or 'No score: nothing is known yet'}"
    if facts.findings.strongest:
        alike = not facts.findings.weakest
        yield f"*Strongest*\n{'All steps are alike' if alike else _named(facts.model, facts.findings.strongest)}"
    if facts.findings.weakest:
        yield f"*Weakest*\n{_named(facts.model, facts.findings.weakest)}"
    yield f"*Next assessment*\n{words.day(facts.next_on, facts.today)}"


def _stage(facts: ResultFacts) -> str:
    overall = facts.result.overall
    said = words.sentence(found.overall_stage(overall).replace("*", ""))
    before = facts.previous.stage if facts.previous else None
    if isinstance(overall, Unstaged):
        return f"{said}: {overall.rated} of the {words.count(overall.needed, 'step')} it takes could be rated"
    if facts.close_to is not None:
        return f"{said}, close to the boundary with {facts.close_to.word}"
    changed = f", before: {before.word}" if before and before is not overall.stage else ""
    open_end = not overall.provisional and overall.high > overall.stage
    return f"{said}{changed}{f' (up to {overall.high.word} once all is known)' if open_end else ''}"


def _named(model: MaturityModel, steps: Sequence[StepId]) -> str:
    return words.listed([model.step(step).short for step in steps])


def _numbers(facts: ResultFacts) -> Iterator[str]:
    for check in facts.result.numbers:
        yield found.number(facts.model, check, facts.result.overall)


def _holding(facts: ResultFacts) -> str:
    overall, findings = facts.result.overall, facts.findings
    if isinstance(overall, Staged) and findings.next is None:
        return _at_run(facts)
    heading = f"*What holds you back from {findings.next.word}*" if findings.next else "*What to find out first*"
    shown = findings.holding or findings.steps
    return words.lines(heading, *(f"• {found.holding(facts.model, finding)}" for finding in shown))


def _at_run(facts: ResultFacts) -> str:
    unsettled = [finding for finding in facts.findings.steps if not isinstance(finding, StepHolds)]
    if unsettled:
        told = (f"• {found.holding(facts.model, finding)}" for finding in unsettled)
        return words.lines("*What to find out first*", *told)
    topics = [facts.model.question(rise.name).topic for rise in facts.findings.below_run]
    left = f"Still below Run: {words.listed(topics, MOST_TOPICS)}." if topics else "Keep it there."
    return words.lines("*What holds you back*", f"Nothing: Run is the highest stage. {left}")


def _helping(facts: ResultFacts) -> str:
    # Owners are not mentioned here: each of them is told by the card of their action point.
    taken = [
        f"• {words.title(action, SHORT_TITLE)} – {words.due(action)}{'' if action.owner else ', no owner yet'}"
        for action in facts.actions
    ]
    return words.lines("*What would help most*", *words.shortened(taken, MOST_ACTIONS))


def _remarks(facts: ResultFacts) -> Iterator[str]:
    if facts.close_to is not None:
        yield (
            f"*Close to the boundary*: one answer or number the other way, and it would be {facts.close_to.word}. "
            "A change by so little is announced once the next assessment agrees."
        )
    if facts.claimed_level is not None:
        yield f"*Claimed and found*: {_claimed(facts, facts.claimed_level)}."
    if facts.contested:
        asked = [
            question for step in facts.model.steps for question in step.questions if question.id in facts.contested
        ]
        topics = words.listed([question.topic for question in asked], MOST_TOPICS)
        yield f"*Answered quite differently*: {topics}. Five minutes of talk would settle it."


def _claimed(facts: ResultFacts, claimed: int) -> str:
    said = Stage(claimed).word if claimed else "not really started"
    overall = facts.result.overall
    parts = [f"you said {said}", f"the answers say {found.practice(overall)}"]
    levels = sorted({check.level for check in facts.result.numbers if check.level is not None})
    if levels:
        parts.append(f"the numbers say {words.listed([_level(level) for level in levels])}")
    return ", ".join(parts)


def _level(level: int) -> str:
    return Stage(level).word if level else "not in place yet"


def _provenance(facts: ResultFacts) -> str:
    overall = facts.result.overall
    parts = [f"Answered by {words.count(facts.respondents, 'person', 'people')}{_unnamed(facts)}"]
    if isinstance(overall, Staged):
        parts.append(str(overall.backing))
    parts.append(f"questions version {facts.model.version}")
    if facts.form is Form.SHORT:
        parts.append("short form: the core questions only")
    parts.append(f"{'corrected' if facts.corrected else 'finished'} {words.instant(facts.closed_at)}")
    return " · ".join(parts)


def _unnamed(facts: ResultFacts) -> str:
    return ", anonymously" if facts.is_anonymous else ""

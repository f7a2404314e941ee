"""The maturity model: what is asked, what the levels mean, and what can be done about them."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.domain.ids import BenchmarkId, CatalogueId, ModelVersion, QuestionId, StepId
from bot.domain.rules import LeverageRules, ScoringRules


class Stage(IntEnum):
    """Crawl is the floor: an answer can be at level 0, a stage cannot."""

    CRAWL = 1
    WALK = 2
    RUN = 3

    @property
    def word(self) -> str:
        return self.name.capitalize()

    @property
    def next(self) -> "Stage | None":
        return None if self is Stage.RUN else Stage(self + 1)


class Form(StrEnum):
    FULL = "full"
    SHORT = "short"  # the core questions only


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Direction(StrEnum):
    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class Source(StrEnum):
    """Where a number comes from."""

    MEASURED = "measured"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    TEAM = "team"
    ORG = "org"  # done once, centrally, it helps every team


@dataclass(frozen=True, slots=True)
class Option:
    level: int
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class Question:
    id: QuestionId
    topic: str  # what it is about in two or three words, for use in a sentence
    prompt: str
    options: tuple[Option, ...]
    core: bool
    best_answered_by: tuple[str, ...]  # ids of personas, the best one first
    evidence: str
    cross_check: BenchmarkId | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A number with published borders between the stages."""

    id: BenchmarkId
    name: str
    step: StepId
    prompt: str
    definition: str
    unit: str
    direction: Direction
    valid_range: tuple[float, float]
    bands: tuple[float, float, float]  # the value that just reaches Crawl, Walk and Run
    near: float  # so close to a border that it is worth saying
    accepts_pairs: bool  # forecast and actual of some months may be typed instead of the number
    best_answered_by: tuple[str, ...]
    cross_checks: tuple[QuestionId, ...]
    source_title: str
    as_of: str


@dataclass(frozen=True, slots=True)
class BenchmarkSource:
    id: Source
    label: str
    verifies: bool


@dataclass(frozen=True, slots=True)
class Step:
    id: StepId
    number: int
    title: str
    short: str  # fits into "Step 2 of 5: …"
    intro: str
    questions: tuple[Question, ...]
    scored: bool


@dataclass(frozen=True, slots=True)
class CatalogueAction:
    """An action point that the model can propose."""

    id: CatalogueId
    step: StepId
    to: Stage
    scope: Scope
    title: str
    done_when: str
    impact: int
    effort: int
    owner_role: str
    days: int
    triggers: tuple[QuestionId, ...]
    needs: tuple[CatalogueId, ...]
    benchmark: BenchmarkId | None


@dataclass(frozen=True, slots=True)
class Named:
    """A persona or an owner's role."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ClaimedOption:
    """What a team may believe of itself before it is asked anything; never scored."""

    level: int
    label: str


@dataclass(frozen=True, slots=True)
class Wording:
    unknown_label: str
    absent_label: str
    absent_hint: str
    claimed_prompt: str


@dataclass(frozen=True, slots=True)
class MaturityModel:
    id: str
    version: ModelVersion
    status: Status
    minutes_full: int
    minutes_short: int
    reassess_every_days: int
    wording: Wording
    claimed_options: tuple[ClaimedOption, ...]
    personas: tuple[Named, ...]
    owner_roles: tuple[Named, ...]
    steps: tuple[Step, ...]
    benchmarks: tuple[Benchmark, ...]
    benchmark_sources: tuple[BenchmarkSource, ...]
    actions: tuple[CatalogueAction, ...]
    scoring: ScoringRules
    leverage: LeverageRules

    def step(self, step_id: StepId) -> Step:
        return next(step for step in self.steps if step.id == step_id)

    def question(self, question_id: QuestionId) -> Question:
        return next(question for step in self.steps for question in step.questions if question.id == question_id)

    def step_of(self, question_id: QuestionId) -> Step:
        return next(step for step in self.steps if any(question.id == question_id for question in step.questions))

    def benchmark(self, benchmark_id: BenchmarkId) -> Benchmark:
        return next(benchmark for benchmark in self.benchmarks if benchmark.id == benchmark_id)

    def action(self, action_id: CatalogueId) -> CatalogueAction:
        return next(action for action in self.actions if action.id == action_id)

    def owner_role(self, role_id: str) -> Named:
        return next(role for role in self.owner_roles if role.id == role_id)

    def persona(self, persona_id: str) -> Named:
        return next(persona for persona in self.personas if persona.id == persona_id)

    def source(self, source: Source) -> BenchmarkSource:
        return next(offered for offered in self.benchmark_sources if offered.id is source)

    @property
    def scored_steps(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.scored)

    def benchmarks_of(self, step: Step) -> tuple[Benchmark, ...]:
        return tuple(benchmark for benchmark in self.benchmarks if benchmark.step == step.id)

    def questions_of(self, step: Step, form: Form) -> tuple[Question, ...]:
        return tuple(question for question in step.questions if question.core or form is Form.FULL)

    def after(self, step: Step) -> Step | None:
        following = self.steps.index(step) + 1
        return self.steps[following] if following < len(self.steps) else None

    def before(self, step: Step) -> Step | None:
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None

"""The shape of a model file: which keys it has, of which type, and the value that each part becomes."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.domain.ids import BenchmarkId, CatalogueId, QuestionId, StepId
from bot.domain.model import (
    Benchmark,
    CatalogueAction,
    Direction,
    Option,
    Question,
    Scope,
    Stage,
    Step,
)

Text = Annotated[str, StringConstraints(pattern=r"\S")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Share = Annotated[str, StringConstraints(pattern=r"^\d{1,6}(/[1-9]\d{0,5}|\.\d{1,6})?$")]
Level = Annotated[int, Field(ge=0, le=3)]
FromOneToFive = Annotated[int, Field(ge=1, le=5)]
AtLeastOne = Annotated[int, Field(ge=1, le=100_000)]
Count = Annotated[int, Field(ge=0, le=100_000)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class OptionPart(Part):
    level: Level
    label: Text
    hint: Text


class QuestionPart(Part):
    id: Id
    topic: Text
    core: bool
    prompt: Text
    best_answered_by: list[str] = Field(min_length=1)
    evidence: Text
    cross_check: str | None = None
    options: list[OptionPart]

    def value(self) -> Question:
        return Question(
            id=QuestionId(self.id),
            topic=self.topic,
            prompt=self.prompt,
            options=tuple(Option(option.level, option.label, option.hint) for option in self.options),
            core=self.core,
            best_answered_by=tuple(self.best_answered_by),
            evidence=self.evidence,
            cross_check=BenchmarkId(self.cross_check) if self.cross_check is not None else None,
        )


class StepPart(Part):
    id: Id
    number: AtLeastOne
    title: Text
    short: Text
    intro: Text
    questions: list[QuestionPart] = []
    scored: bool = True

    def value(self) -> Step:
        questions = tuple(question.value() for question in self.questions)
        return Step(StepId(self.id), self.number, self.title, self.short, self.intro, questions, self.scored)


class CitedPart(Part):
    title: Text
    as_of: Text


class AtLeast(Part):
    level: Level
    at_least: float


class AtMost(Part):
    level: Level
    at_most: float


class BenchmarkBase(Part):
    id: Id
    name: Text
    step: str
    source: CitedPart
    prompt: Text
    unit: Text
    definition: Text
    accepts_pairs: bool = False
    valid_range: list[float] = Field(min_length=2, max_length=2)
    near: float = Field(ge=0)
    best_answered_by: list[str] = Field(min_length=1)
    cross_checks: list[str]

    def _value(self, direction: Direction, borders: list[float]) -> Benchmark:
        crawl, walk, run = borders
        lowest, highest = self.valid_range
        return Benchmark(
            id=BenchmarkId(self.id),
            name=self.name,
            step=StepId(self.step),
            prompt=self.prompt,
            definition=self.definition,
            unit=self.unit,
            direction=direction,
            valid_range=(lowest, highest),
            bands=(crawl, walk, run),
            near=self.near,
            accepts_pairs=self.accepts_pairs,
            best_answered_by=tuple(self.best_answered_by),
            cross_checks=tuple(QuestionId(question) for question in self.cross_checks),
            source_title=self.source.title,
            as_of=self.source.as_of,
        )


class HigherIsBetter(BenchmarkBase):
    direction: Literal["higher_is_better"]
    bands: list[AtLeast] = Field(min_length=3, max_length=3)

    def value(self) -> Benchmark:
        return self._value(Direction.HIGHER_IS_BETTER, [band.at_least for band in self.bands])


class LowerIsBetter(BenchmarkBase):
    direction: Literal["lower_is_better"]
    bands: list[AtMost] = Field(min_length=3, max_length=3)

    def value(self) -> Benchmark:
        return self._value(Direction.LOWER_IS_BETTER, [band.at_most for band in self.bands])


BenchmarkPart = Annotated[HigherIsBetter | LowerIsBetter, Field(discriminator="direction")]


class ActionPart(Part):
    id: Id
    step: str
    to: Annotated[int, Field(ge=1, le=3)]
    scope: Literal["team", "org"]
    title: Text
    done_when: Text
    impact: FromOneToFive
    effort: FromOneToFive
    owner: str
    days: AtLeastOne
    triggers: list[str] = Field(min_length=1)
    needs: list[str] = []
    benchmark: str | None = None

    def value(self) -> CatalogueAction:
        return CatalogueAction(
            id=CatalogueId(self.id),
            step=StepId(self.step),
            to=Stage(self.to),
            scope=Scope(self.scope),
            title=self.title,
            done_when=self.done_when,
            impact=self.impact,
            effort=self.effort,
            owner_role=self.owner,
            days=self.days,
            triggers=tuple(QuestionId(question) for question in self.triggers),
            needs=tuple(CatalogueId(action) for action in self.needs),
            benchmark=BenchmarkId(self.benchmark) if self.benchmark is not None else None,
        )

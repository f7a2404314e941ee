"""The whole of a model file, as the sum of its parts."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.catalogue.schema import (
    ActionPart,
    AtLeastOne,
    BenchmarkPart,
    Count,
    FromOneToFive,
    Id,
    Level,
    Part,
    Share,
    StepPart,
    Text,
)
from bot.domain.ids import ModelVersion
from bot.domain.model import BenchmarkSource, ClaimedOption, MaturityModel, Named, Source, Status, Wording
from bot.domain.rules import Boosts, ContestedRules, LeverageRules, ProposalLimits, ScoringRules


class MinutesPart(Part):
    short: AtLeastOne
    full: AtLeastOne


class UnknownPart(Part):
    label: Text


class AbsentPart(Part):
    label: Text
    hint: Text


class SpecialPart(Part):
    unknown: UnknownPart
    absent: AbsentPart


class ClaimedOptionPart(Part):
    level: Level
    label: Text


class ClaimedPart(Part):
    prompt: Text
    options: list[ClaimedOptionPart]


class NamedPart(Part):
    id: Id
    name: Text


class SourcePart(Part):
    id: Literal["measured", "estimate", "unknown"]
    label: Text
    verifies: bool


class ContestedPart(Part):
    small_below: Count
    range_at_least: AtLeastOne
    deviation_above: Share


class ScoringPart(Part):
    share: Share
    floor_gap: Count
    min_applicable: AtLeastOne
    max_absent_share: Share
    max_gaps_per_step: Count
    min_rated_steps: AtLeastOne
    run_needs_all_numbers: bool
    contested: ContestedPart

    def value(self) -> ScoringRules:
        contested = self.contested
        return ScoringRules(
            share=Fraction(self.share),
            floor_gap=self.floor_gap,
            min_applicable=self.min_applicable,
            max_absent_share=Fraction(self.max_absent_share),
            max_gaps_per_step=self.max_gaps_per_step,
            min_rated_steps=self.min_rated_steps,
            run_needs_all_numbers=self.run_needs_all_numbers,
            contested=ContestedRules(
                contested.small_below, contested.range_at_least, Fraction(contested.deviation_above)
            ),
        )


class BoostsPart(Part):
    floor_breaker: Share
    toward_next_stage: Share
    lowest_step: Share
    number_behind: Share

    def value(self) -> Boosts:
        return Boosts(**{name: Fraction(share) for name, share in self})


class ProposalsPart(Part):
    new_at_most: Annotated[int, Field(ge=1, le=5)]
    open_at_most: AtLeastOne
    small_effort: FromOneToFive
    high_impact: FromOneToFive
    big_effort: FromOneToFive
    from_one_step: AtLeastOne

    def value(self) -> ProposalLimits:
        return ProposalLimits(**dict(self))


class FindOutPart(Part):
    days: AtLeastOne
    effort: FromOneToFive


class LeveragePart(Part):
    unknown_need: Share
    boosts: BoostsPart
    proposals: ProposalsPart
    find_out: FindOutPart

    def value(self) -> LeverageRules:
        return LeverageRules(
            unknown_need=Fraction(self.unknown_need),
            boosts=self.boosts.value(),
            proposals=self.proposals.value(),
            find_out_days=self.find_out.days,
            find_out_effort=self.find_out.effort,
        )


class ModelFile(Part):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    version: Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d{0,3})(\.(0|[1-9]\d{0,3})){2}$")]
    status: Literal["draft", "published", "retired"]
    expected_minutes: MinutesPart
    reassess_every_days: AtLeastOne
    special_answers: SpecialPart
    claimed_stage: ClaimedPart
    personas: list[NamedPart] = Field(min_length=1)
    steps: list[StepPart] = Field(min_length=1)
    benchmarks: list[BenchmarkPart]
    benchmark_sources: list[SourcePart]
    scoring: ScoringPart
    leverage: LeveragePart
    owner_roles: dict[Id, Text]
    actions: list[ActionPart]

    def value(self) -> MaturityModel:
        special, claimed = self.special_answers, self.claimed_stage
        return MaturityModel(
            id=self.id,
            version=ModelVersion(self.version),
            status=Status(self.status),
            minutes_full=self.expected_minutes.full,
            minutes_short=self.expected_minutes.short,
            reassess_every_days=self.reassess_every_days,
            wording=Wording(special.unknown.label, special.absent.label, special.absent.hint, claimed.prompt),
            claimed_options=tuple(ClaimedOption(option.level, option.label) for option in claimed.options),
            personas=tuple(Named(persona.id, persona.name) for persona in self.personas),
            owner_roles=tuple(Named(role, name) for role, name in self.owner_roles.items()),
            steps=tuple(step.value() for step in self.steps),
            benchmarks=tuple(benchmark.value() for benchmark in self.benchmarks),
            benchmark_sources=tuple(
                BenchmarkSource(Source(source.id), source.label, source.verifies) for source in self.benchmark_sources
            ),
            actions=tuple(action.value() for action in self.actions),
            scoring=self.scoring.value(),
            leverage=self.leverage.value(),
        )

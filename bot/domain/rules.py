"""The parameters of the scoring and leverage rules, as a model file sets them."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class ContestedRules:
    """When several people's answers lie too far apart to be left alone."""

    small_below: int  # in a group smaller than this the distance between the outermost answers decides
    range_at_least: int
    deviation_above: Fraction  # in a larger one the average deviation about the median


@dataclass(frozen=True, slots=True)
class ScoringRules:
    share: Fraction  # of the applicable answers, needed at a stage or above
    floor_gap: int  # how far below a stage a known answer may lie
    min_applicable: int
    max_absent_share: Fraction
    max_gaps_per_step: int
    min_rated_steps: int
    run_needs_all_numbers: bool
    contested: ContestedRules


@dataclass(frozen=True, slots=True)
class Boosts:
    floor_breaker: Fraction
    toward_next_stage: Fraction
    lowest_step: Fraction
    number_behind: Fraction


@dataclass(frozen=True, slots=True)
class ProposalLimits:
    """A bare ratio favours tiny items; these keep a proposal balanced."""

    new_at_most: int
    open_at_most: int
    small_effort: int  # at least one takes no more than this
    high_impact: int  # at least one brings no less than this
    big_effort: int  # at most one takes this much
    from_one_step: int


@dataclass(frozen=True, slots=True)
class LeverageRules:
    unknown_need: Fraction
    boosts: Boosts
    proposals: ProposalLimits
    find_out_days: int
    find_out_effort: int

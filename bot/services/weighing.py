"""What an assessment comes to: everybody's answers made one, scored with the version it was taken with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import TypeVar

from bot.catalogue.loading import Models
from bot.domain.answers import Answers, Measures
from bot.domain.assessment import Assessment, Respondent
from bot.domain.findings import Findings, findings
from bot.domain.ids import QuestionId, UserId
from bot.domain.leverage import Situation
from bot.domain.model import MaturityModel
from bot.domain.proposals import Proposals, propose
from bot.domain.respondents import combined, combined_measures
from bot.domain.results import Result
from bot.domain.scoring import score
from bot.domain.stages import Assessed
from bot.store import answers, choices, done_and_open, respondents
from bot.store.database import Transaction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Weighed:
    assessment: Assessment
    model: MaturityModel
    respondents: tuple[Respondent, ...]
    answers: Answers
    measures: Measures
    contested: frozenset[QuestionId]
    claimed_level: int | None
    result: Result
    findings: Findings

    @property
    def assessed(self) -> Assessed:
        return Assessed(self.model.version, self.answers, self.result)


async def weigh(tx: Transaction, models: Models, assessment: Assessment) -> Weighed:
    model = models.version(assessment.model_version)
    people = tuple(await _counted(tx, assessment))
    said = _of(people, await answers.answers_by(tx, assessment.id))
    numbers = _of(people, await answers.numbers_by(tx, assessment.id))
    together = combined(model.scoring.contested, list(said.values()))
    measures = combined_measures(
        model, [{benchmark: typed.measure for benchmark, typed in own.items()} for own in numbers.values()]
    )
    result = score(model, assessment.form, together.answers, measures)
    claims = [person.claimed_level for person in people if person.claimed_level is not None]
    return Weighed(
        assessment,
        model,
        people,
        together.answers,
        measures,
        together.contested,
        median_low(claims) if claims else None,
        result,
        findings(model, assessment.form, together.answers, result),
    )


async def _counted(tx: Transaction, assessment: Assessment) -> Sequence[Respondent]:
    """Everybody with stored answers; in an anonymous round those who came to the end, as their number is told."""
    there = await respondents.of(tx, assessment.id)
    return [person for person in there if person.finished_at or not assessment.is_anonymous]


def _of(people: Sequence[Respondent], said: Mapping[UserId, T]) -> Mapping[UserId, T]:
    return {person.user: said[person.user] for person in people if person.user in said}


async def proposals(tx: Transaction, weighed: Weighed) -> Proposals:
    """What would help most towards the team's targets, beside what it has done and has open.

    What is to be found out takes no room.
    """
    team = weighed.assessment.team
    done, still_open = await done_and_open.catalogue_of_team(tx, team)
    chosen = await choices.of_team(tx, team)
    situation = Situation(
        weighed.assessment.form,
        weighed.answers,
        weighed.measures,
        weighed.result,
        targets=chosen.targets,
        done=done,
        open=still_open,
    )
    return propose(weighed.model, situation, await done_and_open.count_open(tx, team, with_find_outs=False))

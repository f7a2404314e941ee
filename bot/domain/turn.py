"""A person's turn in the dialogue: where they are, and what is known of them when a step is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.answers import Answer, Measure
from bot.domain.ids import AssessmentId, BenchmarkId, QuestionId, StepId, UserId
from bot.domain.model import Form, Source
from bot.domain.teams import Place


@dataclass(frozen=True, slots=True)
class Round:
    """How an assessment is meant, by whoever begins it."""

    scope: str | None = None  # what it is about, in their words
    is_anonymous: bool = False  # everybody answers to the end of their own part, and nobody sees who


PLAIN = Round()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """What a step's view carries along. Never an answer: those are in the store."""

    assessment: AssessmentId  # chosen when the modal opens, stored with the first step
    step: StepId
    version: int  # of the person's part when the view was drawn; the store refuses an older one
    form: Form
    place: Place
    round: Round = PLAIN


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as a person wrote it, to be shown again, and what it means."""

    text: str
    source: Source
    measure: Measure


@dataclass(frozen=True, slots=True)
class Wish:
    """An action point on the form of the last step, before there is an action point."""

    origin: str  # an id of the catalogue, "find:…", or "own:…"
    taken: bool
    title: str  # of one's own; the others have the model's
    owner: UserId | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who is at the same assessment, and how far they are."""

    user: UserId
    step: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    bookmark: Bookmark
    answers: Mapping[QuestionId, Answer] = field(default_factory=dict)  # this person's own
    typed: Mapping[BenchmarkId, Typed] = field(default_factory=dict)
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    claimed_level: int | None = None
    persona: str | None = None
    may_choose_form: bool = True  # only who began an assessment chooses for all
    saved_at: datetime | None = None  # when the draft that is resumed was stored
    note: str | None = None  # what the person should know before going on
    others: tuple[Other, ...] = ()  # who began before this person, the latest first
    finished_at: datetime | None = None  # this person's part of an anonymous round
    is_correction: bool = False  # of a result that was told
    is_anew: bool = False  # the person has just had all of it forgotten

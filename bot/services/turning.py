"""Where a person is in an assessment: the turn that a view is drawn from. Only reads."""

from dataclasses import dataclass, replace
from uuid import uuid4

from bot.catalogue.loading import Models
from bot.domain.assessment import Assessment, AssessmentState, Respondent
from bot.domain.ids import AssessmentId, ChannelId, TeamId, UserId
from bot.domain.model import Form, MaturityModel, Step
from bot.domain.teams import Place, Team
from bot.domain.turn import PLAIN, Bookmark, Other, Round, Turn
from bot.store import answers, assessments, respondents, teams, wishes
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class AskTeam:
    """The channel tells no team: these are the ones that the person may be shown."""

    teams: tuple[Team, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    model: MaturityModel
    turn: Turn


@dataclass(frozen=True, slots=True)
class Saved:
    """What is kept of a person's part when the form is closed."""

    model: MaturityModel
    turn: Turn

    @property
    def step(self) -> Step:
        """Where they go on."""
        return self.model.step(self.turn.bookmark.step)

    @property
    def chose(self) -> bool:
        """Whether something of that step is kept, though it is not finished."""
        asked = {question.id for question in self.step.questions}
        return not asked.isdisjoint(self.turn.answers) or (not self.step.scored and bool(self.turn.wishes))


TEAMS_SHOWN = 100
OPEN_ALREADY = (
    "*An assessment of this team is open already.* Your answers go into that one, as it was begun: what you typed "
    "after the command holds for a new one only."
)


async def of_channel(
    tx: Transaction, models: Models, channel: ChannelId, user: UserId, meant: Round = PLAIN
) -> NextStep | None:
    """The person's turn for the team of that channel; None where the channel has no team yet."""
    team = await teams.of_channel(tx, channel)
    return None if team is None else await of_place(tx, models, team.place, user, meant)


async def of_place(tx: Transaction, models: Models, place: Place, user: UserId, meant: Round = PLAIN) -> NextStep:
    """Resumes the draft of that channel's team, or opens a new one. ``meant``: how a new one is to be."""
    team = await teams.of_channel(tx, place.channel)
    draft = await assessments.draft_of(tx, team.id) if team else None
    if draft is None:
        model = models.latest
        first = model.steps[0].id
        bookmark = Bookmark(AssessmentId(uuid4().hex), first, 0, Form.FULL, team.place if team else place, meant)
        return NextStep(model, Turn(bookmark))
    model = models.version(draft.model_version)
    person = await respondents.by_user(tx, draft.id, user)
    turn = await turn_of(tx, model, draft, place, user, person, resumed=person is not None)
    others = () if person or draft.is_anonymous else await _others(tx, model, draft)
    note = None if meant in (PLAIN, turn.bookmark.round) else OPEN_ALREADY
    return NextStep(model, replace(turn, others=others, note=note))


async def _others(tx: Transaction, model: MaturityModel, draft: Assessment) -> tuple[Other, ...]:
    there = await respondents.of(tx, draft.id)
    latest_first = sorted(there, key=lambda person: person.saved_at, reverse=True)
    return tuple(Other(person.user, model.step(person.step).number, person.saved_at) for person in latest_first)


async def choices(tx: Transaction, user: UserId) -> AskTeam:
    return AskTeam(tuple(await teams.visible_to(tx, user, TEAMS_SHOWN)))


async def of_team(tx: Transaction, models: Models, team: TeamId, user: UserId, meant: Round = PLAIN) -> NextStep | None:
    """None for a team that the person may not be shown, as for one that does not exist."""
    shown = {known.id: known for known in await teams.visible_to(tx, user, TEAMS_SHOWN)}
    return await of_place(tx, models, shown[team].place, user, meant) if team in shown else None


async def with_form(tx: Transaction, models: Models, bookmark: Bookmark, form: Form, user: UserId) -> NextStep:
    """The same turn with the questions of another form; stored with the step, not before."""
    here = await of_place(tx, models, bookmark.place, user, bookmark.round)
    changed = replace(bookmark, form=form if here.turn.may_choose_form else here.turn.bookmark.form)
    return NextStep(here.model, replace(here.turn, bookmark=changed, saved_at=None))


async def standing(tx: Transaction, models: Models, bookmark: Bookmark, user: UserId) -> Saved | None:
    """Where the person's saved part of an open assessment stands; None where nothing of theirs is saved."""
    draft = await assessments.by_id(tx, bookmark.assessment)
    if draft is None or draft.state is not AssessmentState.DRAFT:
        return None
    person = await respondents.by_user(tx, draft.id, user)
    if person is None:
        return None
    model = models.version(draft.model_version)
    turn = await turn_of(tx, model, draft, bookmark.place, user, person)
    return Saved(model, turn)


async def turn_of(
    tx: Transaction,
    model: MaturityModel,
    draft: Assessment,
    place: Place,
    user: UserId,
    person: Respondent | None,
    *,
    resumed: bool = False,
) -> Turn:
    first = model.steps[0].id
    step, version = (person.step, person.version) if person else (first, 0)
    meant = Round(draft.scope, draft.is_anonymous)
    bookmark = Bookmark(draft.id, step, version, draft.form, place, meant)
    return Turn(
        bookmark,
        await answers.answers_of(tx, draft.id, user),
        await answers.numbers_of(tx, draft.id, user),
        {} if model.step(step).scored else await wishes.of(tx, draft.id, user),
        person.claimed_level if person else None,
        person.persona if person else None,
        may_choose_form=draft.started_by == user,
        saved_at=person.saved_at if person and resumed else None,
        finished_at=person.finished_at if person else None,
        is_correction=draft.first_closed_at is not None,
    )

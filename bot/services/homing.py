"""The App Home: what one person may see there, read anew each time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.catalogue.loading import Models
from bot.domain.actions import ActionPoint
from bot.domain.assessment import Assessment
from bot.domain.calendar import WorkCalendar
from bot.domain.charted import Charted
from bot.domain.ids import ActionId, AssessmentId, TeamId, UserId
from bot.domain.teams import Team
from bot.domain.touches import Track
from bot.services import calendars, health, inforce, reporting, rights, surveying, tallying, weighing
from bot.services.skipping import can_skip
from bot.store import actions, assessments, outcomes, teams, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch
from bot.views.home import HomeFacts
from bot.views.homepage.needs import OwnAction
from bot.views.homepage.paging import FIRST, Page, Pages, page_of
from bot.views.homepage.teams import TeamLine
from bot.views.homepage.week import Planned, Skipped

ACTIONS_READ = 200
TEAMS_READ = 100
TOUCHES_READ = 100
PROFILES = 3
A_WEEK = timedelta(days=7)
ABOUT_ACTIONS = frozenset({Track.OWNER, Track.LEAD, Track.OWNERLESS, Track.HANDOVER})
ABOUT_ASSESSMENTS = frozenset({Track.DRAFT, Track.ROUND})


async def home(
    tx: Transaction, models: Models, user: UserId, now: datetime, pages: Pages = FIRST, skipped: Skipped | None = None
) -> HomeFacts:
    """Only what the person takes part in: no team that they could not see otherwise."""
    calendar = await calendars.of_owner(tx, user, None, now)
    shown = await teams.of_person(tx, user, TEAMS_READ)
    return HomeFacts(
        today=calendar.local_date(now),
        pages=pages,
        actions=await _actions(tx, user, shown, pages.actions),
        teams=await _teams(tx, models, user, shown, pages.teams, now),
        week=await _week(tx, user, calendar, pages.week, now),
        reminders=await inforce.of_person(tx, user, now),
        skipped=skipped,
        health=await health.of_workspace(tx, now) if await rights.is_admin(tx, user, now) else None,
    )


async def _actions(tx: Transaction, user: UserId, known: Sequence[Team], first: int) -> Page[OwnAction]:
    page = page_of(await actions.open_of_owner(tx, user, ACTIONS_READ), first)
    names = {team.id: team.name for team in known}
    return Page([OwnAction(action, names.get(action.team, "")) for action in page.items], page.first, page.total)


async def _teams(
    tx: Transaction, models: Models, user: UserId, known: Sequence[Team], first: int, now: datetime
) -> Page[TeamLine]:
    page, lines, profiles = page_of(known, first), list[TeamLine](), 0
    for team in page.items:
        line = await _line(tx, models, team, user, now, is_charted=profiles < PROFILES)
        lines, profiles = [*lines, line], profiles + (line.profile is not None)
    return Page(lines, page.first, page.total)


async def _line(
    tx: Transaction, models: Models, team: Team, user: UserId, now: datetime, *, is_charted: bool
) -> TeamLine:
    closed = await assessments.last_closed(tx, team.id)
    draft = await assessments.draft_of(tx, team.id)
    answering = await outcomes.answered_by(tx, [draft.id]) if draft else {}
    return TeamLine(
        id=team.id,
        name=team.name,
        outcome=await surveying.outcome(tx, models, closed) if closed else None,
        tally=await tallying.of_team(tx, team, now),
        has_draft=draft is not None,
        is_led=team.lead == user,
        drafting=sum(len(people) for people in answering.values()),
        profile=await _profile(tx, models, closed) if closed and is_charted else None,
    )


async def _profile(tx: Transaction, models: Models, closed: Assessment) -> Charted:
    """The very chart of the result's message, so that its file is shown again."""
    return await reporting.profile(tx, models, await weighing.weigh(tx, models, closed))


async def _week(tx: Transaction, user: UserId, calendar: WorkCalendar, first: int, now: datetime) -> Page[Planned]:
    page = page_of(await touches.ahead_of(tx, user, now + A_WEEK, TOUCHES_READ), first)
    drawn = [await _planned(tx, planned, calendar) for planned in page.items]
    return Page([planned for planned in drawn if planned], page.first, page.total)


async def _planned(tx: Transaction, planned: PlannedTouch, calendar: WorkCalendar) -> Planned | None:
    about = await _about(tx, planned)
    if about is None:
        return None
    local = planned.touch.at_utc.astimezone(calendar.zone)
    return Planned(
        touch=planned.id,
        day=local.date(),
        at=local.time(),
        rung=planned.touch.rung,
        about=about,
        can_skip=can_skip(planned),
    )


async def _about(tx: Transaction, planned: PlannedTouch) -> ActionPoint | str | None:
    """An action point, or the name of a team."""
    if planned.track in ABOUT_ACTIONS:
        return await actions.by_id(tx, ActionId(planned.subject))
    team = TeamId(planned.subject)
    if planned.track in ABOUT_ASSESSMENTS:
        # Of a round the subject is an assessment and a person.
        assessment = await assessments.by_id(tx, AssessmentId(planned.subject.partition(":")[0]))
        if assessment is None:
            return None
        team = assessment.team
    found = await teams.found(tx, team)
    return found.name if found else None

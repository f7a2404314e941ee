"""Who would be told what in the days to come, by the very rules of the tick. Nothing is planned or sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.domain.actions import ActionPoint
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId
from bot.domain.previewing import Foreseen, Watched, foresee
from bot.domain.sparing import SEVEN_DAYS
from bot.domain.teams import Team
from bot.domain.touches import TO_CHANNELS, Track
from bot.services import calendars, planning
from bot.store import actions, assessments, told, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch
from bot.views.preview import Expected, PreviewFacts

AHEAD = timedelta(days=14)
OF_A_PERSON = 1000  # action points


async def preview(tx: Transaction, team: Team, now: datetime) -> PreviewFacts:
    calendar = await calendars.of_team(tx, team, now)
    open_ones = await actions.still_open(tx, team.id)
    foreseen = await _foreseen(tx, open_ones, now)
    expected = [
        *(Expected(one.day, one.person, one.rung, one.action.label) for one in foreseen if one.action.team == team.id),
        *await _planned(tx, team, open_ones, calendar, now),
    ]
    return PreviewFacts(team.name, calendar.local_date(now), tuple(sorted(expected, key=lambda one: one.day)))


async def _foreseen(tx: Transaction, open_ones: Sequence[ActionPoint], now: datetime) -> list[Foreseen]:
    """With everything that these owners are told of other teams, for it counts for how much they are told at all."""
    watched: list[Watched] = []
    heard: dict[UserId, Mapping[str, date]] = {}
    for owner in sorted({action.owner for action in open_ones if action.owner}):
        for action in await actions.open_of_owner(tx, owner, OF_A_PERSON):
            here = await planning.standing(tx, action, now)
            if not here.team.is_stopped:
                watched.append(Watched(action, here.history, here.manner))
            if owner not in heard:
                since = here.manner.calendar.local_date(now) - SEVEN_DAYS
                heard[owner] = await told.days_of(tx, owner, since)
    return foresee(watched, heard, now, now + AHEAD)


async def _planned(
    tx: Transaction, team: Team, open_ones: Sequence[ActionPoint], calendar: WorkCalendar, now: datetime
) -> list[Expected]:
    """The next touch of everything else about the team: to its lead, to its channel, about its draft."""
    labels = {str(action.id): action.label for action in open_ones}
    draft = await assessments.draft_of(tx, team.id)
    subjects = [team.id, *labels, *([draft.id] if draft else [])]
    ahead = await touches.ahead_about(tx, subjects, now + AHEAD)
    return [
        Expected(
            calendar.local_date(planned.touch.at_utc), _person(planned), planned.touch.rung, labels.get(planned.subject)
        )
        for planned in ahead
        if planned.track is not Track.OWNER
    ]


def _person(planned: PlannedTouch) -> UserId | None:
    return None if planned.track in TO_CHANNELS else planned.touch.recipient

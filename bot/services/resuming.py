"""Where a person left off: in the team that they mean, or wherever they saved something last."""

from bot.domain.assessment import AssessmentState
from bot.domain.ids import ChannelId, UserId
from bot.domain.naming import Draft, TeamRef
from bot.domain.teams import Team
from bot.services import visibility
from bot.store import assessments, respondents, teams, unfinished
from bot.store.database import Transaction


async def left_off(tx: Transaction, what: TeamRef | Draft | None, here: ChannelId, user: UserId) -> Team | None:
    """The team whose open assessment the person has a part in; None where there is nothing to go on with."""
    if isinstance(what, Draft):
        draft = await assessments.by_id(tx, what.id)
        team = await teams.by_id(tx, draft.team) if draft and draft.state is AssessmentState.DRAFT else None
    elif what is None and await teams.of_channel(tx, here) is None:
        latest = await unfinished.latest_of(tx, user)
        team = await teams.by_id(tx, latest) if latest else None
    else:
        meant = await visibility.meant(tx, what, here, user)
        team = meant if isinstance(meant, Team) else None
    return team if team is not None and await _has_part(tx, team, user) else None


async def _has_part(tx: Transaction, team: Team, user: UserId) -> bool:
    draft = await assessments.draft_of(tx, team.id)
    return draft is not None and await respondents.by_user(tx, draft.id, user) is not None

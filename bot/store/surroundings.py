"""What a decision about time goes by, in one statement: a team, what it and its workspace chose, and people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, literal, or_, select, true
from sqlalchemy.exc import NoResultFound

from bot.domain.ids import TeamId, UserId
from bot.domain.preferences import TeamSettings, WorkspacePolicy
from bot.domain.teams import Team
from bot.store import choices, people, teams
from bot.store.database import Transaction
from bot.store.people import Person
from bot.store.schema import PersonRow, PolicyRow, TargetRow, TeamRow

_HERE = select(literal(1).label("one")).subquery("here")
# A row for each person and target, and one where there is neither; what is missing is empty in it.
_AROUND: Select[PolicyRow | None, TeamRow | None, TargetRow | None, PersonRow | None] = (
    select(PolicyRow, TeamRow, TargetRow, PersonRow)
    .select_from(_HERE)
    .outerjoin(PolicyRow, true())
    .outerjoin(TeamRow, TeamRow.id == bindparam("team"))
    .outerjoin(TargetRow, TargetRow.team_id == TeamRow.id)
    .outerjoin(
        PersonRow, or_(PersonRow.user_id.in_(bindparam("users", expanding=True)), PersonRow.user_id == TeamRow.lead)
    )
)


@dataclass(frozen=True, slots=True)
class Around:
    team: Team | None
    settings: TeamSettings
    policy: WorkspacePolicy
    people: Mapping[UserId, Person]


async def of(tx: Transaction, team: TeamId | None, users: Collection[UserId]) -> Around:
    """``team``: None where it is about no team; its lead is among the people. Raises NoResultFound: there is none."""
    rows = (await tx.session.execute(_AROUND, {"team": team, "users": list(users)})).all()
    policy, found, _, _ = rows[0]
    if team is not None and found is None:
        raise NoResultFound
    return Around(
        teams.value_of(found) if found else None,
        choices.settings_of(found, {target for _, _, target, _ in rows if target}) if found else TeamSettings(),
        choices.policy_of(policy),
        {UserId(person.user_id): people.value_of(person) for _, _, _, person in rows if person},
    )

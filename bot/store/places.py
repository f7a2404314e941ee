"""The tenant check before anything is said: no message of one workspace goes to a place of another.

Every way in keeps to its own workspace, so nothing should ever be found here. It is asked all the same, once for all
that is claimed, for what may have been put into the database by hand or by a mistake.
"""

from collections.abc import Collection

from sqlalchemy import exists, or_, select, tuple_

from bot.store.database import SystemTransaction
from bot.store.schema import LaneRow, PersonRow, TeamRow

Place = tuple[str, str]  # a workspace, and a channel or a person as it knows them


async def anothers(tx: SystemTransaction, places: Collection[Place]) -> frozenset[Place]:
    """Those that some other workspace knows as its own, and this one does not.

    A channel can be of several workspaces, and a person of several in an organisation: who knows it itself may speak
    there, and so may who was told that it is shared. Of what nobody knows, Slack says whether the token is good for it.
    """
    tenant, name = LaneRow.tenant_id, LaneRow.channel_id
    own_team = exists().where(
        TeamRow.tenant_id == tenant, or_(TeamRow.channel_id == name, TeamRow.announce_to == name, TeamRow.lead == name)
    )
    own_person = exists().where(PersonRow.tenant_id == tenant, PersonRow.user_id == name)
    other_team = exists().where(TeamRow.channel_id == name, TeamRow.tenant_id != tenant)
    other_person = exists().where(PersonRow.user_id == name, PersonRow.tenant_id != tenant)
    rows = await tx.session.execute(
        select(tenant, name).where(
            tuple_(tenant, name).in_(places),
            ~LaneRow.is_shared,
            or_(other_team, other_person),
            ~own_team,
            ~own_person,
        )
    )
    return frozenset((row.tenant_id, row.channel_id) for row in rows)

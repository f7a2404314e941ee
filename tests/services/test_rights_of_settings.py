"""Who may change what: the matrix, asked of the services themselves, whoever drew the button."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.preferences import Profile, Role
from bot.domain.teams import Place, Team
from bot.services import governing, joining, leading, reshaping
from bot.services.chosen import Chosen, NotYours
from bot.services.reshaping import Wish
from bot.store import people
from bot.store.database import Database, Transaction
from tests.services.office import (
    ADMIN,
    FORMER_ADMIN,
    GUEST,
    LEAD,
    MEMBER,
    NEW,
    OTHER,
    SLACK_ADMIN,
    STALE_ADMIN,
    STRANGER,
    everything,
    opened,
)
from tests.store.builders import HERE, NOW, OPS

Ask = Callable[[Transaction, UserId, TeamId], Awaitable[Any]]
NOWHERE = TeamId("no-such-team")
ELSEWHERE = Place(ChannelId(OPS), "ops", is_private=False)

OF_TEAM: dict[str, Ask] = {
    "settings": lambda tx, actor, team: leading.choose(
        tx, actor, team, lambda chosen: replace(chosen, digest_at=time(9)), NOW
    ),
    "rename": lambda tx, actor, team: leading.rename(tx, actor, team, "Payments", NOW),
    "link": lambda tx, actor, team: leading.link(tx, actor, team, ELSEWHERE, NOW),
    "unlink": lambda tx, actor, team: leading.unlink(tx, actor, team, NOW),
    "lead": lambda tx, actor, team: joining.lead(tx, actor, team, NEW, NOW),
    "add": lambda tx, actor, team: joining.add(tx, actor, team, NEW, NOW),
    "remove": lambda tx, actor, team: joining.remove(tx, actor, team, MEMBER, NOW),
    "reshape": lambda tx, actor, team: reshaping.reshape(tx, actor, team, Wish(name="Payments"), NOW),
    "settle": lambda tx, actor, team: leading.settle(
        tx, actor, team, lambda chosen: replace(chosen, digests=False), None, NOW
    ),
}
OF_WORKSPACE: dict[str, Ask] = {
    "stop": lambda tx, actor, team: leading.stop(tx, actor, team, NOW),
    "policy": lambda tx, actor, _: governing.choose(
        tx, actor, lambda policy: replace(policy, profile=Profile.LIGHT), NOW
    ),
    "grant": lambda tx, actor, _: governing.grant(tx, actor, Role.ADMIN, NEW, NOW),
    "govern": lambda tx, actor, _: governing.settle(
        tx, actor, lambda policy: replace(policy, profile=Profile.LIGHT), NEW, NOW
    ),
}
ADMINS = {ADMIN, SLACK_ADMIN}
EVERYBODY = [LEAD, MEMBER, OTHER, ADMIN, SLACK_ADMIN, STALE_ADMIN, FORMER_ADMIN, STRANGER, GUEST]


@pytest.mark.parametrize(("asks", "allowed"), [(OF_TEAM, {LEAD, *ADMINS}), (OF_WORKSPACE, ADMINS)])
async def test_only_who_may_can_and_nothing_is_changed_for_others(
    db: Database, asks: dict[str, Ask], allowed: set[UserId]
) -> None:
    team = await opened(db)
    for name, ask in asks.items():
        for actor in EVERYBODY:
            outcome, is_changed = await asked(db, ask, actor, team)
            may = actor in allowed
            assert (name, actor, outcome != NotYours(), is_changed) == (name, actor, may, may)


@pytest.mark.parametrize("name", OF_TEAM)
async def test_what_does_not_exist_is_refused_in_the_same_words(db: Database, name: str) -> None:
    team = await opened(db)

    for actor in EVERYBODY:
        assert (await asked(db, OF_TEAM[name], actor, team, NOWHERE)) == (NotYours(), False)


async def test_a_lead_who_left_leads_nothing_any_more(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        await people.put(tx, LEAD, None, True, False, NOW)

    for ask in OF_TEAM.values():
        assert (await asked(db, ask, LEAD, team))[0] == NotYours()


async def test_stopping_a_team_is_no_lead_s(db: Database) -> None:
    """A lead may settle everything else in the same form."""
    team = await opened(db)
    async with db.begin(HERE) as tx:
        settled = await leading.settle(tx, LEAD, team.id, lambda chosen: replace(chosen, digests=False), False, NOW)
        assert isinstance(settled, leading.Settled)
        assert isinstance(settled.settings, Chosen)
        assert settled.stopped is None


class Undo(Exception):
    """Leaves a transaction as if nothing had been done in it."""


async def asked(db: Database, ask: Ask, actor: UserId, team: Team, named: TeamId | None = None) -> tuple[Any, bool]:
    """The outcome, and whether anything is different after it."""
    found: list[Any] = []
    try:
        async with db.begin(HERE) as tx:
            before = await everything(tx, team)
            found.append(await ask(tx, actor, named or team.id))
            found.append(await everything(tx, team) != before)
            raise Undo
    except Undo:
        return found[0], found[1]

"""Workspaces of one organisation: each request has its own installation's token, and no two are taken for one. C08."""

from collections.abc import AsyncIterator, Mapping

import pytest

from bot.domain.ids import ChannelId, TenantId, UserId, is_person
from bot.domain.preferences import PersonPreferences
from bot.domain.teams import Team
from bot.store import people, teams
from bot.store.database import Database
from sandbox.values import Json
from tests.store.builders import a_team
from tests.tenants.town import Home, Town, town

ORG = TenantId("E1")
FIRST, SECOND = TenantId("T1"), TenantId("T2")
LEAD = UserId("U_BEN")  # the same person, under one id, in both workspaces
LEAD_IN_GRID = UserId("W_BEN")
CHANNEL = ChannelId("C_PAY")
ORG_WIDE: Mapping[str, object] = {"enterprise_id": ORG, "is_enterprise_install": "true"}
OF_ORG: Mapping[str, object] = {"enterprise_id": ORG, "is_enterprise_install": "false"}


@pytest.fixture
async def here(db: Database) -> AsyncIterator[Town]:
    async with town(db) as made:
        yield made


def at(tenant: TenantId) -> Home:
    return Home(tenant, "", CHANNEL, LEAD, LEAD, "")


async def opened_with(here: Town, tenant: TenantId, more: Mapping[str, object], user: str = LEAD) -> str:
    """The token with which the modal was opened that somebody asked for there."""
    before = len(here.slack.journal)
    await here.command(at(tenant), user, "remind", **more)
    await here.deps.afterwards.finish(10)
    (token,) = {call.token for call in here.slack.journal[before:]}
    return token


async def test_c08_each_workspace_of_an_organisation_has_its_own_token(here: Town) -> None:
    tokens = {tenant: await here.installed(tenant, ORG) for tenant in (FIRST, SECOND)}
    everywhere = await here.installed(ORG, ORG, org_wide=True)

    assert [await opened_with(here, tenant, OF_ORG) for tenant in tokens] == list(tokens.values())
    assert await opened_with(here, FIRST, ORG_WIDE) == everywhere, "as Slack says for whom it is, though T1 has its own"


async def test_c08_an_organisation_wide_installation_serves_all_its_workspaces(here: Town) -> None:
    everywhere = await here.installed(ORG, ORG, org_wide=True)

    assert {await opened_with(here, tenant, ORG_WIDE) for tenant in (FIRST, SECOND)} == {everywhere}


@pytest.mark.parametrize("workspace", [None, "T2"], ids=["no workspace named", "one named"])
async def test_c08_an_organisation_wide_event_names_no_workspace(here: Town, workspace: str | None) -> None:
    everywhere = await here.installed(ORG, ORG, org_wide=True)
    authorization = {"enterprise_id": ORG, "team_id": workspace, "is_enterprise_install": True}
    inner: Json = {"type": "app_home_opened", "user": LEAD, "tab": "home", "channel": "D1", "event_ts": "1.2"}
    envelope = {"type": "event_callback", "event_id": "Ev1", "team_id": "T2", "enterprise_id": ORG, "event": inner}

    reply = await here.dispatch(envelope | {"authorizations": [authorization]})
    await here.deps.afterwards.finish(10)

    assert reply.status == 200
    assert {call.token for call in here.slack.calls("views.publish")} == {everywhere}


async def test_c08_a_workspace_that_did_not_install_it_is_not_served_with_anothers_token(here: Town) -> None:
    await here.installed(FIRST, ORG)

    await here.command(at(SECOND), LEAD, "remind", **OF_ORG)
    await here.deps.afterwards.finish(10)

    assert here.slack.journal == []


async def test_c08_one_person_in_two_workspaces_is_two_for_the_bot(here: Town) -> None:
    for tenant in (FIRST, SECOND):
        await here.installed(tenant, ORG)
        async with here.db.begin(tenant) as tx:
            await here.known(tx, LEAD)
    async with here.db.begin(FIRST) as tx:
        await people.choose(tx, LEAD, PersonPreferences(zone="Asia/Tokyo"))
        await a_team(tx, CHANNEL, LEAD)

    async with here.db.read(SECOND) as tx:
        there = (await people.of(tx, [LEAD]))[LEAD]
        assert await teams.led_by(tx, LEAD) == []
    assert there.chosen.zone is None


async def test_c08_who_comes_back_with_another_id_is_nobody_the_bot_knows(here: Town) -> None:
    """After a migration to Grid; nothing but a mapping of Slack's could say that they are the same."""
    await here.installed(FIRST, ORG)
    team = await led_by_ben(here)

    await here.command(at(FIRST), LEAD_IN_GRID, "team rename Taken", **OF_ORG)
    renamed_by_another = await found(here, team)
    await here.command(at(FIRST), LEAD, "team rename Vaults", **OF_ORG)

    assert renamed_by_another == team
    assert (await found(here, team)).name == "Vaults", "the old id keeps what is its own"
    assert is_person(LEAD_IN_GRID), "and is written to like any other"


async def led_by_ben(here: Town) -> Team:
    async with here.db.begin(FIRST) as tx:
        await here.known(tx, LEAD, LEAD_IN_GRID)
        return await a_team(tx, CHANNEL, LEAD)


async def found(here: Town, team: Team) -> Team:
    async with here.db.read(FIRST) as tx:
        return await teams.by_id(tx, team.id)

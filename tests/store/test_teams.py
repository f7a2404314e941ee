"""Teams: one for each channel, and private ones only for those who belong to them."""

from collections.abc import Sequence

import pytest

from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.teams import Place, Team
from bot.store import members, teams
from bot.store.database import Database
from tests.store.builders import (
    ADA,
    BOB,
    ELSEWHERE,
    EVE,
    HERE,
    NOW,
    OPS,
    PAY,
    a_draft,
    a_team,
    in_each,
    put_action,
    take_part,
)

SECRET = ChannelId("C_SECRET")
LIA, MIA, ZOE = UserId("U_LIA"), UserId("U_MIA"), UserId("U_ZOE")


@pytest.fixture
async def house(db: Database) -> Database:
    """Ada leads a public team and Lia a private one; Bob answered for it, Eve owns an action point, Mia was added.

    In another workspace people of the same names have teams of the same ids.
    """
    for tenant in (HERE, ELSEWHERE):
        async with db.begin(tenant) as tx:
            await a_team(tx, PAY, ADA)
            private = await a_team(tx, SECRET, LIA, private=True)
            draft = await a_draft(tx, private.id, "as-secret", LIA)
            if tenant == HERE:
                await take_part(tx, draft.id, BOB)
                await put_action(tx, draft, owner=EVE)
                await members.add(tx, private.id, MIA, LIA, NOW)
            else:
                await take_part(tx, draft.id, ZOE)
                await members.add(tx, private.id, ZOE, LIA, NOW)
    return db


def channels(found: Sequence[Team]) -> list[ChannelId]:
    return [team.place.channel for team in found]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param(LIA, [PAY, SECRET], id="its lead"),
        pytest.param(BOB, [PAY, SECRET], id="who answered for it"),
        pytest.param(ADA, [PAY], id="who has nothing to do with it"),
        pytest.param(EVE, [PAY, SECRET], id="who owns an action point of it"),
        pytest.param(MIA, [PAY, SECRET], id="who was added to it"),
        pytest.param(ZOE, [PAY], id="who belongs to its namesake in another workspace"),
        pytest.param(UserId("U_NEW"), [PAY], id="a stranger"),
    ],
)
async def test_a_private_team_is_shown_to_its_own_people_only(
    house: Database, who: UserId, expected: list[ChannelId]
) -> None:
    async with house.read(HERE) as tx:
        assert channels(await teams.visible_to(tx, who, 10)) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param(ADA, [PAY], id="leads"),
        pytest.param(BOB, [SECRET], id="answered"),
        pytest.param(EVE, [SECRET], id="owns an action point"),
        pytest.param(MIA, [SECRET], id="was added"),
        pytest.param(ZOE, [], id="belongs to a namesake elsewhere"),
        pytest.param(UserId("U_NEW"), [], id="a stranger"),
    ],
)
async def test_a_persons_teams_are_those_they_have_to_do_with(
    house: Database, who: UserId, expected: list[ChannelId]
) -> None:
    async with house.read(HERE) as tx:
        assert channels(await teams.of_person(tx, who, 10)) == expected


async def test_ten_who_come_first_at_once_make_one_team(db: Database) -> None:
    people = [UserId(f"U{number}") for number in range(10)]

    made = await in_each(db, 10, lambda tx, number: a_team(tx, PAY, people[number]))

    assert len(set(made)) == 1
    assert made[0].lead in people


async def test_a_team_is_found_by_its_channel_and_its_id(db: Database) -> None:
    async with db.begin(HERE) as tx:
        made = await teams.made(tx, Place(OPS, "ops", True), ADA, NOW)
        assert made == Team(made.id, Place(OPS, "ops", True), ADA)
        assert await teams.of_channel(tx, OPS) == await teams.by_id(tx, made.id) == made
        assert await teams.of_channel(tx, PAY) is None


async def test_teams_are_listed_by_name_whatever_its_case_and_no_more_than_asked_for(db: Database) -> None:
    async with db.begin(HERE) as tx:
        for name in ("beta", "Alpha", "gamma"):
            await teams.made(tx, Place(ChannelId(name), name, False), ADA, NOW)

        assert [team.name for team in await teams.visible_to(tx, BOB, 2)] == ["Alpha", "beta"]
        assert [team.name for team in await teams.of_person(tx, ADA, 2)] == ["Alpha", "beta"]


async def test_a_team_is_found_by_its_name_in_any_letters(db: Database) -> None:
    async with db.begin(HERE) as tx:
        for channel, name in ((PAY, "Payments"), (OPS, "payments"), (SECRET, "payments-eu")):
            await teams.made(tx, Place(channel, name, False), ADA, NOW)

        assert {team.name for team in await teams.called(tx, "PAYMENTS", 5)} == {"Payments", "payments"}
        assert await teams.called(tx, "pay%", 5) == []
        assert len(await teams.every(tx, 5)) == 3
        assert await teams.found(tx, TeamId("made-up")) is None


async def test_numbers_begin_with_one_in_each_team(db: Database) -> None:
    async with db.begin(HERE) as tx:
        first, second = (await a_team(tx, PAY)).id, (await a_team(tx, OPS)).id
        assert await teams.take_numbers(tx, first, 2) == range(1, 3)
        assert await teams.take_numbers(tx, second, 1) == range(1, 2)
        assert await teams.take_numbers(tx, first, 1) == range(3, 4)

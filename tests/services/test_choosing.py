"""What people, leads and admins choose is kept, remembered for undo, and put back as it was."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.domain.bounds import Field
from bot.domain.calendar import Pause
from bot.domain.ids import ChannelId, StepId, UndoId, UserId
from bot.domain.model import Stage
from bot.domain.preferences import Drops, PersonPreferences, Profile, Role, TeamSettings
from bot.domain.teams import Place, Team
from bot.handlers import undo
from bot.services import choosing, governing, joining, leading, reshaping, undoing
from bot.services.chosen import Already, Chosen, Refused
from bot.services.reshaping import Deed, Wish
from bot.services.restoring import RESTORES
from bot.services.undoing import ChangedSince, Kind, NothingToUndo, TooLate, Undone
from bot.store import choices, members, people, teams
from bot.store.database import Database, Transaction
from tests.services.office import ADMIN, GONE, GUEST, LEAD, MEMBER, NEW, OTHER, STRANGER, everything, opened
from tests.store.builders import HERE, NOW, OPS, PAY, a_team, in_each

LATER = NOW + timedelta(minutes=1)
SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})
Act = Callable[[Transaction, Team], Awaitable[Any]]

CHANGES: dict[str, Act] = {
    "settings": lambda tx, team: leading.choose(
        tx,
        LEAD,
        team.id,
        lambda chosen: replace(
            chosen,
            zone="tokyo",
            digests=False,
            digest_day=2,
            digest_at=time(9, 15),
            announce_to=ChannelId(OPS),
            drops=Drops.LEAD_ONLY,
            reassess_days=60,
            targets={StepId("process"): Stage.WALK},
        ),
        NOW,
    ),
    "name": lambda tx, team: leading.rename(tx, LEAD, team.id, "Payments", NOW),
    "channel": lambda tx, team: leading.link(tx, LEAD, team.id, Place(OPS, "ops", is_private=True), NOW),
    "no channel": lambda tx, team: leading.unlink(tx, LEAD, team.id, NOW),
    "stopped": lambda tx, team: leading.stop(tx, ADMIN, team.id, NOW),
    "lead": lambda tx, team: joining.lead(tx, LEAD, team.id, NEW, NOW),
    "added": lambda tx, team: joining.add(tx, LEAD, team.id, NEW, NOW),
    "removed": lambda tx, team: joining.remove(tx, LEAD, team.id, MEMBER, NOW),
    "policy": lambda tx, _: governing.choose(
        tx, ADMIN, lambda policy: replace(policy, profile=Profile.OFF, country="germany", digest_day=4), NOW
    ),
    "role": lambda tx, _: governing.grant(tx, ADMIN, Role.ADMIN, NEW, NOW),
}


@pytest.mark.parametrize("name", CHANGES)
async def test_every_change_can_be_taken_back_once(db: Database, name: str) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        before = await everything(tx, team)
        chosen = await CHANGES[name](tx, team)
        assert isinstance(chosen, Chosen)
        assert await everything(tx, team) != before

    actor = ADMIN if name in ("stopped", "policy", "role") else LEAD
    assert isinstance(await undone(db, chosen.undo, actor), Undone)
    assert await undone(db, chosen.undo, actor) == NothingToUndo()
    async with db.begin(HERE) as tx:
        assert await everything(tx, team) == before


@pytest.mark.parametrize("name", CHANGES)
async def test_nobody_else_takes_it_back_and_nobody_after_ten_minutes(db: Database, name: str) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        chosen = await CHANGES[name](tx, team)
        after = await everything(tx, team)

    actor = ADMIN if name in ("stopped", "policy", "role") else LEAD
    assert await undone(db, chosen.undo, OTHER) == NothingToUndo()
    async with db.begin(HERE) as tx:
        assert await undoing.undo(tx, RESTORES, chosen.undo, actor, NOW + timedelta(minutes=10)) == TooLate()
        assert await everything(tx, team) == after


@pytest.mark.parametrize("name", CHANGES)
async def test_the_same_again_changes_nothing(db: Database, name: str) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        await CHANGES[name](tx, team)
        if name == "lead":  # who gave it away leads no more
            return
        assert isinstance(await CHANGES[name](tx, team), Already)


def test_every_kind_of_change_can_be_taken_back() -> None:
    assert set(undo.RESTORES) == set(Kind)


async def test_a_choice_of_ones_own_is_kept_as_it_is_called(db: Database) -> None:
    await opened(db)
    async with db.begin(HERE) as tx:
        wish = PersonPreferences(
            profile=Profile.LIGHT,
            at=time(14, 5),
            zone="new york",
            weekdays=SUNDAY_TO_THURSDAY,
            country="israel",
            pause=Pause(date(2026, 3, 9), date(2026, 3, 13)),
        )
        chosen = await choosing.choose(tx, MEMBER, lambda _: wish, NOW)
        kept = (await people.of(tx, [MEMBER]))[MEMBER].chosen

    assert isinstance(chosen, Chosen)
    # Sunday to Thursday is Israel's week: as usual there, it is no choice.
    assert kept == chosen.after == replace(wish, zone="America/New_York", weekdays=None, country="IL")
    assert isinstance(await undone(db, chosen.undo, MEMBER), Undone)
    async with db.begin(HERE) as tx:
        assert (await people.of(tx, [MEMBER]))[MEMBER].chosen == PersonPreferences()


async def test_who_was_never_met_can_choose(db: Database) -> None:
    await opened(db)
    async with db.begin(HERE) as tx:
        await choosing.choose(tx, STRANGER, lambda own: replace(own, at=time(8)), NOW)
        assert (await people.of(tx, [STRANGER]))[STRANGER].chosen.at == time(8)


async def test_a_week_as_it_is_anyway_is_no_choice(db: Database) -> None:
    await opened(db)
    async with db.begin(HERE) as tx:
        usual = await choosing.choose(tx, MEMBER, lambda own: replace(own, weekdays=frozenset(range(5))), NOW)
        assert usual == Already(PersonPreferences())
        other = await choosing.choose(tx, MEMBER, lambda own: replace(own, weekdays=frozenset(range(4))), NOW)
        assert isinstance(other, Chosen)
        back = await choosing.choose(tx, MEMBER, lambda own: replace(own, weekdays=frozenset(range(5))), NOW)
        assert isinstance(back, Chosen)
        assert back.after.weekdays is None


async def test_a_pause_that_is_over_stands_in_the_way_of_nothing(db: Database) -> None:
    await opened(db)
    async with db.begin(HERE) as tx:
        await choosing.pause(tx, MEMBER, date(2026, 3, 4), NOW)
        later = await choosing.choose(tx, MEMBER, lambda own: replace(own, at=time(8)), NOW + timedelta(days=30))

    assert isinstance(later, Chosen)


async def test_turned_on_where_the_workspace_has_it_off_means_standard(db: Database) -> None:
    await opened(db)
    async with db.begin(HERE) as tx:
        await governing.choose(tx, ADMIN, lambda policy: replace(policy, profile=Profile.OFF), NOW)
        chosen = await choosing.turn_on(tx, MEMBER, NOW)

    assert isinstance(chosen, Chosen)
    assert chosen.after.profile is Profile.STANDARD


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        pytest.param({"digest_at": time(5, 59)}, Field.DIGEST_AT, id="before anybody is there"),
        pytest.param({"reassess_days": 13}, Field.REASSESS_DAYS, id="too often"),
        pytest.param({"reassess_days": 367}, Field.REASSESS_DAYS, id="too seldom"),
        pytest.param({"zone": "Atlantis/City"}, Field.ZONE, id="no such zone"),
    ],
)
async def test_settings_of_a_team_that_cannot_be(db: Database, settings: dict[str, Any], field: Field) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        refused = await leading.choose(tx, LEAD, team.id, lambda chosen: replace(chosen, **settings), NOW)
        assert isinstance(refused, Refused)
        assert set(refused.problems) == {field}
        assert await choices.of_team(tx, team.id) == TeamSettings()


async def test_a_private_team_is_told_of_nowhere_else(db: Database) -> None:
    await opened(db)
    async with db.begin(HERE) as tx:
        team = await a_team(tx, ChannelId("G_SECRET"), LEAD, private=True)
        refused = await leading.choose(
            tx, LEAD, team.id, lambda chosen: replace(chosen, announce_to=ChannelId(OPS)), NOW
        )

    assert isinstance(refused, Refused)
    assert set(refused.problems) == {Field.ANNOUNCE_TO}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  Pay\u0000ments \n team ", "Payments team", id="one line, without what nobody sees"),
        pytest.param("Cafe\u0301", "Café", id="composed, so that twins are the same"),
        pytest.param("x" * 80, "x" * 80, id="as long as it may be"),
        pytest.param("x" * 81, None, id="too long"),
        pytest.param(" \u200b ", None, id="nothing at all"),
    ],
)
async def test_a_name_is_kept_clean(db: Database, typed: str, kept: str | None) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        await leading.rename(tx, LEAD, team.id, typed, NOW)
        assert (await teams.by_id(tx, team.id)).name == (kept or team.name)


async def test_two_teams_never_share_a_channel(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        await a_team(tx, OPS, OTHER)
        refused = await leading.link(tx, LEAD, team.id, Place(OPS, "ops", is_private=False), NOW)

    assert isinstance(refused, Refused)


async def test_linking_gives_a_lost_channel_back(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        await leading.unlink(tx, LEAD, team.id, NOW)
        assert (await teams.by_id(tx, team.id)).suspended == "unlinked"
        await leading.link(tx, LEAD, team.id, team.place, NOW)
        assert await teams.by_id(tx, team.id) == team


@pytest.mark.parametrize("user", [GUEST, GONE, STRANGER])
async def test_only_full_members_are_given_anything(db: Database, user: UserId) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        before = await everything(tx, team)
        for outcome in (
            await joining.lead(tx, LEAD, team.id, user, NOW),
            await joining.add(tx, LEAD, team.id, user, NOW),
            await governing.grant(tx, ADMIN, Role.ADMIN, user, NOW),
            await reshaping.reshape(tx, LEAD, team.id, Wish(name="Changed", lead=user), NOW),
        ):
            assert isinstance(outcome, Refused)
        assert await everything(tx, team) == before


async def test_the_last_lead_cannot_be_removed(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        await members.add(tx, team.id, LEAD, LEAD, NOW)
        for actor in (LEAD, ADMIN):
            assert isinstance(await joining.remove(tx, actor, team.id, LEAD, NOW), Refused)
        refused = await reshaping.reshape(tx, LEAD, team.id, Wish(removed=frozenset({LEAD}), lead=NEW), NOW)
        assert isinstance(refused, Refused)
        assert (await teams.by_id(tx, team.id)).lead == LEAD


async def test_c06_of_two_changes_at_once_that_would_take_the_lead_one_is_refused(db: Database) -> None:
    team = await opened(db)

    async def act(tx: Transaction, turn: int) -> Any:
        if turn == 0:
            return await joining.lead(tx, LEAD, team.id, MEMBER, NOW)
        return await joining.remove(tx, ADMIN, team.id, MEMBER, NOW)

    given, removed = await in_each(db, 2, act)

    async with db.read(HERE) as tx:
        lead = (await teams.by_id(tx, team.id)).lead
    assert isinstance(given, Chosen)
    assert lead == MEMBER
    assert isinstance(removed, Chosen | Refused)


async def test_what_one_form_asks_for_is_done_in_full_the_lead_last(db: Database) -> None:
    team = await opened(db)
    wish = Wish(
        name="Payments",
        place=Place(OPS, "ops", is_private=False),
        added=frozenset({OTHER}),
        removed=frozenset({MEMBER}),
        lead=NEW,
    )
    async with db.begin(HERE) as tx:
        steps = await reshaping.reshape(tx, LEAD, team.id, wish, NOW)
        assert isinstance(steps, list)
        after = await teams.by_id(tx, team.id)
        named = await members.named(tx, team.id)

    assert [step.deed for step in steps] == [Deed.RENAMED, Deed.LINKED, Deed.ADDED, Deed.REMOVED, Deed.LED]
    assert (after.place, after.lead) == (Place(OPS, "Payments", is_private=False), NEW)
    assert named == [OTHER]


async def test_a_change_that_somebody_else_made_since_stands(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        first = await leading.rename(tx, LEAD, team.id, "Payments", NOW)
        await leading.rename(tx, ADMIN, team.id, "Checkout", NOW)
        assert isinstance(first, Chosen)
        assert await undoing.undo(tx, RESTORES, first.undo, LEAD, LATER) == ChangedSince()
        assert (await teams.by_id(tx, team.id)).name == "Checkout"


async def test_a_lead_who_was_chosen_since_stays(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        given = await joining.lead(tx, LEAD, team.id, NEW, NOW)
        await joining.lead(tx, NEW, team.id, OTHER, NOW)
        assert isinstance(given, Chosen)
        assert await undoing.undo(tx, RESTORES, given.undo, LEAD, LATER) == ChangedSince()
        assert (await teams.by_id(tx, team.id)).lead == OTHER


async def test_a_right_that_was_lost_takes_nothing_back(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        renamed = await leading.rename(tx, LEAD, team.id, "Payments", NOW)
        await joining.lead(tx, LEAD, team.id, NEW, NOW)
        assert isinstance(renamed, Chosen)
        assert await undoing.undo(tx, RESTORES, renamed.undo, LEAD, LATER) == ChangedSince()


async def test_a_channel_that_another_team_has_by_now_is_not_taken_back(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        linked = await leading.link(tx, LEAD, team.id, Place(OPS, "ops", is_private=False), NOW)
        await a_team(tx, PAY, OTHER)
        assert isinstance(linked, Chosen)
        assert await undoing.undo(tx, RESTORES, linked.undo, LEAD, LATER) == ChangedSince()


async def undone(db: Database, undo: UndoId, actor: UserId) -> undoing.Outcome:
    async with db.begin(HERE) as tx:
        return await undoing.undo(tx, RESTORES, undo, actor, LATER)

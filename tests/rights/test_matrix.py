"""Who may do what, by every way in: C04. One row for each deed, and nobody else may."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.adding import Wanted
from bot.domain.snooze import Snooze
from bot.domain.teams import Team
from bot.services import inforce
from bot.store import teams
from bot.views import blocking, card, decide, lost, new_action, review, team_people, team_settings, workspace_settings
from bot.views.homepage import teams as home_teams
from bot.views.new_action import From
from tests.door.setting import HERE
from tests.flows.world import World
from tests.rights.cast import (
    ADMIN,
    CANARY,
    EXTERNAL,
    GONE,
    GUEST,
    LEAD,
    MEMBER,
    NEW,
    OTHER,
    OWNER,
    ROBOT,
    SECOND,
    SECRETS,
    an_action,
    gathered,
    ways_of,
)  # fmt: skip
from tests.rights.ways import Ways, everything, picked
from tests.store.builders import NOW

CAST = {
    "lead": LEAD, "owner": OWNER, "member": MEMBER, "admin": ADMIN, "other team": OTHER, "guest": GUEST, "left": GONE,
    "bot": ROBOT, "external": EXTERNAL,
}  # fmt: skip
RESPONSIBLE = frozenset({"owner", "lead", "admin"})
THEIRS = frozenset({"owner", "lead"})
INSIDERS = frozenset({"owner", "lead", "member", "admin"})
LEADS = frozenset({"lead", "admin"})
ADMINS = frozenset({"admin"})
TODAY = date(2026, 3, 2)

Do = Callable[[Ways, Any], Awaitable[object]]


@dataclass(frozen=True)
class OfAction:
    """What can be done to an action point, by each way in."""

    may: frozenset[str]
    text: str = ""
    button: str = ""
    form: Callable[[ActionPoint], Any] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)  # how it is before

    def ways(self) -> dict[str, Do]:
        found: dict[str, Do] = {}
        if self.text:
            found["command"] = lambda ways, action: ways.command(f"action A-{action.number} {self.text}")
            found["mention"] = lambda ways, action: ways.mention(f"A-{action.number} {self.text}")
        if self.button:
            found["button"] = lambda ways, action: ways.button(self.button, action.id)
            found["menu"] = lambda ways, action: ways.button(card.MORE, f"{self.button} {action.id}")
        if form := self.form:
            found["form"] = lambda ways, action: ways.form(form(action), self.values)
        return found


DONE = {"state": ActionState.DONE, "closed_by": OWNER}
BLOCKED = {"blocked_why": "the invoice", "blocked_at": NOW}
ACTIONS: dict[str, OfAction] = {
    "done": OfAction(RESPONSIBLE, "done", card.DONE),
    "reopen": OfAction(RESPONSIBLE, "reopen", card.REOPEN, changes=DONE),
    "snooze": OfAction(
        THEIRS, "snooze 3d", form=lambda action: decide.snooze(action, TODAY), values={"when": picked(Snooze.ONE_DAY)}
    ),
    "assign": OfAction(
        RESPONSIBLE, f"assign <@{NEW}>", form=decide.hand_over, values={"owner": {"selected_user": NEW}}
    ),
    "due": OfAction(
        RESPONSIBLE,
        "due 2026-04-20",
        form=lambda action: decide.change_due(action, TODAY),
        values={"day": {"selected_date": "2026-04-20"}},
    ),
    "block": OfAction(RESPONSIBLE, "block the invoice", form=blocking.block, values={"why": {"value": "the invoice"}}),
    "unblock": OfAction(RESPONSIBLE, "unblock", card.UNBLOCK, changes=BLOCKED),
    "drop": OfAction(RESPONSIBLE, "drop not needed", form=decide.drop, values={"reason": {"value": "not needed"}}),
    "link": OfAction(
        RESPONSIBLE,
        "link https://example.com/1",
        form=blocking.link,
        values={"url": {"value": "https://example.com/1"}},
    ),
    "plan a day": OfAction(
        THEIRS, form=lambda action: decide.plan_day(action, TODAY), values={"day": {"selected_date": "2026-03-10"}}
    ),
    "accept": OfAction(frozenset({"owner"}), button=card.ACCEPT, changes={"assigned_by": LEAD}),
    "take": OfAction(INSIDERS, button=card.TAKE, changes={"owner": None}),
    "nudge": OfAction(frozenset({"lead"}), "nudge"),
}


@pytest.mark.parametrize("person", CAST)
async def test_c04_what_is_done_to_an_action_point(world: World, person: str) -> None:
    team = await gathered(world)
    ways = ways_of(world, CAST[person])
    done: dict[str, bool] = {}
    for deed, row in ACTIONS.items():
        for way, do in row.ways().items():
            action = await an_action(world, team, **row.changes)
            before = await everything(world)
            await do(ways, action)
            done[f"{deed} by {way}"] = await everything(world) != before

    allowed = {name: person in ACTIONS[name.rpartition(" by ")[0]].may for name in done}
    assert done == allowed


@dataclass(frozen=True)
class OfTeam:
    """What can be changed of a team or of the workspace."""

    may: frozenset[str]
    do: Callable[[Ways, World, Team], Awaitable[object]]


def typed(text: str) -> Callable[[Ways, World, Team], Awaitable[object]]:
    async def do(ways: Ways, world: World, team: Team) -> None:
        await ways.command(text)

    return do


def mentioned(text: str) -> Callable[[Ways, World, Team], Awaitable[object]]:
    async def do(ways: Ways, world: World, team: Team) -> None:
        await ways.mention(text)

    return do


async def form_of_people(ways: Ways, world: World, team: Team) -> None:
    async with world.db.read(HERE) as tx:
        found = await teams.by_id(tx, team.id)
        view = team_people.build(await inforce.of_team(tx, world.deps.models, found, world.now()))
    values: dict[str, Any] = {"name": {"value": "Another name"}, "lead": {"selected_user": LEAD}}
    await ways.form(view, values | {"members": {"selected_users": [MEMBER, NEW]}})


async def form_of_settings(ways: Ways, world: World, team: Team) -> None:
    async with world.db.read(HERE) as tx:
        holds = await inforce.of_team(tx, world.deps.models, team, world.now())
    await ways.form(team_settings.build(holds, may_stop=False), {"digests": picked("off"), "digest_day": picked("3")})


async def form_of_workspace(ways: Ways, world: World, team: Team) -> None:
    async with world.db.read(HERE) as tx:
        view = workspace_settings.build(await inforce.of_workspace(tx))
    await ways.form(view, {"profile": picked("light"), "digest_day": picked("4"), "admin": {"selected_user": SECOND}})


async def form_of_channel(ways: Ways, world: World, team: Team) -> None:
    await ways.form(lost.form(team), {"channel": {"selected_conversation": "C_PAY"}})


async def form_of_a_new_one(ways: Ways, world: World, team: Team) -> None:
    view = new_action.build([team], Wanted("Something new"), From())
    await ways.form(view, {"title": {"value": "Something new"}})


OF_TEAM: dict[str, OfTeam] = {
    "stop a team": OfTeam(ADMINS, typed("admin stop #g_sec")),
    "start a team": OfTeam(ADMINS, typed("admin start #g_sec")),
    "add an action point": OfTeam(INSIDERS, typed("action add Something new")),
    "add one by mention": OfTeam(INSIDERS, mentioned("action add Something else")),
    "add one by form": OfTeam(INSIDERS, form_of_a_new_one),
    "rename": OfTeam(LEADS, typed("team rename Vaults")),
    "rename by mention": OfTeam(LEADS, mentioned("team rename Safes")),
    "add a person": OfTeam(LEADS, typed(f"team add <@{NEW}>")),
    "remove a person": OfTeam(LEADS, typed(f"team remove <@{SECOND}>")),
    "the digest": OfTeam(LEADS, typed("remind digest tue 11:00")),
    "name and people": OfTeam(LEADS, form_of_people),
    "settings": OfTeam(LEADS, form_of_settings),
    "grant a role": OfTeam(ADMINS, typed(f"admin grant admin <@{NEW}>")),
    "holidays": OfTeam(ADMINS, typed("admin holidays FR")),
    "policy": OfTeam(ADMINS, typed("admin policy profile light")),
    "the workspace": OfTeam(ADMINS, form_of_workspace),
    "unlink": OfTeam(LEADS, typed("team unlink")),
    "link by form": OfTeam(LEADS, form_of_channel),
}


@pytest.mark.parametrize("person", CAST)
async def test_c04_what_is_changed_of_a_team_and_of_the_workspace(world: World, person: str) -> None:
    team = await gathered(world)
    await an_action(world, team)
    ways = ways_of(world, CAST[person])
    done: dict[str, bool] = {}
    for deed, row in OF_TEAM.items():
        if ways.channel != SECRETS and deed not in FORGED:
            continue  # what is typed elsewhere is about the team there, which is their own
        before = await everything(world)
        await row.do(ways, world, team)
        done[deed] = await everything(world) != before

    assert done == {deed: person in OF_TEAM[deed].may for deed in done}


FORGED = frozenset(
    {"add one by form", "name and people", "settings", "grant a role", "holidays", "policy", "the workspace"}
    | {"stop a team", "link by form"}
)


@pytest.mark.parametrize("text", ["team lead <@U_NEW>", "admin stop #g_sec"])
@pytest.mark.parametrize("person", CAST)
async def test_c04_nobody_else_gives_a_team_another_lead(world: World, person: str, text: str) -> None:
    await gathered(world)
    before = await everything(world)
    await ways_of(world, CAST[person]).command(text)
    may = LEADS if text.startswith("team") and CAST[person] != OTHER else ADMINS
    changed = await everything(world) != before
    assert changed == (person in may or (person == "other team" and text.startswith("team")))


READS = ("action A-1", "actions team", "actions all", "status #g_sec", "history #g_sec", "export csv #g_sec")


@pytest.mark.parametrize("person", CAST)
async def test_c04_who_is_not_of_the_team_reads_nothing_of_it(world: World, person: str) -> None:
    team = await gathered(world)
    action = await an_action(world, team)
    ways = ways_of(world, CAST[person])
    answers = [(await ways.command(text)).answer.decode() for text in READS]
    await ways.button(home_teams.DETAILS, team.id)
    await ways.button(review.OPEN, team.id)
    await ways.button(card.SNOOZE, action.id)
    shown = [message.text + str(message.blocks) for message in world.slack.ephemerals(ways.user)]
    screen = world.slack.screen(ways.user)
    seen = any(CANARY in text for text in [*answers, *shown, str(screen and screen.blocks)])

    assert seen == (person in INSIDERS)

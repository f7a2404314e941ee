"""Probes across workspaces: every handler, with another workspace's id in every field, sent by six kinds of person.

Each is signed as Slack would sign it, and its forms carry what they were drawn with: nothing but whose the id is stands
in the way. The other workspace has one of everything, and its name in every text; whatever comes back, to whomever, is
searched for that name.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product
from random import Random
from typing import Any

from structlog.testing import capture_logs

from bot.domain.ids import UserId
from bot.handlers import doors, entrance, shortcuts
from bot.services.workspaces import OneWorkspace
from bot.slack.bolt import Dispatch
from bot.store.away import STORE_AWAY
from bot.views import cadence, card, exporting, questions, unclear, which
from sandbox.values import Json
from tests.door.setting import HERE
from tests.flows.world import World
from tests.rights.cast import ADMIN, GUEST, LEAD, MEMBER, OTHER, OWNER, PLACES, gathered
from tests.store.builders import ELSEWHERE
from tests.store.furniture import CARD, CLOSED, DELIVERY, DONE, DRAFT, FAILED, ONE, TEAM, TOUCH, TS, furnish
from tests.store.test_isolation import rows_of

ROLES = {"lead": LEAD, "owner": OWNER, "member": MEMBER, "admin": ADMIN, "other team": OTHER, "guest": GUEST}
THEIRS = (ONE, DONE, TEAM, DRAFT, CLOSED, CARD, TOUCH, DELIVERY, FAILED, "un-1", "C_PAY")
CARRIED = ("action", "subject", "team", "about", "assessment", "channel", "drawn")
TYPED_AT = ("text", "channel_id")
PRESSED_AT = ("value", "channel", "message", "block_id")
FILLED_AT = (*CARRIED, "values", "all")
TOLD_AT = ("channel", "item", "thread_ts", "old_channel_id", "new_channel_id")
# These are about the whole workspace: they name nothing, and end it.
ENDING = frozenset({"app_uninstalled", "tokens_revoked"})
AT_ONCE = 40  # between two looks at the rows of the other workspace
_NUMBERS = count(1)

# Beside the id, in the values of some buttons.
SHAPES = {
    cadence.DELEGATE: "{}:2026-05-29",
    cadence.MOVE: "{}:2026-05-29",
    cadence.SKIP: "{}:2026-05-29",
    card.MORE: "action.drop {}",
    exporting.EXPORT: "csv:{}",
    questions.DUE_TO: "{} 2026-04-20",
    questions.WHICH: "{} action A-1 done",
    unclear.RUN: "status {}",
    unclear.OTHER: "resume {}",
    which.PICK: "start {}",
}
TEXTS = (
    "action A-1", "action A-1 done", "status", "history", "actions team", "admin retry {}", "resume {}", "start {}",
    "export csv {}", "admin stop {}", "team show", "status {}",
)  # fmt: skip


@dataclass(frozen=True)
class Probe:
    kind: str  # the kind of door
    handler: str
    place: str  # the field in which the id stands
    theirs: str
    role: str


def every(theirs: Sequence[str] = THEIRS) -> Iterator[Probe]:
    doors_and_fields = (
        ("typed", TEXTS, TYPED_AT),
        ("mentioned", TEXTS, TOLD_AT[:3]),
        ("pressed", doors.ACTIONS, PRESSED_AT),
        ("chosen", doors.CHOICES, FILLED_AT),
        ("submitted", doors.VIEWS, FILLED_AT),
        ("closed", doors.CLOSED_VIEWS, CARRIED),
        ("shortcut", doors.SHORTCUTS, PRESSED_AT[1:3]),
        ("told", [event for event in doors.EVENTS if event not in ENDING], TOLD_AT),
    )
    for kind, handlers, places in doors_and_fields:
        for handler, place, named, role in product(handlers, places, theirs, ROLES):
            yield Probe(kind, handler, place, named, role)


def some(seed: int, of_each: int) -> list[Probe]:
    """So many of each handler, the same ones for the same seed."""
    by_handler: dict[tuple[str, str], list[Probe]] = {}
    for probe in every():
        by_handler.setdefault((probe.kind, probe.handler), []).append(probe)
    chance = Random(seed)
    return [probe for probes in by_handler.values() for probe in chance.sample(probes, of_each)]


def payload(world: World, probe: Probe) -> Json:
    user, named = ROLES[probe.role], probe.theirs
    channel = named if probe.place in ("channel", "channel_id") else PLACES[user]
    trigger = {"trigger_id": f"{next(_NUMBERS)}.{user}", "response_url": ""}
    by = {"team": {"id": HERE}, "user": {"id": user, "team_id": HERE}, **trigger}
    ts = TS if probe.place in ("message", "thread_ts") else "9.9"
    there = {"channel": {"id": channel}, "container": {"type": "message", "message_ts": ts, "channel_id": channel}}
    message = {"message": {"ts": ts, "thread_ts": ts, "text": "x", "user": user}}
    match probe.kind:
        case "typed":
            said = {"text": probe.handler.format(named if probe.place == "text" else ""), "user_id": user}
            where = {"team_id": HERE, "channel_id": channel, "channel_name": "privategroup"}
            return {"command": "/finops-assess", **said, **where, **trigger}
        case "mentioned" | "told":
            return _event(world, probe, user, channel, ts)
        case "pressed":
            shape = SHAPES.get(probe.handler, "{}").format(named if probe.place == "value" else "none")
            return by | there | message | {"type": "block_actions", "actions": [_action(probe, shape)]}
        case "shortcut":
            kind = "shortcut" if probe.handler == shortcuts.MY_ACTIONS else "message_action"
            return by | there | message | {"type": kind, "callback_id": probe.handler, "message_ts": ts}
        case "chosen":
            action = {
                "action_id": probe.handler + named,
                "type": "static_select",
                "block_id": named,
                "action_ts": "1.2",
            }
            picked = action | {"selected_option": {"value": named}}
            return by | {"type": "block_actions", "actions": [picked], "view": _view(world, probe, user, "assess.step")}
        case "closed":
            return by | {"type": "view_closed", "view": _view(world, probe, user, probe.handler), "is_cleared": True}
        case _:
            view = _view(world, probe, user, probe.handler)
            return by | {"type": "view_submission", "view": view, "response_urls": []}


async def tried(world: World, probes: Sequence[Probe]) -> list[str]:
    """What has leaked, or broken: nothing, if all is well. The other workspace is furnished before."""
    dispatch, found = await dispatching(world), []
    async with world.db.read(ELSEWHERE) as tx:
        before = await rows_of(tx, ELSEWHERE)
    for start in range(0, len(probes), AT_ONCE):
        batch, called = probes[start : start + AT_ONCE], len(world.slack.journal)
        with capture_logs():  # to print every traceback would take longer than everything else
            found += [leak for probe in batch if (leak := await _leak(world, dispatch, probe))]
            await world.deps.afterwards.finish(10)
        async with world.db.read(ELSEWHERE) as tx:
            if await rows_of(tx, ELSEWHERE) != before:
                found.append(f"changed by one of {batch}")
        if any(ELSEWHERE in json.dumps(call.args, default=str) for call in world.slack.journal[called:]):
            found.append(f"told to Slack after one of {batch}")
    world.slack.complaints.clear()  # the triggers, views and channels are none that the platform gave
    return found


async def prepared(world: World) -> None:
    await furnish(world.db, ELSEWHERE)
    await gathered(world)


async def dispatching(world: World) -> Dispatch:
    workspaces = OneWorkspace(world.db, world.slack.bot_token, world.now)
    await workspaces.meet(world.gateway)
    return entrance.dispatch(world.deps, workspaces, STORE_AWAY)


async def _leak(world: World, dispatch: Dispatch, probe: Probe) -> str | None:
    reply = await dispatch(payload(world, probe))
    if ELSEWHERE in reply.body:
        return f"answered: {probe}"
    return f"answered with {reply.status}: {probe}" if reply.status >= 500 else None


def _action(probe: Probe, value: str) -> Json:
    block = probe.theirs if probe.place == "block_id" else "b"
    return {"action_id": probe.handler, "block_id": block, "type": "button", "value": value, "action_ts": "1.2"}


def _event(world: World, probe: Probe, user: str, channel: str, ts: str) -> Json:
    named = probe.theirs
    inner: Json = {"user": user, "channel": channel, "ts": "9.9", "event_ts": "9.9", "team": HERE}
    if probe.kind == "mentioned":
        text = f"<@{world.slack.app.bot_user}> {probe.handler.format(named)}"
        inner |= {"type": "app_mention", "text": text}
    else:
        inner |= {"type": probe.handler, "text": "x", "tab": "home", "inviter": user}
        inner |= {"channel": {"id": channel, "name": named}} if probe.handler.endswith("rename") else {}
        inner |= {"user": {"id": user, "team_id": HERE}} if probe.handler == "user_change" else {}
    if probe.place == "thread_ts":
        inner |= {"thread_ts": ts, "channel": "C_PAY"}
    elif probe.place not in ("channel", "text"):
        inner |= {probe.place: {"channel": named, "ts": TS} if probe.place == "item" else named}
    return {"type": "event_callback", "event_id": f"Ev{next(_NUMBERS)}", "team_id": HERE, "event": inner}


def _view(world: World, probe: Probe, user: UserId, callback: str) -> Json:
    drawn = {"type": "modal", "callback_id": callback, "private_metadata": _metadata(probe), "blocks": []}
    bound: Json = dict(world.deps.binding.bind(HERE, user, drawn))
    content = filled(probe.theirs if probe.place in ("values", "all") else "none")
    state = {block: {"x": value} for block, value in content.items()}
    more = {"id": f"V{next(_NUMBERS)}", "hash": "1.abc", "team_id": HERE, "app_installed_team_id": HERE}
    return bound | more | {"state": {"values": state}}


def _metadata(probe: Probe) -> str:
    """Whatever any of the forms carries, with the id in one place or in all of them."""

    def at(name: str, value: Any, without: Any = "none") -> Any:
        return value if probe.place in (name, "all") else without

    named = probe.theirs
    carried = {
        "action": at("action", named),
        "subject": at("subject", named),
        "drawn": {"name": "x", "lead": LEAD, "members": [], "channel": at("drawn", named, "C_WEB")},
        "team": at("team", named),
        "about": at("about", f"{named}:2026-05-29", "none:2026-05-29"),
        "assessment": at("assessment", named),
        "step": "process",
        "version": 1,
        "form": "full",
        "channel": at("channel", named, None),
        "name": "x",
        "private": False,
    }
    return json.dumps(carried)


def filled(named: str) -> dict[str, Json]:
    """Every field of every form, with the id wherever one may stand."""
    content: Json = {
        "selected_option": {"value": named},
        "selected_options": [{"value": named}],
        "value": named,
        "selected_user": "U_BEN",
        "selected_users": ["U_BEN"],
        "selected_date": "2026-03-20",
        "selected_conversation": "C_PAY",
    }
    names = ("when", "day", "owner", "reason", "why", "url", "title", "person", "channel", "lead", "name", "members")
    return dict.fromkeys((*names, "team", "decision", "choice"), content)

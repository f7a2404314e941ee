"""The form for a new action point: empty, as a command began it, or made of a message."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.actions import Confirm
from bot.domain.adding import TITLE_LIMIT, Wanted
from bot.domain.decisions import LINK_LIMIT
from bot.domain.ids import ChannelId, MessageTs, TeamId, UserId
from bot.domain.teams import Team
from bot.views import blocks
from bot.views.blocks import Block, View
from bot.views.bookmark import Unreadable
from bot.views.decide import Fix
from bot.views.filled_in import state_of

CALLBACK = "add"
TITLE, TEAM, OWNER, DUE, LINK, SURE = "title", "team", "owner", "due", "link", "sure"
NO_TEAM = (
    "No team is known here yet. Type `/finops-assess` in your team's channel first: the team is made with its first "
    "assessment."
)


@dataclass(frozen=True, slots=True)
class From:
    """Where the form was opened: what became of it is said there. None: from nowhere that can be answered in."""

    channel: ChannelId | None = None
    thread: MessageTs | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    team: TeamId
    wanted: Wanted
    confirmed: bool
    place: From


def build(teams: Sequence[Team], wanted: Wanted, place: From, asked: Confirm | None = None) -> View:
    """``teams``: those that it may be of; with one of them nothing is asked. ``asked``: what has to be confirmed."""
    if not teams:
        return blocks.modal(CALLBACK, "New action point", [blocks.section(NO_TEAM)], metadata="")
    title = blocks.text_input(TITLE, wanted.title or None, limit=TITLE_LIMIT, placeholder="What is to be done")
    url = blocks.text_input(LINK, wanted.link, limit=LINK_LIMIT, placeholder="https://")
    return blocks.modal(
        CALLBACK,
        "New action point",
        [
            blocks.field(TITLE, "What is to be done?", title),
            *_team(teams),
            blocks.field(OWNER, "Owner", blocks.person_select(OWNER, wanted.owner, "No owner yet"), optional=True),
            blocks.field(DUE, "Due date", blocks.date_picker(DUE, wanted.due_on, "No date yet"), optional=True),
            *_sure(asked),
            blocks.field(LINK, "Issue or page", url, optional=True),
            blocks.context("Its card is posted in the team's channel, and its owner is reminded there."),
        ],
        metadata=json.dumps({"channel": place.channel, "thread": place.thread, "team": teams[0].id}),
        submit="Add",
        close="Cancel",
    )


def read(view: View) -> Filled | Fix:
    state, known = state_of(view), _metadata(view)
    title = state.text(TITLE)
    if not title:
        return Fix({TITLE: "Please say what is to be done."})
    owner = state.person(OWNER)
    return Filled(
        TeamId(state.chosen(TEAM) or str(known["team"])),
        Wanted(title, UserId(owner) if owner else None, state.day(DUE), state.text(LINK) or None),
        SURE in state.all_chosen(SURE),
        _place(known),
    )


def problem(sentence: str, wanted: Wanted) -> Fix:
    """A refusal beside the field that it is most likely about."""
    if wanted.link and "address" in sentence:
        return Fix({LINK: sentence})
    if wanted.owner and "member" in sentence:
        return Fix({OWNER: sentence})
    return Fix({DUE if wanted.due_on and "date" in sentence else TITLE: sentence})


def _team(teams: Sequence[Team]) -> list[Block]:
    if len(teams) == 1:
        return [blocks.context(f"Team: {blocks.written(teams[0].name, 80)}")]
    options = [blocks.option(team.name, team.id) for team in teams[:100]]
    return [blocks.field(TEAM, "Team", blocks.select(TEAM, options, teams[0].id, "Choose a team"))]


def _sure(asked: Confirm | None) -> list[Block]:
    if asked is None:
        return []
    meant = blocks.checkboxes(SURE, [blocks.option("Yes, this date is meant", SURE)], ())
    return [blocks.section(asked.question), blocks.field(SURE, "A date that has passed", meant, optional=True)]


def _place(known: Mapping[str, Any]) -> From:
    channel, thread = known.get("channel"), known.get("thread")
    return From(ChannelId(str(channel)) if channel else None, MessageTs(str(thread)) if thread else None)


def _metadata(view: View) -> dict[str, Any]:
    try:
        known = json.loads(str(view.get("private_metadata")))
        known["team"]
    except (ValueError, KeyError, TypeError) as flaw:
        raise Unreadable("a form of no team") from flaw
    return dict(known)

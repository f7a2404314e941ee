"""The App Home: what needs this person, how their teams stand, what they will be told, and how to change that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.charted import Charted
from bot.domain.health import Health
from bot.domain.ids import FileId
from bot.domain.in_force import PersonInForce
from bot.views import blocks, words
from bot.views.blocks import Block, View
from bot.views.homepage import needs, reminders, teams, week, workspace
from bot.views.homepage.needs import OwnAction
from bot.views.homepage.paging import FIRST, Page, Pages
from bot.views.homepage.teams import TeamLine
from bot.views.homepage.week import Planned, Skipped

CALLBACK = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    today: date  # where the person is
    pages: Pages = FIRST
    actions: Page[OwnAction]
    teams: Page[TeamLine]
    week: Page[Planned]
    reminders: PersonInForce
    skipped: Skipped | None = None
    health: Health | None = None  # for admins only


def charts(facts: HomeFacts) -> Sequence[Charted]:
    return [team.profile for team in facts.teams.items if team.profile]


def build(facts: HomeFacts, files: Mapping[Charted, FileId]) -> View:
    """With the pictures of those charts of which there are files."""
    last = blocks.context("Type `/finops-assess help` in any channel to see everything that the bot can do.")
    return {"type": "home", "callback_id": CALLBACK, "blocks": [*_parts(facts, files), last]}


def _parts(facts: HomeFacts, files: Mapping[Charted, FileId]) -> list[Block]:
    admin = [blocks.divider(), *workspace.build(facts.health)] if facts.health else []
    settings = [blocks.divider(), *reminders.build(facts.reminders), *admin]
    if not (facts.teams.total or facts.actions.total):
        return [*_first_run(), *settings]
    return [
        *needs.build(facts.actions, facts.pages, facts.today),
        blocks.divider(),
        *teams.build(facts.teams, facts.pages, facts.today, files),
        blocks.divider(),
        *week.build(facts.week, facts.pages, facts.today, facts.skipped),
        *settings,
    ]


def _first_run() -> list[Block]:
    return [
        blocks.section("*Welcome to FinOps Assess.* Three steps, and your team knows where it stands."),
        blocks.section(
            words.lines(
                "1. Type `/finops-assess` in your team's channel. In a private channel, `/invite @FinOps` first.",
                "2. Answer four short steps about the last three months, then choose action points. "
                "About ten minutes; each step is kept.",
                "3. The channel gets the result and a card for each action point. Owners are reminded in its thread, "
                "on working days and in their own time zone.",
            )
        ),
        blocks.context(
            "The bot never mentions a whole channel. Reminders stop when an action point is done or dropped."
        ),
    ]

"""The App Home: what needs this person, and how their teams stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.actions import ActionPoint
from bot.domain.ids import TeamId
from bot.domain.model import Stage
from bot.views import blocks, card, words
from bot.views.blocks import Block, View

START = "home.start"

MOST_ACTIONS = 5
MOST_TEAMS = 15
CALLBACK = "home"


@dataclass(frozen=True, slots=True)
class OwnAction:
    action: ActionPoint
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    id: TeamId
    name: str
    stage: Stage | None = None
    provisional: bool = False
    assessed_on: date | None = None
    next_on: date | None = None
    open_actions: int = 0
    has_draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    today: date
    actions: Sequence[OwnAction] = ()  # the most urgent first
    open_in_all: int = 0
    teams: Sequence[TeamLine] = ()


def build(facts: HomeFacts) -> View:
    drawn = [*_needs_you(facts), blocks.divider(), *_teams(facts)] if facts.teams or facts.actions else _first_run()
    last = blocks.context("Type `/finops-assess help` in any channel to see how everything works.")
    return {"type": "home", "callback_id": CALLBACK, "blocks": [*drawn, last]}


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


def _needs_you(facts: HomeFacts) -> list[Block]:
    if not facts.actions:
        return [blocks.header("Needs you"), blocks.section("Nothing at the moment: you own no open action points.")]
    shown = facts.actions[:MOST_ACTIONS]
    left = max(facts.open_in_all, len(facts.actions)) - len(shown)
    return [
        blocks.header("Needs you"),
        *(block for own in shown for block in _action(own, facts.today)),
        *([blocks.context(f"and {left} more")] if left else []),
    ]


def _action(own: OwnAction, today: date) -> list[Block]:
    action = own.action
    due = words.day(action.due_on, today) if action.due_on else None
    when = f"{'was due' if action.due_on < today else 'due'} {due}" if action.due_on else "no date yet"
    return [
        blocks.section(f"*{words.title(action)}* – {when}."),
        blocks.context(f"{words.inert(own.team, words.NAME)} · {card.status(action)}"),
        card.choices(action),
    ]


def _teams(facts: HomeFacts) -> list[Block]:
    if not facts.teams:
        return [blocks.header("My teams"), blocks.section("Type `/finops-assess` in your team's channel to begin.")]
    shown, left = facts.teams[:MOST_TEAMS], len(facts.teams) - MOST_TEAMS
    return [
        blocks.header("My teams"),
        *(_team(team, facts.today) for team in shown),
        *([blocks.context(f"and {left} more")] if left > 0 else []),
    ]


def _team(team: TeamLine, today: date) -> Block:
    verb = "Resume" if team.has_draft else "Start"
    return blocks.section(
        words.lines(f"*{words.inert(team.name, words.NAME)}*: {_stage(team)}.", " · ".join(_dates(team, today))),
        blocks.button(verb, START, team.id, says=f"{verb} the assessment of {words.aloud(team.name, 40)}"),
    )


def _stage(team: TeamLine) -> str:
    if team.assessed_on is None:
        return "not assessed yet"
    if team.stage is None:
        return "not enough known for a stage"
    return f"{team.stage.word}, provisional" if team.provisional else team.stage.word


def _dates(team: TeamLine, today: date) -> list[str]:
    assessed = [f"Last assessed {words.day(team.assessed_on, today)}"] if team.assessed_on else []
    following = [f"next {words.day(team.next_on, today)}"] if team.next_on else []
    return [*assessed, *following, words.count(team.open_actions, "open action point")]

"""The teams of the App Home: how each stands, what comes next, and for its lead what waits for a decision."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.charted import Charted
from bot.domain.ids import FileId, TeamId
from bot.domain.tally import Tally
from bot.views import blocks, exporting, picture, standing, team_shown, words
from bot.views.blocks import Block, Element
from bot.views.homepage.paging import Page, Pages, turning
from bot.views.standing import Outcome

START = "home.start"
DETAILS = "home.details"
NO_TEAM = "Type `/finops-assess` in your team's channel to begin."
NAME_ALOUD = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    id: TeamId
    name: str
    outcome: Outcome | None = None
    tally: Tally
    has_draft: bool = False
    is_led: bool = False  # by the person who looks
    drafting: int = 0  # people who have answered something of the draft
    profile: Charted | None = None  # of the last assessment; what the first few have, for the calm of the page


def build(page: Page[TeamLine], pages: Pages, today: date, files: Mapping[Charted, FileId]) -> list[Block]:
    if not page.items:
        return [blocks.header("My teams"), blocks.section(NO_TEAM)]
    return [
        blocks.header("My teams"),
        *(block for team in page.items for block in _team(team, today, files)),
        *turning("teams", page, pages, "of your teams"),
    ]


def _team(team: TeamLine, today: date, files: Mapping[Charted, FileId]) -> list[Block]:
    name = f"*{words.inert(team.name, words.NAME)}*"
    said = [f"{name}: {', '.join(_stage(team, today))}.", " · ".join(_facts(team, today)), *_leading(team)]
    return [
        blocks.section(words.lines(*said), exporting.menu(team.id)),
        *(_profile(team.profile, files) if team.profile else []),
        blocks.actions(*_buttons(team)),
    ]


def _profile(chart: Charted, files: Mapping[Charted, FileId]) -> list[Block]:
    """The figures, and the picture of them as soon as there is one."""
    return [*([picture.build(chart, files[chart])] if chart in files else []), picture.figures(chart)]


def _stage(team: TeamLine, today: date) -> Iterator[str]:
    if team.outcome is None:
        yield "not assessed yet"
        return
    yield standing.stage(team.outcome.stage, team.outcome.provisional)
    if team.outcome.index is not None:
        yield standing.score(team.outcome.index)
    if trend := standing.trend(team.outcome, today):
        yield trend


def _facts(team: TeamLine, today: date) -> Iterator[str]:
    yield words.sentence(standing.counted(team.tally))
    if team.outcome:
        yield f"last assessed {words.day(team.outcome.on, today)}"
        yield f"next {words.day(team.outcome.next_on, today)}"


def _leading(team: TeamLine) -> list[str]:
    """What waits for the lead, in one line; nothing where nothing waits."""
    waiting = list(_waiting(team))
    return [f"_You lead it_: {words.listed(waiting)}."] if team.is_led and waiting else []


def _waiting(team: TeamLine) -> Iterator[str]:
    if team.tally.ownerless:
        yield f"{team.tally.ownerless} without an owner"
    if team.tally.stalled:
        yield f"{team.tally.stalled} stalled"
    if team.has_draft:
        yield f"a draft is open, with answers of {words.count(team.drafting, 'person', 'people')}"


def _buttons(team: TeamLine) -> Iterator[Element]:
    name = words.aloud(team.name, NAME_ALOUD)
    verb = "Resume" if team.has_draft else "Start"
    yield blocks.button(verb, START, team.id, says=f"{verb} the assessment of {name}")
    yield blocks.button("Details", DETAILS, team.id, says=f"Details of {name}")
    if team.is_led:
        yield blocks.button("Team settings", team_shown.SETTINGS, team.id, says=f"Settings of {name}")

"""The next assessment: to the lead with what can be decided about it, to the channel in one line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.delivery import Message
from bot.domain.ids import TeamId, UndoId, UserId
from bot.domain.items import ReassessLate, ReassessSoon
from bot.domain.teams import Team
from bot.views import blocks, echo, message, review, words
from bot.views.blocks import Block, Element, View
from bot.views.bookmark import Unreadable
from bot.views.filled_in import state_of

START = "cadence.start"
DELEGATE = "cadence.delegate"
MOVE = "cadence.move"
SKIP = "cadence.skip"
SHOWN = "cadence.shown"
PERSON = "person"

TAKES = "It takes about ten minutes"
TO_LEAD = "You get this because you lead this team. Only you see it."


@dataclass(frozen=True, slots=True)
class About:
    """Which assessment a button or form is about: that of a team that was due on a day."""

    team: TeamId
    due_on: date


@dataclass(frozen=True, slots=True)
class Fix:
    problems: Mapping[str, str]


def soon(item: ReassessSoon) -> Message:
    last = f" Last time {words.count(item.respondents, 'person', 'people')} answered." if item.respondents else ""
    return message.message(
        _soon(item),
        *_open(item),
        blocks.section(f"{TAKES}.{last} Nothing is posted about it before that day."),
        blocks.actions(*_choices(item, _button("Move by a month", MOVE, item, "Move by a month"))),
        blocks.context(TO_LEAD),
        spoken=_soon(item),
    )


def late(item: ReassessLate) -> Message:
    return message.message(
        _late(item),
        blocks.actions(*_choices(item, _button("Skip this quarter", SKIP, item, "Skip this time"))),
        blocks.context(f"{TO_LEAD} It is the last word about it: the next comes when the one after is due."),
        spoken=_late(item),
    )


def row(item: ReassessSoon | ReassessLate) -> Block:
    return blocks.section(_soon(item) if isinstance(item, ReassessSoon) else _late(item), _start(item.team))


def invitation(team: Team, due_on: date, today: date) -> Message:
    """Nobody is mentioned: whoever of the team has ten minutes may begin."""
    said = f"{_next(team)} {_due(due_on, today)}. {TAKES}, and everybody's answers count."
    return message.message(
        said,
        blocks.actions(_start(team)),
        blocks.context("This line comes once for each assessment. The team's lead decides how often there is one."),
        spoken=said,
    )


def delegated(team: Team, lead: UserId, due_on: date, today: date) -> Message:
    asks = f"{blocks.mention(lead)} asks you to start the next FinOps assessment of {_name(team)}"
    said = f"{asks}: it {_due(due_on, today)}."
    return message.message(
        said,
        blocks.section(f"{TAKES}. Others of the team may answer as well, each in a form of their own."),
        blocks.actions(_start(team)),
        blocks.context("You get this once, because the team's lead chose you."),
        spoken=said,
    )


def delegate(team: str, about: About) -> View:
    """Who is to start it?"""
    return blocks.modal(
        DELEGATE,
        "Delegate",
        [
            blocks.section(f"Who is to start the next FinOps assessment of *{words.inert(team, words.NAME)}*?"),
            blocks.field(
                PERSON,
                "A member of the team",
                blocks.person_select(PERSON, None, "Choose a person"),
                hint="They get one message with a button to start it. You stay the team's lead.",
            ),
        ],
        metadata=json.dumps({"about": write(about)}),
        submit="Ask them",
        close="Cancel",
    )


def about_of(view: View) -> About:
    try:
        return read(json.loads(str(view.get("private_metadata")))["about"])
    except (ValueError, KeyError, TypeError) as flaw:
        raise Unreadable("a form about no assessment") from flaw


def read_delegate(view: View) -> UserId | Fix:
    chosen = state_of(view).person(PERSON)
    return UserId(chosen) if chosen else Fix({PERSON: "Please choose a person."})


def not_member() -> Fix:
    return Fix({PERSON: "Please choose a full member of this workspace who is still here."})


def shown(told: Message) -> View:
    """A sentence in place of the form."""
    return blocks.modal(SHOWN, "Next assessment", list(map(dict, told.blocks)), metadata="")


def moved(team: str, to: date, today: date, undo: UndoId) -> Message:
    return echo.changed(f"The next FinOps assessment of {_bold(team)} is due on {words.day(to, today)} now.", undo)


def asked(team: str, person: UserId) -> Message:
    return message.message(f"{blocks.mention(person)} is asked to start the next FinOps assessment of {_bold(team)}.")


def decided_before(team: str, due_on: date | None, today: date) -> Message:
    when = f": it is due on {words.day(due_on, today)}" if due_on else ""
    return message.message(f"That was decided before. The next FinOps assessment of {_bold(team)} comes later{when}.")


def not_lead() -> Message:
    return message.message("Only the team's lead can decide that.")


def write(about: About) -> str:
    return f"{about.team}:{about.due_on.isoformat()}"


def read(value: object) -> About:
    """Raises ``bookmark.Unreadable`` for what is not of ours."""
    team, _, day = str(value).rpartition(":")
    try:
        return About(TeamId(team), date.fromisoformat(day))
    except ValueError as flaw:
        raise Unreadable("a button without its assessment") from flaw


def _soon(item: ReassessSoon) -> str:
    return f"{_next(item.team)} {_due(item.due_on, item.today)}."


def _late(item: ReassessLate) -> str:
    since = words.day_since(item.due_on, item.today)
    return f"The FinOps assessment of {_name(item.team)} was due {since} and has not been started."


def _open(item: ReassessSoon) -> list[Block]:
    number = item.open_actions
    if not number:
        return []
    are = "is" if number == 1 else "are"
    said = f"{words.count(number, 'action point')} from before {are} still open. Look at them first:"
    return [blocks.section(f"{said} what is done counts in the answers.", review.button(item.team))]


def _choices(item: ReassessSoon | ReassessLate, last: Element) -> list[Element]:
    return [_start(item.team, "primary"), _button("Delegate", DELEGATE, item, "Ask somebody else to start"), last]


def _start(team: Team, style: str | None = None) -> Element:
    says = f"Start the FinOps assessment of {words.aloud(team.name, 40)}"
    return blocks.button("Start", START, team.place.channel, says=says, style=style)


def _button(text: str, action_id: str, item: ReassessSoon | ReassessLate, says: str) -> Element:
    value = write(About(item.team.id, item.due_on))
    return blocks.button(text, action_id, value, says=f"{says}: assessment of {words.aloud(item.team.name, 30)}")


def _next(team: Team) -> str:
    return f"The next FinOps assessment of {_name(team)}"


def _name(team: Team) -> str:
    return _bold(team.name)


def _bold(name: str) -> str:
    return f"*{words.inert(name, words.NAME)}*"


def _due(due_on: date, today: date) -> str:
    if due_on < today:
        return f"was due {words.day_since(due_on, today)}"
    return "is due today" if due_on == today else f"is due on {words.day(due_on, today)}"

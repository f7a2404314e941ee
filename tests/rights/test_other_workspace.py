"""Ids of another workspace in whatever a person of this one sends: as if they did not exist, and nothing there changes.

C01 and C11: the other workspace has one of everything, and its name in every text.
"""

import json
import re

import pytest

from bot.domain.ids import TenantId
from bot.handlers import doors
from bot.store.database import Database
from bot.views import cadence, card, exporting, questions, unclear, which
from sandbox.values import Json
from tests.flows.world import World
from tests.rights.cast import LEAD, gathered
from tests.rights.ways import Ways
from tests.store.builders import ELSEWHERE
from tests.store.furniture import CARD, CLOSED, DELIVERY, DONE, DRAFT, FAILED, ONE, TEAM, TOUCH, furnish
from tests.store.test_isolation import rows_of

THEIRS = (ONE, DONE, TEAM, DRAFT, CLOSED, CARD, TOUCH, DELIVERY, FAILED, "un-1", "C_PAY")
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


def metadata(named: str) -> str:
    """Whatever any of the forms carries, all at once."""
    carried = {
        "action": named,
        "subject": named,
        "drawn": {"name": "x", "lead": LEAD, "members": [], "channel": "C_WEB"},
        "team": named,
        "about": f"{named}:2026-05-29",
        "assessment": named,
        "step": "process",
        "version": 1,
        "form": "full",
        "channel": None,
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


async def said_to(world: World, ways: Ways, named: str) -> list[str]:
    """Everything that comes back, over every door, with the id taken out of it."""
    answers = []
    for name in doors.ACTIONS:
        sent = await ways.button(name, SHAPES.get(name, "{}").format(named))
        answers.append(sent.answer)
    for callback in doors.VIEWS:
        view = {"type": "modal", "callback_id": callback, "private_metadata": metadata(named), "blocks": []}
        answers.append((await ways.form(view, filled(named))).answer)
    for text in TEXTS:
        answers.append((await ways.command(text.format(named))).answer)
        answers.append((await ways.mention(text.format(named))).answer)
    told = [message.text for message in world.slack.ephemerals(ways.user)]
    screen = world.slack.screen(ways.user)
    return [_plain(text, named) for text in [*map(bytes.decode, answers), *told, str(screen and screen.blocks)]]


def _plain(text: str, named: str) -> str:
    without_tags = re.sub(r'\\"bound\\":\\"[0-9a-f]+', "", text.replace(named, "…"))
    return re.sub(r"Reference: \w+|[0-9a-f]{32}", "…", without_tags)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("theirs", THEIRS)
async def test_c01_c11_what_is_anothers_does_not_exist_here(world: World, db: Database, theirs: str) -> None:
    await furnish(db, ELSEWHERE)
    await gathered(world)
    before = await _rows(db, ELSEWHERE)
    ways = Ways(world, LEAD, "C_WEB")

    said = await said_to(world, ways, theirs)

    assert await _rows(db, ELSEWHERE) == before
    assert not any(ELSEWHERE in text for text in said)
    world.slack.complaints.clear()  # the triggers are none that the platform gave


async def _rows(db: Database, tenant: TenantId) -> list[str]:
    async with db.read(tenant) as tx:
        return await rows_of(tx, tenant)

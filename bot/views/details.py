"""All about a team in one view: how it stands, and how it came there."""

from bot.views import blocks, history, status
from bot.views.blocks import View
from bot.views.history import HistoryFacts
from bot.views.status import StatusFacts

CALLBACK = "home.details"
TITLE = "Team"


def build(standing: StatusFacts, past: HistoryFacts) -> View:
    so_far = [blocks.header("So far"), *history.drawn(past, names=True)] if past.outcomes else []
    return blocks.modal(
        CALLBACK,
        TITLE,
        [blocks.section(status.sentence(standing)), *status.drawn(standing), *so_far],
        metadata="",
    )


def not_there() -> View:
    """Said of a team that the person may not see as well."""
    return blocks.modal(CALLBACK, TITLE, [blocks.section("There is no such team that you can see.")], metadata="")

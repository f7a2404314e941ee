"""All about a team in one view: how it stands, and how it came there."""

from bot.views import blocks, history, status, which
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
    return _told(which.NO_SUCH_TEAM)


def opening() -> View:
    """Shown at once when the store is slow, and replaced as soon as it answers."""
    return _told("Looking it up…")


def away() -> View:
    return _told("The team could not be loaded. Please try again in a minute.")


def _told(sentence: str) -> View:
    return blocks.modal(CALLBACK, TITLE, [blocks.section(sentence)], metadata="")

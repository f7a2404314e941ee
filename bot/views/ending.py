"""The modal's first moment and its last: opening, finished, or over for a reason."""

from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.results import Result
from bot.views import blocks, found, words
from bot.views.blocks import View

TITLE = "FinOps assessment"
CALLBACK = "assess.over"


def opening() -> View:
    """Shown at once when the store is slow, and replaced as soon as it answers."""
    return _told("Opening your assessment…")


def finished(team: str, result: Result, added: int, by_me: bool, *, waits: bool = False) -> View:
    """``waits``: the bot cannot speak in the team's channel just now."""
    where = words.inert(team, words.NAME)
    points = words.count(added, "action point")
    if not by_me:
        kept = f" Added to it from you: {points}." if added else ""
        return _told(f"Somebody else closed this assessment of *{where}* before you.{kept} Their result stands.")
    what = f"The result and {points}" if added else "The result"
    posted = f"{'are' if added else 'is'} posted in the team's channel"
    later = f"{'wait' if added else 'waits'} until I can speak in the team's channel again"
    stage = found.overall_stage(result.overall)
    return _told(f"*{where}*: {stage}.\n{what} {later if waits else posted}. Thank you.")


def over(assessment: Assessment) -> View:
    how = "was closed" if assessment.state is AssessmentState.CLOSED else "was started over"
    return _told(f"This assessment {how} since you opened it, so this was not counted. Type /finops-assess to go on.")


def refused(sentence: str) -> View:
    """``sentence`` is the bot's own, not a person's."""
    return _told(sentence)


def away() -> View:
    return _told("Your assessment could not be loaded. Nothing is lost: please type /finops-assess again in a minute.")


def _told(text: str) -> View:
    return blocks.modal(CALLBACK, TITLE, [blocks.section(text)], metadata="")

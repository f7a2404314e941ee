"""An anonymous round: the end of one's own part, how far all are, and reminders. Counts only, and never a name."""

from bot.domain.assessment import Assessment
from bot.domain.delivery import Message
from bot.domain.ids import AssessmentId
from bot.domain.items import RoundWaiting
from bot.domain.model import MaturityModel
from bot.domain.rounds import LEAST, Progress
from bot.domain.teams import Team
from bot.domain.turn import Turn
from bot.views import blocks, bookmark, every_step, message, saved, words
from bot.views.blocks import Block, Element, View

CALLBACK = "round.part"
REMIND = "round.remind"
CLOSE = "round.close"
YOUR_PART = "The end of your part"
LEAD = "You get this because you lead this team. Nobody is shown who has answered, or what."
WITHHELD = f"With fewer than {LEAST} answers one could tell who said what, so the round stays open."


def part(model: MaturityModel, turn: Turn, progress: Progress | None) -> View:
    """Where the step with the action points would be. ``progress``: for the lead."""
    here = model.step(turn.bookmark.step)
    drawn = [
        *every_step.opening(model, here, turn, YOUR_PART),
        blocks.section(_finished(turn) if turn.finished_at else _to_finish()),
        *([blocks.section(f"So far {_counted(progress)}."), _choices(turn.bookmark.assessment)] if progress else []),
        blocks.actions(every_step.back(turn), block_id="navigation"),
    ]
    return blocks.modal(
        CALLBACK,
        every_step.title(model, here),
        drawn,
        metadata=bookmark.write(turn.bookmark),
        submit=None if turn.finished_at else "Finish",
        tells_close=False,
    )


def to_lead(team: Team, draft: Assessment, progress: Progress) -> Message:
    return message.message(
        f"The anonymous FinOps round of *{words.inert(team.name, words.NAME)}* is open: {_counted(progress)}.",
        *_about(draft),
        _choices(draft.id),
        blocks.context(LEAD),
    )


def over(team: Team, closed: Assessment, progress: Progress) -> Message:
    return message.message(
        f"The anonymous FinOps round of *{words.inert(team.name, words.NAME)}* is over: "
        f"{words.count(progress.answered, 'person', 'people')} answered.",
        *_about(closed),
        blocks.context(LEAD),
    )


def too_few(progress: Progress) -> str:
    return f"{words.sentence(_counted(progress))}. {WITHHELD}"


def asked(count: int) -> str:
    """How many, which the lead knows anyhow."""
    who = words.count(count, "person", "people")
    return f"{who} will be reminded, each in their own working hours. Only those who have not answered are."


def nobody_to_ask(progress: Progress) -> str:
    if not progress.left:
        return "Everybody has answered."
    return f"{words.sentence(_counted(progress))}. The others were reminded within the last few days."


def waiting(item: RoundWaiting) -> Message:
    return message.message(
        _waits(item),
        blocks.actions(_answer(item, "primary")),
        blocks.context(
            "You get this because you belong to the team and have not come to the end yet. Nobody is shown who has "
            "answered, or what."
        ),
    )


def row(item: RoundWaiting) -> Block:
    return blocks.section(_waits(item), _answer(item, None))


def _to_finish() -> str:
    return (
        "*That was the last question.* Your answers count without your name: nobody is shown who said what, and the "
        f"result is told from {LEAST} answers on. The team's lead closes the round and chooses the action points."
    )


def _finished(turn: Turn) -> str:
    assert turn.finished_at is not None
    return (
        f"*You have finished your part* ({words.instant(turn.finished_at)}). Thank you. The result is told when the "
        "team's lead closes the round; until then you can go back and change your answers."
    )


def _counted(progress: Progress) -> str:
    return f"{progress.answered} of {progress.of} have answered"


def _about(assessment: Assessment) -> list[Block]:
    return [blocks.context(f"About {words.inert(assessment.scope)}")] if assessment.scope else []


def _choices(assessment: AssessmentId) -> Block:
    return blocks.actions(
        blocks.button("Remind the others", REMIND, assessment, says="Remind those who have not answered yet"),
        blocks.button("Close the round", CLOSE, assessment, says="Close the round and have the result told"),
        block_id="round",
    )


def _waits(item: RoundWaiting) -> str:
    about = f" about {words.inert(item.scope, words.NAME)}" if item.scope else ""
    name = words.inert(item.team.name, words.NAME)
    return f"The anonymous FinOps round of *{name}*{about} waits for your answers. It takes about ten minutes."


def _answer(item: RoundWaiting, style: str | None) -> Element:
    aloud = f"Answer the FinOps questions of {words.aloud(item.team.name, 40)}"
    return blocks.button("Answer", saved.RESUME, item.team.place.channel, says=aloud, style=style)

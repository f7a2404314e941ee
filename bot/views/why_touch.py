"""The rule behind each reminder, in words, and what changes it."""

from collections.abc import Mapping
from typing import assert_never

from bot.domain.touches import Rung, Track
from bot.domain.whys import Told
from bot.views import words

SHORT = 60
# When each comes.
RULES: Mapping[Rung, str] = {
    Rung.T5: "It comes five working days before the due date, where there was time enough to plan ahead.",
    Rung.T1: "It comes on the working day before the due date.",
    Rung.T0: "It comes on the due date, or on the last working day before it.",
    Rung.OVERDUE: "It comes on the first working day after the due date.",
    Rung.WEEKLY: "Once overdue, it comes once a week, four times at most; then it stops until somebody decides.",
    Rung.WAKE: "It comes on the day on which a snooze ends.",
    Rung.PLANNED_DAY: "It comes on the morning of the day that you picked, in place of those before the due date.",
    Rung.NUDGE: "The team's lead asked for it. They can once in five working days.",
    Rung.ESCALATION_NOTICE: "It comes when it has been overdue for five working days, before the lead hears of it.",
    Rung.ESCALATION: "It comes when it has been overdue for eight working days and nothing was decided.",
    Rung.OWNERLESS: "It comes once when an action point has lost its owner.",
    Rung.UNACCEPTED: "It comes when somebody who was given an action point has not accepted it for two working days.",
    Rung.DRAFT_FIRST: "It comes one working day after an assessment was left off.",
    Rung.DRAFT_SECOND: "It comes four working days after an assessment was left off, and is the last of its kind.",
    Rung.DRAFT_LAST: "It comes three days before an assessment that was left off expires.",
    Rung.DRAFT_EXPIRES: "It comes when an assessment that was left off has expired after thirty days.",
    Rung.ROUND_ASKED: "The lead asked those who have not answered yet.",
    Rung.REASSESS_SOON: "It comes a week before the next assessment.",
    Rung.REASSESS_DAY: "It comes on the day of the next assessment.",
    Rung.REASSESS_LATE: "It comes ten working days after the day of the next assessment, and is the last about it.",
    Rung.DIGEST: "It comes once a week, and is left out where nothing changed and nothing is due.",
    Rung.CHANNEL_LOST: "It comes once when the bot cannot speak in the team's channel any more.",
}


def because(told: Told) -> str:
    """What the reader has to do with it."""
    team = f"*{words.inert(told.team, words.NAME)}*"
    match told.track:
        case Track.OWNER:
            return f"you own {_point(told)}"
        case Track.LEAD | Track.OWNERLESS | Track.HANDOVER:
            return f"you lead {team}, which has {_point(told)}"
        case Track.DRAFT:
            return f"you began an assessment of {team}"
        case Track.ROUND:
            return f"you were asked to answer for {team}"
        case Track.CADENCE | Track.CHANNEL:
            return f"you lead {team}"
        case Track.INVITATION | Track.DIGEST:
            return f"this is the channel of {team}"
        case _:
            assert_never(told.track)


def change(rung: Rung) -> str:
    """How it can be made to come less, or not again."""
    match rung:
        case Rung.T5 | Rung.T1:
            return "Light reminders leave it out. So does picking a day, or a word in the action point's thread."
        case Rung.T0 | Rung.OVERDUE | Rung.WEEKLY | Rung.ESCALATION_NOTICE:
            return "It stops once the action point is done, dropped, handed over or has another date."
        case Rung.WAKE | Rung.PLANNED_DAY:
            return "Snooze it again, pick another day, or mark it done."
        case Rung.NUDGE | Rung.ROUND_ASKED:
            return "Answer it, or turn your reminders off."
        case Rung.ESCALATION | Rung.OWNERLESS | Rung.UNACCEPTED:
            return "Decide about it: another owner, another date, or not doing it."
        case Rung.DRAFT_FIRST | Rung.DRAFT_SECOND | Rung.DRAFT_LAST | Rung.DRAFT_EXPIRES:
            return "Finish the assessment, or discard the draft."
        case Rung.REASSESS_SOON | Rung.REASSESS_DAY | Rung.REASSESS_LATE:
            return "The team's lead can move the date, or change how often there is an assessment in *Team settings*."
        case Rung.DIGEST:
            return "The team's lead can choose another day or time, or no digest, in *Team settings*."
        case Rung.CHANNEL_LOST:
            return "Invite the bot, or link the team to another channel in *Name and people*."
        case _:
            assert_never(rung)


def _point(told: Told) -> str:
    return f"*{words.title(told.action, SHORT)}*, {words.due(told.action)}" if told.action else "an action point"

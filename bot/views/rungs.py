"""What each touch is about, in the few words of a list: for whom it is planned for, and for an admin's preview."""

from collections.abc import Mapping

from bot.domain.touches import Rung

WORDS: Mapping[Rung, str] = {
    Rung.T5: "due in about a week",
    Rung.T1: "due the next working day",
    Rung.T0: "due that day",
    Rung.OVERDUE: "just overdue",
    Rung.WEEKLY: "still open, once a week",
    Rung.WAKE: "the end of its snooze",
    Rung.PLANNED_DAY: "the day picked for it",
    Rung.NUDGE: "asked for by the lead",
    Rung.ESCALATION_NOTICE: "before the lead hears that it is long overdue",
    Rung.ESCALATION: "long overdue, to the lead",
    Rung.OWNERLESS: "without an owner, to the lead",
    Rung.UNACCEPTED: "not accepted by its new owner, to the lead",
    Rung.DRAFT_FIRST: "a draft that was left open",
    Rung.DRAFT_SECOND: "a draft that was left open, once more",
    Rung.DRAFT_LAST: "a draft that is about to expire",
    Rung.DRAFT_EXPIRES: "a draft that expires",
    Rung.ROUND_ASKED: "an assessment that waits for an answer",
    Rung.REASSESS_SOON: "the next assessment is near",
    Rung.REASSESS_DAY: "the day of the next assessment",
    Rung.REASSESS_LATE: "the next assessment is late",
    Rung.DIGEST: "the week of the team",
    Rung.CHANNEL_LOST: "a channel that the bot cannot speak in",
}

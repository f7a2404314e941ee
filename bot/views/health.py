"""How the bot is in a workspace, in one line for the App Home and in full for an admin who asks."""

from collections.abc import Mapping
from datetime import timedelta

from bot.domain.delivery import Message
from bot.domain.health import Health, Worry, worries
from bot.views import blocks, message, words

MOST_CAUSES = 5
MOST_IN_A_LINE = 2
MOST_PEOPLE = 10
MOST_TEAMS = 10
A_MINUTE = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)

WORDS: Mapping[Worry, str] = {
    Worry.NO_TICK: "reminders are not looked after",
    Worry.LATE: "reminders are late",
    Worry.QUEUE: "messages wait for too long",
    Worry.FAILURES: "some messages could not be delivered",
    Worry.UNKNOWN: "of some messages nobody knows whether they were seen",
    Worry.SUSPENDED: "some channels cannot be spoken in",
    Worry.NO_ZONE: "some people have no time zone that is known",
}


def line(health: Health) -> str:
    found = [WORDS[worry] for worry in worries(health)]
    if not found:
        return "All is well."
    return f"To be looked at: {words.listed(found, MOST_IN_A_LINE)}. Type `/finops-assess admin health`."


def build(health: Health) -> Message:
    found = [WORDS[worry] for worry in worries(health)]
    sentence = f"To be looked at: {words.listed(found)}." if found else "All is well with the bot in this workspace."
    return message.message(
        sentence,
        blocks.fields(
            f"*Last tick*\n{_tick(health)}",
            f"*Reminders*\n{_touches(health)}",
            f"*Queue*\n{_queue(health)}",
            f"*Unknown deliveries*\n{health.unknown or 'None'} in seven days",
        ),
        blocks.section(words.lines("*Given up in seven days*", *_failures(health))),
        blocks.section(words.lines("*Channels that the bot cannot speak in*", *_suspended(health))),
        blocks.section(words.lines("*People without a time zone that is known*", _zones(health))),
        blocks.context("`/finops-assess admin failures` lists what was not delivered. Only you see this."),
    )


def _tick(health: Health) -> str:
    return f"{lasting(health.now - health.ticked_at)} ago" if health.ticked_at else "Never"


def _touches(health: Health) -> str:
    due = "None is due"
    if health.due and health.due_since:
        due = f"{health.due} due, for {lasting(health.now - health.due_since)}"
    late = "" if health.latest is None else f"; at most {lasting(health.latest)} late in seven days"
    return f"{due}{late}"


def _queue(health: Health) -> str:
    if not health.queued or health.queued_since is None:
        return "Empty"
    return f"{words.count(health.queued, 'message')}, for {lasting(health.now - health.queued_since)}"


def _failures(health: Health) -> list[str]:
    rows = [f"• {number} × {words.inert(cause)}" for cause, number in health.failures.items()]
    return words.shortened(rows, MOST_CAUSES) or ["None"]


def _suspended(health: Health) -> list[str]:
    rows = [f"• {words.inert(team.name, words.NAME)}: {words.inert(team.suspended or '')}" for team in health.suspended]
    return words.shortened(rows, MOST_TEAMS) or ["None"]


def _zones(health: Health) -> str:
    if not health.without_zone:
        return "None"
    named = words.listed([blocks.mention(user) for user in health.without_zone], MOST_PEOPLE)
    return f"{named}: their reminders go by the zone of the team, else of the workspace."


def lasting(span: timedelta) -> str:
    if span < A_MINUTE:
        return words.count(max(int(span.total_seconds()), 0), "second")
    if span < AN_HOUR:
        return words.count(span // A_MINUTE, "minute")
    return words.count(span // AN_HOUR, "hour") if span < A_DAY else words.count(span.days, "day")

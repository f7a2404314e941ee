"""Who leads a team now that its lead has left, and places that Slack refuses: said to whom it falls to act."""

from bot.domain.delivery import Message
from bot.domain.ids import ChannelId, UserId, is_person
from bot.domain.teams import Team
from bot.views import blocks, message, words

ONCE = "You get this once, because somebody else decided it. Only you see it."
ADMIN = "You get this because you administer this bot. Only you see it."


def lead_chosen(team: Team) -> Message:
    name = words.inert(team.name, words.NAME)
    return message.message(
        f"You lead *{name}* in FinOps from now on: its lead has left.",
        blocks.section(
            "You were chosen because you were the last to finish an assessment there or to give somebody an action "
            "point. To pass it on, type /finops-assess team lead and a name in its channel."
        ),
        blocks.context("You get this because the bot tells a team's lead what needs a decision. Only you see it."),
    )


def lead_given(team: Team, by: UserId) -> Message:
    name = words.inert(team.name, words.NAME)
    return message.message(
        f"{blocks.mention(by)} made you the lead of *{name}* in FinOps.",
        blocks.section(
            "From now on you hear what needs a decision there: action points that are overdue or have no owner, a "
            "stage that went down, the next assessment. To see how it is set up and to change that, type "
            "`/finops-assess team show` in its channel."
        ),
        blocks.context(ONCE),
    )


def member_added(team: Team, by: UserId) -> Message:
    name = words.inert(team.name, words.NAME)
    return message.message(
        f"{blocks.mention(by)} added you to *{name}* in FinOps.",
        blocks.section(
            "You can see how it stands, answer in its assessments and take on action points. To see where it is, type "
            "`/finops-assess status` in its channel."
        ),
        blocks.context(ONCE),
    )


def leaderless(team: Team) -> Message:
    name = words.inert(team.name, words.NAME)
    return message.message(
        f"Nobody leads *{name}* in FinOps any more: its lead has left, and nobody else has taken part.",
        blocks.section("Choose somebody: type /finops-assess team lead and a name in its channel."),
        blocks.context(ADMIN),
    )


def suspended(channel: ChannelId) -> Message:
    """The one mention is of whom it is about: they are not there to read it."""
    where = f"to {blocks.mention(channel)}" if is_person(channel) else f"in <#{channel}>"
    return message.message(
        f"Slack has refused my last three messages {where}, so I have stopped sending there.",
        blocks.section(
            "What waits is kept for a week. A message is tried again as soon as Slack tells that the place is fine, "
            "or when the team has another channel."
        ),
        blocks.context(ADMIN),
    )

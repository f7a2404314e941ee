"""The bot introduces itself: to who installed it, and once in each channel that it is invited to."""

from dataclasses import dataclass
from datetime import time

from bot.domain.delivery import Message
from bot.domain.ids import ChannelId
from bot.views import blocks, message, words

SET_UP = "welcome.set_up"


@dataclass(frozen=True, slots=True)
class WelcomeFacts:
    """When a channel reads of its week, unless its team says otherwise."""

    digest_day: int
    digest_at: time


def to_person() -> Message:
    """To who installed the bot, in a direct message: three steps, and what everybody will be told."""
    return message.message(
        "Thank you for installing FinOps Assess. Three steps, and your first team knows where it stands.",
        blocks.section(
            words.lines(
                "1. Type `/invite @FinOps` in a team's channel; in a public one you may leave this out.",
                "2. Type `/finops-assess` there. Four short steps of questions, then action points: about ten minutes.",
                "3. The channel gets the result. Owners are reminded of their action points in their own time zone, at "
                "most once a working day.",
            )
        ),
        blocks.section(
            "*Good to know*: the bot mentions only the one who has to act, never a whole channel. Everybody can change "
            "or pause their own reminders, and a team's lead what its channel reads."
        ),
        blocks.context("You get this once, because you installed the bot."),
    )


def in_channel(channel: ChannelId, facts: WelcomeFacts) -> Message:
    """What it will post there, how often, and who can change it."""
    weekly = f"{words.DAYS[facts.digest_day]} at {facts.digest_at:%H:%M}"
    return message.message(
        "Hello. In this channel I post what comes of its team's FinOps assessments, and little else.",
        blocks.section(
            words.lines(
                "*What I post*",
                "• The result of each assessment, usually once a quarter, and a change of stage.",
                "• A card for each action point; reminders go to its owner alone, in the card's thread or directly.",
                f"• A digest of the week, on {weekly}, when there is something to tell.",
            )
        ),
        blocks.section(
            "*How often*: beside new action points at most one message a day, and nobody is mentioned who need not act."
        ),
        blocks.section(
            "*Who can change it*: the team's lead, who is the first to start an assessment here. Type "
            "`/finops-assess help` to see how."
        ),
        blocks.actions(
            blocks.button("Set up", SET_UP, channel, says="Set up FinOps for this channel's team", style="primary")
        ),
        blocks.context("You see this once, because somebody invited me."),
    )

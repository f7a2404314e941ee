"""What somebody said about a change in their own words, as a reply in the card's thread."""

from bot.domain.actions import ActionPoint
from bot.domain.delivery import Message
from bot.domain.ids import UserId
from bot.views import message, words

SHOWN = 500


def build(action: ActionPoint, author: UserId, lead: UserId, said: str) -> Message:
    """Who wrote it is said by what they are to it: a mention would call them to their own words."""
    whose = f"{_who(action, author, lead)}, about {action.label}:"
    short = words.inert(said, words.SPOKEN - len(whose) - 10)
    return message.message(f"{whose} “{words.inert(said, SHOWN)}”", spoken=f"{whose} “{short}”")


def _who(action: ActionPoint, author: UserId, lead: UserId) -> str:
    if author == action.owner:
        return "Its owner"
    if author == action.former_owner:
        return "Its former owner"
    return "The team's lead" if author == lead else "A colleague"

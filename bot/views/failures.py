"""What could not be delivered, for an admin: each with its cause, and a button where it can be tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery import Message
from bot.domain.ids import ChannelId, DeliveryId
from bot.views import blocks, message, words
from bot.views.blocks import Block

RETRY = "admin.retry"
SHORT_ID = 8


@dataclass(frozen=True, slots=True)
class Failed:
    id: DeliveryId
    kind: str
    reason: str
    channel: ChannelId
    at: datetime
    can_retry: bool


def build(failures: Sequence[Failed]) -> Message:
    if not failures:
        return message.message("Everything was delivered.", blocks.context("Only you see this."))
    sentence = f"The latest {words.count(len(failures), 'message')} that did not arrive:"
    last = blocks.context(
        "What may have been seen already is not sent again. What is tried again says what is true then, or nothing "
        "where it is too late. Only you see this."
    )
    rows = message.rows([_row(failed) for failed in failures], [blocks.section(sentence), last], _more)
    return message.message(sentence, *rows, last)


def again(failed: Failed) -> Message:
    return message.message(f"{_name(failed)} goes once more; it is on its way.")


def not_again(failed: Failed) -> Message:
    return message.message(f"{_name(failed)} may have been seen already, or has gone since. It is not sent again.")


def no_such() -> Message:
    return message.message("There is no failure of that id. `/finops-assess admin failures` lists them.")


def several() -> Message:
    return message.message("Several failures have an id that begins so. Please give more of it.")


def _row(failed: Failed) -> Block:
    cause = words.inert(failed.reason) or "no reason is known"
    said = f"`{failed.id[:SHORT_ID]}` {_kind(failed)} to {_place(failed.channel)}, {words.instant(failed.at)}: {cause}."
    if not failed.can_retry:
        return blocks.section(f"{said} It may have been seen.")
    button = blocks.button("Try again", RETRY, failed.id, says=f"Try {failed.id[:SHORT_ID]} again")
    return blocks.section(said, button)


def _name(failed: Failed) -> str:
    return f"`{failed.id[:SHORT_ID]}` ({_kind(failed)})"


def _kind(failed: Failed) -> str:
    return words.inert(failed.kind.replace("_", " "))


def _place(channel: ChannelId) -> str:
    return blocks.mention(channel) if channel.startswith(("U", "W")) else f"<#{channel}>"


def _more(number: int) -> Block:
    return blocks.context(f"and {number} more")

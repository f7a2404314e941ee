"""Places that the bot cannot speak in any more: what Slack's refusals mean, and for how long what is owed is kept."""

from datetime import timedelta
from enum import StrEnum

KEPT_FOR = timedelta(days=7)
FAILURES_IN_ROW = 3  # then a place is left alone


class Lost(StrEnum):
    """Why the bot cannot speak in a team's channel."""

    ARCHIVED = "archived"
    GONE = "gone"
    UNINVITED = "uninvited"
    REFUSED = "refused"  # so many times in a row
    UNLINKED = "unlinked"  # by its lead, who wants nothing said there


_MEANS = {
    "is_archived": Lost.ARCHIVED,
    "channel_is_archived": Lost.ARCHIVED,
    "channel_not_found": Lost.GONE,
    "not_in_channel": Lost.UNINVITED,
}
# What Slack refuses because of what is said, or of the message that it is about: another one may well be taken.
_OF_THE_WORDS = frozenset(
    {
        "cannot_reply_to_message", "cant_update_message", "edit_window_closed", "invalid_blocks", "message_not_found",
        "metadata_too_large", "msg_blocks_too_long", "msg_too_long", "no_text", "restricted_action_thread_locked",
        "thread_not_found",
    }
)  # fmt: skip
# Our own reasons for giving up, which say nothing of the place.
_OURS = frozenset({"attempts spent", "broken", "poison"})


def lost(reason: str, *, is_private: bool) -> Lost | None:
    """What a refusal says of a channel. A private one is not found by whoever was not invited."""
    meant = _MEANS.get(reason)
    return Lost.UNINVITED if meant is Lost.GONE and is_private else meant


def is_of_the_place(reason: str) -> bool:
    """Whether the same is to be expected of the next message there."""
    return reason not in _OF_THE_WORDS and reason not in _OURS

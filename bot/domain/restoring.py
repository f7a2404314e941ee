"""What taking a change back makes of an action point."""

from dataclasses import replace

from bot.domain.actions import ActionPoint


def is_as_left(now: ActionPoint, after: ActionPoint) -> bool:
    """Nobody has changed it since. A word in its thread is a sign of life, and changes nothing."""
    return replace(now, active_at=None) == replace(after, active_at=None)


def restored(before: ActionPoint, after: ActionPoint) -> ActionPoint:
    """As it was, but for its version: that only rises, so that what was planned in between stays void."""
    decided = before.due_version != after.due_version
    return replace(before, due_version=after.due_version + 1) if decided else before

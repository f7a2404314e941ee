"""When a person is not to be disturbed: paused by hand for a while, or every day during their quiet hours."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.values import Json, User


def status(user: User, now: float) -> Json:
    """As everybody may know it: that somebody has quiet hours does not mean that they are quiet now."""
    start, end = _window(user, now)
    return {"dnd_enabled": end > now, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def _window(user: User, now: float) -> tuple[int, int]:
    """The one that is, or the next that will be."""
    if user.dnd_until > now:
        return int(user.dnd_from or now), int(user.dnd_until)
    return next((each for each in _nights(user, now) if each[1] > now), (1, 1))


def _nights(user: User, now: float) -> Iterator[tuple[int, int]]:
    """Around today, where they are."""
    if user.quiet_hours is None:
        return
    begins, ends = (time.fromisoformat(hour) for hour in user.quiet_hours)
    zone = ZoneInfo(user.tz)
    today = datetime.fromtimestamp(now, zone).date()
    for days in (-1, 0, 1):
        start = datetime.combine(today + timedelta(days=days), begins, zone)
        end = datetime.combine(start.date() + timedelta(days=ends <= begins), ends, zone)
        yield int(start.timestamp()), int(end.timestamp())

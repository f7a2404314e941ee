"""Instants as people say them: a day and a time by the clock on their wall."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

PARIS, NEW_YORK, TOKYO = "Europe/Paris", "America/New_York", "Asia/Tokyo"


def at(day: date, clock: str, zone: str = PARIS) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)


def march(day: int) -> date:
    """Of 2026, when the 2nd is a Monday."""
    return date(2026, 3, day)


def april(day: int) -> date:
    return date(2026, 4, day)

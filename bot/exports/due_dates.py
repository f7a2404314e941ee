"""Due dates for a calendar: an all-day event for each open action point, the same one whenever it is taken along."""

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.actions import ActionPoint
from bot.domain.exported import Exported, ExportedAction
from bot.domain.ids import TenantId
from bot.late import late

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = late("icalendar")

PRODUCT = "-//FinOps Assess//Due dates//EN"
DOMAIN = "finops-assess"
ALL_DAY = timedelta(days=1)


def build(exported: Exported, tenant: TenantId) -> bytes:
    """Without alarms: the bot reminds, and in good time."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for row in exported.actions:
        if row.action.due_on is not None and not row.action.state.closed:
            calendar.add_component(_event(row, exported, tenant))
    return bytes(calendar.to_ical())


def uid(action: ActionPoint, tenant: TenantId) -> str:
    """Whoever imports a later file finds the event that they have."""
    return f"{action.id}.{tenant.lower()}@{DOMAIN}"


def _event(row: ExportedAction, exported: Exported, tenant: TenantId) -> "icalendar.Event":
    action, due_on = row.action, row.action.due_on
    assert due_on is not None  # those without a date are left out
    event = icalendar.Event()
    event.add("uid", uid(action, tenant))
    event.add("dtstamp", exported.made_at)
    event.add("last-modified", action.decided_at)
    event.add("sequence", action.due_version)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + ALL_DAY)
    event.add("summary", f"{action.label} {line(action.title)}")
    event.add("description", line(f"FinOps action point of {row.team}. {action.why}"))
    event.add("transp", "TRANSPARENT")  # nobody is busy because something is due
    return event


def line(text: str) -> str:
    """One line without the signs that nobody sees, which some calendars stumble over."""
    shown = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    return " ".join(shown.split())

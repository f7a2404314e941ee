"""An action point as plain values, to be kept until a change to it can no longer be taken back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.domain.actions import ActionPoint, ActionState

_DAYS = frozenset({"due_on", "snoozed_until", "planned_on"})
_INSTANTS = frozenset({"assigned_at", "decided_at", "active_at", "closed_at", "blocked_at", "accepted_at", "nudged_at"})


def written(action: ActionPoint) -> Mapping[str, Any]:
    return {name: _plain(value) for name, value in asdict(action).items()}


def read(values: Mapping[str, Any]) -> ActionPoint:
    """Raises TypeError for what is no action point."""
    return ActionPoint(**{name: _whole(name, value) for name, value in values.items()})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _whole(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DAYS:
        return date.fromisoformat(value)
    if name in _INSTANTS:
        return datetime.fromisoformat(value)
    return ActionState(value) if name == "state" else value

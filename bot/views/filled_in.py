"""What a person has put into a view, read as values: nothing where there is nothing, or something of another kind."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.views.blocks import View


@dataclass(frozen=True, slots=True)
class State:
    """What a person has put into a view: ``view.state.values`` by block, whatever the element's kind."""

    values: dict[str, Any]

    def _element(self, block_id: str) -> dict[str, Any]:
        elements = self.values.get(block_id)
        found = next(iter(elements.values()), None) if isinstance(elements, dict) else None
        return found if isinstance(found, dict) else {}

    def chosen(self, block_id: str) -> str | None:
        picked = self._element(block_id).get("selected_option")
        value = picked.get("value") if isinstance(picked, dict) else None
        return value if isinstance(value, str) else None

    def all_chosen(self, block_id: str) -> frozenset[str]:
        picked = self._element(block_id).get("selected_options")
        options = picked if isinstance(picked, list) else []
        return frozenset(str(option["value"]) for option in options if isinstance(option, dict) and "value" in option)

    def text(self, block_id: str) -> str:
        value = self._element(block_id).get("value")
        return value.strip() if isinstance(value, str) else ""

    def person(self, block_id: str) -> str | None:
        return self._string(block_id, "selected_user")

    def people(self, block_id: str) -> frozenset[str] | None:
        """None where the view has no such field."""
        picked = self._element(block_id).get("selected_users")
        return frozenset(str(user) for user in picked) if isinstance(picked, list) else None

    def channel(self, block_id: str) -> str | None:
        return self._string(block_id, "selected_conversation")

    def day(self, block_id: str) -> date | None:
        written_day = self._string(block_id, "selected_date")
        try:
            return date.fromisoformat(written_day) if written_day else None
        except ValueError:
            return None

    def _string(self, block_id: str, key: str) -> str | None:
        value = self._element(block_id).get(key)
        return value if isinstance(value, str) and value else None


def state_of(view: View) -> State:
    state = view.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    return State(values if isinstance(values, dict) else {})

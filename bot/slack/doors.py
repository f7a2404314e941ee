"""Which of many doors a payload is for: found by its name, so that it passes none that is another's.

Bolt asks its listeners one after the other whether a request is theirs, which takes as long as a statement in the
database when there are a hundred. Here each name has a Bolt app of its own with the listeners of that name alone, made
when somebody comes to that door for the first time. Whether the request is really theirs Bolt says as ever.
"""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.slack.gate import Payload

Listener = Callable[[AsyncApp], object]  # registers it

FAMILY = "."  # names that are made anew each time are found by what stands before it
NOBODYS = ""


class Doors:
    def __init__(self, make: Callable[[], AsyncApp]) -> None:
        """``make``: an app with everything that is asked at every door, and no listener."""
        self._make = make
        self._listeners: dict[str, list[Listener]] = {NOBODYS: []}
        self._apps: dict[str, AsyncApp] = {}

    def add(self, name: str, listener: Listener) -> None:
        """``name``: as Slack says it; one that ends in a dot stands for all that begin with it."""
        self._listeners.setdefault(name, []).append(listener)

    def app_for(self, payload: Payload) -> AsyncApp:
        name = _name_in(payload)
        known = next((one for one in (name, name.partition(FAMILY)[0] + FAMILY) if one in self._listeners), NOBODYS)
        if known not in self._apps:
            app = self._make()
            for listener in self._listeners[known]:
                listener(app)
            self._apps[known] = app
        return self._apps[known]


def _name_in(payload: Payload) -> str:
    """What Slack calls the command, the event, the form or the button that it tells of; empty where there is none."""
    name: Any = None
    match payload:
        case {"command": name}:
            pass
        case {"type": "event_callback", "event": {"type": name}}:
            pass
        case {"type": "view_submission" | "view_closed", "view": {"callback_id": name}}:
            pass
        case {"type": "block_actions", "actions": [{"action_id": name}, *_]}:
            pass
        case {"type": "shortcut" | "message_action", "callback_id": name}:
            pass
    return name if isinstance(name, str) else NOBODYS

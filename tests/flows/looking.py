"""What a person reads on their screen: words, buttons, and what the fields hold."""

from collections.abc import Iterator
from typing import Any

from bot.views import footer
from sandbox.outcomes import Reply, Submission
from sandbox.state import content_of
from sandbox.values import Message
from sandbox.views import View

Shown = View | Message | Reply
LAST_LINE = (footer.WHY, footer.SETTINGS)


def words(shown: Shown | None) -> str:
    """Everything that is written in a view or message."""
    return "\n".join(_texts(_blocks(shown)))


def buttons(shown: Shown | None) -> list[str]:
    """What can be pressed, but for the last line of whatever the bot says by itself."""
    found = [element for element in _elements(_blocks(shown)) if element.get("type") == "button"]
    return [button["text"]["text"] for button in found if button["action_id"] not in LAST_LINE or len(found) == 1]


def explains_itself(message: Message) -> bool:
    """Whether its last line says how to find out why it came, and how to hear less."""
    last = [element.get("action_id") for element in message.blocks[-1].get("elements", ())]
    return last == [footer.WHY, footer.SETTINGS]


def fields(view: View) -> list[str]:
    return [block["block_id"] for block in view.blocks if block["type"] == "input"]


def held(view: View, block: str) -> Any:
    """What a field holds: an option by its value, several by theirs, anything else as it is."""
    (entry,) = view.state[block].values()
    content = content_of(entry)
    if isinstance(content, list):
        return [option["value"] if isinstance(option, dict) else option for option in content]
    return content["value"] if isinstance(content, dict) else content


def shown(outcome: Submission | Reply) -> View:
    """The view that a submission was answered with, all being well."""
    if isinstance(outcome, Submission):
        assert not outcome.errors, outcome.errors
    assert not outcome.trouble, outcome.trouble
    assert outcome.view is not None
    return outcome.view


def _blocks(where: Shown | None) -> list[Any]:
    assert where is not None
    return list(where.blocks)


def _elements(value: Any) -> Iterator[dict[str, Any]]:
    match value:
        case dict():
            yield value
            for inner in value.values():
                yield from _elements(inner)
        case list() | tuple():
            for inner in value:
                yield from _elements(inner)
        case _:
            pass


def _texts(blocks: list[Any]) -> Iterator[str]:
    return (str(element["text"]) for element in _elements(blocks) if isinstance(element.get("text"), str))

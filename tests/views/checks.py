"""What has to hold for every message and view: Slack's limits, and the bot's own manners."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.domain.delivery import Message
from bot.views import words
from bot.views.blocks import View
from sandbox.limits import block_problems, characters, elements_of, view_problems, view_too_large

BLOCKS, CHARACTERS, TEXT = 40, 8000, 150
CALLS_EVERYONE = re.compile(r"<!(channel|here|everyone|subteam)")
MENTION = re.compile(r"<@[^>]*>")
EMOJI = re.compile(r":[a-z_]+:|[\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff]")


def check_message(message: Message, *, mentions: int | None = 1, theirs: bool = False) -> None:
    """``theirs``: people's own words are in it, which may hold anything; ``mentions``: None for any number."""
    blocks = [json.loads(json.dumps(block)) for block in message.blocks]
    assert block_problems(blocks) == []
    assert len(blocks) <= BLOCKS
    assert characters(blocks) <= CHARACTERS
    assert 0 < len(message.text) <= TEXT
    assert_says_the_same(message.text, blocks[0])
    said = list(texts(blocks))
    assert not any(CALLS_EVERYONE.search(text) for text in [message.text, *said])
    mentioned = [mention for text in said for mention in MENTION.findall(text)]
    assert mentions is None or len(mentioned) <= mentions, mentioned
    assert set(MENTION.findall(message.text)) <= set(mentioned)
    if not theirs:
        assert not any(EMOJI.search(text) for text in said if "<!date" not in text)
    check_buttons(blocks)


def check_view(view: View) -> None:
    assert view_problems(json.loads(json.dumps(view)), view["type"]) == []
    assert not view_too_large(view)
    assert not any(CALLS_EVERYONE.search(text) for text in texts(view["blocks"]))
    check_buttons(view["blocks"])


def assert_says_the_same(text: str, first: dict[str, Any]) -> None:
    """The text is the first block's sentence, perhaps with something cut short."""
    assert first["type"] == "section", "the first block is a sentence"
    whole = bare(re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", first["text"]["text"]).replace("*", ""))
    pieces = [re.escape(piece.strip()) for piece in bare(text).split("…")]
    assert re.match(".*".join(pieces) + (".*" if text.endswith("…") else "$"), whole), (text, whole)


def bare(text: str) -> str:
    """Without the invisible signs that keep right-to-left words to themselves."""
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())


def check_buttons(blocks: list[dict[str, Any]]) -> None:
    """Within a row each button says something else, and is read aloud with what it is about."""
    for block in blocks:
        pressed = [element for element in elements_of(block) if element["type"] == "button"]
        said = [button["text"]["text"] for button in pressed]
        assert len(set(said)) == len(said)
        assert sum(button.get("style") == "primary" for button in pressed) <= 1
        for button in pressed:
            assert button["value"]
            assert len(button.get("accessibility_label", "")) <= words.SPOKEN // 2


def texts(value: Any) -> Iterator[str]:
    """Every text of mrkdwn, where tokens come alive."""
    match value:
        case {"type": "mrkdwn", "text": str(said)}:
            yield said
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)
        case _:
            pass

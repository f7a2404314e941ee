"""Whole views as JSON, to be pasted into Slack's Block Kit Builder; written anew by python -m tests.views.snapshots."""

import json
from pathlib import Path
from typing import Any

from tests.views.examples import MESSAGES, VIEWS

FOLDER = Path(__file__).with_name("snapshots")


def drawn() -> dict[str, Any]:
    return {name: {"blocks": list(message.blocks)} for name, message in MESSAGES.items()} | VIEWS


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.json"


def write(name: str, shown: Any) -> None:
    path_of(name).write_text(json.dumps(shown, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for stale in FOLDER.glob("*.json"):
        stale.unlink()
    for each, shown in drawn().items():
        write(each, shown)

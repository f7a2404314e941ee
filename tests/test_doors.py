"""The tables of ways in, the manifest and the documentation say the same."""

import re
from pathlib import Path
from typing import Any

import yaml

from bot.handlers import doors
from bot.slack.scopes import SCOPES

ROOT = Path(__file__).parents[1]
MESSAGE_EVENTS = {"message.channels": "message", "message.groups": "message"}


def manifest() -> Any:
    return yaml.safe_load((ROOT / "manifest.yml").read_text())


def test_the_manifest_has_the_commands_that_are_answered() -> None:
    assert {command["command"] for command in manifest()["features"]["slash_commands"]} == set(doors.COMMANDS)


def test_the_manifest_subscribes_to_the_events_that_are_answered() -> None:
    subscribed = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert {MESSAGE_EVENTS.get(event, event) for event in subscribed} == set(doors.EVENTS)


def test_the_manifest_asks_for_the_rights_that_an_installation_asks_for() -> None:
    assert sorted(manifest()["oauth_config"]["scopes"]["bot"]) == sorted(SCOPES)


def test_the_manifest_offers_the_shortcuts_that_are_answered() -> None:
    offered = manifest()["features"]["shortcuts"]
    assert {shortcut["callback_id"] for shortcut in offered} == set(doors.SHORTCUTS)
    for shortcut in offered:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_the_manifest_names_the_door() -> None:
    settings = manifest()["settings"]
    assert settings["interactivity"]["is_enabled"]
    for asked in (settings["interactivity"], settings["event_subscriptions"]):
        assert asked["request_url"].endswith("/slack/events")
    assert manifest()["features"]["app_home"]["home_tab_enabled"]


def test_the_documentation_lists_every_way_in() -> None:
    page = (ROOT / "docs" / "commands.md").read_text()
    kinds = "command|form|closed form|button|choice|shortcut|event"
    listed = set(re.findall(rf"^\| ({kinds}) \| `([^`]+)` \|", page, re.MULTILINE))
    tables = {
        "command": doors.COMMANDS,
        "form": doors.VIEWS,
        "closed form": doors.CLOSED_VIEWS,
        "button": doors.ACTIONS,
        "choice": doors.CHOICES,
        "shortcut": doors.SHORTCUTS,
        "event": doors.EVENTS,
    }
    assert listed == {(kind, name) for kind, table in tables.items() for name in table}


def test_no_handler_changes_anything_past_the_note_of_what_was_handled() -> None:
    """`deps.begin` notes the request; the database's own `begin` would let a repeated one change something."""
    past = re.compile(r"\bdb\.begin")
    for path in sorted((ROOT / "bot" / "handlers").glob("*.py")):
        assert path.name == "deps.py" or not past.search(path.read_text()), path.name

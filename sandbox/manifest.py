"""An app as its manifest describes it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from sandbox.values import App, Json


def app_from(manifest: Json, base: App | None = None) -> App:
    """What a manifest says of an app; everything else is as `base` has it."""
    features, settings = _part(manifest, "features"), _part(manifest, "settings")
    scopes = _part(_part(manifest, "oauth_config"), "scopes")
    home = _part(features, "app_home")
    return replace(
        base or App(),
        name=str(_part(manifest, "display_information").get("name", "App")),
        bot_name=str(_part(features, "bot_user").get("display_name", "")),
        commands=tuple(features.get("slash_commands") or ()),
        shortcuts=tuple(features.get("shortcuts") or ()),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        scopes=frozenset(scopes.get("bot") or ()),
        events=frozenset(_part(settings, "event_subscriptions").get("bot_events") or ()),
    )


def _part(whole: Json, name: str) -> Json:
    part: Any = whole.get(name)
    return part if isinstance(part, dict) else {}


def read(path: Path, base: App | None = None) -> App:
    return app_from(yaml.safe_load(path.read_text(encoding="utf-8")), base)

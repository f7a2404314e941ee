"""What a step's view carries along: which assessment, which step, and for which channel's team."""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.ids import AssessmentId, ChannelId, StepId
from bot.domain.model import Form
from bot.domain.teams import Place
from bot.domain.turn import PLAIN, Bookmark, Round


class Unreadable(ValueError):
    """A view that is not of ours, or of another time."""


def write(bookmark: Bookmark) -> str:
    place = bookmark.place
    return json.dumps(
        {
            "assessment": bookmark.assessment,
            "step": bookmark.step,
            "version": bookmark.version,
            "form": bookmark.form,
            "channel": place.channel,
            "name": place.name,
            "private": place.is_private,
            **_round(bookmark.round),
        },
        separators=(",", ":"),
    )


def read(metadata: object) -> Bookmark:
    try:
        carried = json.loads(str(metadata))
        return Bookmark(
            AssessmentId(str(carried["assessment"])),
            StepId(str(carried["step"])),
            int(carried["version"]),
            Form(carried["form"]),
            Place(ChannelId(str(carried["channel"])), str(carried["name"]), bool(carried["private"])),
            _round_of(carried),
        )
    except (ValueError, KeyError, TypeError) as flaw:
        raise Unreadable("a view without its bookmark") from flaw


def write_round(meant: Round) -> str:
    """For a view that comes before anything else is known."""
    return json.dumps(_round(meant), separators=(",", ":")) if meant != PLAIN else ""


def read_round(metadata: object) -> Round:
    try:
        return _round_of(json.loads(str(metadata or "{}")))
    except (ValueError, AttributeError) as flaw:
        raise Unreadable("a view that is not of ours") from flaw


def _round(meant: Round) -> dict[str, object]:
    """Left out where there is nothing to say."""
    scope = {"scope": meant.scope} if meant.scope else {}
    return scope | ({"anonymous": True} if meant.is_anonymous else {})


def _round_of(carried: Mapping[str, Any]) -> Round:
    scope = carried.get("scope")
    return Round(str(scope) if scope else None, bool(carried.get("anonymous")))

"""What a step's view carries along: which assessment, which step, and for which channel's team."""

import json

from bot.domain.ids import AssessmentId, ChannelId, StepId
from bot.domain.model import Form
from bot.domain.teams import Place
from bot.domain.turn import Bookmark


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
        )
    except (ValueError, KeyError, TypeError) as flaw:
        raise Unreadable("a view without its bookmark") from flaw

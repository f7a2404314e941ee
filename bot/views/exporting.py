"""The menu that takes figures along: what can be had, as a person chooses it, and the sentences around it."""

from dataclasses import dataclass

from bot.domain.commands import ExportFormat
from bot.domain.delivery import Message
from bot.domain.ids import TeamId
from bot.views import blocks, message
from bot.views.blocks import Element

EXPORT = "export"
CHOICES = (
    ("Export as CSV", ExportFormat.CSV),
    ("Export as JSON", ExportFormat.JSON),
    ("Due dates for a calendar", ExportFormat.ICS),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    format: ExportFormat
    team: TeamId


def menu(team: TeamId) -> Element:
    return blocks.overflow(EXPORT, [blocks.option(text, f"{form}:{team}") for text, form in CHOICES])


def read(value: str) -> Wanted | None:
    """None for a value that is not of ours."""
    form, _, team = value.partition(":")
    return Wanted(ExportFormat(form), TeamId(team)) if form in set(ExportFormat) and team else None


def on_its_way(files: int) -> Message:
    what = "The file is" if files == 1 else f"{files} files are"
    return message.message(f"{what} on the way to you, in a direct message that nobody else sees.")


def nothing() -> Message:
    return message.message("There is nothing to take along yet.")


def members_only() -> Message:
    """Said of a team that is not there as well."""
    return message.message("Only members of a team can take its figures along. Its lead can add you.")

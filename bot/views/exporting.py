"""The menu that takes figures along: what can be had, as a person chooses it, and the sentences around it."""

from dataclasses import dataclass

from bot.domain.commands import ExportFormat
from bot.domain.ids import TeamId
from bot.views import blocks
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

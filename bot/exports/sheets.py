"""CSV that a spreadsheet opens without running any of it: RFC 4180, and no cell that begins like a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from bot.domain.exported import Exported, ExportedAssessment
from bot.domain.ids import StepId
from bot.exports import records
from bot.exports.records import Value

# What makes a formula of a cell, as it is written and in its wide form; and what spreadsheets drop from its front.
DANGEROUS = frozenset("=+-@＝＋－＠\t\r\n\0")
QUOTE = "'"
# Spreadsheets take a file without it for one of their own old encoding.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def actions(exported: Exported) -> bytes:
    return _written(records.ACTION, (records.action(row).values() for row in exported.actions))


def assessments(exported: Exported) -> bytes:
    steps = records.steps(exported.assessments)
    rows = ([*records.assessment(row).values(), *_levels(row, steps)] for row in exported.assessments)
    return _written([*records.ASSESSMENT, *(f"level_{step}" for step in steps)], rows)


def cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case _:
            text = value.replace("\0", "")
            # Some look behind the blanks that a cell begins with.
            starts = {value[:1], text[:1], text.lstrip()[:1]}
            return f"{QUOTE}{text}" if starts & DANGEROUS else text


def _levels(row: ExportedAssessment, steps: Sequence[StepId]) -> list[Value]:
    return [row.steps.get(step) for step in steps]


def _written(head: Iterable[str], rows: Iterable[Iterable[Value]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([cell(name) for name in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return (MARK + text.getvalue()).encode()

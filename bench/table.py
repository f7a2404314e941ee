"""The table in Markdown, under a heading that says on what it was measured."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from bench.measure import Spread
from bench.rows import Limit, Line, NotRun, Row, Target

HEAD = ("what", "bot", "peer", "peer's figure", "ratio", "target", "met")
MET = {True: "yes", False: "**NO**", None: "–"}


def written(title: str, facts: Mapping[str, str], lines: Iterable[Line]) -> str:
    known = [f"- {name}: {fact}" for name, fact in facts.items()]
    said = "Medians, with the quartiles in brackets; contenders in turn, so many times as stands behind the median."
    rows = [_row(HEAD), _row(["---"] * len(HEAD)), *(_row(_cells(line)) for line in lines)]
    return "\n".join([title, "", *known, "", said, "", *rows, ""])


def _cells(line: Line) -> list[str]:
    match line:
        case Row():
            theirs = _figure(line.theirs, line.unit) if line.theirs else "–"
            ratio = f"{line.ratio:.2f}" if line.ratio is not None else "–"
            asked = _asked(line.target, line.unit)
            return [line.what, _figure(line.ours, line.unit), line.peer or "–", theirs, ratio, asked, MET[line.is_met]]
        case NotRun():
            return [line.what, f"**not run: {line.why}**", "–", "–", "–", "–", "–"]
        case _:
            assert_never(line)


def _asked(target: Target | Limit | None, unit: str) -> str:
    match target:
        case None:
            return "–"
        case Target():
            return f"{target.bound} {target.ratio:.3g} times"
        case Limit():
            return f"{target.bound} {target.value:g} {unit}"
        case _:
            assert_never(target)


def _figure(found: Spread, unit: str) -> str:
    low, middle, high = (_number(value) for value in (found.low, found.middle, found.high))
    return f"{middle} {unit} [{low}, {high}] ×{found.runs}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"

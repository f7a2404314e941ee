"""What the long runs have found so far, kept in a directory: a run that was cut short goes on where it was."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

TABLE = "results.md"


@dataclass(frozen=True, slots=True)
class Entry:
    id: str  # a case of the catalogue, or a part of a long run
    name: str
    seed: int
    passed: bool
    figures: Mapping[str, int]
    broken: Sequence[str] = ()  # invariants, in words

    @property
    def told(self) -> str:
        return ", ".join(f"{what} {number:g}" for what, number in self.figures.items())


class Ledger:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._file = directory / "entries.jsonl"
        directory.mkdir(parents=True, exist_ok=True)

    def entries(self) -> Collection[Entry]:
        """Of each case and part how it ended the last time; the file has every time."""
        written = self._file.read_text().splitlines() if self._file.exists() else ()
        return {entry.name: entry for entry in (Entry(**json.loads(line)) for line in written)}.values()

    def passed(self) -> frozenset[str]:
        return frozenset(entry.name for entry in self.entries() if entry.passed)

    def add(self, entry: Entry) -> None:
        with self._file.open("a") as file:
            file.write(json.dumps(asdict(entry)) + "\n")
        self.directory.joinpath(TABLE).write_text(self.table())

    def table(self) -> str:
        lines = ["| id | case | seed | result | figures |", "|---|---|---|---|---|"]
        for entry in sorted(self.entries(), key=lambda entry: entry.id):
            result = "passed" if entry.passed else "FAILED"
            lines.append(f"| {entry.id} | {entry.name} | {entry.seed} | {result} | {entry.told} |")
        return "\n".join(lines) + "\n"

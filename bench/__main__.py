"""The command line: runs the benchmarks, writes the table, and fails only where one cannot run."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from pathlib import Path

import click

from bench import table
from bench.benchmarks import BENCHMARKS
from bench.rows import Line
from bench.workbench import Workbench, facts, workbench
from bot.app import utc_now


@click.command(help="Measures the bot beside its peers.")
@click.option("--quick", is_flag=True, help="The short form: few repeats, small tables.")
@click.option("--only", multiple=True, type=click.Choice(list(BENCHMARKS)), help="Only this one; may be said again.")
@click.option("--output", type=click.Path(path_type=Path), help="Where the table is written to as well.")
def main(quick: bool, only: tuple[str, ...], output: Path | None) -> None:
    title = f"# Measured on {utc_now().astimezone(UTC):%Y-%m-%d at %H:%M} UTC"
    lines: list[Line] = []
    with workbench(quick=quick) as bench:
        known = facts(bench)
        for line in _lines(bench, only or BENCHMARKS):
            lines.append(line)
            if output is not None:  # as it goes: it takes an hour or more, and may be cut short
                output.write_text(table.written(title, known, lines), encoding="utf-8")
    print(table.written(title, known, lines))


def _lines(bench: Workbench, names: Iterable[str]) -> Iterator[Line]:
    for name in names:
        click.echo(f"{name} ...", err=True)
        yield from BENCHMARKS[name](bench)


if __name__ == "__main__":
    main()

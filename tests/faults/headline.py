"""The headline: ten thousand deliveries, at least fifteen hundred kills, four workers; nothing lost, nothing twice.

`python -m tests.faults.headline DIRECTORY` on a machine with PostgreSQL. It goes in parts, each with a database, a
Slack and a seed of its own, and each written down in the directory when it is over: started again, it goes on with the
next one. Time runs twice as fast in it as on the machine, leases and time-outs with it. What a part's workers logged
is kept beside the ledger; second copies are counted (posts) before the sweep that comes a quarter of an hour later.
"""

import argparse
import asyncio
import sys
from collections import Counter
from pathlib import Path

from tests import postgres
from tests.conftest import migrated
from tests.faults.house import House, house
from tests.faults.ledger import Entry, Ledger
from tests.faults.storm import BAD_ANSWERS, EVERYWHERE

ID = "headline"
IN_A_PART = 1000
CHANNELS = 500
HANDS = 2
SPEED = 2.0
CHANCE = "0.05"
WITHIN_SECONDS = 1800.0


async def part(home: House, how_many: int, workers: int) -> tuple[dict[str, int], list[str]]:
    for bad in BAD_ANSWERS:
        home.breaks(**bad)
    await home.put(home.channels(CHANNELS), how_many)
    await home.start(EVERYWHERE.format(chance=CHANCE), workers=workers, hands=HANDS)
    seconds = await home.settled(WITHIN_SECONDS, redrives=True)
    await home.swept(WITHIN_SECONDS)
    await home.end()
    figures, broken = await home.figures()
    return {**figures, "seconds": round(seconds)}, broken


def run(ledger: Ledger, cluster: postgres.Cluster, number: int, how_many: int, workers: int) -> bool:
    name = f"part {number + 1}"
    template = cluster.template("migrated", migrated)
    logs = ledger.directory / name.replace(" ", "-")
    logs.mkdir(exist_ok=True)
    with cluster.fresh_database(template) as url:
        figures, broken = asyncio.run(_in_house(url, logs, number, how_many, workers))
    passed = not broken and figures["visible"] == how_many
    ledger.add(Entry(ID, name, number, passed, figures, broken))
    print(f"{name}: {'passed' if passed else 'FAILED'}, {figures}", flush=True)
    return passed


async def _in_house(
    url: str, directory: Path, seed: int, how_many: int, workers: int
) -> tuple[dict[str, int], list[str]]:
    async with house(url, directory, SPEED, seed * 1000) as home:
        return await part(home, how_many, workers)


def sum_of(ledger: Ledger) -> Counter[str]:
    total: Counter[str] = Counter()
    for entry in ledger.entries():
        if entry.id == ID:
            total.update(entry.figures)
    return total


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("directory", type=Path)
    asked.add_argument("--deliveries", type=int, default=10_000)
    asked.add_argument("--workers", type=int, default=4)
    given = asked.parse_args()
    programs = postgres.programs()
    if programs is None:
        sys.exit("there is no PostgreSQL server on this machine")
    ledger = Ledger(given.directory)
    with postgres.running(programs) as cluster:
        for number in range(-(-given.deliveries // IN_A_PART)):
            if f"part {number + 1}" not in ledger.passed():
                run(ledger, cluster, number, min(IN_A_PART, given.deliveries), given.workers)
    print(ledger.table(), "\n", dict(sum_of(ledger)), sep="")
    failed = [entry.name for entry in ledger.entries() if not entry.passed]
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

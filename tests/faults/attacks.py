"""What is tried by the ten thousand and by the million: probes across workspaces, one step at once, changed requests.

`python -m tests.faults.attacks DIRECTORY`. It goes in parts, each with a database and a seed of its own, and each
written down in the directory when it is over: started again, it goes on with the next one. The rounds of D01 want
PostgreSQL; where there is none, they are left out and said so. `--share 0.001` tries a thousandth of everything.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.services.assessing import Stale
from bot.services.turning import NextStep
from bot.store.database import Database, open_database
from tests import postgres
from tests.conftest import migrated
from tests.door import storm
from tests.faults.ledger import Entry, Ledger
from tests.flows import world as worlds
from tests.rights import probes
from tests.services import same_step
from tests.store.builders import install

Found = tuple[Mapping[str, int], list[str]]
ROUNDS, IN_A_PART = 10_000, 1_000
SIGNED, SIGNED_IN_A_PART = 1_000_000, 10_000
UNSIGNED, UNSIGNED_IN_A_PART = 1_000_000, 100_000


@dataclass(frozen=True)
class Part:
    id: str
    name: str
    seed: int
    run: Callable[[str], Awaitable[Found]]  # on the database at this address
    on_postgresql: bool = False


def parts(share: float) -> Iterator[Part]:
    for seed, theirs in enumerate(probes.THEIRS):
        yield Part("C01", f"probes with {theirs}", seed, partial(probed, theirs, share))
    for seed in range(ROUNDS // IN_A_PART):
        yield Part("D01", f"one step at once {seed + 1}", seed, partial(at_once, scaled(IN_A_PART, share)), True)
    for seed in range(UNSIGNED // UNSIGNED_IN_A_PART):
        many = scaled(UNSIGNED_IN_A_PART, share)
        yield Part("B01", f"unsigned {seed + 1}", seed, partial(changed, storm.unsigned, seed, many))
    for seed in range(SIGNED // SIGNED_IN_A_PART):
        many = scaled(SIGNED_IN_A_PART, share)
        yield Part("J02", f"signed {seed + 1}", seed, partial(changed, storm.signed, seed, many))


def scaled(many: int, share: float) -> int:
    return max(1, round(many * share))


async def probed(theirs: str, share: float, url: str) -> Found:
    async with opened(url) as db, worlds.world(db) as world:
        await probes.prepared(world)
        tries = list(probes.every([theirs]))[:: round(1 / share)]
        leaks = await probes.tried(world, tries)
    return {"probes": len(tries), "leaks": len(leaks)}, leaks


async def at_once(many: int, url: str) -> Found:
    async with opened(url) as db, opened(url) as other:
        await install(db)
        ended, overwritten = await same_step.rounds(db, other, 0, many)
    told = {"rounds": many, "kept": ended[NextStep], "told": ended[Stale], "overwritten": len(overwritten)}
    if (ended[NextStep], ended[Stale]) != (many, many):
        overwritten.append(f"not one of each pair was kept and the other told: {told}")
    return told, overwritten


async def changed(send: Callable[..., Awaitable[Found]], seed: int, many: int, url: str) -> Found:
    async with opened(url) as db, worlds.world(db) as world:
        return await send(world, await storm.recorded(world), seed, many)


class opened:  # noqa: N801  # used like a function
    """A database for as long as the block lasts."""

    def __init__(self, url: str) -> None:
        self.db = open_database(url)

    async def __aenter__(self) -> Database:
        return self.db

    async def __aexit__(self, *_: object) -> None:
        await self.db.close()


def run(ledger: Ledger, part: Part, cluster: postgres.Cluster | None) -> None:
    started = time.monotonic()
    with ExitStack() as house:
        if part.on_postgresql and cluster is not None:
            url = house.enter_context(cluster.fresh_database(cluster.template("migrated", migrated)))
        else:
            directory = house.enter_context(tempfile.TemporaryDirectory())
            url = f"sqlite+aiosqlite:///{directory}/finops.db"
            migrated(url)
        figures, broken = asyncio.run(_awaited(part.run(url)))
    told = {**figures, "seconds": round(time.monotonic() - started)}
    ledger.add(Entry(part.id, part.name, part.seed, not broken, told, broken))
    print(f"{part.name}, seed {part.seed}: {'FAILED' if broken else 'passed'}, {told}", *broken, sep="\n  ", flush=True)


async def _awaited(work: Awaitable[Found]) -> Found:
    return await work


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("directory", type=Path)
    asked.add_argument("--share", type=float, default=1.0)
    asked.add_argument("--only", default="", help="parts whose names begin so")
    given = asked.parse_args()
    ledger, programs = Ledger(given.directory), postgres.programs()
    with ExitStack() as house:
        cluster = house.enter_context(postgres.running(programs)) if programs else None
        for part in parts(given.share):
            if part.name in ledger.passed() or not part.name.startswith(given.only):
                continue
            if part.on_postgresql and cluster is None:
                print(f"{part.name}: left out, there is no PostgreSQL server on this machine")
                continue
            run(ledger, part, cluster)
    print(ledger.table())
    sys.exit(1 if any(not entry.passed for entry in ledger.entries()) else 0)


if __name__ == "__main__":
    main()

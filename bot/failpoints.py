"""Places in the code at which a test may kill, freeze or hold up the process; anywhere else nothing happens at them.

`FAULT="outbox.after_post=kill@3;submit.before_commit=pause:5"`: a name of NAMES, what happens there, and when: at the
third passage (`@3`), at six of a hundred (`%0.06`), or at every one.
"""

import asyncio
import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

NAMES = frozenset(
    {
        "submit.before_commit",
        "submit.after_commit_before_ack",
        "answer.too_late",  # before a person is told to try again
        "due.after_insert",
        "outbox.after_claim",
        "outbox.before_posting_mark",
        "outbox.before_post",
        "outbox.after_check",  # of the lease: nothing but the call itself is left
        "outbox.after_post",
        "outbox.after_delivered",
        "reconcile.mid",
        "rotate.after_refresh",
        "migrate.mid",
    }
)
_WRITTEN = re.compile(
    r"(?P<name>[a-z_.]+)=(?P<deed>kill|stop|(pause|block):(?P<seconds>\d+(\.\d+)?))(@(?P<at>[1-9]\d*)|%(?P<chance>0?\.\d+|1))?"
)


class Deed(StrEnum):
    KILL = "kill"
    STOP = "stop"  # the whole process, until somebody lets it go on
    PAUSE = "pause"  # the task alone
    BLOCK = "block"  # the event loop, as a mistake of ours does


@dataclass(frozen=True, slots=True)
class Fault:
    point: str
    deed: Deed
    seconds: float = 0.0
    at: int | None = None
    chance: float | None = None

    def strikes(self, passage: int, luck: float) -> bool:
        """``luck`` is in [0, 1)."""
        return (self.at is None or passage == self.at) and (self.chance is None or luck < self.chance)


def parse(text: str) -> tuple[Fault, ...]:
    """Raises ValueError."""
    return tuple(_fault(part.strip()) for part in text.split(";") if part.strip())


def _fault(text: str) -> Fault:
    written = _WRITTEN.fullmatch(text)
    if written is None or written["name"] not in NAMES:
        raise ValueError("has something that is no failpoint")
    deed = Deed(written["deed"].partition(":")[0])
    at, chance = written["at"], written["chance"]
    return Fault(
        written["name"],
        deed,
        float(written["seconds"] or 0),
        int(at) if at else None,
        float(chance) if chance else None,
    )


_armed: list[Fault] = []
_passages: Counter[str] = Counter()


def arm(faults: Sequence[Fault]) -> None:
    """From now on, for the whole process; without any, nothing happens anywhere."""
    _armed[:] = faults
    _passages.clear()


async def point(name: str) -> None:
    if _armed:
        await _passed(name)


async def _passed(name: str) -> None:
    _passages[name] += 1
    for fault in _armed:
        if fault.point == name and fault.strikes(_passages[name], random.random()):  # noqa: S311  # no secret
            await _befall(fault)


async def _befall(fault: Fault) -> None:
    match fault.deed:
        case Deed.KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        case Deed.STOP:
            os.kill(os.getpid(), signal.SIGSTOP)
        case Deed.PAUSE:
            await asyncio.sleep(fault.seconds)
        case Deed.BLOCK:
            time.sleep(fault.seconds)  # noqa: ASYNC251  # that is what it is for
        case _:
            assert_never(fault.deed)

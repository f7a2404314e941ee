"""Failpoints: what is written is what happens, at the passage that was meant, and nothing at any other place."""

import asyncio
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import failpoints
from bot.failpoints import Deed, Fault, parse, point

AFTER_POST = "outbox.after_post"
PASSES = """
import asyncio
from bot import failpoints

async def main():
    failpoints.arm(failpoints.parse("outbox.after_post={deed}@2"))
    for passage in range(3):
        await failpoints.point("outbox.after_post")
        print(passage, flush=True)

asyncio.run(main())
"""


@pytest.fixture(autouse=True)
def nothing_stays_armed() -> Iterator[None]:
    yield
    failpoints.arm(())


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("outbox.after_post=kill", (Fault(AFTER_POST, Deed.KILL),), id="at every passage"),
        pytest.param("outbox.after_post=kill@3", (Fault(AFTER_POST, Deed.KILL, at=3),), id="at the third"),
        pytest.param("outbox.after_post=stop%0.06", (Fault(AFTER_POST, Deed.STOP, chance=0.06),), id="by chance"),
        pytest.param(
            "reconcile.mid=pause:2.5; migrate.mid=kill@1;",
            (Fault("reconcile.mid", Deed.PAUSE, 2.5), Fault("migrate.mid", Deed.KILL, at=1)),
            id="two, and seconds",
        ),
    ],
)
def test_what_is_written_is_what_is_armed(text: str, faults: tuple[Fault, ...]) -> None:
    assert parse(text) == faults


@pytest.mark.parametrize(
    "text",
    [
        "outbox.after_past=kill",
        "outbox.after_post",
        "outbox.after_post=explode",
        "outbox.after_post=pause",
        "outbox.after_post=kill@0",
        "outbox.after_post=kill%6",
        "outbox.after_post=kill@1%0.5",
    ],
)
def test_a_fault_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no failpoint"):
        parse(text)


async def test_a_pause_is_made_at_the_passage_that_was_meant() -> None:
    failpoints.arm(parse("outbox.after_post=pause:0.2@2"))
    lasted = []
    for _ in range(3):
        began = time.perf_counter()
        await point("outbox.after_claim")
        await point(AFTER_POST)
        lasted.append(time.perf_counter() - began >= 0.2)
    assert lasted == [False, True, False]


async def _process(deed: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PASSES.format(deed=deed),
        cwd=Path(__file__).parents[1],
        stdout=asyncio.subprocess.PIPE,
    )


def _is_stopped(pid: int) -> bool:
    return " T " in Path(f"/proc/{pid}/stat").read_text()


async def test_a_kill_leaves_no_time_for_anything() -> None:
    process = await _process("kill")
    said, _ = await asyncio.wait_for(process.communicate(), 30)
    assert (said, process.returncode) == (b"0\n", -signal.SIGKILL)


async def test_a_stopped_process_goes_on_when_it_is_let() -> None:
    process = await _process("stop")
    assert process.stdout is not None
    async with asyncio.timeout(30):
        assert await process.stdout.readline() == b"0\n"
        while not _is_stopped(process.pid):  # noqa: ASYNC110  # a stopped process tells nobody
            await asyncio.sleep(0.01)
        process.send_signal(signal.SIGCONT)
        said, _ = await process.communicate()
    assert (said, process.returncode) == (b"1\n2\n", 0)

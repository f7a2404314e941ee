"""Mutated requests at the gate and at what stands behind it, in one process. J02: nothing breaks, nothing leaks.

Signed ones are signed again after they were changed, as if Slack had sent them so; they may have whatever effect a
person of this workspace may have. Unsigned ones have none.
"""

import hmac
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from random import Random

from structlog.testing import capture_logs

from bot.slack import gate
from bot.slack.bolt import Dispatch
from bot.slack.gate import Passed, Rejected
from sandbox.values import Json
from tests.door.mutations import mutated
from tests.door.setting import HERE
from tests.flows.world import SECRET, World
from tests.rights import probes
from tests.rights.ways import everything
from tests.store.builders import ELSEWHERE
from tests.store.furniture import ONE, TEAM, furnish
from tests.store.test_isolation import rows_of

RECORDED = 200
AT_ONCE = 50  # before what follows the answers is waited for
SEED_OF_RECORDS = 0
WHO_MAY_WHAT = ("roles:", "policies:")  # nothing of this is in what was recorded
# Of what nobody can have meant the person is told that it did not work, with a status of success; nothing was stored.
APOLOGY = "handler failed"


async def recorded(world: World) -> list[Json]:
    """Sound requests of every kind, by all who may ask and some who may not, about what there is here."""
    await probes.prepared(world)
    await furnish(world.db, HERE)
    chance = Random(SEED_OF_RECORDS)
    sound = [probe for probe in probes.every((ONE, TEAM)) if not probe.handler.startswith(("admin", "settings"))]
    return [probes.payload(world, probe) for probe in chance.sample(sound, RECORDED)]


async def signed(world: World, payloads: Sequence[Json], seed: int, many: int) -> tuple[Counter[str], list[str]]:
    """What became of so many, and what broke."""
    dispatch, chance = await probes.dispatching(world), Random(seed)
    became: Counter[str] = Counter()
    broken: list[str] = []
    before = await _others(world)
    for start in range(0, many, AT_ONCE):
        with capture_logs() as logged:
            for number in range(start, min(start + AT_ONCE, many)):
                status = await _answered(world, dispatch, *mutated(payloads, chance))
                became[f"{status // 100}xx"] += 1
                broken += [f"{status} for number {number} of seed {seed}"] if status >= 500 else []
            await world.deps.afterwards.finish(10)
        became["apologies"] += sum(line["event"] == APOLOGY for line in logged)
    world.slack.complaints.clear()
    if await _others(world) != before:
        broken.append(f"the other workspace, or who may what, was changed by seed {seed}")
    return became, broken


async def unsigned(world: World, payloads: Sequence[Json], seed: int, many: int) -> tuple[Counter[str], list[str]]:
    """Without the secret: no signature, none that fits, or one that is older than it may be."""
    chance, became = Random(seed), Counter[str]()
    broken: list[str] = []
    before = await everything(world)
    for number in range(many):
        body, kind = mutated(payloads, chance)
        match gate.check("POST", gate.PATH, _without_secret(world, body, kind, chance), body, SECRET, world.now()):
            case Rejected(status=status, reason=reason) if 400 <= status < 500:
                became[reason.value] += 1
            case verdict:
                broken.append(f"{type(verdict).__name__} for number {number} of seed {seed}")
    if await everything(world) != before:
        broken.append(f"something was changed by seed {seed}")
    return became, broken


async def _answered(world: World, dispatch: Dispatch, body: bytes, kind: str) -> int:
    now = str(int(world.clock.now())).encode()
    proof = gate.signature(SECRET, now, body)
    match gate.check("POST", gate.PATH, _headers(now, proof, kind), body, SECRET, world.now()):
        case Passed(payload=payload):
            return (await dispatch(payload)).status
        case Rejected(status=status):
            return status


def _without_secret(world: World, body: bytes, kind: str, chance: Random) -> list[tuple[bytes, bytes]]:
    now = int(world.clock.now())
    match chance.randrange(4):
        case 0:
            return [(b"content-type", kind.encode())]
        case 1:
            return _headers(str(now).encode(), b"v0=" + chance.randbytes(32).hex().encode(), kind)
        case 2:
            forged = hmac.new(b"", b"v0:%d:" % now + body, sha256).hexdigest()
            return _headers(str(now).encode(), b"v0=" + forged.encode(), kind)
        case _:
            old = str(now - gate.MOST_SKEW_SECONDS - 1 - chance.randrange(1000)).encode()
            return _headers(old, gate.signature(SECRET, old, body), kind)


def _headers(at: bytes, proof: bytes, kind: str) -> list[tuple[bytes, bytes]]:
    named = [(b"x-slack-request-timestamp", at), (b"x-slack-signature", proof)]
    return [*named, (b"content-type", kind.encode())]


async def _others(world: World) -> list[str]:
    async with world.db.read(ELSEWHERE) as tx:
        theirs = await rows_of(tx, ELSEWHERE)
    return theirs + [row for row in await everything(world) if row.startswith(WHO_MAY_WHAT)]

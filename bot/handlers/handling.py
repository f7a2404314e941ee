"""One request of Slack has the effect of one, however often and by however many doors it arrives.

The transaction of its effect notes the request. Where it is noted already the handler runs all the same, so that the
answer is what it was, but on a transaction that is taken back; and what would follow the answer is left out.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.slack.gate import Payload
from bot.store import handled
from bot.store.database import Transaction

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Handling:
    """One arrival of a request, from its door to the last of what follows its answer."""

    key: str
    is_noted: bool = False  # by this arrival
    is_repeat: bool = False
    is_followed: bool = False  # by work that began beside it


_current: ContextVar[Handling | None] = ContextVar("handling", default=None)


@contextmanager
def of(payload: Payload) -> Iterator[None]:
    known = _key(payload)
    token = _current.set(Handling(known) if known else None)
    try:
        yield
    finally:
        _current.reset(token)


def key() -> str | None:
    """What the request at hand is known by, each time that it arrives; None where it cannot be told from others."""
    now = _current.get()
    return now.key if now else None


def is_repeat() -> bool:
    now = _current.get()
    return now is not None and now.is_repeat


def is_untouched() -> bool:
    """Nothing has come of this arrival yet: neither was it noted, nor was anything begun beside it."""
    now = _current.get()
    return now is not None and not (now.is_noted or now.is_followed)


def is_followed() -> None:
    """From now on, by what goes on after the answer."""
    now = _current.get()
    if now is not None:
        now.is_followed = True


@contextmanager
def kept() -> Iterator[None]:
    """Around the transaction: where it fails in its very end, nothing was noted after all."""
    now = _current.get()
    was_noted = now is not None and now.is_noted
    try:
        yield
    except BaseException:  # also where its time is up; passed on as it came
        if now is not None:
            now.is_noted = was_noted
        raise


@asynccontextmanager
async def noted(tx: Transaction, now: datetime, *, only_said: bool = False) -> AsyncIterator[None]:
    """``only_said``: the effect is words alone. Otherwise what changed nothing may be asked again."""
    handling = _current.get()
    if handling is None or handling.is_noted:
        yield
    elif handling.is_repeat or not await handled.note(tx, handling.key, now):
        handling.is_repeat = True
        log.info("request repeated")
        yield
        await tx.session.rollback()
    else:
        tx.has_written_nothing_yet()
        yield
        await tx.session.flush()
        if tx.has_written or only_said:
            handling.is_noted = True
        else:
            await handled.forget(tx, handling.key)


def _key(payload: Payload) -> str | None:
    """An event is known by its own id; what a person did by its trigger, which only this deed has, and all the rest.

    Not by the view and its hash: with those the same form is submitted once more after it was refused, or with other
    values, and that is a new wish, which the versions of what is stored decide about. And not by the trigger alone: a
    wish that says something else is never taken for one that was granted.
    """
    if payload.get("event_id"):
        known = json.dumps({"event_id": payload["event_id"]})
    elif payload.get("trigger_id"):
        known = json.dumps(payload, sort_keys=True)
    else:
        return None
    return hashlib.sha256(known.encode()).hexdigest()

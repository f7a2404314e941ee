"""The log: JSON lines in UTC on standard output, one event a line, with no secret and no person's words in it."""

import hashlib
import logging
import re
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from typing import TextIO

import structlog
from structlog.contextvars import bound_contextvars, get_contextvars, merge_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.domain.ids import TenantId

HIDDEN = "[hidden]"
LIBRARIES = ("slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "sqlalchemy", "asyncio", "alembic")

FRAMES = 20
_SPEAKING_OF_CODE = (AttributeError, ImportError, NameError, OSError, TypeError)

_SECRET_NAMES = re.compile(
    r"token|secret|password|authorization|cookie|signature|encryption|response_url|trigger_id"
    r"|^(raw_)?body$|^payload$|^headers$|^answers?$|^text$",
    re.IGNORECASE,
)
_SECRET_SHAPES = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w.-]+|xapp-[\w-]+|xoxe-[\w-]+"
    r"|https://hooks\.slack[\w.-]*/\S+"
    r"|(?<=ticket=)[^&\s\"']+"
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"
    r"|v0=[0-9a-f]{64}"
)


def configure(level: str, stream: TextIO = sys.stdout) -> None:
    """Route our own events and the libraries' through the same chain; called once, when the process starts."""
    shared: list[Processor] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_trace,
        _redacted,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            # JSON escapes line breaks and everything that is not ASCII: nothing that is logged can start a line.
            processors=[_without_internals, structlog.processors.JSONRenderer(default=_described)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    quieten_libraries(level)


def quieten_libraries(level: str = "WARNING") -> None:
    """Below WARNING the libraries print bodies, tokens and queries; never let them, whatever our own level is."""
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    # Our outermost middleware tells of every failed request; what is left is a traceback for each stranger's bad HTTP.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    # A tick that finds the one before still at work is left out: that is how it is meant, and nothing to warn of.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


@contextmanager
def request() -> Iterator[str]:
    """Everything logged inside carries one id, which is also the short reference that a person is shown."""
    with bound_contextvars(request_id=secrets.token_hex(4)):
        yield reference()


def reference() -> str:
    return str(get_contextvars().get("request_id", "-"))


def hashed(tenant: TenantId) -> str:
    """A tenant as it may appear in a log: the same each time, and not its Slack id."""
    return hashlib.sha256(b"tenant " + tenant.encode()).hexdigest()[:12]


def disguised(tenant: TenantId, name: str) -> str:
    """A person or a team of that tenant, in the same way: two tenants' of one name are told apart."""
    return hashlib.sha256(f"of {tenant} {name}".encode()).hexdigest()[:12]


def _with_trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Where it happened and what kind it was. Only messages that speak of code are kept: others quote values."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    trace = []
    while isinstance(error, BaseException):
        frames = [f"{Path(at.filename).name}:{at.lineno} {at.name}" for at in extract_tb(error.__traceback__)]
        words = f": {error}" if isinstance(error, _SPEAKING_OF_CODE) else ""
        trace.append({"kind": f"{type(error).__name__}{words}", "at": frames[-FRAMES:]})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if trace:
        event["exception"] = trace
    return event


def _redacted(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {name: _clean(name, value) for name, value in event.items()}


def _clean(name: str, value: object) -> object:
    if isinstance(value, bool | int | float | None):
        return value
    if _SECRET_NAMES.search(name):
        return HIDDEN
    match value:
        case str():
            return _SECRET_SHAPES.sub(HIDDEN, value)
        case Mapping():
            return {str(key): _clean(str(key), inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_clean("", inner) for inner in value]
        case _:
            return value


def _described(value: object) -> str:
    """Whatever JSON does not know is named by its type: a `repr` may hold anything."""
    return f"<{type(value).__name__}>"


def _without_internals(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {name: value for name, value in event.items() if not name.startswith("_")}

"""Connections to PostgreSQL that were lost while nobody used them are found out when they are taken again.

SQLAlchemy's own check asks the server each time, which is three round trips before the first statement. A server that
closes a connection says so, and while nobody uses one it says nothing else: whether there is anything to read can be
seen without asking. Only one that lay idle for long is asked, for a network may forget it in silence.
"""

import select
import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidatePoolError

IDLE_SECONDS = 30.0
GIVEN_BACK = "given back"


def watch(engine: Engine) -> None:
    def taken(connection: Any, record: Any, _proxy: Any) -> None:
        driver = connection.driver_connection
        if driver.is_closed():
            raise InvalidatePoolError
        idle_for = time.monotonic() - record.info.get(GIVEN_BACK, time.monotonic())
        if idle_for > IDLE_SECONDS or _has_something_to_say(driver):
            _ask(engine, connection)

    event.listen(engine, "checkin", _given_back)
    event.listen(engine, "checkout", taken)


def _given_back(_connection: Any, record: Any) -> None:
    record.info[GIVEN_BACK] = time.monotonic()


def _has_something_to_say(driver: Any) -> bool:
    poll = select.poll()
    poll.register(driver._transport.get_extra_info("socket"), select.POLLIN)
    return bool(poll.poll(0))


def _ask(engine: Engine, connection: Any) -> None:
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as lost:
        raise InvalidatePoolError from lost

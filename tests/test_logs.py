"""The log holds one JSON line for each event, and no secret, whoever logs it (I01, H08)."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
import structlog

from bot import logs
from bot.domain.ids import TenantId

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = StringIO()
    logs.configure("INFO", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_an_event_is_one_line_in_utc(lines: Lines) -> None:
    structlog.get_logger("bot.test").info("stored", count=3)
    (line,) = lines()
    assert line["event"] == "stored"
    assert line["level"] == "info"
    assert line["count"] == 3
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\u2028b", "\x1b[31mred", '{"event": "fake"}'])
def test_h08_nothing_logged_can_start_a_line(lines: Lines, text: str) -> None:
    structlog.get_logger().info(text, also=text)
    logging.getLogger("library").warning("%s", text)
    assert [line["event"] for line in lines()] == [text, text]


@pytest.mark.parametrize(
    "text",
    [
        "xoxb-1-canary",
        "got xoxp-canary-2 back",
        "xoxe.xoxb-1-canary",
        "xapp-1-canary",
        "https://hooks.slack.com/commands/T1/canary",
        "wss://wss.slack.com/link/?ticket=canary&app=1",
        "postgresql://user:canary@db/finops",
    ],
)
def test_i01_a_secret_is_hidden_by_its_shape(lines: Lines, text: str) -> None:
    structlog.get_logger().info(text, note=text, deep={"list": [text]})
    logging.getLogger("library").error("failed: %s", text)
    try:
        raise RuntimeError(text)
    except RuntimeError:
        structlog.get_logger().exception("unexpected")
        logging.getLogger("library").exception("unexpected")
    assert len(lines()) == 4
    assert "canary" not in json.dumps(lines())


@pytest.mark.parametrize(
    "name",
    ["token", "bot_token", "client_secret", "Authorization", "body", "payload", "response_url", "answers", "text"],
)
def test_i01_a_secret_is_hidden_by_its_name(lines: Lines, name: str) -> None:
    structlog.get_logger().info("event", **{name: "canary", "deep": {name: ["canary"]}})
    (line,) = lines()
    assert line[name] == logs.HIDDEN
    assert "canary" not in json.dumps(line)


def test_an_exception_tells_where_it_was_and_quotes_no_value(lines: Lines) -> None:
    def inner() -> None:
        try:
            int("canary")
        except ValueError as error:
            raise LookupError("canary") from error

    try:
        inner()
    except LookupError as error:
        structlog.get_logger().error("failed", exc_info=error)
        logging.getLogger("library").exception("failed")
    for line in lines():
        assert [link["kind"] for link in line["exception"]] == ["LookupError", "ValueError"]
        assert "inner" in line["exception"][0]["at"][-1]
        assert "canary" not in json.dumps(line)


def test_an_exception_about_the_code_keeps_its_words(lines: Lines) -> None:
    structlog.get_logger().error("failed", exc_info=AttributeError("no attribute 'x'"))
    assert lines()[0]["exception"][0]["kind"] == "AttributeError: no attribute 'x'"


def test_an_unknown_object_is_named_by_its_type_only(lines: Lines) -> None:
    class Holder:
        def __repr__(self) -> str:
            return "canary"

    structlog.get_logger().info("event", thing=Holder())
    assert lines()[0]["thing"] == "<Holder>"


@pytest.mark.parametrize("library", logs.LIBRARIES)
def test_libraries_are_quiet_below_a_warning(lines: Lines, library: str) -> None:
    logging.getLogger(library).info("canary")
    logging.getLogger(f"{library}.inner").debug("canary")
    logging.getLogger(library).warning("heard")
    assert [line["event"] for line in lines()] == ["heard"]


def test_all_lines_of_one_request_carry_its_reference(lines: Lines) -> None:
    with logs.request() as first:
        structlog.get_logger().info("one")
        logging.getLogger("library").warning("two")
        assert logs.reference() == first
    with logs.request() as second:
        pass
    structlog.get_logger().info("three")
    assert [line.get("request_id") for line in lines()] == [first, first, None]
    assert first != second
    assert logs.reference() == "-"


def test_a_tenant_is_recognisable_but_not_readable() -> None:
    assert logs.hashed(TenantId("T1")) == logs.hashed(TenantId("T1")) != logs.hashed(TenantId("T2"))
    assert "T1" not in logs.hashed(TenantId("T1"))

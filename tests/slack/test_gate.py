"""Only what Slack signed, just now and in one clear form, comes through; anything else is refused, never raised."""

import inspect
import json
from collections.abc import Iterator
from itertools import chain
from time import thread_time
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import gate
from bot.slack.gate import PATH, Passed, RawHeaders, Reason, Rejected, Verdict, check
from tests.slack.requests import FORM, JSON, NOW, SECRET, STAMP, a_command, in_form, in_json, signed, with_header

COMMAND = urlencode(a_command(text="help ü")).encode()
TIMESTAMP, SIGNATURE, TYPE = b"X-Slack-Request-Timestamp", b"X-Slack-Signature", b"Content-Type"


def ask(body: bytes, headers: RawHeaders, method: str = "POST", path: str = PATH) -> Verdict:
    return check(method, path, headers, body, SECRET, NOW)


def stamp(seconds: int) -> bytes:
    return str(int(NOW.timestamp()) + seconds).encode()


@pytest.mark.parametrize(
    ("body", "content_type", "payload"),
    [
        pytest.param(COMMAND, FORM, a_command(text="help ü"), id="a command"),
        pytest.param(COMMAND, FORM + b"; charset=UTF-8", a_command(text="help ü"), id="a command with its charset"),
        pytest.param(in_form({"type": "block_actions"}), FORM, {"type": "block_actions"}, id="a button"),
        pytest.param(in_json({"type": "event_callback"}), JSON, {"type": "event_callback"}, id="an event"),
        pytest.param(in_json({"text": "😀 \\u0000"}), JSON, {"text": "😀 \\u0000"}, id="an emoji, and text about NUL"),
        pytest.param(b"ssl_check=1&token=x", FORM, {"ssl_check": "1", "token": "x"}, id="Slack's certificate check"),
    ],
)
def test_what_slack_sends_comes_through(body: bytes, content_type: bytes, payload: dict[str, str]) -> None:
    assert ask(body, signed(body, content_type)) == Passed(payload)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_either_way_are_allowed(seconds: int) -> None:
    assert isinstance(ask(COMMAND, signed(COMMAND, FORM, stamp=stamp(seconds))), Passed)


GOOD = signed(COMMAND, FORM)
MAC = dict(GOOD)[SIGNATURE]


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(signed(COMMAND, FORM, secret="another" * 5), id="wrong secret"),
        pytest.param(signed(COMMAND + b"&x=1", FORM), id="signature of another body"),
        pytest.param(with_header(GOOD, SIGNATURE, MAC[:-1]), id="truncated"),
        pytest.param(with_header(GOOD, SIGNATURE, MAC.upper()), id="upper case"),
        pytest.param(with_header(GOOD, SIGNATURE, b"v1" + MAC[2:]), id="v1"),
        pytest.param(with_header(GOOD, SIGNATURE), id="none"),
        pytest.param(with_header(GOOD, SIGNATURE, b""), id="empty"),
        pytest.param(with_header(GOOD, SIGNATURE, MAC, MAC), id="twice"),
        pytest.param(with_header(GOOD, SIGNATURE, MAC + b"\n"), id="a line break after it"),
    ],
)
def test_b02_a_wrong_signature_is_refused(headers: RawHeaders) -> None:
    assert ask(COMMAND, headers) == Rejected(401, Reason.SIGNATURE)


def test_b03_signatures_are_compared_in_constant_time() -> None:
    source = inspect.getsource(gate)
    assert "hmac.compare_digest(" in source
    assert "== signature" not in source


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([stamp(-301)], id="301 s old"),
        pytest.param([stamp(301)], id="301 s ahead"),
        pytest.param([b"abc"], id="abc"),
        pytest.param([b""], id="empty"),
        pytest.param([b"1e9"], id="1e9"),
        pytest.param([b"1" + b"0" * 30], id="10^30"),
        pytest.param([b"-5"], id="negative"),
        pytest.param(["١٧".encode()], id="digits of another script"),
        pytest.param([STAMP + b"\n"], id="a line break after it"),
        pytest.param([STAMP, STAMP], id="twice"),
        pytest.param([], id="none"),
    ],
)
def test_b04_a_wrong_timestamp_is_refused(values: list[bytes]) -> None:
    mac = gate.signature(SECRET, values[0] if values else STAMP, COMMAND)
    headers = with_header(with_header(GOOD, TIMESTAMP, *values), SIGNATURE, mac)
    assert ask(COMMAND, headers) == Rejected(401, Reason.TIMESTAMP)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        pytest.param(b'{"a": "\xff"}', JSON, 400, id="invalid UTF-8"),
        pytest.param(b"command=a&text=%ff", FORM, 400, id="invalid UTF-8 in percent form"),
        pytest.param(b"command=a&text=%00", FORM, 400, id="NUL in a form"),
        pytest.param(b'{"a": "\0"}', JSON, 400, id="NUL in JSON"),
        pytest.param(b'{"a": ["\\u0000"]}', JSON, 400, id="NUL as an escape"),
        pytest.param(b'{"\\u0000": 1}', JSON, 400, id="NUL in a name"),
        pytest.param(b'{"a": "\\ud800"}', JSON, 400, id="half a surrogate pair"),
    ],
)
def test_b05_text_that_cannot_be_kept_is_refused(body: bytes, content_type: bytes, status: int) -> None:
    verdict = ask(body, signed(body, content_type))
    assert isinstance(verdict, Rejected)
    assert verdict.status == status


def test_b05_a_signature_that_is_not_ascii_is_refused() -> None:
    headers = with_header(GOOD, SIGNATURE, "v0=é".encode())
    assert ask(COMMAND, headers) == Rejected(401, Reason.SIGNATURE)


@pytest.mark.parametrize("body", [b"ssl_check=1", b"ssl_check=1&payload=%7B%7D", b'{"ssl_check": "1"}'])
@pytest.mark.parametrize("content_type", [FORM, JSON])
def test_b07_a_certificate_check_needs_a_signature_too(body: bytes, content_type: bytes) -> None:
    assert ask(body, [(TYPE, content_type)]) == Rejected(401, Reason.TIMESTAMP)


@pytest.mark.parametrize(
    ("size", "status"), [(gate.MOST_BYTES, 400), (gate.MOST_BYTES + 1, 413), (10_000_000, 413)], ids=str
)
def test_b12_the_size_is_bounded(size: int, status: int) -> None:
    body = b"a" * size
    verdict = ask(body, signed(body, JSON))
    assert isinstance(verdict, Rejected)
    assert verdict.status == status


@pytest.mark.parametrize(
    ("name", "value", "refused"),
    [
        (b"Content-Encoding", b"gzip", Rejected(415, Reason.ENCODING)),
        (b"content-encoding", b"identity, br", Rejected(415, Reason.ENCODING)),
        (b"Content-Length", b"262145", Rejected(413, Reason.SIZE)),
        (b"Content-Length", b"9" * 5000, Rejected(413, Reason.SIZE)),
    ],
)
def test_b12_bombs_are_refused_before_their_body_is_read(name: bytes, value: bytes, refused: Rejected) -> None:
    assert gate.at_the_door("POST", PATH, [(name, value)]) == refused


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", id="100,000 deep"),
        pytest.param('{"a":' * 40_000, id="40,000 objects deep"),
        pytest.param('{"a": 1e999}', id="1e999"),
        pytest.param('{"a": NaN}', id="NaN"),
        pytest.param('{"a": -Infinity}', id="Infinity"),
        pytest.param('{"a": ' + "9" * 200_000 + "}", id="200,000 digits"),
        pytest.param('{"a": 1, "a": 2}', id="the same key twice"),
        pytest.param("null", id="null"),
        pytest.param("[]", id="a list"),
        pytest.param("42", id="a number"),
        pytest.param("", id="nothing"),
        pytest.param('{"a": "' + '\\"' * 100_000, id="an endless string"),
        pytest.param('{"a": "' + '\\"' * 100_000 + "\\", id="an endless string that ends in an escape"),
        pytest.param('"' * 200_000, id="quotes"),
        pytest.param("\ufeff{}", id="B16: a byte order mark"),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True], ids=["JSON", "payload field"])
def test_b13_hostile_json_is_refused_at_once(text: str, wrapped: bool) -> None:
    body = urlencode({"payload": text}).encode() if wrapped else text.encode()
    started = thread_time()
    verdict = ask(body, signed(body, FORM if wrapped else JSON))
    assert thread_time() - started < 0.5
    assert isinstance(verdict, Rejected)
    assert verdict.status in (400, 413)


def test_b13_very_many_keys_are_read_quickly() -> None:
    body = json.dumps({f"k{n}": n for n in range(20_000)}, separators=(",", ":")).encode()
    started = thread_time()
    assert isinstance(ask(body[: gate.MOST_BYTES], signed(body[: gate.MOST_BYTES], JSON)), Passed | Rejected)
    assert thread_time() - started < 0.5


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        pytest.param(in_json({"type": "event_callback"}), FORM, 400, id="JSON called a form"),
        pytest.param(COMMAND, JSON, 400, id="a form called JSON"),
        pytest.param(COMMAND, b"text/plain", 415, id="text"),
        pytest.param(COMMAND, b"", 415, id="no type"),
        pytest.param(in_form({"a": 1}) + b"&payload=%7B%7D", FORM, 400, id="a second payload"),
        pytest.param(in_form({"a": 1}) + b"&command=x", FORM, 400, id="a command beside a payload"),
        pytest.param(b"%70ayload=%7B%7D&payload=%7B%7D", FORM, 400, id="a second payload in disguise"),
        pytest.param(b"command=a&command=b", FORM, 400, id="a field twice"),
        pytest.param(b"&".join(b"f%d=1" % n for n in range(101)), FORM, 400, id="too many fields"),
        pytest.param(b"", FORM, 400, id="nothing"),
    ],
)
def test_b16_one_reader_decides(body: bytes, content_type: bytes, status: int) -> None:
    verdict = ask(body, signed(body, content_type))
    assert isinstance(verdict, Rejected)
    assert verdict.status == status


def test_b16_two_content_types_are_none() -> None:
    assert ask(COMMAND, [*GOOD, (TYPE, JSON)]) == Rejected(415, Reason.TYPE)


@pytest.mark.parametrize(
    ("method", "path", "refused"),
    [
        ("GET", PATH, Rejected(405, Reason.METHOD)),
        ("PUT", PATH, Rejected(405, Reason.METHOD)),
        ("POST", "/slack/events/", Rejected(404, Reason.PATH)),
        ("POST", "/", Rejected(404, Reason.PATH)),
    ],
)
def test_there_is_one_door(method: str, path: str, refused: Rejected) -> None:
    assert ask(COMMAND, GOOD, method, path) == refused


header_names = st.sampled_from([TIMESTAMP, SIGNATURE, TYPE, b"Content-Encoding", b"Content-Length"]) | st.binary()
header_values = st.sampled_from([STAMP, MAC, FORM, JSON]) | st.binary()


@given(st.text(), st.text(), st.lists(st.tuples(header_names, header_values)), st.binary())
def test_no_bytes_raise_and_no_unsigned_bytes_pass(method: str, path: str, headers: RawHeaders, body: bytes) -> None:
    assert isinstance(ask(body, headers, method, path), Rejected)
    assert isinstance(ask(body, headers), Rejected)


def texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from chain(*(texts(part) for pair in value.items() for part in pair))
        case list():
            yield from chain(*(texts(part) for part in value))


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
).map(lambda value: json.dumps(value).encode())


@given(st.binary() | json_like | json_like.map(lambda text: b"payload=" + text), st.sampled_from([FORM, JSON]))
def test_signed_bytes_pass_as_an_object_or_are_refused(body: bytes, content_type: bytes) -> None:
    match ask(body, signed(body, content_type)):
        case Passed(payload=payload):
            assert isinstance(payload, dict)
            for text in texts(payload):
                assert "\0" not in text
                text.encode()
        case Rejected(status=status):
            assert 400 <= status < 500

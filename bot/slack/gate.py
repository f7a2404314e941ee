"""The gate in front of Bolt: raw bytes in, one verified and parsed payload or a refusal out. It never raises."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.slack import form

PATH = "/slack/events"
MOST_BYTES = 256 * 1024
MOST_SKEW_SECONDS = 300
MOST_DEPTH = 100
MOST_BRACKETS = 50_000  # many times what Slack's largest views have
MOST_FIELDS = 100

JSON_TYPE = b"application/json"
FORM_TYPE = b"application/x-www-form-urlencoded"

RawHeaders = Sequence[tuple[bytes, bytes]]
Payload = dict[str, Any]  # Slack's JSON as it came


class Reason(StrEnum):
    """Why a request was refused: a metric's label and a log's word, so never anything the sender wrote."""

    PATH = "path"
    METHOD = "method"
    SIZE = "size"
    TIMEOUT = "timeout"
    TIMESTAMP = "timestamp"
    SIGNATURE = "signature"
    ENCODING = "encoding"
    TYPE = "type"
    TEXT = "text"
    FORM = "form"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Passed:
    payload: Payload


@dataclass(frozen=True, slots=True)
class Rejected:
    status: int
    reason: Reason


Verdict = Passed | Rejected


class _Malformed(Exception):
    def __init__(self, reason: Reason) -> None:
        self.reason = reason


def check(method: str, path: str, headers: RawHeaders, body: bytes, secret: str, now: datetime) -> Verdict:
    """Cheapest refusal first; nothing of the body is parsed before its signature is known to be Slack's."""
    if refused := at_the_door(method, path, headers) or _unverified(headers, body, secret, now):
        return refused
    kinds = [value.split(b";")[0].strip().lower() for value in _values(headers, b"content-type")]
    try:
        text = body.decode("utf-8", errors="strict")
        match kinds:
            case [kind] if kind == JSON_TYPE:
                return Passed(_object(text))
            case [kind] if kind == FORM_TYPE:
                return Passed(_form(text))
            case _:
                return Rejected(415, Reason.TYPE)
    except UnicodeDecodeError:
        return Rejected(400, Reason.TEXT)
    except _Malformed as malformed:
        return Rejected(400, malformed.reason)


def at_the_door(method: str, path: str, headers: RawHeaders) -> Rejected | None:
    """What can be refused before a byte of the body is read."""
    if path != PATH:
        return Rejected(404, Reason.PATH)
    if method != "POST":
        return Rejected(405, Reason.METHOD)
    if any(value.strip().lower() != b"identity" for value in _values(headers, b"content-encoding")):
        return Rejected(415, Reason.ENCODING)
    lengths = _values(headers, b"content-length")
    if any(len(length) > 12 or (length.isdigit() and int(length) > MOST_BYTES) for length in lengths):
        return Rejected(413, Reason.SIZE)
    return None


def _unverified(headers: RawHeaders, body: bytes, secret: str, now: datetime) -> Rejected | None:
    if len(body) > MOST_BYTES:
        return Rejected(413, Reason.SIZE)
    timestamps = _values(headers, b"x-slack-request-timestamp")
    if len(timestamps) != 1 or not re.fullmatch(rb"[0-9]{1,12}", timestamps[0]):
        return Rejected(401, Reason.TIMESTAMP)
    if abs(now.timestamp() - int(timestamps[0])) > MOST_SKEW_SECONDS:
        return Rejected(401, Reason.TIMESTAMP)
    signatures = _values(headers, b"x-slack-signature")
    if len(signatures) != 1 or not re.fullmatch(rb"v0=[0-9a-f]{64}", signatures[0]):
        return Rejected(401, Reason.SIGNATURE)
    if not hmac.compare_digest(signature(secret, timestamps[0], body), signatures[0]):
        return Rejected(401, Reason.SIGNATURE)
    return None


def signature(secret: str, timestamp: bytes, body: bytes) -> bytes:
    signed = hmac.new(secret.encode(), b"v0:" + timestamp + b":" + body, hashlib.sha256)
    return b"v0=" + signed.hexdigest().encode()


def _values(headers: RawHeaders, name: bytes) -> list[bytes]:
    return [value for header, value in headers if header.lower() == name]


def _form(text: str) -> Payload:
    """A command (or Slack's certificate check) is its fields; all else is one `payload` field and no other."""
    try:
        fields = form.fields(text, MOST_FIELDS)
    except ValueError as error:
        raise _Malformed(Reason.FORM) from error
    names = [name for name, _ in fields]
    if "payload" in names:
        if len(fields) != 1:
            raise _Malformed(Reason.FORM)
        return _object(fields[0][1])
    if not {"command", "ssl_check"} & set(names) or len(set(names)) != len(names):
        raise _Malformed(Reason.FORM)
    if any("\0" in part for field in fields for part in field):
        raise _Malformed(Reason.FORM)
    return dict(fields)


def _object(text: str) -> Payload:
    if _is_too_nested(text):
        raise _Malformed(Reason.JSON)
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refused, parse_float=_finite)
    except ValueError as error:
        raise _Malformed(Reason.JSON) from error
    if not isinstance(value, dict) or (_SUSPICIOUS.search(text) and not storable(value)):
        raise _Malformed(Reason.JSON)
    return value


# Up to the next bracket that is not in a string. A string that never ends is matched to the end of the text: trying
# again at each later quote would take minutes.
_TO_BRACKET = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+(?:"|\\?\Z))*+(?P<bracket>[\[{}\]])', re.DOTALL)


def _is_too_nested(text: str) -> bool:
    """Found without parsing it: the parser itself would exhaust the stack."""
    depth = seen = place = 0
    while found := _TO_BRACKET.match(text, place):
        place, seen = found.end(), seen + 1
        depth += 1 if found["bracket"] in "[{" else -1
        if depth > MOST_DEPTH or seen > MOST_BRACKETS:
            return True
    return False


# Escapes that may stand for what no database stores: NUL, and halves of surrogate pairs.
_SUSPICIOUS = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def storable(value: object) -> bool:
    """Whether every text in it can be kept in a database."""
    match value:
        case str():
            return "\0" not in value and not re.search("[\ud800-\udfff]", value)
        case dict():
            return all(storable(name) and storable(inner) for name, inner in value.items())
        case list():
            return all(storable(inner) for inner in value)
        case _:
            return True


def _unique(pairs: Iterable[tuple[str, Any]]) -> Payload:
    found: Payload = {}
    for name, value in pairs:
        if name in found:
            raise ValueError("the same name twice")
        found[name] = value
    return found


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number beyond all bounds")
    return number


def _refused(word: str) -> float:
    raise ValueError("not a number")

"""What nobody sends: payloads with a part missing or of another kind, and bytes that were changed on the way."""

import copy
import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any
from urllib.parse import urlencode

from sandbox.values import Json

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TOKENS = (
    b"\0",
    b"\xff\xfe", b"%00", b"\\u0000", b"\\ud800", b"null", b"[]", b"{}", b"1e999", b"-1", b'"', b"&payload=", b"%",
    b"T_ELSEWHERE", b"U_ADM", b"\xe2\x80\xae", b"<!channel>", b"9" * 400, b"[" * 120, b"true",
)  # fmt: skip
Path = tuple[str | int, ...]
STRANGE: tuple[Any, ...] = (None, "", "nonsense", 7, True, [], {}, [None], {"id": None})
DEEPEST = 3
UNCHANGED = frozenset({"blocks", "token", "headers"})  # many of a kind, or of no interest


def parts(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where something stands, not too deep and not in what is only drawn."""
    if len(path) >= DEEPEST:
        return
    named: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in named:
        if name not in UNCHANGED:
            yield (*path, name)
            yield from parts(inner, (*path, name))


def changed(payload: Json, path: Path, *value: Any) -> Json:
    """Another value there; none: it is missing."""
    other = copy.deepcopy(payload)
    holder: Any = other
    for name in path[:-1]:
        holder = holder[name]
    if value:
        holder[path[-1]] = value[0]
    else:
        del holder[path[-1]]
    return other


def variations(payload: Json) -> Iterator[Json]:
    for place, path in enumerate(parts(payload)):
        yield changed(payload, path)
        yield changed(payload, path, STRANGE[place % len(STRANGE)])


def mutated(payloads: Sequence[Json], chance: Random) -> tuple[bytes, str]:
    """One of them with something changed, as bytes, and of which content type."""
    payload, depth = chance.choice(payloads), chance.random()
    if depth < 0.7:  # within a value or two, so that what is around them stays sound
        for _ in range(chance.choice((1, 1, 2))):
            payload = changed(payload, path := chance.choice(list(parts(payload))), _other(payload, path, chance))
        return encoded(payload, str)
    if depth < 0.85:
        return encoded(payload, lambda text: _text(text, chance))
    body, kind = encoded(payload, str)
    return _mutated(body, chance), kind


def encoded(payload: Json, inside: Any) -> tuple[bytes, str]:
    """As Slack sends it. ``inside``: what becomes of the text before it is wrapped."""
    if "command" in payload:
        fields = {name: inside(str(value)) if name == "text" else value for name, value in payload.items()}
        return _form(fields), FORM
    text = inside(json.dumps(payload))
    if payload.get("type") == "event_callback":
        return text.encode("utf-8", "surrogateescape"), JSON
    return _form({"payload": text}), FORM


def _other(payload: Json, path: Path, chance: Random) -> Any:
    value: Any = payload
    for name in path:
        value = value[name]
    return _text(value, chance) if isinstance(value, str) and chance.random() < 0.8 else chance.choice(STRANGE)


def _text(text: str, chance: Random) -> str:
    return _mutated(text.encode("utf-8", "surrogateescape"), chance).decode("utf-8", "surrogateescape")


def _form(fields: Json) -> bytes:
    return urlencode(fields, errors="surrogateescape").encode()


def _mutated(body: bytes, chance: Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        start = chance.randrange(len(body) + 1)
        end = min(len(body), start + chance.choice((1, 1, 2, 8, 64)))
        match chance.randrange(6):
            case 0:
                put = bytes([chance.randrange(256)])
            case 1:
                put = b""
            case 2:
                put = body[start:end] * 2
            case 3:
                put = chance.choice(TOKENS)
            case 4:
                put = body[start:end][::-1]
            case _:
                put = bytes(byte ^ (1 << chance.randrange(8)) for byte in body[start:end])
        body = body[:start] + put + body[end:]
    return body

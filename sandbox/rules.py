"""The small words in which the limits of Block Kit are written down: each check yields what is wrong, and where."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sandbox.values import Json

Check = Callable[[Any, str], Iterator[str]]


def problem(what: str, path: str) -> str:
    return f"[ERROR] {what} [json-pointer:{path or '/'}]"


def anything(value: Any, path: str) -> Iterator[str]:
    yield from ()


def boolean(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield problem("must be a boolean", path)


def string(most: int, least: int = 1, pattern: str = "") -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must be a string", path)
        elif len(value) > most:
            yield problem(f"must be less than {most + 1} characters", path)
        elif len(value) < least:
            yield problem(f"must be more than {least - 1} characters", path)
        elif pattern and not re.fullmatch(pattern, value):
            yield problem("failed to match the expected format", path)

    return check


def integer(least: int, most: int) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield problem("must be an integer", path)
        elif not least <= value <= most:
            yield problem(f"must be between {least} and {most}", path)

    return check


def one_of(*allowed: str) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if value not in allowed:
            yield problem(f"must be one of: {', '.join(allowed)}", path)

    return check


def each(item: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield problem("must be an array", path)
            return
        if len(value) > most:
            yield problem(f"no more than {most} items allowed", path)
        if len(value) < least:
            yield problem(f"no fewer than {least} items allowed", path)
        for index, entry in enumerate(value):
            yield from item(entry, f"{path}/{index}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, also: Check = anything) -> Check:
    """An object with these properties and no others; `also` sees it only when it has the right shape."""
    known = {**(optional or {}), **required}

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must be an object", path)
            return
        found = list(_properties(value, path, required, known))
        yield from found
        if not found:
            yield from also(value, path)

    return check


def _properties(value: Json, path: str, required: Mapping[str, Check], known: Mapping[str, Check]) -> Iterator[str]:
    for name in required:
        if value.get(name) is None:
            yield problem(f"missing required field: {name}", path)
    for name, content in value.items():
        if name == "type" or content is None:
            continue
        if name in known:
            yield from known[name](content, f"{path}/{name}")
        else:
            yield problem(f"invalid additional property: {name}", path)


def text(most: int, plain: bool = False, least: int = 1) -> Check:
    """A text object; `plain` where the platform renders no markup."""
    content = shape(
        {"text": string(most, least)}, {"emoji": boolean, "verbatim": boolean} if not plain else {"emoji": boolean}
    )

    def check(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, dict) and value.get("type") not in (
            ("plain_text",) if plain else ("plain_text", "mrkdwn")
        ):
            yield problem(f"unsupported type of text: {value.get('type')}", f"{path}/type")
        else:
            yield from content(value, path)

    return check


def both(*checks: Check) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        for one in checks:
            yield from one(value, path)

    return check

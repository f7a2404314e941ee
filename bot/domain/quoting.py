"""A person's words inside a command's text, written so that they are read again as the same words."""

import re

DOUBLE_QUOTES = '"“”„‟«»＂'

# What Slack makes of mentions, channels and links, where it is told to escape them.
_OPENING = r"<(?:[@#!]|https?:|mailto:)"
AS_SLACK_WRITES = rf"{_OPENING}[^<>]*>"

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = "|".join(_ENTITIES)
_QUOTING = re.compile(rf"[\\{DOUBLE_QUOTES}]")
_QUOTED_SIGN = re.compile(rf"\\([\\{DOUBLE_QUOTES}])")
_ALIVE = re.compile(rf"{_OPENING}|{_ENTITY}")
_WRITTEN = re.compile(rf"{AS_SLACK_WRITES}|{_ENTITY}")


def quoted(text: str) -> str:
    inert = _ALIVE.sub(lambda found: ("&lt;" if found[0][0] == "<" else "&amp;") + found[0][1:], text)
    return f'"{_QUOTING.sub(_escaped, inert)}"'


def unquoted(inner: str) -> str:
    """What stands between two quotes, without what was needed to write it there."""
    return plain(_QUOTED_SIGN.sub(r"\1", inner))


def plain(written: str) -> str:
    """What Slack wrote as people see it: names for mentions and channels, addresses for links, signs for entities.

    What is left is a person's words: a view makes them inert.
    """
    return _WRITTEN.sub(_seen, written)


def _seen(found: re.Match[str]) -> str:
    token = found[0]
    if token in _ENTITIES:
        return _ENTITIES[token]
    target, _, label = token[1:-1].partition("|")
    if target[0] in "@#!":
        return _labelled(target, label) if label else token
    return _entities(target if target.startswith("http") else target.removeprefix("mailto:"))


def _labelled(target: str, label: str) -> str:
    return _entities(label if target[0] == "!" else target[0] + label)


def _entities(text: str) -> str:
    return re.sub(_ENTITY, lambda entity: _ENTITIES[entity[0]], text)


def _escaped(sign: re.Match[str]) -> str:
    return "\\" + sign[0]

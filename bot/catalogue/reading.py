"""From the text of a model file to its raw parts, and what is wrong with its shape in words."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.catalogue.file import ModelFile
from bot.domain.model import MaturityModel

_SAYINGS = {"missing": "is missing", "extra_forbidden": "is not a key that is known here"}
_Place = tuple[int | str, ...]
MOST_DEPTH = 100


class Unreadable(Exception):
    """The text is no YAML at all."""


class _Loader(yaml.CSafeLoader):
    """YAML lets a key said twice silently win the second time; here it is a flaw."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for place, (key, _) in enumerate(node.value):
            if isinstance(key, yaml.ScalarNode) and key.value in keys[:place]:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} is said twice", key.start_mark)
        return super().construct_mapping(node, deep)


def parsed(text: bytes) -> object:
    try:
        _look_through(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # nosec B506 - a SafeLoader with one more check
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        # What is missed at the end is missed one line after the last.
        line = min(mark.line + 1, len(text.splitlines()) or 1) if mark else 0
        raise Unreadable(f"line {line}: {error.problem}" if mark else str(error)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(f"this is not YAML: {' '.join(str(error).split())}") from None


def _look_through(text: bytes) -> None:
    """Before anything is made of it: a model needs no alias, by which a small file can grow without bounds."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        match event:
            case yaml.AliasEvent():
                assert event.start_mark is not None
                raise Unreadable(f"line {event.start_mark.line + 1}: an alias (*) cannot be used here")
            case yaml.CollectionStartEvent():
                depth += 1
            case yaml.CollectionEndEvent():
                depth -= 1
        if depth > MOST_DEPTH:
            raise Unreadable("this is not a model: it is nested too deeply")


def shaped(raw: object) -> tuple[MaturityModel | None, list[str]]:
    """The model, and the flaws of its shape; with flaws it is what remains without the parts that have them."""
    try:
        return ModelFile.model_validate(raw).value(), []
    except ValidationError as error:
        flaws = [_in_words(raw, details) for details in error.errors()]
        rest = _without(raw, {_part(details["loc"]) for details in error.errors()})
    try:
        return ModelFile.model_validate(rest).value(), flaws
    except ValidationError:
        return None, flaws


def lost_ids(raw: object, model: MaturityModel) -> set[str]:
    """The ids in the file that the model does not have, because the parts that bear them were left out."""
    kept = {
        *(step.id for step in model.steps),
        *(question.id for step in model.steps for question in step.questions),
        *(benchmark.id for benchmark in model.benchmarks),
        *(action.id for action in model.actions),
        *(persona.id for persona in model.personas),
    }
    return _ids(raw) - kept


def _ids(raw: object) -> set[str]:
    match raw:
        case Mapping():
            own = {raw["id"]} if isinstance(raw.get("id"), str) else set()
            return own.union(*map(_ids, raw.values()))
        case list():
            return set[str]().union(*map(_ids, raw))
        case _:
            return set()


def _part(place: Sequence[int | str]) -> _Place:
    """The question, action or other entry of a list that a flaw lies in: the smallest that can be left out."""
    depth = 4 if place[:1] == ("steps",) and place[2:3] == ("questions",) else 2
    return tuple(place[:depth])


def _without(raw: object, places: set[_Place], here: _Place = ()) -> object:
    match raw:
        case Mapping():
            return {
                key: _without(value, places, (*here, key)) for key, value in raw.items() if (*here, key) not in places
            }
        case list():
            return [
                _without(value, places, (*here, key)) for key, value in enumerate(raw) if (*here, key) not in places
            ]
        case _:
            return raw


def _in_words(raw: object, details: ErrorDetails) -> str:
    words = _path(raw, details["loc"])
    saying = _SAYINGS.get(details["type"], details["msg"][:1].lower() + details["msg"][1:])
    return f"{' > '.join(words)}: {saying}" if words else f"the file: {saying}"


def _path(raw: object, place: Sequence[int | str]) -> list[str]:
    words: list[str] = []
    for key in place:
        match raw:
            case list() if isinstance(key, int) and key < len(raw):
                raw = raw[key]
                words.append(str(raw["id"]) if isinstance(raw, Mapping) and "id" in raw else f"no. {key + 1}")
            case Mapping() if key in raw:
                raw = raw[key]
                words.append(str(key))
            case Mapping() if raw.get("direction") == key:  # the tag of a kind of benchmark is no place in the file
                continue
            case _:
                words.append(str(key))
    return words

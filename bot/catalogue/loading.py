"""Model files: read, judged with all their flaws at once, and found by version."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue.flaws import flaws_of, flaws_of_part
from bot.catalogue.reading import Unreadable, lost_ids, parsed, shaped
from bot.domain.ids import ModelVersion
from bot.domain.model import MaturityModel, Status

CATALOGUE = Path(__file__).parent


class BrokenModel(Exception):
    """A model file cannot be used; `flaws` says everything that is wrong with it."""

    def __init__(self, path: Path, flaws: list[str]) -> None:
        super().__init__(f"{path.name}: " + "; ".join(flaws))
        self.flaws = flaws


@dataclass(frozen=True, slots=True)
class Models:
    """Every version there is: an assessment is scored for ever with the one it was taken with."""

    by_version: Mapping[ModelVersion, MaturityModel]

    def version(self, version: ModelVersion) -> MaturityModel:
        return self.by_version[version]

    @property
    def latest(self) -> MaturityModel:
        """The newest that is published; new assessments are taken with it."""
        published = [model for model in self.by_version.values() if model.status is Status.PUBLISHED]
        return max(published, key=lambda model: _rank(model.version))


def flaws(path: Path) -> list[str]:
    """Everything that is wrong with a model file, in sentences; nothing when it can be used."""
    _, found = _read(path)
    return found


def load(path: Path) -> MaturityModel:
    model, found = _read(path)
    if model is None or found:
        raise BrokenModel(path, found)
    return model


def published(folder: Path = CATALOGUE) -> Models:
    """All the models that the bot brings along."""
    models = [load(path) for path in sorted(folder.glob("*.yaml"))]
    return Models({model.version: model for model in models})


def _rank(version: ModelVersion) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _read(path: Path) -> tuple[MaturityModel | None, list[str]]:
    try:
        raw = parsed(path.read_bytes())
    except OSError as error:
        return None, [f"{path} cannot be read: {error.strerror}"]
    except Unreadable as error:
        return None, [str(error)]
    if not isinstance(raw, dict):
        return None, ["the file: must be a mapping of keys to values, starting with id and version"]
    model, misshapen = shaped(raw)
    if model is None:
        return None, misshapen
    if not misshapen:
        return model, flaws_of(model)
    # What names a part that was left out is not wrong for that.
    lost = lost_ids(raw, model)
    return model, misshapen + [flaw for flaw in flaws_of_part(model) if lost.isdisjoint(re.findall(r"\w+", flaw))]

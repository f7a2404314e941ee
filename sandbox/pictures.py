"""Pictures that are files of the workspace: a block may show one only when the platform has looked through it."""

import mimetypes
from collections.abc import Iterator
from typing import Any

from sandbox.rules import problem
from sandbox.values import Json
from sandbox.workspace import Workspace

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})


def kind_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def problems(workspace: Workspace, value: Any, path: str) -> Iterator[str]:
    match value:
        case {"type": "image", "slack_file": dict(named)}:
            if not _is_usable(workspace, named):
                yield problem("invalid slack file", f"{path}/slack_file")
        case dict():
            for name, inner in value.items():
                yield from problems(workspace, inner, f"{path}/{name}")
        case list():
            for place, inner in enumerate(value):
                yield from problems(workspace, inner, f"{path}/{place}")
        case _:
            pass


def _is_usable(workspace: Workspace, named: Json) -> bool:
    file_id = named.get("id") or str(named.get("url", "")).rpartition("/")[2]
    upload = workspace.uploads.get(file_id)
    return upload is not None and upload.completed and upload.processed and kind_of(upload.name) in SHOWN

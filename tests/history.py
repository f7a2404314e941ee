"""The version before this one, as the repository itself tells it: what stood there before the newest migration."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSIONS = "migrations/versions"


@cache
def before() -> str | None:
    """The commit; None where the repository's history is not here, or not all of it."""
    newest = max((ROOT / VERSIONS).glob("*_*.py")).name
    came = _told("log", "-1", "--format=%H", "--diff-filter=A", "--", f"{VERSIONS}/{newest}")
    return _told("rev-parse", "--verify", "--quiet", f"{came}^") if came else None


def unpack(commit: str, to: Path) -> Path:
    """All files of that commit."""
    archive = to / "before.tar"
    subprocess.run(["git", "archive", f"--output={archive}", commit], cwd=ROOT, check=True, capture_output=True)
    tree = to / "before"
    tree.mkdir()
    subprocess.run(["tar", "--extract", f"--file={archive}", f"--directory={tree}"], check=True, capture_output=True)
    return tree


def _told(*arguments: str) -> str | None:
    try:
        said = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.strip() or None

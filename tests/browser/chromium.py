"""The browser of the machine, and how it is started."""

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
WORDS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> Path | None:
    """Debian's, or what else is called so."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None

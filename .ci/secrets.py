"""Looks for what could be a secret in every file of the repository, as it is and as it ever was since its first commit.

What is known to be made up stands beside this. ``python .ci/secrets.py --write`` takes what is found now for made up:
read the difference before you commit it. A checkout without its history is looked at as far as it goes.
"""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

KNOWN = Path(__file__).with_name("made-up-secrets.json")
LOOKED_AT = ("--", ".", ":!*.lock", ":!*.png", f":!{KNOWN.parent.name}/{KNOWN.name}")
# Every line that was ever added, under the name of its file.
ADDED = ("git", "log", "--all", "--no-merges", "--patch", "--unified=0", "--no-renames", "--format=", "--no-color")
FILE = re.compile(r'\+\+\+ "?b/(.*?)"?$')
Found = dict[str, list[str]]  # by file, hashes of what was found


def found() -> Found:
    files = said(("git", "ls-files", "-z", *LOOKED_AT)).strip("\0").split("\0")
    there = scanned(files, Path())
    with TemporaryDirectory() as directory:
        for file, hashes in scanned(written(Path(directory)), Path(directory)).items():
            there[file] = sorted({*hashes, *there.get(file, ())})
    return there


def written(directory: Path) -> list[str]:
    """The names of files there that hold what was ever added to those of these names."""
    lines, file = defaultdict[str, list[str]](list), ""
    for line in said((*ADDED, *LOOKED_AT)).splitlines():
        if start := FILE.match(line):
            file = start[1]
        elif line.startswith("+") and not line.startswith("+++ "):
            lines[file].append(line[1:])
    for name, added in lines.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(added))
    return list(lines)


def scanned(files: Sequence[str], directory: Path) -> Found:
    scan = (str(Path(sys.executable).absolute()), "-m", "detect_secrets", "scan", "--no-verify", *files)
    results = json.loads(said(scan, directory))["results"]
    return {file: sorted({secret["hashed_secret"] for secret in secrets}) for file, secrets in results.items()}


def said(command: Sequence[str], there: Path = Path()) -> str:
    return subprocess.run(command, cwd=there, capture_output=True, check=True).stdout.decode(errors="replace")


def main(arguments: list[str]) -> int:
    there = found()
    if arguments == ["--write"]:
        KNOWN.write_text(json.dumps(there, indent=1, sort_keys=True) + "\n")
        return 0
    known: Found = json.loads(KNOWN.read_text())
    new = [file for file, hashes in there.items() if set(hashes) - set(known.get(file, ()))]
    for file in new:
        sys.stdout.write(f"{file}: something that is or was in it looks like a secret; see .ci/secrets.py\n")
    sys.stdout.write(f"{sum(map(len, there.values()))} made-up secrets are known, new ones in {len(new)} files\n")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

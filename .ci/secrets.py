"""Looks for what could be a secret in every file of the repository; what is known to be made up stands beside this.

``python .ci/secrets.py --write`` takes what is found now for made up: read the difference before you commit it.
"""

import json
import subprocess
import sys
from pathlib import Path

KNOWN = Path(__file__).with_name("made-up-secrets.json")
NOT_LOOKED_AT = (":!*.lock", ":!*.png", f":!{KNOWN.parent.name}/{KNOWN.name}")
Found = dict[str, list[str]]  # by file, hashes of what was found


def found() -> Found:
    files = subprocess.run(["git", "ls-files", "-z", "--", ".", *NOT_LOOKED_AT], capture_output=True, check=True)
    names = files.stdout.decode().strip("\0").split("\0")
    scan = [sys.executable, "-m", "detect_secrets", "scan", "--no-verify", *names]
    results = json.loads(subprocess.run(scan, capture_output=True, check=True).stdout)["results"]
    return {file: sorted({secret["hashed_secret"] for secret in secrets}) for file, secrets in results.items()}


def main(arguments: list[str]) -> int:
    there = found()
    if arguments == ["--write"]:
        KNOWN.write_text(json.dumps(there, indent=1, sort_keys=True) + "\n")
        return 0
    known: Found = json.loads(KNOWN.read_text())
    new = [file for file, hashes in there.items() if set(hashes) - set(known.get(file, ()))]
    for file in new:
        sys.stdout.write(f"{file}: something in it looks like a secret; if it is made up, see .ci/secrets.py\n")
    sys.stdout.write(f"{sum(map(len, there.values()))} made-up secrets are known, new ones in {len(new)} files\n")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

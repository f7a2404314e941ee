"""Asks for known vulnerabilities of a lock file; where no source of them can be reached, says so loudly and goes on."""

import json
import subprocess
import sys

SECONDS = 300
ASK = ("--require-hashes", "--disable-pip", "--progress-spinner=off", "--timeout=10", "--format=json")


def main(lock: str) -> int:
    asked = subprocess.run(
        [sys.executable, "-m", "pip_audit", f"--requirement={lock}", *ASK],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        return _left_out(asked.stderr.strip().splitlines()[-1:] or ["no answer"])
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if len(unknown) == len(packages):
        return _left_out([f"none of {len(packages)} packages is known to it"])
    found = [(package, fault) for package in packages for fault in package.get("vulns", ())]
    for package, fault in found:
        sys.stdout.write(f"{package['name']} {package['version']}: {fault['id']}, mended in {fault['fix_versions']}\n")
    sys.stdout.write(f"{len(packages)} packages, {len(found)} vulnerabilities, not known there: {unknown or 'none'}\n")
    return 1 if found else 0


def _left_out(why: list[str]) -> int:
    sys.stdout.write(f"!!! NOT CHECKED: no source of advisories can be reached ({why[0]})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

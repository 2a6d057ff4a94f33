"""Asks the advisory services about every locked package, and says plainly what could not be asked.

Run by ``make audit``. pip-audit counts a package that the service does not answer for as skipped and succeeds; here that is told.
Exit status: 0 where nothing is known against any package that could be asked about, 1 where something is.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("build.txt", "run.txt", "dev.txt", "ship.txt", "docs.txt")
NPM = ("tests/peers", "tools/phone", "benchmarks/peers")
WAIT = 300


def python_lock(name: str) -> bool:
    """Ask about one lock file of Python's; True where something is known against it."""
    program = Path(sys.executable).with_name("pip-audit")
    command = [str(program), "--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json"]
    done = subprocess.run(
        [*command, "-r", str(ROOT / "requirements" / name)], capture_output=True, text=True, timeout=WAIT, check=False
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"requirements/{name}: NOT ASKED: {reason}")
        return False
    asked = [one for one in packages if "skip_reason" not in one]
    known = [(one["name"], one["version"], flaw["id"]) for one in asked for flaw in one["vulns"]]
    print(f"requirements/{name}: {len(asked)} of {len(packages)} packages asked about, {len(known)} advisories")
    for package, version, flaw in known:
        print(f"  {package} {version}: {flaw}")
    if len(asked) < len(packages):
        print(f"  NOT ASKED: {len(packages) - len(asked)} packages; the advisory service gave no answer for them")
    return bool(known)


def npm_lock(folder: str) -> bool:
    """Ask about one lock file of npm's; True where something is known against it."""
    program = shutil.which("npm")
    if program is None:
        print(f"{folder}: NOT ASKED: there is no npm here")
        return False
    command = [program, "audit", "--package-lock-only", "--json"]
    done = subprocess.run(command, cwd=ROOT / folder, capture_output=True, text=True, timeout=WAIT, check=False)
    try:
        found = json.loads(done.stdout)["metadata"]["vulnerabilities"]["total"]
    except (ValueError, KeyError):
        print(f"{folder}: NOT ASKED: the advisory service gave no answer")
        return False
    print(f"{folder}: {found} advisories")
    return bool(found)


if __name__ == "__main__":
    flawed = [python_lock(name) for name in LOCKS] + [npm_lock(folder) for folder in NPM]
    sys.exit(any(flawed))

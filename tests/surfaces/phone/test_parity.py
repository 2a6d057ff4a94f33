"""The Python in the browser and the one on the computer: the same results, row by row."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from pamit.domain.terms import Language
from pamit.surfaces.batch import process_line

from .conftest import TOOLS

PURPOSES = ("confirm", "decline", "reschedule", "cancel", "withdraw", "thank_you", "follow_up", "ask_details")


def rows(shared: Path) -> list[tuple[str, str]]:
    """Every row of the data with the verb it is for; each plan is written about for several purposes besides."""
    found = []
    for name, verb in (("invitations", "read"), ("messages", "check"), ("plans", "plan")):
        lines = (shared / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()
        found += [(verb, line) for line in lines]
    for line in [line for verb, line in found if verb == "plan"]:
        plan = json.loads(line)
        for purpose in PURPOSES:
            row = {"id": f"{plan['id']} {purpose}", "now": plan["now"], "interview": plan["interview"], "purpose": purpose}
            found.append(("write", json.dumps({**row, "candidate": {"name": "Rani Kusuma"}})))
    return found


def test_browser_gives_what_the_computer_gives(built: Path, shared: Path) -> None:
    """Reading, planning, writing and checking give the same bytes on every row."""
    given = rows(shared)
    lines = "".join(f"{verb}\t{line}\n" for verb, line in given)
    done = subprocess.run(["node", str(TOOLS / "phone" / "batch.mjs"), str(built)], input=lines.encode(), capture_output=True)
    assert (done.returncode, done.stderr.decode()[-2000:]) == (0, "")
    there = done.stdout.decode().splitlines()
    here = [
        process_line(line.encode(), number, verb, Language.ID)[0].decode().rstrip("\n")  # type: ignore[arg-type]
        for number, (verb, line) in enumerate(given, 1)
    ]
    different = [line[1][:80] for line, one, other in zip(given, there, here, strict=True) if one != other]
    assert (len(there), different) == (len(given), [])
    assert [one[:120] for one in here if '"internal-error"' in one] == []

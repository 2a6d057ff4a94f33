"""Scanning an archive of mail beside the standard library, mu and notmuch: speed, memory, and that nothing is lost.

    python benchmarks/scan.py                 an mbox of 100 MB
    SCAN_MB=1000 python benchmarks/scan.py    1 GB

How it grows is told by growth.py. Every tool reads the same mails, made by mailbox_maker.py; mu and notmuch, which know no mbox, get them as a Maildir. What each
does differs: they index every word, the standard library reads every mail, and Pamit tells the invitations and the answers.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mailbox_maker import OWNER, make_mbox

ROUNDS = int(os.environ.get("SCAN_ROUNDS", "3"))
MEGABYTES = int(os.environ.get("SCAN_MB", "100"))
# Reading every mail in full takes a minute for 100 MB; of more, the labels of the maker are compared.
THOROUGH_UP_TO = 200
PART = 8
"""Megabytes of a part, after each of which a scan can go on."""
ONE = "pamit, 1 process"
PEERS = ("mu index", "notmuch new")

STDLIB = """
import mailbox, sys
words = ("interview", "wawancara", "undangan")
found = 0
for message in mailbox.mbox(sys.argv[1]):
    text = str(message["subject"])
    for part in message.walk():
        if part.get_content_maintype() == "text":
            text += (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
    found += any(word in text.lower() for word in words)
print(found)
"""


@dataclass
class Comparison:
    """What was measured.

    Attributes:
        rates: MB a second, by tool.
        proofs: sentences on what holds.
    """

    megabytes: float
    rates: dict[str, float]
    proofs: list[str]

    @property
    def ratios(self) -> list[tuple[str, float]]:
        """How many times as quick Pamit is, in one process, as each other tool."""
        return [(name, self.rates[ONE] / rate) for name, rate in self.rates.items() if not name.startswith("pamit")]

    def markdown(self) -> str:
        ours = self.rates[ONE]
        lines = [
            f"### Scanning {self.megabytes:,.0f} MB of mail", "", "| tool | MB a second | Pamit is |", "| --- | ---: | ---: |",
            *(
                f"| {name} | {rate:,.0f} | {'1' if name == ONE else f'{ours / rate:.1f} × as quick'} |"
                for name, rate in self.rates.items()
            ),
            *(f"| {name} | not installed | |" for name in PEERS if name not in self.rates), "",
        ]  # fmt: skip
        return "\n".join([*lines, *self.proofs, ""])


def scan() -> Comparison:
    """The whole comparison."""
    folder = Path(tempfile.mkdtemp(prefix="pamit-scan-"))
    try:
        return _measured(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(folder: Path) -> Comparison:
    box = folder / "mail.mbox"
    places = make_mbox(box, MEGABYTES)
    size = box.stat().st_size / 1e6
    maildir = folder / "maildir"
    peers = _peers(folder, maildir, box)
    if any(name in peers for name in PEERS):
        _write_maildir(box, maildir)
    seconds: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for jobs in (1, 2):
            seconds.setdefault(ONE if jobs == 1 else f"pamit, {jobs} processes", []).append(
                _timed(lambda j=jobs: _pamit(box, folder, j))
            )
        for name, run in peers.items():
            seconds.setdefault(name, []).append(_timed(run))
    rates = {name: size / statistics.median(all_) for name, all_ in seconds.items()}
    return Comparison(size, rates, _proofs(box, folder, places))


def _proofs(box: Path, folder: Path, places: list[int]) -> list[str]:
    """That nothing is lost, that a killed scan goes on to the same result, and how much memory it takes."""
    whole = _pamit(box, folder, 1)
    found = [one["offset"] for one in whole["invitations"] if one["about"] == "interview"]
    recall = len(set(found) & set(places)) / max(1, len(places))
    said = [f"Invitations: {len(places)} made, {len(found)} found, recall {recall:.3f}."]
    if MEGABYTES <= THOROUGH_UP_TO:
        thorough = _pamit(box, folder, 1, "--thorough")
        said.append(f"Read in full, mail by mail, the same are found: {thorough['invitations'] == whole['invitations']}.")
    said.append(f"Killed half-way and started again, the result is the same: {_resumed(box, folder) == whole}.")
    said.append(f"Resident memory at most {_peak(box, folder)} MB.")
    return said


def _command(box: Path, jobs: int, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "pamit", "scan", str(box), "--own", OWNER, "--jobs", str(jobs), "--json",
        "--now", "2026-11-24T09:00:00+07:00", *more,
    ]  # fmt: skip


def _environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PAMIT_HOME": str(folder / "home"), "PAMIT_LANGUAGE": "en"}


def _pamit(box: Path, folder: Path, jobs: int, *more: str) -> dict[str, object]:
    done = subprocess.run(_command(box, jobs, *more), env=_environment(folder), capture_output=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def _resumed(box: Path, folder: Path) -> dict[str, object]:
    """The result of a scan that was killed once some of it was done."""
    process = subprocess.Popen(_command(box, 1), env=_environment(folder), stdout=subprocess.DEVNULL)
    scans = folder / "home" / "scans"
    while process.poll() is None:
        lines = sum(one.read_bytes().count(b"\n") for one in scans.glob("*.jsonl"))
        if lines * PART >= MEGABYTES / 2:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.01)
    process.wait()
    return _pamit(box, folder, 1)


def _peak(box: Path, folder: Path) -> int:
    """The most memory that one process had, in MB, told by a process that has no other child."""
    counted = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", counted, *_command(box, 1)], env=_environment(folder), capture_output=True, check=True
    )
    return int(done.stdout) // 1024


def _timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def _peers(folder: Path, maildir: Path, box: Path) -> dict[str, Callable[[], object]]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
    found: dict[str, Callable[[], object]] = {
        "stdlib mailbox": lambda: subprocess.run([sys.executable, "-c", STDLIB, str(box)], **quiet),  # type: ignore[call-overload]
    }

    def mu() -> None:
        home = folder / "mu"
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run(["mu", "init", "--muhome", str(home), "--maildir", str(maildir)], **quiet)  # type: ignore[call-overload]
        subprocess.run(["mu", "index", "--muhome", str(home)], **quiet)  # type: ignore[call-overload]

    def notmuch() -> None:
        shutil.rmtree(maildir / ".notmuch", ignore_errors=True)
        config = folder / "notmuch.ini"
        config.write_text(f"[database]\npath={maildir}\n[user]\nname=Rani\nprimary_email={OWNER}\n")
        subprocess.run(["notmuch", "--config", str(config), "new"], **quiet)  # type: ignore[call-overload]

    if shutil.which("mu"):
        found["mu index"] = mu
    if shutil.which("notmuch"):
        found["notmuch new"] = notmuch
    return found


def _write_maildir(box: Path, maildir: Path) -> None:
    from pamit.formats.mbox import split_mbox

    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True)
    with box.open("rb") as file:
        for number, span in enumerate(split_mbox(file.read)):
            (maildir / "cur" / f"{number}.bench:2,S").write_bytes(span.data)


if __name__ == "__main__":
    print(scan().markdown())

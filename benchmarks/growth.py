"""How the memory's answers grow with the number of cases, and a scan with the size of the mail.

The exponent is that of a line through the medians on a double logarithm.

    python benchmarks/growth.py                          both
    GROWTH_MB=10,100,1000,2000 python benchmarks/growth.py
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from mailbox_maker import OWNER, make_mbox
from store_scale import NOW, fill, invitation, shown

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import SqlStore, open_store
from pamit.domain.terms import Language
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit

SIZES = tuple(int(one) for one in os.environ.get("GROWTH_SIZES", "1000,10000").split(","))
MEGABYTES = tuple(int(one) for one in os.environ.get("GROWTH_MB", "10,100,1000").split(","))
SCANS = 3

# Seconds of the processor without those that starting takes, and the most memory of a process in kB.
_SCANNING = """
import resource, subprocess, sys
def spent(path):
    command = [sys.executable, "-m", "pamit", "scan", path, "--own", sys.argv[3], "--json"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
started = spent(sys.argv[2])
print(max(spent(sys.argv[1]) - started, 0.001), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def exponent(points: list[tuple[int, float]]) -> float:
    """The slope of the line of least squares through the logarithms: 0 is constant, 1 is linear."""
    xs, ys = [log(size) for size, _ in points], [log(value) for _, value in points]
    middle = statistics.mean(xs)
    return sum((x - middle) * y for x, y in zip(xs, ys, strict=True)) / sum((x - middle) ** 2 for x in xs)


def growth() -> str:
    """The table."""
    found: dict[str, list[tuple[int, float]]] = {}
    for size in SIZES:
        with TemporaryDirectory() as folder:
            store = open_store(f"sqlite:///{Path(folder) / 'pamit.db'}")
            assert isinstance(store, SqlStore)
            fill(store, size)
            with Pamit(store, ZipArchive(), AgeSeal()) as pamit:
                with store.reading() as view:
                    cases = list(view.cases())
                # The words of old cases are derived by some hundred a question; what is measured is a question after that.
                while pamit.search("posisi 7", Language.ID).pending:
                    continue
                for name, call in _calls(pamit, cases).items():
                    found.setdefault(name, []).append((size, _median(call)))
    heads = " | ".join(f"{size:,} cases" for size in SIZES)
    lines = ["### Growth of the memory", "", f"| what | {heads} | exponent |", "| --- |" + " ---: |" * (len(SIZES) + 1)]
    lines += [
        f"| {name} | {' | '.join(f'{value * 1000:.1f} ms' for _, value in points)} | {exponent(points):.2f} |"
        for name, points in found.items()
    ]
    return "\n".join([*lines, ""])


def mail_growth() -> str:
    """The table of scanning."""
    times: list[tuple[int, float]] = []
    peaks: list[tuple[int, float]] = []
    with TemporaryDirectory() as folder:
        tiny, box = Path(folder) / "tiny.mbox", Path(folder) / "mail.mbox"
        make_mbox(tiny, 1)
        environment = {**os.environ, "PAMIT_HOME": str(Path(folder) / "home"), "PAMIT_LANGUAGE": "en"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for size in MEGABYTES:
            make_mbox(box, size)
            found = [_scanned(box, tiny, environment) for _ in range(SCANS)]
            times.append((size, statistics.median(spent for spent, _ in found)))
            peaks.append((size, statistics.median(peak for _, peak in found)))
    heads = " | ".join(f"{size:,} MB" for size in MEGABYTES)
    return "\n".join(
        [
            "### Growth of a scan", "", f"| what | {heads} | exponent |", "| --- |" + " ---: |" * (len(MEGABYTES) + 1),
            f"| seconds of the processor | {' | '.join(f'{value:.2f}' for _, value in times)} | {exponent(times):.2f} |",
            f"| MB of memory at most | {' | '.join(f'{value / 1024:.0f}' for _, value in peaks)} | {exponent(peaks):.2f} |", "",
        ]
    )  # fmt: skip


def _scanned(box: Path, tiny: Path, environment: dict[str, str]) -> tuple[float, int]:
    command = [sys.executable, "-c", _SCANNING, str(box), str(tiny), OWNER]
    spent, peak = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout.split()
    return float(spent), int(peak)


def _calls(pamit: Pamit, cases: list[str]) -> dict[str, Callable[[int], object]]:
    chance = random.Random(2)
    return {
        "today, first 50": lambda _: pamit.today(NOW, 50),
        "show one case": lambda _: shown(pamit, chance.choice(cases)),
        "add a case": lambda run: pamit.add(invitation(run), source_of(b"%d" % run), NOW),
        "note": lambda _: pamit.note(chance.choice(cases), NOW, words="x"),
        "search": lambda _: pamit.search("posisi 7", Language.ID),
    }


def _median(call: Callable[[int], object]) -> float:
    times = []
    for run in range(21):
        begun = time.perf_counter()
        call(run)
        times.append(time.perf_counter() - begun)
    return statistics.median(times[1:])


if __name__ == "__main__":
    print(growth())
    print(mail_growth())

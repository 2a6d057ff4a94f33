"""The app and the worker under load for as long as wanted, while everything around them breaks; then all is counted.

    python tools/soak.py --minutes 30
    python tools/soak.py --minutes 0.6 --seed 7

It starts two apps and two workers on one memory, Dovecot and OpenSMTPD on loopback, and what people and programs do: pages,
cases, notes, drafts, messages approved in the app and by commands, invitations by mail. By a timeline made from the seed one
app and one worker are killed with SIGKILL, the mail servers go away and come back, and the disk is full. The other app and
the other worker live through all of it: their memory and open files are measured. From half-time on no new case begins, so
that what grows with the cases is not taken for a leak: the same invitations come again, and must change nothing.

In the end, what waits is carried out, and the account made: every case and note that was acknowledged is there, once; every
message that was approved lies at its recipient's, handed over once; every invitation that came by mail is one case; every
reminder that is marked was told; no process ended by itself; the logs hold nothing unexplained and no words of a message;
memory and open files are flat. A table goes to standard output; the exit status is 1 where anything of it does not hold, 69
where the servers are not installed. Linux, as root (OpenSMTPD runs as no other).
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from soaking.faults import Faults, timeline  # noqa: E402
from soaking.load import Ledger, Load  # noqa: E402
from soaking.measuring import Sampler  # noqa: E402
from soaking.reckoning import Reckoning, reckon  # noqa: E402
from soaking.world import World, make_world, wait_for_app, with_own_mounts  # noqa: E402

FLAT = 0.3
"""MiB a minute by which memory may grow over the second half: what a longer history of cases takes, and noise."""
LEAST_TO_JUDGE = 10.0
"""Minutes below which growth is told and not judged: everything is still being used for the first time."""
MORE_FILES = 4


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description="The app and the worker under load while everything around them breaks.")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    absent = _absent()
    if absent:
        print(f"Not here: {', '.join(absent)}.", file=sys.stderr)
        return 69
    with_own_mounts([sys.executable, *sys.argv])
    begun = time.monotonic()
    with make_world() as world:
        os.environ.update({name: value for name, value in world.env.items() if name.startswith("PAMIT_")})
        ledger, faults, sampler = _run(world, wanted.seed, wanted.minutes * 60)
        found = _stopped(world)
        done = reckon(world, ledger, faults.kills + found)
        done.wrong += [f"{found} worker did not heed SIGTERM within 90 seconds"] if found else []
        _judge_measures(world, sampler, wanted.minutes, done)
        print(_report(world, ledger, faults, done, wanted.seed, wanted.minutes, time.monotonic() - begun))
    return 1 if done.wrong else 0


def _absent() -> list[str]:
    """What it needs and is not here."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    found = [name for name in ("dovecot", "smtpd") if shutil.which(name, path=path) is None]
    if not sys.platform.startswith("linux"):
        found.append("Linux")
    elif os.getuid() != 0:
        found.append("root")
    return found


def _run(world: World, seed: int, seconds: float) -> tuple[Ledger, Faults, Sampler]:
    """The load and the faults, for so long."""
    for one in world.processes:
        one.start()
    for app in world.apps:
        wait_for_app(app)
    load = Load(world, seed, pace=1.0 if seconds >= 600 else 2.0 if seconds >= 120 else 5.0)
    faults = Faults(world, load, seed)
    sampler = Sampler(world.processes, every=min(max(seconds / 400, 0.5), 5.0))
    sampler.start()
    load.start()
    half = threading.Timer(seconds / 2, load.grown.set)
    half.daemon = True
    half.start()
    begun = time.monotonic()
    for fault in timeline(seed, seconds):
        _watch(world, begun + fault.at)
        faults.begin(fault)
    _watch(world, begun + seconds)
    faults.end()
    load.stop()
    sampler.stop()
    return load.ledger, faults, sampler


def _watch(world: World, until: float) -> None:
    """Wait; what ends by itself is noted, and started anew so that the rest is tried."""
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 0.5))
        for one in world.processes:
            before = len(one.broken)
            one.look()
            if len(one.broken) > before:
                one.start()


def _stopped(world: World) -> int:
    """Stop everything as a system does; how many workers did not heed it."""
    for app in world.apps:
        app.stop()
    return sum(1 for one in world.workers if one.stop() is None)


def _judge_measures(world: World, sampler: Sampler, minutes: float, done: Reckoning) -> None:
    for process in world.processes:
        samples = sampler.samples[process.name]
        if not samples.at:
            done.wrong.append(f"{process.name} was never measured")
            continue
        growth, files = samples.growth(), samples.more_files()
        half = samples.half()
        memory = f"{samples.memory[half]:.0f} → {samples.memory[-1]:.0f} MiB, most {max(samples.memory):.0f}"
        children = f", reading child at most {max(samples.children):.0f} MiB" if max(samples.children) else ""
        if process not in world.steady:
            done.figures[f"{process.name}: memory at most over {process.lives} lives"] = (
                f"{max(samples.memory):.0f} MiB{children}"
            )
            continue
        done.figures[f"{process.name}: memory over the second half"] = f"{growth:+.2f} MiB/min ({memory}{children})"
        done.figures[f"{process.name}: open files"] = f"{samples.files[half]} → {samples.files[-1]}, most {max(samples.files)}"
        if minutes < LEAST_TO_JUDGE:
            continue
        if growth > FLAT:
            done.wrong.append(f"the memory of {process.name} grows by {growth:.2f} MiB a minute (at most {FLAT})")
        if files > MORE_FILES:
            done.wrong.append(f"{process.name} has {files} more files open than in the first half")


def _report(world: World, ledger: Ledger, faults: Faults, done: Reckoning, seed: int, minutes: float, seconds: float) -> str:
    pages = sorted(ledger.pages)
    load = {
        "run": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {minutes:g} min ({seconds / 60:.1f} with the reckoning), seed {seed}",
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "disk full by": world.disk.name,
        "faults": ", ".join(f"{kind} {count}" for kind, count in sorted(faults.happened.items())),
        "SIGKILLs of workers / of apps": f"{faults.kills} / {world.apps[1].lives - 1}",
        "load": ", ".join(f"{name} {count}" for name, count in sorted(ledger.done.items())),
        "refused or cut off, as the faults have it": ", ".join(f"{what} {count}" for what, count in ledger.told.most_common(12))
        or "nothing",
        "a page, with everything breaking": (
            f"median {pages[len(pages) // 2] * 1000:.0f} ms, 95 of 100 within {pages[int(len(pages) * 0.95)] * 1000:.0f} ms"
            if pages
            else "none"
        ),
    }
    rows = [f"| {name} | {value} |" for name, value in {**load, **done.figures}.items()]
    verdict = [f"- {one}" for one in done.wrong] or ["Nothing lost, nothing twice."]
    return "\n".join(
        ["# Soak", "", "| what | found |", "| --- | --- |", *rows, "", "## What does not hold" if done.wrong else "", *verdict]
    )


if __name__ == "__main__":
    sys.exit(main())

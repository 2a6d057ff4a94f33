"""Memory and open files of the processes, sampled while they run (Linux)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from soaking.world import Process

__all__ = ["Sampler", "Samples", "slope"]


@dataclass
class Samples:
    """Of one process: seconds from the beginning, MiB of memory, of its children's, and open files."""

    at: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    children: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def half(self) -> int:
        """Where the second half begins."""
        return next((n for n, at in enumerate(self.at) if at >= self.at[-1] / 2), 0)

    def growth(self) -> float:
        """MiB a minute over the second half."""
        begin = self.half()
        return slope([at / 60 for at in self.at[begin:]], self.memory[begin:])

    def more_files(self) -> int:
        """How many more files are open in the last quarter than in the second, by their medians."""
        quarter = len(self.files) // 4
        return int(median(self.files[-quarter:]) - median(self.files[quarter : 2 * quarter])) if quarter else 0


def slope(across: Sequence[float], up: Sequence[float]) -> float:
    """By least squares."""
    if len(across) < 2:
        return 0.0
    middle, height = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle) ** 2 for x in across)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / spread if spread else 0.0


class Sampler(threading.Thread):
    """Looks at some processes every few seconds."""

    def __init__(self, processes: Sequence[Process], every: float) -> None:
        super().__init__(daemon=True)
        self.samples = {one.name: Samples() for one in processes}
        self._processes = processes
        self._every = every
        self._stop_asked = threading.Event()
        self._begun = time.monotonic()

    def stop(self) -> None:
        """Look no more."""
        self._stop_asked.set()
        self.join()

    def run(self) -> None:
        """Until it is told to stop."""
        while not self._stop_asked.wait(self._every):
            for one in self._processes:
                if (pid := one.pid) is not None:
                    with suppress(OSError, ValueError):
                        self._look(self.samples[one.name], pid)

    def _look(self, samples: Samples, pid: int) -> None:
        memory, files = _memory(pid), len(os.listdir(f"/proc/{pid}/fd"))
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        samples.at.append(time.monotonic() - self._begun)
        samples.memory.append(memory)
        samples.children.append(sum(_memory(int(one)) for one in children))
        samples.files.append(files)


def _memory(pid: int) -> float:
    with suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0

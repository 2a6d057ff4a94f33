"""What a process that reads for strangers may use: memory for good, time of the processor anew for each message.

Where the system cannot hold one of them (Windows holds neither, macOS no memory) it is not held.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["MEMORY", "PROCESSOR", "allow_processor", "held_memory", "hold_memory"]

MEMORY: Final = 512 * 2**20
"""Bytes of address space (protocols.md §5)."""
PROCESSOR: Final = 5
"""Seconds of the processor for one message."""


def hold_memory(memory: int) -> None:
    """Limit the memory of this process from now on; it writes no files and leaves no picture of its memory either."""
    try:
        import resource
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def held_memory() -> int:
    """The address space of this process as it is, in bytes; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def allow_processor(seconds: int) -> None:
    """So much of the processor from now on, whatever this process took before; beyond it the system ends it."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, most))

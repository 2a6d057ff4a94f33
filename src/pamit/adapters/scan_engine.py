"""Working through the parts of an archive, in this process or in several."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from pamit.services.scan_ports import Archive, RawMail, Tally

__all__ = ["ProcessEngine"]

Work = Callable[[Iterable[RawMail]], Tally]


class ProcessEngine:
    """See :class:`pamit.services.scan_ports.ScanEngine`.

    Args:
        jobs: how many processes work; with one, this very process does.
        opens: gives the mails of a part in another process; a function of a module.
    """

    def __init__(self, jobs: int, opens: Callable[[Any], Iterator[RawMail]]) -> None:
        self.jobs = jobs
        self.opens = opens

    def run(self, archive: Archive, done: Collection[str], work: Work) -> Iterator[tuple[str, Tally]]:
        """What each part holds, in order."""
        if self.jobs == 1:
            for chunk in archive.chunks(done):
                yield chunk.key, work(archive.mails(chunk))
            return
        waiting: deque[tuple[str, Future[Tally]]] = deque()
        chunks = archive.chunks(done)
        pool = ProcessPoolExecutor(self.jobs, initializer=_begin)
        try:
            while True:
                # A bounded window keeps memory constant however large the archive is.
                while len(waiting) < self.jobs * 2 and (chunk := next(chunks, None)) is not None:
                    waiting.append((chunk.key, pool.submit(_worked, work, self.opens, chunk)))
                if not waiting:
                    return
                key, future = waiting.popleft()
                yield key, future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Ctrl-C is for the process that gives out the work; the others end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _worked(work: Work, opens: Callable[[Any], Iterator[RawMail]], chunk: Any) -> Tally:
    return work(opens(chunk))

"""Working through the parts of an archive, in processes that may use so much and no more, or in this one.

A mail that takes more memory or time than it may, or that a mistake of ours stumbles over, is counted as unreadable and the
others of its part are looked through: first all at once, and where that fails, mail by mail.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import parent_process
from typing import Any, Final

from pamit.adapters.bounds import MEMORY, PROCESSOR, allow_processor, held_memory, hold_memory
from pamit.services.scan_ports import Archive, RawMail, Tally

__all__ = ["HereEngine", "ProcessEngine"]

Work = Callable[[Iterable[RawMail]], Tally]
Opens = Callable[[Any], Iterator[RawMail]]
Key = str | None

_AT_ONCE: Final = 64
"""Mails that share one allowance of time; to give each its own would cost more than a glance at it."""
_BATCH: Final = 8 * 2**20
"""Bytes of mails that are handed over at once."""
_GRACE: Final = 1
"""A second that a mail out of time has to stop by itself, before its process is ended."""


class HereEngine:
    """See :class:`pamit.services.scan_ports.ScanEngine`: works in this very process, where there can be no other."""

    def run(self, archive: Archive, done: Collection[str], work: Work) -> Iterator[tuple[str, Tally]]:
        """What each part holds, in order."""
        for chunk in archive.chunks(done):
            yield chunk.key, work(archive.mails(chunk))


class ProcessEngine:
    """See :class:`pamit.services.scan_ports.ScanEngine`.

    Args:
        jobs: how many processes work.
        opens: gives the mails of a part in another process; a function of a module. None where only this process can get
            at them: it hands them over.
        memory, processor: the limits of a process and of a mail, for tests of them.
    """

    def __init__(self, jobs: int, opens: Opens | None, *, memory: int = MEMORY, processor: int = PROCESSOR) -> None:
        self.jobs = jobs
        self.opens = opens
        self._limits = (memory, processor)

    def run(self, archive: Archive, done: Collection[str], work: Work) -> Iterator[tuple[str, Tally]]:
        """What each part holds, in order."""
        chunks = archive.chunks(done)
        if self.opens is None:
            return _joined(self._looked(work, iter, _batches(archive, chunks)))
        return _joined(self._looked(work, self.opens, ((chunk.key, chunk) for chunk in chunks)))

    def _looked(self, work: Work, opens: Opens, parts: Iterator[tuple[Key, Any]]) -> Iterator[tuple[Key, Tally]]:
        waiting: deque[tuple[Key, Any, Future[Tally]]] = deque()
        pool = self._pool(self.jobs)
        try:
            while True:
                # A bounded window keeps memory constant however large the archive is.
                while len(waiting) < self.jobs * 2 and (part := next(parts, None)) is not None:
                    waiting.append((*part, _given(pool, work, opens, part[1])))
                if not waiting:
                    return
                key, chunk, future = waiting.popleft()
                try:
                    tally = future.result()
                except BrokenProcessPool:
                    # Any of the parts in work may have ended a process: this one is looked at apart, the others come again.
                    pool.shutdown(wait=True, cancel_futures=True)
                    tally = self._apart(work, opens, chunk)
                    pool = self._pool(self.jobs)
                    waiting = deque((name, other, _given(pool, work, opens, other)) for name, other, _ in waiting)
                yield key, tally
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, initializer=_begin, initargs=self._limits)

    def _apart(self, work: Work, opens: Opens, chunk: Any) -> Tally:
        """A part in a process of its own, unless it was in one before; where even that ends, each of its mails."""
        if self.jobs > 1:
            with self._pool(1) as pool:
                try:
                    return pool.submit(_worked, work, opens, chunk).result()
                except BrokenProcessPool:
                    pass
        found: list[Tally] = []
        pool = self._pool(1)
        try:
            for raw in opens(chunk):
                try:
                    found.append(pool.submit(_tried, work, raw).result())
                except BrokenProcessPool:
                    found.append(_unreadable(raw))
                    pool.shutdown(wait=True)
                    pool = self._pool(1)
        finally:
            pool.shutdown(wait=True)
        return _summed(found)


def _given(pool: ProcessPoolExecutor, work: Work, opens: Opens, chunk: Any) -> Future[Tally]:
    try:
        return pool.submit(_worked, work, opens, chunk)
    except BrokenProcessPool as error:  # it is given out just after a process ended
        broken: Future[Tally] = Future()
        broken.set_exception(error)
        return broken


def _batches(archive: Archive, chunks: Iterator[Any]) -> Iterator[tuple[Key, list[RawMail]]]:
    """The mails of the parts, a few at a time; the last ones of a part bear its name."""
    for chunk in chunks:
        batch: list[RawMail] = []
        size = 0
        for raw in archive.mails(chunk):
            if batch and (len(batch) == _AT_ONCE or size + len(raw.data) > _BATCH):
                yield None, batch
                batch, size = [], 0
            batch.append(raw)
            size += len(raw.data)
        yield chunk.key, batch


def _joined(looked: Iterator[tuple[Key, Tally]]) -> Iterator[tuple[str, Tally]]:
    """What each part holds, of what its batches do: a part counts as done once all of it is."""
    gathered: list[Tally] = []
    for key, tally in looked:
        gathered.append(tally)
        if key is not None:
            yield key, _summed(gathered)
            gathered = []


# -- within the process -----------------------------------------------------------------------------------------------


class _OutOfTime(BaseException):
    """A mail took more of the processor than it may. No reader catches this one by mistake."""


_allowance = PROCESSOR


def _begin(memory: int, processor: int) -> None:
    """Ctrl-C is for the process that gives out the work; the others end with it."""
    global _allowance
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # It may be the copy of a large process: what that held is not the mails'.
    hold_memory(held_memory() + memory)
    _allowance = processor
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, _run_out)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process that waits for work would stay for ever where the one that gives it out was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run_out(*_: object) -> None:
    raise _OutOfTime


def _allow() -> None:
    """The time of one mail, or of a few that are quick as a rule."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, _allowance)
    allow_processor(_allowance + _GRACE)


def _stop() -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)


def _worked(work: Work, opens: Opens, chunk: Any) -> Tally:
    """The whole part at once, as all but hostile ones can be; else mail by mail."""
    try:
        return work(_watched(opens(chunk)))
    except (Exception, _OutOfTime):
        return _summed(_tried(work, raw) for raw in opens(chunk))
    finally:
        _stop()


def _watched(mails: Iterator[RawMail]) -> Iterator[RawMail]:
    for number, raw in enumerate(mails):
        if not number % _AT_ONCE:
            _allow()
        yield raw


def _tried(work: Work, raw: RawMail) -> Tally:
    try:
        _allow()
        return work([raw])
    except (Exception, _OutOfTime):  # memory, time, or a mistake of ours: the others are not to suffer for it
        return _unreadable(raw)
    finally:
        _stop()


def _unreadable(raw: RawMail) -> Tally:
    return Tally(raw.place.length, looked=1, unreadable=1)


def _summed(tallies: Iterable[Tally]) -> Tally:
    parts = list(tallies)
    return Tally(
        sum(one.size for one in parts),
        sum(one.looked for one in parts),
        sum(one.skipped for one in parts),
        sum(one.unreadable for one in parts),
        sum(one.read for one in parts),
        tuple(chain.from_iterable(one.found for one in parts)),
        tuple(chain.from_iterable(one.own for one in parts)),
    )

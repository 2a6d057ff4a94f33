"""One person's worker: a loop in one process. Everything it does is derived from the store, so it may end at any moment."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from types import FrameType

from pamit.errors import ErrorKind, PamitError

__all__ = ["LoopEngine", "here", "worker_name"]

_LONGEST_SLEEP = timedelta(seconds=60)
"""What other processes write is seen after this long at the latest; so is a machine that was woken, or a changed clock."""

_AFTER_FAILURE = timedelta(seconds=10)


def worker_name() -> str:
    """A name for this process, kept with what it claims."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def here() -> tzinfo:
    """The zone in which this machine is now; asked anew each time, for people travel."""
    import tzlocal

    try:
        return tzlocal.reload_localzone()
    except Exception:  # a machine without a readable zone still has an offset
        return datetime.now().astimezone().tzinfo or UTC


class LoopEngine:
    """Does work, sleeps until there is more, and stops between two rounds when the system asks it to.

    Args:
        on_trouble: told of a store that is busy or away; the work is tried again a little later.
    """

    def __init__(self, on_trouble: Callable[[PamitError], None], clock: Callable[[], datetime] | None = None) -> None:
        self.on_trouble = on_trouble
        self.clock = clock or _now
        self._stop = threading.Event()

    def stop(self) -> None:
        """Have it end after the round at hand."""
        self._stop.set()

    def run(self, work: Callable[[datetime], datetime | None]) -> None:
        """Work until SIGTERM, SIGINT or :meth:`stop`."""
        with _heeding(self._stop):
            while not self._stop.is_set():
                now = self.clock()
                try:
                    wake = work(now)
                except PamitError as error:
                    if error.kind not in (ErrorKind.UNAVAILABLE, ErrorKind.CONFLICT):
                        raise
                    self.on_trouble(error)
                    wake = now + _AFTER_FAILURE
                self._stop.wait(self._seconds_until(wake))

    def _seconds_until(self, wake: datetime | None) -> float:
        longest = _LONGEST_SLEEP.total_seconds()
        if wake is None:
            return longest
        return min(max((wake - self.clock()).total_seconds(), 0.0), longest)


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _heeding(stop: threading.Event) -> Iterator[None]:
    """Turn the signals that ask a process to end into a wish that the loop heeds; only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def asked(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    wanted = [signal.SIGINT, signal.SIGTERM]
    former = [signal.signal(one, asked) for one in wanted]
    try:
        yield
    finally:
        for one, handler in zip(wanted, former, strict=True):
            signal.signal(one, handler)

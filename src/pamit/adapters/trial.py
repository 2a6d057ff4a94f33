"""A child process in which messages are tried out; see :mod:`pamit.services.trial` and docs/decisions/0010-trial.md.

One child serves one message after another, for starting it takes longer than most messages. It may use 512 MiB of memory
and, for each message, 5 seconds of the processor and 10 of the clock; it writes no files. Where the system cannot hold memory
or processor (Windows has no such limits, macOS does not hold that of memory) the clock alone ends it.

Run as ``python -m pamit.adapters.trial`` this module is the child.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime
from typing import IO, BinaryIO, Final

from pamit.adapters.bounds import MEMORY, PROCESSOR, allow_processor, hold_memory
from pamit.errors import ErrorKind, PamitError
from pamit.services.trial import read_whole, unreadable

__all__ = ["ChildTrial"]

CLOCK: Final = 10.0
"""Seconds of the clock for one message."""
_MOST: Final = 500
"""Messages that one child reads; then a fresh one begins, whatever has gathered in the old."""

_HEAD: Final = struct.Struct(">II")
_PASSED, _MEMORY, _FAULT = b"p", b"m", b"f"
_OUT_OF_TIME: Final = getattr(signal, "SIGXCPU", 0)
_REASONS: Final = {_MEMORY: "memory", _FAULT: "fault"}


class ChildTrial:
    """See :class:`pamit.services.trial.Trial`. Several threads may use one; they wait for each other.

    Args:
        memory, processor, clock: the limits, for tests of them.
    """

    def __init__(self, *, memory: int = MEMORY, processor: int = PROCESSOR, clock: float = CLOCK) -> None:
        self._limits = (memory, processor)
        self._clock = clock
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._turn = threading.Lock()

    def attempt(self, data: bytes, name: str | None, now: datetime) -> None:
        """Try a message out.

        Raises:
            PamitError: REFUSED ``could-not-be-read``; UNAVAILABLE ``reader-unavailable`` where no child can be started.
        """
        head = json.dumps({"name": name, "now": now.isoformat()}).encode()
        with self._turn:
            reason = self._asked(_HEAD.pack(len(head), len(data)) + head, data)
            if reason == "ended":  # by somebody else, perhaps: a message is not blamed for that at once
                reason = self._asked(_HEAD.pack(len(head), len(data)) + head, data)
        if reason is not None:
            raise unreadable(reason)

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _asked(self, head: bytes, data: bytes) -> str | None:
        """Why the message failed, None where it passed."""
        child = self._ready()
        assert child.stdin is not None
        assert child.stdout is not None
        # A reader that never takes what is written to it must not hold its writer: the clock runs from the first byte.
        timer = threading.Timer(self._clock, child.kill)
        begun = time.monotonic()
        timer.start()
        try:
            child.stdin.write(head)
            child.stdin.write(data)
            child.stdin.flush()
            answer = child.stdout.read(1)
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        self._served += 1
        if answer == _PASSED:
            return None
        late = time.monotonic() - begun >= self._clock
        code = self._end()
        if answer in _REASONS:
            return _REASONS[answer]
        return "time" if late or code == -_OUT_OF_TIME else "ended"

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._served >= _MOST or self._child.poll() is not None):
            self._end()
        if self._child is None:
            memory, processor = self._limits
            try:
                # A session of its own: a key pressed for the parent is not meant for it. -P: nothing here is imported.
                self._child = subprocess.Popen(
                    [sys.executable, "-P", "-m", "pamit.adapters.trial", str(memory), str(processor)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                raise PamitError(
                    ErrorKind.UNAVAILABLE, "reader-unavailable", "No process to read with can be started."
                ) from error
            self._served = 0
        return self._child

    def _end(self) -> int:
        child, self._child = self._child, None
        if child is None:
            return 0
        with suppress(OSError):
            child.kill()
        code = child.wait()
        for pipe in (child.stdin, child.stdout):
            _shut(pipe)
        return code


def _shut(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with suppress(OSError):
            pipe.close()


# -- within the child -------------------------------------------------------------------------------------------------


def _serve(wanted: BinaryIO, told: BinaryIO, memory: int, processor: int) -> None:
    """Read one message after another until there are no more, or one takes the memory."""
    hold_memory(memory)
    while len(lengths := wanted.read(_HEAD.size)) == _HEAD.size:
        head, size = _HEAD.unpack(lengths)
        asked = json.loads(wanted.read(head))
        data = wanted.read(size)
        allow_processor(processor)
        answer = _tried(data, asked["name"], datetime.fromisoformat(asked["now"]))
        told.write(answer)
        told.flush()
        if answer == _MEMORY:
            return


def _tried(data: bytes, name: str | None, now: datetime) -> bytes:
    try:
        read_whole(data, name, now)
    except MemoryError:
        return _MEMORY
    except Exception:  # a mistake of ours: the message is kept unread, and the others are read
        return _FAULT
    return _PASSED


if __name__ == "__main__":
    _serve(sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb"), int(sys.argv[1]), int(sys.argv[2]))

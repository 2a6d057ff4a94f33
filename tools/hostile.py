"""Lets every message of the hostile set be read by a process of its own, and tells what each took.

    python tools/hostile.py           a table
    python tools/hostile.py --json    the same for programs

Each process may take 512 MiB of address space and 60 seconds of the processor; what it did is *read*, *refused* (a named error
with both languages' words) or how it ended. The set is made by tests/hostile/bombs.py. Linux and macOS.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 512 * 2**20
PROCESSOR = 60
NOW = datetime.fromisoformat("2026-11-24T09:00:00+07:00")


@dataclass(frozen=True)
class Ended:
    """How a message ended, and what it took: seconds of the processor, and MiB at the most."""

    name: str
    how: str
    seconds: float
    mebibytes: float


def bombs() -> dict[str, object]:
    """The hostile set."""
    found = importlib.util.spec_from_file_location("bombs", ROOT / "tests" / "hostile" / "bombs.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return dict(module.BOMBS)


def read(name: str, data: bytes) -> str:
    """All that Pamit does with such a file; what became of it."""
    from pamit.errors import PamitError
    from pamit.services.trial import read_whole

    try:
        if name.endswith(".zip"):
            _open_archive(data)
        else:
            read_whole(data, name, NOW)
            _look_at(name, data)
    except PamitError as error:
        return f"refused: {error.code}"
    return "read"


def _look_at(name: str, data: bytes) -> None:
    from pamit.services.intake import read_source

    read_source(data, name=name, now=NOW)


def _open_archive(data: bytes) -> None:
    """As an archive of Pamit's own, and as an archive of mails."""
    from pamit.adapters.archive import ZipArchive
    from pamit.adapters.mail_files import MailFiles, mails_of
    from pamit.errors import PamitError

    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        try:
            for _ in ZipArchive().read(file):  # type: ignore[arg-type]
                pass
        except PamitError:
            pass  # none of these is one; the other reading is what tells
        for chunk in MailFiles(Path(file.name)).chunks(()):
            for _ in mails_of(chunk):
                pass


def measured() -> Iterator[Ended]:
    """Each message in a child that holds all of Pamit already."""
    _warm_up()
    for title, (name, make) in bombs().items():  # type: ignore[misc]
        mine, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(mine)
            _held(name, make, theirs)
        os.close(theirs)
        with os.fdopen(mine, "rb") as told:
            said = told.read().decode()
        _, status, used = os.wait4(child, 0)
        how, _, begun = said.partition("\n")
        if os.WIFSIGNALED(status):
            how = f"ended by signal {os.WTERMSIG(status)}"
        seconds = used.ru_utime + used.ru_stime - float(begun or 0)
        yield Ended(title, how or "ended", round(max(seconds, 0.0), 2), round(used.ru_maxrss / 1024, 1))


def _held(name: str, make: object, theirs: int) -> None:
    """Within the child: make the message, take the limits, read, tell, end."""
    data = make()  # type: ignore[operator]
    begun = time.process_time()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    try:
        how = read(name, data)
    except MemoryError:
        how = "out of memory"
    except BaseException as error:
        how = f"broke: {type(error).__name__}"
    os.write(theirs, f"{how}\n{begun}".encode())
    os._exit(0)


def _warm_up() -> None:
    read("x.eml", b"From: a@b.example\n\nWawancara besok")
    read("x.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261126T020000Z\nEND:VEVENT\nEND:VCALENDAR\n")
    read("x.txt", b"Wawancara besok")


def main(arguments: Sequence[str]) -> int:
    """Print what each took; 1 where one was neither read nor refused."""
    found = list(measured())
    if "--json" in arguments:
        print(json.dumps([asdict(one) for one in found]))
    else:
        for one in found:
            print(f"{one.seconds:7.2f} s {one.mebibytes:7.1f} MiB  {one.name}: {one.how}")
        print(f"{len(found)} messages; the longest {max(one.seconds for one in found)} s, the largest {max(one.mebibytes for one in found)} MiB")
    return 1 if any(one.how != "read" and not one.how.startswith("refused") for one in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What a scan that was cut off goes on from: a file in Pamit's home, a line for each part that was looked through."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from pamit.errors import ErrorKind, PamitError
from pamit.services.scan_ports import Tally

__all__ = ["FOLDER", "FileJournal", "forget_scans", "journal_name"]

FOLDER: Final = "scans"
"""The folder within Pamit's home."""

_FORM: Final = "2"
"""Raised whenever what is found or how it is kept changes: older journals then begin anew."""


class _Line(msgspec.Struct):
    key: str
    tally: Tally


_decode = msgspec.json.Decoder(_Line).decode
_encode = msgspec.json.Encoder().encode


def journal_name(identity: str, own: Iterable[str], *, thorough: bool) -> str:
    """The name of a journal: another archive, other addresses, another way of looking, another journal."""
    told = "\0".join((_FORM, identity, str(thorough), *sorted(own)))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def forget_scans(home: Path) -> None:
    """Forget every scan that was cut off."""
    for path in (home / FOLDER).glob("*.jsonl"):
        path.unlink(missing_ok=True)


class FileJournal:
    """See :class:`pamit.services.scan_ports.Journal`.

    Args:
        home: Pamit's folder.
        name: of :func:`journal_name`.
    """

    def __init__(self, home: Path, name: str) -> None:
        self.path = home / FOLDER / f"{name}.jsonl"

    def load(self) -> Mapping[str, Tally]:
        """What was done; a last line that was cut off is left out, and cut off."""
        found: dict[str, Tally] = {}
        try:
            with self.path.open("rb") as file:
                whole = 0
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    kept = _decode(line)
                    found[kept.key] = kept.tally
                    whole += len(line)
            os.truncate(self.path, whole)
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError):
            self.drop()
            return {}
        return found

    def put(self, key: str, tally: Tally) -> None:
        """Keep what a part held.

        Raises:
            PamitError: MISSING ``cannot-write``.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(handle, _encode(_Line(key, tally)) + b"\n")
            finally:
                os.close(handle)
        except OSError as error:
            reason = error.strerror or str(error)
            raise PamitError(
                ErrorKind.MISSING, "cannot-write", f"{self.path} cannot be written.", file=str(self.path), reason=reason
            ) from error

    def drop(self) -> None:
        """Forget it all."""
        self.path.unlink(missing_ok=True)

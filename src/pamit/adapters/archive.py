"""Archives: a zip with one JSON file for each case, every message byte for byte, and a calendar.

    pamit.json            {"format": "pamit-archive", "version": 1, "cases": …}
    cases/<id>.json       {"id", "uid", "log": [entries], "sources": [references]}
    sources/<sha256>      the messages
    interviews.ics        the interviews with a date

Reading trusts nothing: names have exactly these forms (so nothing can point elsewhere), sizes and the ratio of compression are
limited, and bytes must give their digest.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from pamit.adapters.records import decode_entry, decode_refs, entry_record, ref_record
from pamit.domain.log import Dossier
from pamit.errors import ErrorKind, PamitError
from pamit.services.ports import Bundle, Source, SourceRef

__all__ = ["MAX_MEMBER", "MAX_RATIO", "MAX_TOTAL", "ZipArchive"]

FORMAT, VERSION = "pamit-archive", 1
MAX_RATIO = 100
"""How much smaller than its content a member may be; more is the mark of a bomb."""
MAX_MEMBER = 64 * 2**20
MAX_TOTAL = 16 * 2**30
MAX_MEMBERS = 5_000_000

_MANIFEST, _CALENDAR = "pamit.json", "interviews.ics"
_CASE_NAME = re.compile(r"cases/[a-z0-9]{5,9}\.json")
_SOURCE_NAME = re.compile(r"sources/[0-9a-f]{64}")
_UID = re.compile(r"[0-9A-Za-z-]{1,64}")
_SMALL_ENOUGH = MAX_RATIO // 2
_THEN = (1980, 1, 1, 0, 0, 0)


class ZipArchive:
    """See :class:`pamit.services.ports.Archive`."""

    def write(self, out: BinaryIO, bundles: Iterable[Bundle], calendar: bytes) -> int:
        """Write an archive."""
        count = 0
        kept: set[str] = set()
        with zipfile.ZipFile(out, "w", allowZip64=True) as file:
            for bundle in bundles:
                for source in bundle.sources:
                    if source.ref.digest not in kept:
                        kept.add(source.ref.digest)
                        _put(file, f"sources/{source.ref.digest}", source.data)
                _put(file, f"cases/{bundle.dossier.id}.json", _case_json(bundle))
                count += 1
            _put(file, _CALENDAR, calendar)
            manifest = {"format": FORMAT, "version": VERSION, "cases": count}
            _put(file, _MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=2))
        return count

    def read(self, file: BinaryIO) -> Iterator[Bundle]:
        """The cases in an archive."""
        try:
            with zipfile.ZipFile(file) as opened:
                members = _checked(opened)
                _check_manifest(opened, members)
                for name, member in members.items():
                    if name.startswith("cases/"):
                        yield _bundle(opened, member, members)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise _no_archive() from error


def _put(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _THEN)
    info.external_attr = 0o600 << 16
    # What shrinks so far that a reader would take it for a bomb is kept as it is.
    shrinks = len(data) > _SMALL_ENOUGH * max(len(zlib.compress(data)), 1)
    info.compress_type = zipfile.ZIP_STORED if shrinks else zipfile.ZIP_DEFLATED
    file.writestr(info, data)


def _case_json(bundle: Bundle) -> bytes:
    dossier = bundle.dossier
    record = {
        "id": dossier.id,
        "uid": dossier.uid,
        "log": [entry_record(entry) for entry in dossier.entries],
        "sources": [ref_record(source.ref) for source in bundle.sources],
    }
    return msgspec.json.format(msgspec.json.encode(record), indent=2)


# -- reading ----------------------------------------------------------------------------------------------------------


def _checked(file: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by name, each of a known form and size.

    Raises:
        PamitError: REFUSED ``archive-suspicious``, ``archive-too-large``.
    """
    members: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for info in file.infolist():
        name = info.filename
        known = name in (_MANIFEST, _CALENDAR) or _CASE_NAME.fullmatch(name) or _SOURCE_NAME.fullmatch(name)
        if not known or name in members:
            raise PamitError(ErrorKind.REFUSED, "archive-suspicious", "The archive holds files that do not belong there.")
        total += info.file_size
        if info.file_size > MAX_MEMBER or total > MAX_TOTAL or len(members) >= MAX_MEMBERS:
            raise PamitError(ErrorKind.REFUSED, "archive-too-large", "The archive is larger than any of Pamit's.")
        if info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise PamitError(ErrorKind.REFUSED, "archive-suspicious", "The archive is compressed far beyond what text allows.")
        members[name] = info
    return members


def _take(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # The size in the directory is a claim; no more than that is ever unpacked.
    try:
        with file.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except ValueError as error:
        # A place before the beginning of the file.
        raise _no_archive() from error
    if len(data) != info.file_size:
        raise _no_archive()
    return data


def _check_manifest(file: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> None:
    if _MANIFEST not in members:
        raise _no_archive()
    manifest = _json(_take(file, members[_MANIFEST]))
    if manifest.get("format") != FORMAT:
        raise _no_archive()
    if manifest.get("version") != VERSION:
        raise PamitError(ErrorKind.REFUSED, "archive-newer", "The archive was written by a newer Pamit.")
    if manifest.get("cases") != sum(name.startswith("cases/") for name in members):
        raise _no_archive()


def _json(data: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _no_archive() from error
    if not isinstance(found, dict):
        raise _no_archive()
    return found


def _bundle(file: zipfile.ZipFile, member: zipfile.ZipInfo, members: dict[str, zipfile.ZipInfo]) -> Bundle:
    record = _json(_take(file, member))
    case, uid, log = record.get("id"), record.get("uid"), record.get("log")
    if not isinstance(case, str) or not isinstance(uid, str) or not _UID.fullmatch(uid) or not isinstance(log, list) or not log:
        raise _no_archive()
    entries = tuple(decode_entry(msgspec.json.encode(entry)) for entry in log)
    if [entry.number for entry in entries] != list(range(1, len(entries) + 1)):
        raise _no_archive()
    refs = decode_refs(record.get("sources") or [])
    sources = tuple(Source(ref, _message(file, ref, members)) for ref in refs)
    if {entry.source for entry in entries if entry.source} - {ref.digest for ref in refs}:
        raise _no_archive()
    dossier = Dossier(case, uid, entries)
    try:
        _ = dossier.case
    except ValueError as error:
        raise PamitError(ErrorKind.INVALID, "damaged-entry", "A fact in the archive cannot have its value.") from error
    return Bundle(dossier, sources)


def _message(file: zipfile.ZipFile, ref: SourceRef, members: dict[str, zipfile.ZipInfo]) -> bytes:
    info = members.get(f"sources/{ref.digest}")
    data = _take(file, info) if info else b""
    if info is None or hashlib.sha256(data).hexdigest() != ref.digest:
        raise _no_archive()
    return data


def _no_archive() -> PamitError:
    return PamitError(ErrorKind.INVALID, "not-an-archive", "This file is no archive of Pamit's, or it is damaged.")

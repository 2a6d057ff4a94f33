"""Archives of mail on this machine: mbox files, an archive of Gmail's in a zip, Maildir, folders of .eml files.

Nothing is unpacked to disk and nothing is loaded whole. A file is worked on in parts that end at the border of a mail; where
those lie depends on the file alone, so that every run, with however many processes, sees the same parts.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import IO, Final, Literal, Protocol

from pamit.errors import ErrorKind, PamitError
from pamit.formats.mbox import LARGEST_MAIL, first_border, last_border, looks_like_mbox, split_mbox, states_lengths
from pamit.services.mail_labels import holds_own_mails, holds_unwanted
from pamit.services.scan_ports import Place, RawMail

__all__ = ["FileChunk", "MailFiles", "mails_of"]

_PART: Final = 8 * 1024 * 1024
_WINDOW: Final = 1024 * 1024
_BORDER_SEEN: Final = 128 * 1024
_OVERLAP: Final = 4 * 1024
_FILES_AT_ONCE: Final = 200
_SAMPLE: Final = 1024 * 1024
_LARGEST_PART: Final = 64 * 1024 * 1024
_MOST_MEMBERS: Final = 200_000
_MOST_FILES: Final = 5_000_000
# A mail of text shrinks to a tenth; what shrinks a hundredfold is made to exhaust whoever unpacks it (T6).
_RATIO: Final = 100
_RATIO_FROM: Final = 32 * 1024 * 1024
_MOST_UNPACKED: Final = 100 * 1024**3


class _Stream(Protocol):
    def read(self, count: int, /) -> bytes: ...


@dataclass(frozen=True)
class FileChunk:
    """A part of an archive.

    Attributes:
        source: the file's name within the archive.
        path: the file; of a member of a zip the zip.
        begin, end: bytes of an mbox.
        names: files of one mail each.
        data: bytes of an mbox that came out of a zip.
        is_own: whether only the person's own mails lie there.
    """

    key: str
    size: int
    form: Literal["mbox", "files", "bytes"]
    source: str
    path: str
    begin: int = 0
    end: int = 0
    names: tuple[str, ...] = ()
    data: bytes = b""
    is_own: bool = False


def mails_of(chunk: FileChunk) -> Iterator[RawMail]:
    """The mails of a part."""
    if chunk.form == "files":
        yield from _single_mails(chunk)
        return
    if chunk.form == "bytes":
        spans = split_mbox(BytesIO(chunk.data).read)
        for span in spans:
            yield RawMail(Place(chunk.source, chunk.begin + span.begin, span.length), span.data, chunk.is_own)
        return
    with open(chunk.path, "rb", buffering=0) as file:
        file.seek(chunk.begin)
        limited = _Limited(file, chunk.end - chunk.begin)
        for span in split_mbox(limited.read):
            yield RawMail(Place(chunk.source, chunk.begin + span.begin, span.length), span.data, chunk.is_own)


def _single_mails(chunk: FileChunk) -> Iterator[RawMail]:
    for name in chunk.names:
        path = Path(chunk.path, name)
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_MAIL)
        except OSError:
            continue  # moved by a mail program meanwhile
        yield RawMail(Place(name, 0, len(data)), data, _is_own_folder(name))


class _Joined:
    """A stream of which some was read, from its beginning."""

    def __init__(self, data: bytes, stream: IO[bytes]) -> None:
        self._data = data
        self._stream = stream

    def read(self, count: int) -> bytes:
        data, self._data = self._data[:count], self._data[count:]
        return data or self._stream.read(count)


class _Limited:
    """The next so many bytes of a file."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file = file
        self._left = left

    def read(self, count: int) -> bytes:
        data = self._file.read(min(count, self._left))
        self._left -= len(data)
        return data


@dataclass(frozen=True)
class _Mailbox:
    """An mbox, or a zip."""

    name: str
    path: str
    size: int


@dataclass
class MailFiles:
    """An archive at a path; see :class:`pamit.services.scan_ports.Archive`.

    Raises:
        PamitError: MISSING ``no-such-file``; INVALID ``no-mail-there``, ``damaged-zip``.
    """

    root: Path
    troubles: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._boxes: list[_Mailbox] = []
        self._singles: list[str] = []
        self._zips: list[_Mailbox] = []
        self._single_size = 0
        try:
            status = self.root.stat()
            if stat.S_ISDIR(status.st_mode):
                self._walk()
            else:
                self._one_file(status.st_size)
        except OSError as error:
            reason = error.strerror or str(error)
            raise PamitError(
                ErrorKind.MISSING, "no-such-file", f"{self.root} cannot be read: {reason}.", file=str(self.root), reason=reason
            ) from error
        if not (self._boxes or self._singles or self._zips):
            raise PamitError(ErrorKind.INVALID, "no-mail-there", f"There is no mail in {self.root}.", file=str(self.root))

    # -- what there is ------------------------------------------------------------------------------------------------

    def _one_file(self, size: int) -> None:
        name = self.root.name
        with self.root.open("rb") as file:
            head = file.read(_SAMPLE)
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            self._zips.append(_Mailbox(name, str(self.root), size))
        elif looks_like_mbox(head[:8192]) or (self.root.suffix.lower() == ".mbox" and first_border(head) >= 0):
            self._boxes.append(_Mailbox(name, str(self.root), size))
        elif self.root.suffix.lower() in (".eml", ".emlx"):
            self._singles, self._single_size = [name], size
            self.root = self.root.parent

    def _walk(self) -> None:
        """Everything below a folder, by name; links are not followed."""
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            here = Path(folder).relative_to(self.root)
            if holds_unwanted(here.name if here.name not in ("cur", "new") else here.parent.name):
                folders.clear()
                continue
            is_maildir = here.name in ("cur", "new")
            if here.name == "tmp" and (Path(folder).parent / "cur").is_dir():
                folders.clear()
                continue
            for name in sorted(names):
                self._file(Path(folder, name), str(here / name), is_maildir=is_maildir)

    def _file(self, path: Path, name: str, *, is_maildir: bool) -> None:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or len(self._singles) >= _MOST_FILES:
            return
        if is_maildir:
            if "T" not in path.name.rpartition(":2,")[2] or ":2," not in path.name:  # thrown away
                self._singles.append(name)
                self._single_size += status.st_size
            return
        suffix = path.suffix.lower()
        if suffix == ".eml":
            self._singles.append(name)
            self._single_size += status.st_size
        elif suffix in ("", ".mbox", ".mbx") and not holds_unwanted(path.name):
            with path.open("rb") as file:
                if looks_like_mbox(file.read(8192)):
                    self._boxes.append(_Mailbox(name, str(path), status.st_size))

    @property
    def size(self) -> int:
        """All bytes; of a zip those that it says it unpacks to."""
        return sum(box.size for box in self._boxes) + self._single_size + sum(self._unpacked(box) for box in self._zips)

    @property
    def identity(self) -> str:
        """What changes when the archive does: names, sizes, times, and the beginnings of its files."""
        told = hashlib.sha256()
        for box in (*self._boxes, *self._zips):
            status = os.stat(box.path)
            told.update(f"{box.name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "replace"))
            with open(box.path, "rb") as file:
                told.update(hashlib.sha256(file.read(65_536)).digest())
        for name in self._singles:
            status = os.stat(self.root / name)
            told.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "replace"))
        told.update(str(self.root.resolve()).encode("utf-8", "replace"))
        return told.hexdigest()

    def sample(self) -> bytes:
        """Some bytes from the beginning of the largest file, or of the first mails."""
        if self._boxes:
            with open(max(self._boxes, key=lambda box: box.size).path, "rb") as file:
                return file.read(_SAMPLE)
        if self._singles:
            return b"\n".join(raw.data[:65_536] for raw in mails_of(self._files(0, tuple(self._singles[:50]))))
        for box in self._zips:
            for chunk in self._zip_chunks(box, frozenset(), part=_SAMPLE):
                return chunk.data[:_SAMPLE]
        return b""

    # -- its parts ----------------------------------------------------------------------------------------------------

    def chunks(self, done: Collection[str]) -> Iterator[FileChunk]:
        """Its parts in order, those without that are done."""
        self.troubles.clear()
        for box in self._boxes:
            yield from (chunk for chunk in self._box_chunks(box) if chunk.key not in done)
        for begin in range(0, len(self._singles), _FILES_AT_ONCE):
            chunk = self._files(begin, tuple(self._singles[begin : begin + _FILES_AT_ONCE]))
            if chunk.key not in done:
                yield chunk
        for box in self._zips:
            yield from self._zip_chunks(box, done)

    def mails(self, chunk: FileChunk) -> Iterator[RawMail]:
        """The mails of a part."""
        return mails_of(chunk)

    def _files(self, begin: int, names: tuple[str, ...]) -> FileChunk:
        return FileChunk(f"files:{begin}", 0, "files", "", str(self.root), names=names)

    def _box_chunks(self, box: _Mailbox) -> Iterator[FileChunk]:
        begin = 0
        own = _is_own_folder(box.name)
        with open(box.path, "rb") as file:
            for end in _borders(file, box.size):
                yield FileChunk(f"{box.name}:{begin}", end - begin, "mbox", box.name, box.path, begin, end, is_own=own)
                begin = end

    def _unpacked(self, box: _Mailbox) -> int:
        try:
            with zipfile.ZipFile(box.path) as packed:
                return sum(info.file_size for info in packed.infolist()[:_MOST_MEMBERS] if _is_mail_member(info))
        except (zipfile.BadZipFile, OSError, ValueError):
            return box.size

    def _zip_chunks(self, box: _Mailbox, done: Collection[str], part: int = _PART) -> Iterator[FileChunk]:
        try:
            with zipfile.ZipFile(box.path) as packed:
                members = [info for info in packed.infolist() if _is_mail_member(info)]
                if len(packed.infolist()) > _MOST_MEMBERS:
                    raise PamitError(ErrorKind.REFUSED, "zip-suspicious", "The zip has too many members.", file=box.name)
                # Members that lie upon one another are told by their sum, before any is unpacked (T6).
                if sum(info.compress_size for info in members) > box.size:
                    raise PamitError(ErrorKind.REFUSED, "zip-suspicious", "The zip's members overlap.", file=box.name)
                unpacked = 0
                for info in members:
                    for chunk in self._member_chunks(packed, info, box, part):
                        unpacked += chunk.size
                        if unpacked > _MOST_UNPACKED:
                            raise PamitError(ErrorKind.REFUSED, "zip-suspicious", "The zip unpacks to too much.", file=box.name)
                        if chunk.key not in done:
                            yield chunk
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise PamitError(ErrorKind.INVALID, "damaged-zip", f"The zip {box.name} is damaged.", file=box.name) from error

    def _member_chunks(self, packed: zipfile.ZipFile, info: zipfile.ZipInfo, box: _Mailbox, part: int) -> Iterator[FileChunk]:
        """The parts of a member; what is damaged ends it and is told, what came before counts."""
        name = f"{box.name}/{info.filename}"
        own = _is_own_folder(info.filename)
        try:
            with _opened_member(packed, info) as stream:
                begin = 0
                for data in _parts(stream, part):
                    yield FileChunk(f"{name}:{begin}", len(data), "bytes", name, box.path, begin, data=data, is_own=own)
                    begin += len(data)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
            self.troubles.append((name, "damaged-zip"))
        except PamitError as error:
            self.troubles.append((name, error.code))

    # -- single mails -------------------------------------------------------------------------------------------------

    def fetch(self, places: Collection[Place]) -> Iterator[tuple[Place, bytes]]:
        """Mails by their places; a zip is read through once for all of its own."""
        boxes = {box.name: box.path for box in self._boxes}
        packed: set[Place] = set()
        for source, group in groupby(sorted(places), key=lambda place: place.source):
            if source in boxes:
                yield from _from_box(boxes[source], list(group))
            elif (self.root / source).is_file() and not self._zips:
                for place in group:
                    yield place, (self.root / source).read_bytes()[:LARGEST_MAIL]
            else:
                packed.update(group)
        for box in self._zips if packed else ():
            for chunk in self._zip_chunks(box, frozenset()):
                inside = [place for place in packed if place.source == chunk.source]
                if any(chunk.begin <= place.offset < chunk.begin + chunk.size for place in inside):
                    yield from ((raw.place, raw.data) for raw in mails_of(chunk) if raw.place in packed)


def _from_box(path: str, places: list[Place]) -> Iterator[tuple[Place, bytes]]:
    with open(path, "rb") as file:
        for place in places:
            file.seek(place.offset)
            span = next(split_mbox(_Limited(file, place.length).read), None)
            if span is not None:
                yield place, span.data


def _is_own_folder(name: str) -> bool:
    folder = name.replace("\\", "/")
    parts = [part for part in folder.split("/")[:-1] if part not in ("cur", "new")]
    last = folder.rpartition("/")[2]
    return holds_own_mails(last.removesuffix(".mbox")) or bool(parts and holds_own_mails(parts[-1]))


def _borders(file: IO[bytes], size: int) -> Iterator[int]:
    """Where the parts of an mbox end."""
    if states_lengths(file.read(_SAMPLE)):
        file.seek(0)
        yield from (end for end, _ in _stated_parts(file, _PART))
        return
    end = 0
    while end < size:
        end = _border_behind(file, end + _PART, size)
        yield end


def _border_behind(file: IO[bytes], at: int, size: int) -> int:
    """Where the first mail begins at or behind a place; the end of the file where none does."""
    while at < size:
        start = max(0, at - _OVERLAP)
        file.seek(start)
        window = file.read(_BORDER_SEEN + 2 * _OVERLAP)
        found = first_border(window, at - start)
        if found >= 0:
            return start + found
        at += _BORDER_SEEN
    return size


def _stated_parts(stream: _Stream, part: int) -> Iterator[tuple[int, bytes]]:
    """Parts of an mbox whose mails state their lengths: a mail may hold what looks like a border, so all are gone through.

    Yields:
        where the part ends, and its bytes.
    """
    kept = bytearray()
    end = 0
    ended = False

    def read(count: int) -> bytes:
        nonlocal ended
        if len(kept) > _LARGEST_PART:  # one mail without end: it is cut, its rest begins with no border and is passed over
            return b""
        data = stream.read(count)
        ended = not data
        kept.extend(data)
        return data

    while not ended:
        begin = end
        for span in split_mbox(read):
            cut = begin + span.begin + span.length - end
            if part <= cut < len(kept):
                end += cut
                yield end, bytes(kept[:cut])
                del kept[:cut]
        end += len(kept)
        if kept:
            yield end, bytes(kept)
        kept.clear()


def _is_mail_member(info: zipfile.ZipInfo) -> bool:
    name = info.filename.lower()
    return not info.is_dir() and name.endswith((".mbox", ".eml")) and not holds_unwanted(info.filename)


@contextmanager
def _opened_member(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    with packed.open(info) as stream:
        yield _Guarded(stream, info.compress_size)  # type: ignore[misc]


class _Guarded:
    """A member that must not unpack to far more than it is."""

    def __init__(self, stream: IO[bytes], packed: int) -> None:
        self._stream = stream
        self._most = max(_RATIO_FROM, _RATIO * packed)
        self._given = 0

    def read(self, count: int) -> bytes:
        data = self._stream.read(count)
        self._given += len(data)
        if self._given > self._most:
            raise PamitError(ErrorKind.REFUSED, "zip-suspicious", "The zip unpacks to far more than mails do.")
        return data


def _parts(stream: IO[bytes], part: int) -> Iterator[bytes]:
    """The bytes of an mbox in parts that end at the border of a mail; a single mail (.eml) as an mbox of one."""
    data = stream.read(_WINDOW)
    if not looks_like_mbox(data[:8192]) and first_border(data) < 0:
        data = b"From - Thu Jan  1 00:00:00 1970\n" + data
    elif states_lengths(data):
        yield from (whole for _, whole in _stated_parts(_Joined(data, stream), part))
        return
    while True:
        while len(data) < part and (more := stream.read(_WINDOW)):
            data += more
        if len(data) < part:
            if data:
                yield data
            return
        cut = last_border(data)
        while cut <= 0 and len(data) < _LARGEST_PART and (more := stream.read(_WINDOW)):
            data += more
            cut = last_border(data)
        if cut <= 0:  # one mail without end: it is cut, its rest begins with no border and is passed over
            cut = len(data)
        yield data[:cut]
        data = data[cut:]

"""A mailbox on a server as an archive: the server searches first, and only what it finds is fetched.

Folders are opened read-only and nothing is marked as read, as in :mod:`pamit.adapters.imap`. Of the person's own mails only
the header is fetched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from pamit.adapters.imap import ImapMailbox
from pamit.domain.account import Account
from pamit.services.mail_labels import holds_own_mails, holds_unwanted
from pamit.services.scan_ports import Place, RawMail

if TYPE_CHECKING:
    from imapclient import IMAPClient

__all__ = ["ImapArchive", "ImapChunk"]

_AT_ONCE: Final = 50
_LARGEST: Final = 25 * 1024 * 1024
_PASSED_OVER: Final = frozenset((b"\\Junk", b"\\Trash", b"\\Drafts", b"\\Noselect", b"\\NonExistent", b"\\All", b"\\Flagged"))
_SEARCHED: Final = (
    "interview", "wawancara", "undangan", "lamaran", "melamar", "pelamar", "posisi", "position", "vacancy", "lowongan",
    "recruitment", "recruiter", "recruiting", "rekrutmen", "kandidat", "candidate", "hiring", "HRD", "application", "applying",
    "applied", "resume", "CV", "portfolio", "portofolio", "karier", "karir", "career", "talent", "role", "opening", "job",
    "kerja", "magang", "internship", "invitation", "calendar", "invite.ics",
)  # fmt: skip
"""Whole words: some servers keep an index of words and know no parts of them."""

_HEADER: Final = "BODY.PEEK[HEADER.FIELDS (FROM TO CC BCC SUBJECT DATE MESSAGE-ID IN-REPLY-TO REFERENCES CONTENT-TYPE)]"


@dataclass(frozen=True)
class ImapChunk:
    """Some mails of a folder."""

    key: str
    folder: str
    uids: tuple[int, ...]
    is_own: bool
    size: int = 0


@dataclass
class ImapArchive:
    """See :class:`pamit.services.scan_ports.Archive`. One session is kept open while parts are asked for.

    Args:
        every: fetch all mails instead of letting the server search.
    """

    mailbox: ImapMailbox
    account: Account
    every: bool = False
    troubles: list[tuple[str, str]] = field(default_factory=list)
    size: int = 0

    def __post_init__(self) -> None:
        self._holder: AbstractContextManager[IMAPClient] | None = None
        self._session: IMAPClient | None = None
        self._chosen: str | None = None

    @property
    def identity(self) -> str:
        """The account; its folders' own numbers are in the names of the parts."""
        return f"imap:{self.account.address}:{self.every}"

    def sample(self) -> bytes:
        """Nothing: the account tells whose it is."""
        return b""

    def chunks(self, done: Collection[str]) -> Iterator[ImapChunk]:
        """Its parts in order, those without that are done."""
        try:
            for flags, _, name in self._opened().list_folders():
                folder = str(name)
                if not _PASSED_OVER.isdisjoint(flags) or holds_unwanted(folder):
                    continue
                is_own = b"\\Sent" in flags or holds_own_mails(folder)
                validity = self._choose(folder)
                uids = sorted(self._wanted(is_own))
                for begin in range(0, len(uids), _AT_ONCE):
                    part = tuple(uids[begin : begin + _AT_ONCE])
                    key = f"{folder}:{validity}:{part[0]}-{part[-1]}:{len(part)}"
                    if key not in done:
                        yield ImapChunk(key, folder, part, is_own)
        finally:
            self.close()

    def _wanted(self, is_own: bool) -> list[int]:
        session = self._opened()
        if is_own or self.every:
            return list(session.search(["ALL"]))
        found: set[int] = set()
        for word in _SEARCHED:
            found.update(session.search(["TEXT", word]))
        return list(found)

    def mails(self, chunk: ImapChunk) -> Iterator[RawMail]:
        """The mails of a part."""
        self._choose(chunk.folder)
        yield from (
            RawMail(Place(chunk.folder, uid, len(data)), data, chunk.is_own)
            for uid, data in self._fetched(list(chunk.uids), whole=not chunk.is_own)
        )

    def fetch(self, places: Collection[Place]) -> Iterator[tuple[Place, bytes]]:
        """Mails by their places."""
        try:
            for folder, group in groupby(sorted(places), key=lambda place: place.source):
                self._choose(folder)
                numbered = {place.offset: place for place in group}
                for uid, data in self._fetched(list(numbered), whole=True):
                    yield numbered[uid], data
        finally:
            self.close()

    def _fetched(self, uids: list[int], *, whole: bool) -> Iterator[tuple[int, bytes]]:
        session = self._opened()
        if not whole:
            for uid, answer in sorted(session.fetch(uids, [_HEADER]).items()):
                yield uid, _body(answer) + b"\r\n"
            return
        sizes: dict[int, Any] = session.fetch(uids, ["RFC822.SIZE"])
        for uid in uids:
            size = sizes.get(uid, {}).get(b"RFC822.SIZE")
            if size is None or size > _LARGEST:
                continue  # removed in between, or larger than any invitation
            data = _body(session.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}))
            if data:
                yield uid, data

    def _choose(self, folder: str) -> int:
        chosen = self._opened().select_folder(folder, readonly=True)
        return int(chosen[b"UIDVALIDITY"])

    def _opened(self) -> IMAPClient:
        if self._session is None:
            self._holder = self.mailbox.session(self.account)
            self._session = self._holder.__enter__()
        return self._session

    def close(self) -> None:
        """End the session."""
        holder, self._holder, self._session = self._holder, None, None
        if holder is not None:
            holder.__exit__(None, None, None)


def _body(answer: dict[bytes, Any]) -> bytes:
    return next((value for key, value in answer.items() if key.startswith(b"BODY[") and isinstance(value, bytes)), b"")

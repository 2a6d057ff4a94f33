"""Reading mailboxes over IMAP, and putting copies and drafts into them (protocols.md §2.5).

Folders are opened read-only and bodies fetched with BODY.PEEK, so nothing is ever marked as read. Only message ids that pass a
list of allowed characters are searched for: a line end in one would be a command (T15).
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from time import sleep
from typing import TYPE_CHECKING, Any, Final, Literal

from pamit.adapters.connection import check_protection, mail_not_installed, tls_context
from pamit.domain.account import Account, Auth, Security
from pamit.errors import ErrorKind, PamitError
from pamit.services.mail_ports import FolderMark, Incoming

if TYPE_CHECKING:
    from imapclient import IMAPClient

__all__ = ["ImapMailbox"]

_TIMEOUT: Final = 60.0
_LARGEST: Final = 25 * 1024 * 1024
"""Above this only the head is fetched (protocols.md §5)."""

_MOST_AT_ONCE: Final = 500
_CHUNK: Final = 20
_SEARCHABLE = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+>")
_NAMES: Final = {
    b"\\Sent": (
        "sent", "sent messages", "sent items", "sent mail", "inbox.sent", "terkirim", "pesan terkirim", "item terkirim",
        "gesendet", "envoyés", "verzonden",
    ),
    b"\\Drafts": ("drafts", "draft", "draf", "inbox.drafts", "entwürfe", "brouillons", "concepten"),
}  # fmt: skip
_HEADERS: Final = ("Message-ID", "X-Microsoft-Original-Message-ID")


class ImapMailbox:
    """Reads mailboxes; see :class:`pamit.services.mail_ports.Mailbox`.

    Args:
        secret_of: the password or access token of an account.
        allow_plain: whether plain connections to this very machine are allowed.
        waits: seconds to wait for the server's own copy of a sent mail, between looks.
    """

    def __init__(
        self,
        secret_of: Callable[[Account], str | None],
        *,
        allow_plain: bool = False,
        timeout: float = _TIMEOUT,
        waits: Sequence[float] = (2, 4, 8),
    ) -> None:
        self.secret_of = secret_of
        self.allow_plain = allow_plain
        self.timeout = timeout
        self.waits = tuple(waits)

    def examine(self, account: Account) -> None:
        """Sign in and look, to see that it works."""
        with self.session(account) as session:
            session.select_folder("INBOX", readonly=True)

    # -- sent mails and drafts ------------------------------------------------------------------------------------

    def has_sent(self, account: Account, message_ids: Sequence[str]) -> bool:
        """Whether a mail of one of these ids lies among the sent ones."""
        with self.session(account) as session:
            return self._lies_in(session, _folder(session, b"\\Sent"), message_ids)

    def file_sent(
        self, account: Account, data: bytes, message_id: str, *, patient: bool = True
    ) -> Literal["found", "appended"]:
        """See that a copy lies among the sent mails: wait for the server's own, and put ours there only if none comes."""
        with self.session(account) as session:
            folder = _folder(session, b"\\Sent")
            for wait in (0.0, *self.waits) if patient else (0.0,):
                sleep(wait)
                if self._lies_in(session, folder, (message_id,)):
                    return "found"
            if folder is None:
                raise PamitError(ErrorKind.MISSING, "no-sent-folder", "The mailbox has no folder of sent mails.")
            session.append(folder, data, (b"\\Seen",), _date_of(data))
            return "appended"

    def put_draft(self, account: Account, data: bytes) -> None:
        """Put a mail among the drafts."""
        with self.session(account) as session:
            folder = _folder(session, b"\\Drafts")
            if folder is None:
                raise PamitError(ErrorKind.MISSING, "no-drafts-folder", "The mailbox has no folder of drafts.")
            session.append(folder, data, (b"\\Draft", b"\\Seen"))

    def _lies_in(self, session: IMAPClient, folder: str | None, message_ids: Sequence[str]) -> bool:
        if folder is None:
            return False
        session.select_folder(folder, readonly=True)
        for one in message_ids:
            if not _SEARCHABLE.fullmatch(one):
                continue
            for header in _HEADERS:
                if session.search(["HEADER", header, one]):
                    return True
        return False

    # -- what came in ---------------------------------------------------------------------------------------------

    def new_mail(
        self, account: Account, mark: Callable[[str], FolderMark | None], since: datetime
    ) -> Iterator[tuple[str, FolderMark, Incoming | None]]:
        """The mails that came since a folder was last read, oldest first."""
        with self.session(account) as session:
            folder = "INBOX"
            chosen = session.select_folder(folder, readonly=True)
            validity = int(chosen[b"UIDVALIDITY"])
            kept = mark(folder)
            if kept is not None and kept.validity == validity:
                # "n:*" always names the last mail, also one that was read.
                found = [uid for uid in session.search(["UID", f"{kept.last + 1}:*"]) if uid > kept.last]
                last = kept.last
            else:
                found = session.search(["SINCE", since.date()])
                last = 0
            uids = sorted(found)[:_MOST_AT_ONCE]
            yield from ((folder, FolderMark(validity, uid), mail) for uid, mail in _fetched(session, uids))
            if not uids:
                reached = max(last, int(chosen.get(b"UIDNEXT", 1)) - 1)
                yield folder, FolderMark(validity, reached), None

    def wait(self, account: Account, seconds: float) -> bool:
        """Wait for a mail (IDLE), at most so long; False at once where the server cannot."""
        with self.session(account) as session:
            if b"IDLE" not in session.capabilities():
                return False
            session.select_folder("INBOX", readonly=True)
            session.idle()
            try:
                return any(b"EXISTS" in one for one in session.idle_check(timeout=seconds))
            finally:
                session.idle_done()

    # -- sessions -------------------------------------------------------------------------------------------------

    @contextmanager
    def session(self, account: Account) -> Iterator[IMAPClient]:
        """A session that is signed in.

        Raises:
            PamitError: REFUSED ``login-refused``, ``no-secret``, ``not-protected``; UNAVAILABLE ``mailbox-unreachable``,
                ``tls-failed``.
        """
        try:
            from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError
        except ModuleNotFoundError as error:
            raise mail_not_installed() from error

        session = None
        try:
            session = self._connect(account)
            self._sign_in(session, account)
            yield session
        except LoginError:
            raise PamitError(ErrorKind.REFUSED, "login-refused", "The server refused the name or the password.") from None
        except ssl.SSLError as error:
            raise PamitError(
                ErrorKind.UNAVAILABLE, "tls-failed", "The server's certificate does not prove who it is."
            ) from error
        except (IMAPClientAbortError, IMAPClientError, OSError, EOFError) as error:
            raise PamitError(ErrorKind.UNAVAILABLE, "mailbox-unreachable", "The mailbox cannot be reached.") from error
        finally:
            if session is not None:
                with suppress(Exception):
                    session.logout()

    def _connect(self, account: Account) -> IMAPClient:
        from imapclient import IMAPClient, SocketTimeout

        server = account.imap
        if server is None:
            raise PamitError(ErrorKind.MISSING, "no-account", "The account has no mailbox.")
        check_protection(server, allow_plain=self.allow_plain)
        direct = server.security == Security.TLS
        session = IMAPClient(
            server.host,
            server.port,
            ssl=direct,
            ssl_context=tls_context() if direct else None,
            timeout=SocketTimeout(connect=self.timeout, read=self.timeout),
        )
        if server.security == Security.STARTTLS:
            session.starttls(tls_context())
        return session

    def _sign_in(self, session: IMAPClient, account: Account) -> None:
        secret = self.secret_of(account)
        if not secret:
            raise PamitError(ErrorKind.REFUSED, "no-secret", "There is no password for this account.")
        if account.auth == Auth.XOAUTH2:
            session.oauth2_login(account.login, secret)
        else:
            session.login(account.login, secret)


def _fetched(session: IMAPClient, uids: Sequence[int]) -> Iterator[tuple[int, Incoming | None]]:
    """The mails, a few at a time, sizes first; one that is too large comes as its head."""
    for begin in range(0, len(uids), _CHUNK):
        part = list(uids[begin : begin + _CHUNK])
        sizes = session.fetch(part, ["RFC822.SIZE"])
        for uid in part:
            # A mail that was removed in between has no size.
            size = sizes.get(uid, {}).get(b"RFC822.SIZE")
            if size is None:
                yield uid, None
                continue
            item = "BODY.PEEK[]" if size <= _LARGEST else "BODY.PEEK[HEADER]"
            answer: dict[bytes, Any] = session.fetch([uid], [item]).get(uid, {})
            data = next((value for key, value in answer.items() if key.startswith(b"BODY[")), None)
            yield uid, Incoming(uid, data) if isinstance(data, bytes) else None


def _folder(session: IMAPClient, use: bytes) -> str | None:
    """The folder of a special use (RFC 6154), else the one whose name says so."""
    listed = [(flags, name) for flags, _, name in session.list_folders()]
    for flags, name in listed:
        if use in flags:
            return str(name)
    by_name = {str(name).casefold(): str(name) for _, name in listed}
    return next((by_name[name] for name in _NAMES[use] if name in by_name), None)


def _date_of(data: bytes) -> datetime | None:
    found = re.search(rb"^Date: ([^\r\n]{1,60})\r?$", data, re.MULTILINE)
    if found is None:
        return None
    with suppress(ValueError):
        return parsedate_to_datetime(found[1].decode("ascii", "replace"))
    return None

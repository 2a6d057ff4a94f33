"""Reading a mailbox: what is said to a server, whatever a mail or an account holds (T15), and what is told of its faults."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from pamit.adapters.imap import ImapMailbox
from pamit.domain.account import Account, Auth, Security, Server
from pamit.errors import PamitError
from pamit.services.mail_ports import FolderMark

ANSWERS = {
    "CAPABILITY": "* CAPABILITY IMAP4rev1 IDLE",
    "LIST": '* LIST (\\Sent) "/" "Sent"\r\n* LIST () "/" INBOX',
    "SEARCH": "* SEARCH",
    "EXAMINE": "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 5] ok",
}  # fmt: skip


class Recorder:
    """An IMAP server that writes down every line it hears."""

    def __init__(self, refuses: str | None = None) -> None:
        self.lines: list[str] = []
        self.refuses = refuses
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError), line, line.makefile("rb") as words:
            line.sendall(b"* OK ready\r\n")
            while said := words.readline().decode("latin-1").rstrip("\r\n"):
                self.lines.append(said)
                tag, _, rest = said.partition(" ")
                command = rest.removeprefix("UID ").partition(" ")[0].upper()
                if rest.endswith("}"):
                    line.sendall(b"+ go on\r\n")
                    self.lines.append(words.readline().decode("latin-1").rstrip("\r\n"))
                if command == self.refuses:
                    line.sendall(f"{tag} NO refused\r\n".encode())
                    continue
                if command in ANSWERS:
                    line.sendall(ANSWERS[command].encode() + b"\r\n")
                line.sendall(f"{tag} OK done\r\n".encode())

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def commands(self) -> list[str]:
        """The commands it heard."""
        found = [line.partition(" ")[2].removeprefix("UID ").partition(" ")[0].upper() for line in self.lines]
        return [one for one in found if one != "CAPABILITY"]


@pytest.fixture
def server() -> Iterator[Recorder]:
    """A server that records."""
    found = Recorder()
    yield found
    found.close()


def account(port: int, user: str | None = None) -> Account:
    return Account("rani@kirim.example", None, Server("127.0.0.1", port, Security.PLAIN), Auth.PASSWORD, user)


def mailbox(**settings: object) -> ImapMailbox:
    return ImapMailbox(lambda _: "rahasia", allow_plain=True, timeout=3, waits=(), **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "attack",
    [
        "<a@b>\r\nx DELETE INBOX", "<a@b>\nx LOGOUT", "<a@b\r>", "<a b@c>", "<>", "", "a@b", "<a@b>\x00", "<a@\u2028b>",
        "<a@b> ALL",
        "<a@b><c@d>", "<é@b>",
    ],
)  # fmt: skip
def test_id_that_is_none_is_not_searched_for(server: Recorder, attack: str) -> None:
    """A line end in an id would be a command of its own."""
    assert not mailbox().has_sent(account(server.port), (attack,))
    assert server.commands == ["LOGIN", "LIST", "EXAMINE", "LOGOUT"]


def test_id_with_quotes_stays_one_word(server: Recorder) -> None:
    """It is searched for, and is nothing but a text."""
    mailbox().has_sent(account(server.port), ('<a"\\b@c>',))
    searches = [line for line in server.lines if " SEARCH " in line]
    assert [one.partition("SEARCH ")[2] for one in searches] == [
        'HEADER Message-ID "<a\\"\\\\b@c>"', 'HEADER X-Microsoft-Original-Message-ID "<a\\"\\\\b@c>"',
    ]  # fmt: skip


@pytest.mark.parametrize("user", ['rani" x', "rani\\", "rani x"])
def test_name_to_sign_in_with_stays_one_word(server: Recorder, user: str) -> None:
    """Whatever signs it holds."""
    mailbox().examine(account(server.port, user))
    assert server.commands == ["LOGIN", "EXAMINE", "LOGOUT"]


def test_looking_changes_nothing(server: Recorder) -> None:
    """Only commands that read."""
    found = list(mailbox().new_mail(account(server.port), lambda _: None, datetime(2026, 11, 24, tzinfo=UTC)))
    assert found == [("INBOX", FolderMark(7, 4), None)]
    assert server.commands == ["LOGIN", "EXAMINE", "SEARCH", "LOGOUT"]


def test_refused_login_is_told_as_such() -> None:
    """It is no outage: trying again does not help."""
    server = Recorder(refuses="LOGIN")
    with pytest.raises(PamitError) as caught:
        mailbox().examine(account(server.port))
    server.close()
    assert caught.value.code == "login-refused"
    assert "rahasia" not in str(caught.value)


def test_server_that_is_away_is_told_as_such() -> None:
    """Trying again may help."""
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(PamitError) as caught:
        mailbox().examine(account(port))
    assert caught.value.code == "mailbox-unreachable"


def test_plain_mailbox_elsewhere_is_refused() -> None:
    """No password is said without TLS."""
    with pytest.raises(PamitError) as caught:
        mailbox().examine(Account("a@b.example", None, Server("imap.b.example", 143, Security.PLAIN)))
    assert caught.value.code == "not-protected"

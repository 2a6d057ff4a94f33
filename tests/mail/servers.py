"""Real servers on loopback: Dovecot for mailboxes, OpenSMTPD for sending. Absent, their tests are skipped; in CI they fail."""

from __future__ import annotations

import getpass
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

__all__ = ["Imap", "Program", "Smtpd", "dovecot", "free_port", "missing", "opensmtpd", "own_folder"]

PASSWORD = "rahasia-dapur"

_CONFIG = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {internal}
default_login_user = {internal}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{mail}/%u
mail_home = {mail}/%u
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mail}/%u
}}
namespace inbox {{
  inbox = yes
  mailbox "{sent}" {{
    auto = subscribe
    {use_sent}
  }}
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
}}
"""


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def own_folder() -> Path:
    """A folder that servers under other users can reach: pytest closes its own to them, also those of other runs."""
    folder = Path(tempfile.mkdtemp(prefix="pamit-test-"))
    folder.chmod(0o755)
    return folder


def missing(program: str) -> None:
    """Skip, or fail in CI, where a server is not installed."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{program} is not installed; see requirements/debian.txt")
    pytest.skip(f"{program} is not installed; see requirements/debian.txt")


@dataclass
class Program:
    """A server's process and those that it starts: it can be killed, and started again where it was.

    Attributes:
        log: where it writes what it has to say.
    """

    command: Sequence[str]
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)
        for _ in range(400):
            if self.process.poll() is not None:
                raise RuntimeError(self.log.read_text("utf-8", "replace"))
            if self.answers():
                return
            time.sleep(0.05)
        raise RuntimeError(f"{self.command[0]} did not start")

    def answers(self) -> bool:
        """Whether somebody listens at its port."""
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Ask it to end."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)

    def kill(self) -> None:
        """End it and all that it started at once, and wait until its port is free."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
        while self.answers():
            time.sleep(0.05)


@dataclass
class Imap:
    """A mailbox server of the tests' own."""

    port: int
    sent: str
    program: Program

    def client(self, user: str) -> imaplib.IMAP4:
        """A client that is nobody's but the tests' own."""
        found = imaplib.IMAP4("127.0.0.1", self.port)
        found.login(user, PASSWORD)
        return found

    def put(self, user: str, data: bytes, folder: str = "INBOX") -> None:
        """Put a mail into a folder, unread."""
        client = self.client(user)
        assert client.append(f'"{folder}"', "", "", data)[0] == "OK"  # type: ignore[arg-type]
        client.logout()

    def mails(self, user: str, folder: str = "INBOX") -> list[tuple[bytes, bytes]]:
        """The flags and bytes of all mails in a folder."""
        client = self.client(user)
        client.select(f'"{folder}"', readonly=True)
        numbers = client.search(None, "ALL")[1][0].split()
        found = []
        for number in numbers:
            answer = client.fetch(number, "(FLAGS BODY.PEEK[])")[1]
            head, data = answer[0]  # type: ignore[misc]
            tail = answer[1] if isinstance(answer[1], bytes) else b""
            found.append((head + tail, data))
        client.logout()
        return found


@contextmanager
def dovecot(*, sent: str = "Sent", special: bool = True, mail: Path | None = None) -> Iterator[Imap]:
    """Dovecot, run by whoever runs the tests; each name is a mailbox, all with one password.

    Args:
        mail: the folder of the mailboxes; one of its own where that is None.
    """
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        missing("Dovecot")
    assert program is not None
    me = pwd.getpwuid(os.getuid())
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else me
    internal = "dovecot" if os.getuid() == 0 else getpass.getuser()
    port = free_port()
    folder = own_folder()
    for name in ("run", "state"):
        (folder / name).mkdir(parents=True)
    mail = mail or folder / "mail"
    _give_to_nobody(mail)
    group = "dovecot" if os.getuid() == 0 else _group()
    settings = _CONFIG.format(
        base=folder, mail=mail, internal=internal, group=group, port=port, password=PASSWORD, uid=owner.pw_uid,
        gid=owner.pw_gid, sent=sent, use_sent="special_use = \\Sent" if special else "",
    )  # fmt: skip
    (folder / "dovecot.conf").write_text(settings)
    server = Program([program, "-F", "-c", str(folder / "dovecot.conf")], port, folder / "log")
    try:
        server.start()
        yield Imap(port, sent, server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _give_to_nobody(folder: Path) -> None:
    """Make a folder in which servers put mail as the user nobody, where root runs them."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)


def _group() -> str:
    import grp

    return grp.getgrgid(os.getgid()).gr_name


@dataclass
class Smtpd:
    """A sending server of the tests' own, which puts what it takes into folders by recipient."""

    port: int
    folder: Path
    program: Program

    def mails(self, recipient: str) -> list[bytes]:
        """What lies in a recipient's folder."""
        place = self.folder / recipient / "new"
        return [file.read_bytes() for file in sorted(place.iterdir())] if place.is_dir() else []


@contextmanager
def opensmtpd(*, mail: Path | None = None) -> Iterator[Smtpd]:
    """OpenSMTPD, which only root can run; for others its tests are skipped.

    Args:
        mail: the folder in which it puts what it takes; one of its own where that is None.
    """
    program = shutil.which("smtpd") or shutil.which("smtpd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        missing("OpenSMTPD")
    if os.getuid() != 0:
        pytest.skip("OpenSMTPD runs as root only")
    assert program is not None
    port = free_port()
    folder = own_folder()
    mail = mail or folder / "mail"
    _give_to_nobody(mail)
    settings = folder / "smtpd.conf"
    settings.write_text(
        'table users { "@" = "nobody" }\n'
        f"listen on 127.0.0.1 port {port}\n"
        f'action "in" maildir "{mail}/%{{rcpt}}" virtual <users>\n'
        'match from any for any action "in"\n'
    )
    server = Program([program, "-d", "-f", str(settings)], port, folder / "log")
    try:
        server.start()
        yield Smtpd(port, mail, server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

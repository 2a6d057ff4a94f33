"""Real servers on loopback: Dovecot for mailboxes, OpenSMTPD for sending. Absent, their tests are skipped; in CI they fail."""

from __future__ import annotations

import getpass
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

__all__ = ["Imap", "dovecot", "free_port", "missing"]

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
mail_location = maildir:{base}/mail/%u
mail_home = {base}/mail/%u
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
  args = uid={uid} gid={gid} home={base}/mail/%u
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
class Imap:
    """A mailbox server of the tests' own."""

    port: int
    sent: str

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
def dovecot(*, sent: str = "Sent", special: bool = True) -> Iterator[Imap]:
    """Dovecot, run by whoever runs the tests; each name is a mailbox, all with one password."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        missing("Dovecot")
    assert program is not None
    me = pwd.getpwuid(os.getuid())
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else me
    internal = "dovecot" if os.getuid() == 0 else getpass.getuser()
    port = free_port()
    folder = own_folder()
    for name in ("run", "state", "mail"):
        (folder / name).mkdir(parents=True)
    if os.getuid() == 0:
        os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
    group = "dovecot" if os.getuid() == 0 else _group()
    settings = _CONFIG.format(
        base=folder, internal=internal, group=group, port=port, password=PASSWORD, uid=owner.pw_uid, gid=owner.pw_gid,
        sent=sent, use_sent="special_use = \\Sent" if special else "",
    )  # fmt: skip
    (folder / "dovecot.conf").write_text(settings)
    process = subprocess.Popen(
        [program, "-F", "-c", str(folder / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        _await(port, process, folder / "log")
        yield Imap(port, sent)
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _group() -> str:
    import grp

    return grp.getgrgid(os.getgid()).gr_name


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(400):
        if process.poll() is not None:
            assert process.stderr is not None
            raise RuntimeError(process.stderr.read().decode() + (log.read_text() if log.exists() else ""))
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("Dovecot did not start")


@dataclass
class Smtpd:
    """A sending server of the tests' own, which puts what it takes into folders by recipient."""

    port: int
    folder: Path

    def mails(self, recipient: str) -> list[bytes]:
        """What lies in a recipient's folder."""
        place = self.folder / recipient / "new"
        return [file.read_bytes() for file in sorted(place.iterdir())] if place.is_dir() else []


@contextmanager
def opensmtpd() -> Iterator[Smtpd]:
    """OpenSMTPD, which only root can run; for others its tests are skipped."""
    program = shutil.which("smtpd") or shutil.which("smtpd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        missing("OpenSMTPD")
    if os.getuid() != 0:
        pytest.skip("OpenSMTPD runs as root only")
    assert program is not None
    port = free_port()
    folder = own_folder()
    mail = folder / "mail"
    mail.mkdir(parents=True)
    nobody = pwd.getpwnam("nobody")
    os.chown(mail, nobody.pw_uid, nobody.pw_gid)
    settings = folder / "smtpd.conf"
    settings.write_text(
        'table users { "@" = "nobody" }\n'
        f"listen on 127.0.0.1 port {port}\n"
        f'action "in" maildir "{mail}/%{{rcpt}}" virtual <users>\n'
        'match from any for any action "in"\n'
    )
    process = subprocess.Popen([program, "-d", "-f", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _await(port, process, folder / "log")
        yield Smtpd(port, mail)
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)

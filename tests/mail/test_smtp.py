"""Handing over to a server that misbehaves in every way it can, and to a real one that takes a hundred mails a session."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from pamit.adapters.connection import is_loopback
from pamit.adapters.smtp import SmtpTransport
from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.outbox import SendResult, Verdict

from .servers import opensmtpd
from .smtp_server import CLOSE, HANG, Script, ScriptedServer

MAIL = b"From: a@kirim.example\r\nSubject: x\r\n\r\n.satu\r\ndua\r\n..tiga\r\n"
TO = ("ratih@samudra.example", "budi@samudra.example")


def account(port: int, auth: Auth = Auth.NONE, security: Security = Security.PLAIN) -> Account:
    return Account("rani@kirim.example", Server("127.0.0.1", port, security), auth=auth)


def send(
    server: ScriptedServer, auth: Auth = Auth.NONE, to: Sequence[str] = TO[:1], secret: str | None = "rahasia"
) -> SendResult:
    transport = SmtpTransport(lambda _: secret, allow_plain=True, timeout=0.5)
    try:
        return transport.send(account(server.port, auth), MAIL, "rani@kirim.example", to)
    finally:
        transport.close()


def test_mail_arrives_byte_for_byte() -> None:
    """Lines that begin with a dot are doubled on the way and whole at the end."""
    with ScriptedServer() as server:
        assert send(server).verdict == Verdict.ACCEPTED
        assert server.taken == [((TO[0],), MAIL)]


def test_greeting_names_neither_machine_nor_network() -> None:
    """EHLO is the same everywhere (leak test)."""
    with ScriptedServer() as server:
        send(server)
        assert server.lines[0] == b"ehlo [127.0.0.1]\r\n"


@pytest.mark.parametrize(
    ("step", "answer", "verdict", "trouble"),
    [
        ("connect", "421 4.3.2 later", Verdict.TRANSIENT, "try-again"),
        ("connect", "554 5.7.1 no", Verdict.PERMANENT, "policy"),
        ("connect", CLOSE, Verdict.UNREACHABLE, "unreachable"),
        ("connect", HANG, Verdict.UNREACHABLE, "unreachable"),
        ("EHLO", HANG, Verdict.UNREACHABLE, "unreachable"),
        ("MAIL", "421 4.3.2 later", Verdict.TRANSIENT, "try-again"),
        ("MAIL", "451 4.3.0 later", Verdict.TRANSIENT, "try-again"),
        ("MAIL", "452 4.5.3 too many", Verdict.TRANSIENT, "try-again"),
        ("MAIL", "530 5.7.0 sign in", Verdict.AUTH, "login-refused"),
        ("MAIL", "550 5.7.1 not yours", Verdict.PERMANENT, "policy"),
        ("MAIL", CLOSE, Verdict.TRANSIENT, "connection-lost"),
        ("MAIL", HANG, Verdict.TRANSIENT, "connection-lost"),
        ("RCPT", "450 4.2.0 greylisted", Verdict.TRANSIENT, "try-again"),
        ("RCPT", "550 5.1.1 nobody", Verdict.PERMANENT, "refused"),
        ("RCPT", "553 5.1.3 bad", Verdict.PERMANENT, "refused"),
        ("RCPT", CLOSE, Verdict.TRANSIENT, "connection-lost"),
        ("DATA", "451 4.3.0 later", Verdict.TRANSIENT, "try-again"),
        ("DATA", "554 5.6.0 no", Verdict.PERMANENT, "refused"),
        ("DATA", CLOSE, Verdict.TRANSIENT, "connection-lost"),
        ("DATA", HANG, Verdict.TRANSIENT, "connection-lost"),
        ("dot", "421 4.3.2 later", Verdict.TRANSIENT, "try-again"),
        ("dot", "452 4.3.1 no space", Verdict.TRANSIENT, "try-again"),
        ("dot", "552 5.3.4 too large", Verdict.PERMANENT, "refused"),
        ("dot", "554 5.7.1 spam", Verdict.PERMANENT, "policy"),
        ("dot", CLOSE, Verdict.UNKNOWN, "connection-lost"),
        ("dot", HANG, Verdict.UNKNOWN, "connection-lost"),
    ],
)
def test_each_fault_has_its_class(step: str, answer: str, verdict: Verdict, trouble: str) -> None:
    """Before the final dot nothing was taken; after it only the answer tells (protocols.md §2.3)."""
    with ScriptedServer(Script({step: answer})) as server:
        result = send(server)
        assert (result.verdict, result.trouble) == (verdict, trouble)
        assert server.taken == []


def test_line_lost_within_the_words_may_be_tried_again() -> None:
    """The final dot was never said, so no server takes it."""
    with ScriptedServer() as server:
        transport = SmtpTransport(lambda _: None, allow_plain=True)

        def step(name: str) -> None:
            session = transport._session
            if name == "body" and session is not None and session.sock is not None:
                session.sock.shutdown(socket.SHUT_RDWR)

        transport.on_step = step
        result = transport.send(account(server.port), MAIL, "rani@kirim.example", TO[:1])
        assert (result.verdict, result.trouble, server.taken) == (Verdict.TRANSIENT, "connection-lost", [])


def test_taken_and_line_lost_is_unknown() -> None:
    """The server has it, and could not say so."""
    with ScriptedServer(Script(after_taken=True)) as server:
        assert send(server).verdict == Verdict.UNKNOWN
        assert len(server.taken) == 1


@pytest.mark.parametrize("code", ["535 5.7.8 wrong", "534 5.7.9 app password needed", "530 5.7.0 first"])
@pytest.mark.parametrize("auth", [Auth.PASSWORD, Auth.XOAUTH2])
def test_refused_login_stops_before_any_mail(code: str, auth: Auth) -> None:
    """One attempt: a storm of them would lock the account."""
    with ScriptedServer(Script({"AUTH": code})) as server:
        assert send(server, auth).verdict == Verdict.AUTH
        assert [line for line in server.lines if line.startswith(b"mail")] == []
        assert len([line for line in server.lines if line.upper().startswith(b"AUTH")]) == 1


def test_missing_password_is_no_login() -> None:
    """Nothing is sent unsigned where signing in is meant."""
    with ScriptedServer() as server:
        result = send(server, Auth.PASSWORD, secret=None)
        assert (result.verdict, result.trouble) == (Verdict.AUTH, "no-secret")


def test_some_recipients_refused_are_told_one_by_one() -> None:
    """The others get it."""
    with ScriptedServer(Script({f"RCPT {TO[1]}": "550 5.1.1 nobody"})) as server:
        result = send(server, to=TO)
        assert [(one.email, one.verdict) for one in result.recipients] == [
            (TO[0], Verdict.ACCEPTED), (TO[1], Verdict.PERMANENT),
        ]  # fmt: skip
        assert [to for to, _ in server.taken] == [(TO[0],)]


def test_session_ends_before_a_hundred_mails() -> None:
    """A server that says 452 after 100 never gets to say so."""
    with ScriptedServer(Script(most=100)) as server:
        transport = SmtpTransport(lambda _: None, allow_plain=True)
        verdicts = {transport.send(account(server.port), MAIL, "a@kirim.example", TO).verdict for _ in range(130)}
        transport.close()
        assert (verdicts, len(server.taken), server.sessions) == ({Verdict.ACCEPTED}, 130, 3)


def test_idle_session_that_ended_is_begun_anew() -> None:
    """The server let go between two mails; nothing was taken, so the second goes at once."""
    with ScriptedServer() as server:
        transport = SmtpTransport(lambda _: None, allow_plain=True)
        assert transport.send(account(server.port), MAIL, "a@kirim.example", TO).verdict == Verdict.ACCEPTED
        for one in server._open:
            one.shutdown(2)
        assert transport.send(account(server.port), MAIL, "a@kirim.example", TO).verdict == Verdict.ACCEPTED
        assert len(server.taken) == 2
        transport.close()


def test_opensmtpd_takes_more_than_a_hundred() -> None:
    """A real server that answers 452 after 100 mails in a session."""
    with opensmtpd() as server:
        transport = SmtpTransport(lambda _: None, allow_plain=True)
        results = [transport.send(account(server.port), MAIL, "rani@kirim.example", TO[:1]) for _ in range(110)]
        transport.close()
        assert {one.verdict for one in results} == {Verdict.ACCEPTED}
        for _ in range(200):
            if len(server.mails(TO[0])) == 110:
                break
            time.sleep(0.05)
        mails = server.mails(TO[0])
        assert len(mails) == 110
        assert mails[0].endswith(b"\n\n.satu\ndua\n..tiga\n")


# -- protection -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost", "127.9.9.9"])
def test_this_machine_is_known(host: str) -> None:
    """By every address of loopback."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "mail.kirim.example", "localhost.kirim.example", "127.0.0.1.kirim.example", ""])
def test_other_machines_are_not_this_one(host: str) -> None:
    """Whatever they are called."""
    assert not is_loopback(host)


@pytest.mark.parametrize(("host", "allow"), [("127.0.0.1", False), ("mail.kirim.example", True)])
def test_plain_connections_are_refused(host: str, allow: bool) -> None:
    """Only to this machine, and only where the settings say so; no connection is even tried."""
    transport = SmtpTransport(lambda _: None, allow_plain=allow)
    plain = Account("rani@kirim.example", Server(host, 9, Security.PLAIN), auth=Auth.NONE)
    result = transport.send(plain, MAIL, "rani@kirim.example", TO)
    assert (result.verdict, result.trouble) == (Verdict.PERMANENT, "not-protected")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "-", "-out", "-", "-days", "30", "-subj",
         "/CN=uji", "-addext", "subjectAltName=IP:127.0.0.1"],
        capture_output=True, check=True,
    )  # fmt: skip
    file.write_bytes(made.stdout)
    return file


@pytest.mark.parametrize("trusted", [True, False])
def test_certificate_is_always_verified(certificate: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool) -> None:
    """One that nobody vouches for ends the connection before a password is said."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate) if trusted else "/dev/null")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with ScriptedServer(context=context) as server:
        result = SmtpTransport(lambda _: "rahasia").send(
            account(server.port, Auth.PASSWORD, Security.TLS), MAIL, "rani@kirim.example", TO
        )
        if trusted:
            assert result.verdict == Verdict.ACCEPTED
        else:
            assert (result.verdict, result.trouble, server.lines) == (Verdict.UNREACHABLE, "tls", [])


def test_server_without_starttls_gets_no_password() -> None:
    """Nobody on the way can talk us out of protection."""
    with ScriptedServer() as server:
        result = SmtpTransport(lambda _: "rahasia", timeout=2).send(
            account(server.port, Auth.PASSWORD, Security.STARTTLS), MAIL, "rani@kirim.example", TO
        )
        assert (result.verdict, result.trouble) == (Verdict.UNREACHABLE, "tls")
        assert [line for line in server.lines if b"AUTH" in line.upper()] == []


# -- injection (T15) --------------------------------------------------------------------------------------------------

ATTACKS = [
    "ratih@samudra.example>\r\nRCPT TO:<palsu@lain.example", "ratih@samudra.example\r\nDATA", "ratih@samudra.example\nRSET",
    "ratih@samudra.example\x00", "ratih@samudra.example\x0b", "ratih@samudra.example\u2028", "<ratih@samudra.example>",
    "ratih@samudra.example> SIZE=1", "a b@samudra.example", "ratih@samudra.example\x85QUIT", '"a\r\nRSET"@samudra.example',
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_address_adds_no_command(attack: str) -> None:
    """It is refused, or it is one address and nothing else."""
    with ScriptedServer() as server:
        send(server, to=(attack,))
        said = [line.split(b" ")[0].upper().strip() for line in server.lines]
        assert set(said) <= {b"EHLO", b"MAIL", b"RCPT", b"DATA", b"RSET", b"QUIT"}
        assert len([one for one in said if one in (b"RCPT", b"DATA")]) in (0, 2)
        assert [to for to, _ in server.taken if any("palsu" in one for one in to)] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_sender_adds_no_command(attack: str) -> None:
    """The same for the address it comes from."""
    with ScriptedServer() as server:
        SmtpTransport(lambda _: None, allow_plain=True, timeout=2).send(account(server.port), MAIL, attack, TO[:1])
        assert len([line for line in server.lines if line.upper().startswith(b"RCPT")]) in (0, 1)


def test_mail_that_holds_a_final_dot_is_one_mail() -> None:
    """A line with a single dot in the words ends nothing."""
    body = b"Subject: x\r\n\r\nsatu\r\n.\r\nMAIL FROM:<palsu@lain.example>\r\n"
    with ScriptedServer() as server:
        SmtpTransport(lambda _: None, allow_plain=True).send(account(server.port), body, "rani@kirim.example", TO[:1])
        assert [data for _, data in server.taken] == [body]

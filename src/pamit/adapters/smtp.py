"""Handing mails to an SMTP server, and telling exactly how that came out (protocols.md §2.3).

Up to the final dot nothing was taken, whatever breaks; after it and before the answer nobody can know.
"""

from __future__ import annotations

import base64
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from pamit.adapters.connection import EHLO_NAME, check_protection, tls_context, xoauth2
from pamit.domain.account import Account, Auth, Security
from pamit.domain.outbox import RecipientResult, SendResult, Verdict
from pamit.errors import PamitError
from pamit.formats.email.write import addr_spec

__all__ = ["SmtpTransport"]

_MOST_PER_SESSION: Final = 50
"""OpenSMTPD answers 452 after 100 messages in one session; a new one is begun well before."""

_TIMEOUT: Final = 60.0
_SAID: Final = 300
_AUTH_CODES: Final = frozenset({530, 534, 535, 538})

Step = Callable[[str], None]


class SmtpTransport:
    """Hands mails over; see :class:`pamit.services.mail_ports.Transport`.

    Args:
        secret_of: the password or access token of an account, asked for when a session begins.
        allow_plain: whether plain connections to this very machine are allowed.
        timeout: seconds that a server may stay silent.
        on_step: told of each step, without any content.
    """

    def __init__(
        self,
        secret_of: Callable[[Account], str | None],
        *,
        allow_plain: bool = False,
        timeout: float = _TIMEOUT,
        on_step: Step = lambda _step: None,
    ) -> None:
        self.secret_of = secret_of
        self.allow_plain = allow_plain
        self.timeout = timeout
        self.on_step = on_step
        self._session: smtplib.SMTP | None = None
        self._account: Account | None = None
        self._count = 0

    def send(self, account: Account, data: bytes, sender: str, recipients: Sequence[str]) -> SendResult:
        """Hand over one mail; the result says how that came out."""
        try:
            addresses = {one: addr_spec(one) for one in recipients}
            origin = addr_spec(sender)
        except PamitError as error:
            return SendResult(Verdict.PERMANENT, trouble=error.code)
        fresh = self._session is None or self._account != account or self._count >= _MOST_PER_SESSION
        if fresh and (failed := self._begin(account)) is not None:
            return failed
        result = self._talk(origin, addresses, data)
        if result.verdict == Verdict.TRANSIENT and result.trouble == "connection-lost" and not fresh:
            # A session that was idle may have ended; nothing was taken, so a new one may try at once.
            if (failed := self._begin(account)) is not None:
                return failed
            result = self._talk(origin, addresses, data)
        if result.verdict != Verdict.ACCEPTED:
            self.close()
        return result

    def close(self) -> None:
        """Let go of the connection."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(OSError, smtplib.SMTPException):
                session.quit()
            session.close()

    def examine(self, account: Account) -> SendResult:
        """Sign in and leave again, to see that it works."""
        self.close()
        failed = self._begin(account)
        self.close()
        return failed or SendResult(Verdict.ACCEPTED)

    # -- beginning ------------------------------------------------------------------------------------------------

    def _begin(self, account: Account) -> SendResult | None:
        """Begin a session; what kept it from beginning, or None."""
        self.close()
        if account.smtp is None:
            return SendResult(Verdict.PERMANENT, trouble="no-account")
        try:
            check_protection(account.smtp, allow_plain=self.allow_plain)
        except PamitError as error:
            return SendResult(Verdict.PERMANENT, trouble=error.code)
        self.on_step("connect")
        try:
            self._session = self._connect(account)
        except ssl.SSLError as error:
            return SendResult(Verdict.UNREACHABLE, said=_words(error), trouble="tls")
        except smtplib.SMTPConnectError as error:
            return _answered(error.smtp_code, error.smtp_error, Verdict.UNREACHABLE)
        except smtplib.SMTPNotSupportedError:
            return SendResult(Verdict.UNREACHABLE, trouble="tls")
        except (OSError, smtplib.SMTPException) as error:
            return SendResult(Verdict.UNREACHABLE, said=_words(error), trouble="unreachable")
        self._account, self._count = account, 0
        self.on_step("connected")
        failed = self._sign_in(account)
        if failed is not None:
            self.close()
        return failed

    def _connect(self, account: Account) -> smtplib.SMTP:
        server = account.smtp
        assert server is not None
        if server.security == Security.TLS:
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=EHLO_NAME, timeout=self.timeout, context=tls_context()
            )
        else:
            session = smtplib.SMTP(server.host, server.port, local_hostname=EHLO_NAME, timeout=self.timeout)
        try:
            session.ehlo_or_helo_if_needed()
            if server.security == Security.STARTTLS:
                session.starttls(context=tls_context())
                session.ehlo()
        except BaseException:
            session.close()
            raise
        return session

    def _sign_in(self, account: Account) -> SendResult | None:
        session = self._session
        if account.auth == Auth.NONE or session is None:
            return None
        try:
            secret = self.secret_of(account)
        except PamitError as error:
            verdict = Verdict.UNREACHABLE if error.code == "token-unreachable" else Verdict.AUTH
            return SendResult(verdict, trouble=error.code)
        if not secret:
            return SendResult(Verdict.AUTH, trouble="no-secret")
        try:
            if account.auth == Auth.XOAUTH2:
                return _xoauth2(session, account.login, secret)
            session.login(account.login, secret, initial_response_ok=True)
        except smtplib.SMTPAuthenticationError as error:
            return _answered(error.smtp_code, error.smtp_error, Verdict.AUTH)
        except smtplib.SMTPNotSupportedError as error:
            return SendResult(Verdict.AUTH, said=_words(error), trouble="login-refused")
        except (OSError, smtplib.SMTPException) as error:
            return SendResult(Verdict.UNREACHABLE, said=_words(error), trouble="unreachable")
        return None

    # -- handing over ---------------------------------------------------------------------------------------------

    def _talk(self, sender: str, recipients: dict[str, str], data: bytes) -> SendResult:
        session = self._session
        assert session is not None
        self._count += 1
        try:
            self.on_step("mail")
            code, said = session.mail(sender)
            if code != 250:
                return _answered(code, said, Verdict.TRANSIENT)
            results: list[RecipientResult] = []
            for email, spec in recipients.items():
                self.on_step("rcpt")
                code, said = session.rcpt(spec)
                verdict = Verdict.ACCEPTED if code in (250, 251) else _answered(code, said, Verdict.TRANSIENT).verdict
                results.append(RecipientResult(email, verdict, code, _text(said)))
                if code == 421:
                    return _answered(code, said, Verdict.TRANSIENT)
            if not any(one.verdict == Verdict.ACCEPTED for one in results):
                self._reset()
                return _none_taken(results)
            self.on_step("data")
            code, said = session.docmd("DATA")
            if code != 354:
                return _answered(code, said, Verdict.TRANSIENT)
            self.on_step("body")
            session.send(_stuffed(data))
            self.on_step("dot")
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return SendResult(Verdict.TRANSIENT, said=_words(error), trouble="connection-lost")
        return self._finish(session, results)

    def _finish(self, session: smtplib.SMTP, results: list[RecipientResult]) -> SendResult:
        """Say the final dot and hear the answer: from here on a broken connection leaves everything open."""
        try:
            session.send(b".\r\n")
            self.on_step("dotted")
            code, said = session.getreply()
            self.on_step("answered")
        except (OSError, smtplib.SMTPException) as error:
            return SendResult(Verdict.UNKNOWN, said=_words(error), trouble="connection-lost")
        if code == -1:
            return SendResult(Verdict.UNKNOWN, trouble="connection-lost")
        if not 200 <= code < 300:
            refused = _answered(code, said, Verdict.TRANSIENT)
            kept = [one for one in results if one.verdict == Verdict.PERMANENT]
            return SendResult(refused.verdict, tuple(kept), code, refused.said, refused.trouble)
        return SendResult(Verdict.ACCEPTED, tuple(results), code, _text(said))

    def _reset(self) -> None:
        if self._session is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._session.rset()


def _none_taken(results: list[RecipientResult]) -> SendResult:
    """No recipient was taken: permanent only where all of them were refused for good."""
    worst = next((one for one in results if one.verdict != Verdict.PERMANENT), results[0])
    answer = _answered(worst.code or 0, worst.said.encode(), Verdict.TRANSIENT)
    return SendResult(answer.verdict, tuple(results), answer.code, answer.said, answer.trouble)


def _xoauth2(session: smtplib.SMTP, user: str, token: str) -> SendResult | None:
    first = base64.b64encode(xoauth2(user, token).encode()).decode()
    code, said = session.docmd("AUTH", f"XOAUTH2 {first}")
    if code == 334:
        # The reason in JSON; an empty line asks for the refusal proper.
        code, said = session.docmd("")
    return None if code == 235 else _answered(code, said, Verdict.AUTH)


def _answered(code: int, said: bytes | str, otherwise: Verdict) -> SendResult:
    """The class of a server's answer."""
    words = _text(said)
    if code in _AUTH_CODES:
        return SendResult(Verdict.AUTH, code=code, said=words, trouble="login-refused")
    if 500 <= code < 600:
        policy = words.startswith("5.7.") or "5.7." in words[:20]
        return SendResult(Verdict.PERMANENT, code=code, said=words, trouble="policy" if policy else "refused")
    if 400 <= code < 500:
        return SendResult(Verdict.TRANSIENT, code=code, said=words, trouble="try-again")
    # No code, or one that has no business here: the connection is as good as lost.
    return SendResult(otherwise, code=code if code > 0 else None, said=words, trouble="connection-lost")


def _stuffed(data: bytes) -> bytes:
    """The mail as it is said after DATA: a dot before each dot that begins a line (RFC 5321 §4.5.2)."""
    body = data if data.endswith(b"\r\n") else data + b"\r\n"
    body = body.replace(b"\r\n.", b"\r\n..")
    return b"." + body if body.startswith(b".") else body


def _text(said: bytes | str) -> str:
    """A server's words: those of a stranger, cut and without controls."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_SAID]


def _words(error: Exception) -> str:
    return _text((isinstance(error, OSError) and error.strerror) or str(error))

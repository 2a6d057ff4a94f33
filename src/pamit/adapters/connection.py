"""What SMTP and IMAP share: protected connections, and the answer of XOAUTH2."""

from __future__ import annotations

import ipaddress
import ssl

from pamit.domain.account import Security, Server
from pamit.errors import ErrorKind, PamitError

__all__ = ["EHLO_NAME", "check_protection", "is_loopback", "mail_not_installed", "tls_context", "xoauth2"]

EHLO_NAME = "[127.0.0.1]"
"""How a client names itself (RFC 5321 §4.1.3): neither the machine's name nor its address in the network."""


def mail_not_installed() -> PamitError:
    """What is said where the packages of ``pamit[mail]`` are absent."""
    return PamitError(ErrorKind.MISSING, "mail-not-installed", "Mail accounts need the extra: pip install 'pamit[mail]'.")


def tls_context() -> ssl.SSLContext:
    """Certificates and names are always verified; there is no way to switch that off.

    A server of one's own with its own authority: SSL_CERT_FILE, as everywhere else.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_protection(server: Server, *, allow_plain: bool) -> None:
    """Refuse a connection that anybody on the way could read.

    Args:
        allow_plain: whether the settings allow plain connections to this very machine.

    Raises:
        PamitError: REFUSED ``not-protected``.
    """
    if server.security == Security.PLAIN and not (allow_plain and is_loopback(server.host)):
        raise PamitError(
            ErrorKind.REFUSED, "not-protected", "Without TLS, passwords and mails could be read on the way.", host=server.host
        )


def xoauth2(user: str, token: str) -> str:
    """The first answer of XOAUTH2, before base64 (protocols.md §2.6)."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"

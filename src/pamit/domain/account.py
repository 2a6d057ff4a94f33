"""A mail account: its addresses and servers, and what is known of the providers. No secret is ever part of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pamit.domain.terms import Bilingual
from pamit.errors import ErrorKind, PamitError
from pamit.tables import read_table

__all__ = ["Account", "Auth", "OAuthClient", "Provider", "Security", "Server", "guess_provider", "guess_servers", "providers"]


class Security(StrEnum):
    """How a connection is protected."""

    TLS = "tls"
    """From the first byte (RFC 8314)."""
    STARTTLS = "starttls"
    PLAIN = "plain"
    """Not at all: only to this very machine, and only where the settings allow it."""


class Auth(StrEnum):
    """How one signs in."""

    PASSWORD = "password"
    """A password, or an app password."""
    XOAUTH2 = "xoauth2"
    NONE = "none"
    """Not at all: a server on this very machine."""


@dataclass(frozen=True)
class Server:
    """Where a server listens."""

    host: str
    port: int
    security: Security = Security.TLS

    @classmethod
    def from_text(cls, written: str) -> Server:
        """Read ``host:port`` with how it is protected after a slash; by the port where that is not said.

        >>> Server.from_text("mail.kampus.example:587")
        Server(host='mail.kampus.example', port=587, security=<Security.STARTTLS: 'starttls'>)

        Raises:
            PamitError: INVALID ``bad-server``.
        """
        place, _, security = written.strip().partition("/")
        host, colon, port = place.rpartition(":")
        try:
            number = int(port)
            usual = Security.STARTTLS if number in (587, 143, 25) else Security.TLS
            if not colon or not host or not 0 < number < 65_536:
                raise ValueError(written)
            return cls(host, number, Security(security or usual))
        except ValueError as error:
            raise PamitError(ErrorKind.INVALID, "bad-server", "A server is written HOST:PORT/tls.", written=written) from error

    def __str__(self) -> str:
        return f"{self.host}:{self.port}/{self.security}"


@dataclass(frozen=True)
class OAuthClient:
    """The person's own client at Google or Microsoft; its secret, if it has one, lies with the other secrets.

    Attributes:
        authorize_url, token_url: https addresses.
        scopes: what is asked for.
    """

    client_id: str
    authorize_url: str
    token_url: str
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """A mail account.

    Attributes:
        address: the main address; it names the account.
        aliases: further addresses that it may send as.
        user: the name to sign in with; None for the address.
        provider: key of the provider table; None for a server of the person's own choosing.
    """

    address: str
    smtp: Server | None = None
    imap: Server | None = None
    auth: Auth = Auth.PASSWORD
    user: str | None = None
    name: str | None = None
    aliases: tuple[str, ...] = ()
    provider: str | None = None
    oauth: OAuthClient | None = None

    @property
    def login(self) -> str:
        """The name to sign in with."""
        return self.user or self.address

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses of the person's in this account."""
        return (self.address, *self.aliases)


@dataclass(frozen=True)
class Provider:
    """What is known of a provider.

    Attributes:
        key: its name in stored accounts.
        domains: the mail domains it serves.
        auth: the ways of signing in that work, the easiest first.
        files_sent: whether its server puts a copy among the sent mails by itself (protocols.md §2.5).
        advice: how to get a password that works, in plain words.
        authorize_url, token_url, scopes: for a client of the person's own.
    """

    key: str
    title: str
    domains: tuple[str, ...]
    imap: Server
    smtp: Server
    auth: tuple[Auth, ...]
    files_sent: bool
    advice: Bilingual
    authorize_url: str | None = None
    token_url: str | None = None
    scopes: tuple[str, ...] = ()


@cache
def providers() -> tuple[Provider, ...]:
    """The providers whose servers are known, from ``providers.toml``."""
    table = read_table("pamit.domain", "providers.toml")
    return tuple(_provider(key, one) for key, one in table.items())


def _provider(key: str, one: dict[str, object]) -> Provider:
    def text(name: str) -> str | None:
        value = one.get(name)
        return str(value) if value is not None else None

    def several(name: str) -> tuple[str, ...]:
        value = one.get(name, [])
        return tuple(map(str, value)) if isinstance(value, list) else ()

    advice = one["advice"]
    assert isinstance(advice, dict)
    return Provider(
        key=key,
        title=text("title") or key,
        domains=several("domains"),
        imap=_server(text("imap") or ""),
        smtp=_server(text("smtp") or ""),
        auth=tuple(map(Auth, several("auth"))),
        files_sent=bool(one.get("files_sent", False)),
        advice=Bilingual(**advice),
        authorize_url=text("authorize_url"),
        token_url=text("token_url"),
        scopes=several("scopes"),
    )


def _server(written: str) -> Server:
    host, port, security = written.split()
    return Server(host, int(port), Security(security))


def guess_provider(address: str) -> Provider | None:
    """The provider of an address, by its domain; None where it is not in the table.

    >>> guess_provider("rani@gmail.com").key, guess_provider("rani@kampus.example")
    ('gmail', None)
    """
    domain = address.rpartition("@")[2].casefold()
    return next((one for one in providers() if domain in one.domains), None)


def guess_servers(address: str) -> tuple[Server, Server]:
    """Where a domain's sending and reading servers often are; to be shown as a guess.

    >>> [str(one) for one in guess_servers("rani@kampus.example")]
    ['mail.kampus.example:465/tls', 'mail.kampus.example:993/tls']
    """
    host = f"mail.{address.rpartition('@')[2]}"
    return Server(host, 465), Server(host, 993)

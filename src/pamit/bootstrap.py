"""The composition root: the only place where the ports are joined to their adapters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import tzinfo
from typing import TextIO

from pamit.config import Config, load_config
from pamit.domain.account import Account, OAuthClient
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.calendar.zones import zone
from pamit.domain.outbox import Verdict
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.services.mail_ports import Mailbox, Secrets, Transport
from pamit.services.pamit import Pamit
from pamit.services.ports import Engine, Notifier

__all__ = [
    "NOTICE_WAYS", "examine_account", "forget_secrets", "here", "keep_password", "make_engine", "make_mailbox", "make_notifier",
    "make_secrets", "make_transport", "open_pamit", "sign_in", "worker_name",
]  # fmt: skip

NOTICE_WAYS = ("auto", "desktop", "line")
"""How reminders may be told: on the desktop, else as a line; only on the desktop; only as a line."""


def open_pamit(config: Config | None = None) -> Pamit:
    """Open the memory: the store is made where there is none and brought up to date where it is older.

    Args:
        config: the settings; those of environment and file where it is None.

    Raises:
        PamitError: INVALID ``bad-settings``, ``own-days``; REFUSED ``store-newer``; UNAVAILABLE ``store-unreachable``,
            ``store-busy``.
    """
    from pamit.adapters.archive import ZipArchive
    from pamit.adapters.seal import AgeSeal
    from pamit.adapters.store import open_store

    settings = config or load_config()
    return Pamit(open_store(settings.database), ZipArchive(), AgeSeal(), _own_days(settings), quiet=settings.quiet)


def make_notifier(way: str, language: Language, out: TextIO) -> Notifier:
    """What tells the person their reminders.

    Args:
        way: one of :data:`NOTICE_WAYS`.
        out: where lines go.
    """
    from pamit.adapters.notice import DesktopNotifier, FirstThatTells, LineNotifier, NotifySend

    desktop: list[Notifier] = [DesktopNotifier(language), NotifySend(language)]
    line: list[Notifier] = [LineNotifier(language, out)]
    return FirstThatTells({"desktop": desktop, "line": line}.get(way, desktop + line))


def make_engine(on_trouble: Callable[[PamitError], None]) -> Engine:
    """What keeps the worker going on this machine."""
    from pamit.adapters.worker import LoopEngine

    return LoopEngine(on_trouble)


def make_secrets(config: Config | None = None) -> Secrets:
    """Where passwords and tokens lie."""
    from pamit.adapters.secrets import choose_secrets

    settings = config or load_config()
    return choose_secrets(settings.home, settings.secrets)


def make_transport(config: Config | None = None) -> Transport:
    """What hands mails to the accounts' servers."""
    from pamit.adapters.oauth import Credentials
    from pamit.adapters.smtp import SmtpTransport

    settings = config or load_config()
    credentials = Credentials(make_secrets(settings), allow_plain=settings.allow_plain_loopback)
    return SmtpTransport(credentials.secret_of, allow_plain=settings.allow_plain_loopback)
def feed_secrets(config: Config | None = None) -> Secrets:
    """Where the secret address of the calendar lies: in a file, whatever was chosen for passwords.

    A calendar program asks in the background, when no keyring can be unlocked, and keeps the address in the open itself.
    """
    from pamit.adapters.secrets import FileSecrets

    return FileSecrets((config or load_config()).home)




def keep_password(secrets: Secrets, account: Account, password: str) -> None:
    """Keep the password of an account."""
    from pamit.adapters.oauth import secret_names

    secrets.put(secret_names(account.address)["password"], password)


def forget_secrets(secrets: Secrets, address: str) -> None:
    """Forget everything that opens an account."""
    from pamit.adapters.oauth import secret_names

    for name in secret_names(address).values():
        secrets.drop(name)


def sign_in(secrets: Secrets, address: str, data: bytes, where: OAuthClient, show: Callable[[str], None]) -> OAuthClient:
    """Sign in with the person's own client; what comes of it lies among the secrets.

    Args:
        data: the JSON of the client.
        where: the provider's addresses and scopes.
        show: opens the page in a browser.

    Raises:
        PamitError: as :func:`pamit.adapters.oauth.authorize` and :func:`pamit.adapters.oauth.client_of_json`.
    """
    from pamit.adapters.oauth import authorize, client_of_json, secret_names

    client, secret = client_of_json(data, where.authorize_url, where.token_url, where.scopes)
    token = authorize(client, address, show, client_secret=secret)
    names = secret_names(address)
    secrets.put(names["refresh"], token)
    if secret is not None:
        secrets.put(names["client"], secret)
    return client


def examine_account(account: Account, config: Config | None = None) -> Iterator[tuple[str, str | None, str]]:
    """Sign in to each server of an account: its name, what is wrong, if anything, and the server's words."""
    from pamit.adapters.oauth import Credentials
    from pamit.adapters.smtp import SmtpTransport

    settings = config or load_config()
    if account.smtp is not None:
        credentials = Credentials(make_secrets(settings), allow_plain=settings.allow_plain_loopback)
        found = SmtpTransport(credentials.secret_of, allow_plain=settings.allow_plain_loopback).examine(account)
        yield "SMTP", None if found.verdict == Verdict.ACCEPTED else found.trouble or "unreachable", found.said
    if account.imap is not None:
        try:
            make_mailbox(settings).examine(account)
        except PamitError as error:
            yield "IMAP", error.code, ""
        else:
            yield "IMAP", None, ""


def make_mailbox(config: Config | None = None) -> Mailbox:
    """What reads the accounts' mailboxes."""
    from pamit.adapters.imap import ImapMailbox
    from pamit.adapters.oauth import Credentials

    settings = config or load_config()
    credentials = Credentials(make_secrets(settings), allow_plain=settings.allow_plain_loopback)
    return ImapMailbox(credentials.secret_of, allow_plain=settings.allow_plain_loopback)


def here(config: Config | None = None) -> tzinfo:
    """The zone in which the person is now: the one they set, else this machine's at this moment.

    Raises:
        PamitError: as :func:`pamit.config.load_config`.
    """
    from pamit.adapters import worker

    chosen = (config or load_config()).timezone
    return zone(chosen) if chosen else worker.here()


def worker_name() -> str:
    """A name for this process, kept with what it claims."""
    from pamit.adapters import worker

    return worker.worker_name()


def _own_days(config: Config) -> OwnDays | None:
    if config.days is None:
        return None
    try:
        return OwnDays.from_toml(config.days.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PamitError(
            ErrorKind.INVALID, "own-days", f"The file of own days {config.days} cannot be read.", file=str(config.days)
        ) from error

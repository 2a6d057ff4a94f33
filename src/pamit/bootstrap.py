"""The composition root: the only place where the ports are joined to their adapters."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, TextIO

from pamit.config import Config, forget_settings, keep_settings, load_config, write_private
from pamit.domain.account import Account, OAuthClient
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.calendar.zones import zone
from pamit.domain.outbox import Outgoing, Verdict
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.services.mail_ports import Mailbox, Secrets, Transport
from pamit.services.pamit import Pamit
from pamit.services.ports import Engine, Notifier

if TYPE_CHECKING:
    from pamit.adapters.imap import ImapMailbox
    from pamit.services.erasing import Erased
    from pamit.services.receiving import Synced
    from pamit.services.scan_ports import Archive, ScanEngine
    from pamit.services.scanning import Scan, ScanProgress
    from pamit.services.trial import Trial

__all__ = [
    "NOTICE_WAYS", "delete_everything", "examine_account", "feed_secrets", "forget_secrets", "here", "imap_mailbox",
    "join_account", "keep_own_days", "leave_account", "look_for_mail", "make_engine", "make_mailbox", "make_notifier",
    "make_secrets", "make_transport", "open_pamit", "read_own_days", "scan_mail", "sign_in", "try_account", "worker_name",
]  # fmt: skip

OWN_DAYS = "days.toml"
"""The file of own days in the home folder, where the settings name no other."""

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
    return Pamit(
        open_store(settings.database),
        ZipArchive(),
        AgeSeal(),
        read_own_days(settings),
        quiet=settings.quiet,
        trial=_make_trial(),
    )


def _make_trial() -> Trial | None:
    """Where mails and uploads are tried out; a browser starts no processes and keeps its tabs apart itself."""
    if sys.platform == "emscripten":
        return None
    from pamit.adapters.trial import ChildTrial

    return ChildTrial()


def make_notifier(way: str, language: Language, out: TextIO) -> Notifier:
    """What tells the person their reminders.

    Args:
        way: one of :data:`NOTICE_WAYS`.
        out: where lines go.

    Raises:
        PamitError: MISSING ``worker-not-installed`` where the desktop alone was asked for and nothing here can reach it.
    """
    from pamit.adapters.notice import DesktopNotifier, FirstThatTells, LineNotifier, NotifySend, reaches_desktops

    if way == "desktop" and not reaches_desktops():
        raise PamitError(
            ErrorKind.MISSING, "worker-not-installed", "Notices on the desktop need the extra: pip install 'pamit[worker]'."
        )
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


def feed_secrets(config: Config | None = None) -> Secrets:
    """Where the secret address of the calendar lies: in a file, whatever was chosen for passwords.

    A calendar program asks in the background, when no keyring can be unlocked, and keeps the address in the open itself.
    """
    from pamit.adapters.secrets import FileSecrets

    return FileSecrets((config or load_config()).home)


def make_transport(config: Config | None = None) -> Transport:
    """What hands mails to the accounts' servers."""
    from pamit.adapters.oauth import Credentials
    from pamit.adapters.smtp import SmtpTransport

    settings = config or load_config()
    credentials = Credentials(make_secrets(settings), allow_plain=settings.allow_plain_loopback)
    return SmtpTransport(credentials.secret_of, allow_plain=settings.allow_plain_loopback)


def forget_secrets(secrets: Secrets, address: str) -> None:
    """Forget everything that opens an account."""
    from pamit.adapters.oauth import secret_names

    for name in secret_names(address).values():
        secrets.drop(name)


def join_account(
    pamit: Pamit, account: Account, password: str | None, tell: Callable[[str], None], *, test: bool = True
) -> None:
    """Keep an account and its password once its servers let it in; where one does not, all is as it was.

    Args:
        password: None where the account is opened otherwise, or by the password that is kept already.
        tell: told the name of each server that let it in.

    Raises:
        PamitError: as :func:`try_account`; INVALID ``bad-address``, ``bad-account``; as keeping a secret does.
    """
    from pamit.adapters.oauth import secret_names

    secrets = make_secrets()
    name = secret_names(account.address)["password"]
    before = secrets.get(name)
    try:
        if password is not None:
            secrets.put(name, password)
        if test:
            try_account(account, tell)
        pamit.put_account(account)
    except PamitError:
        if before is not None:
            secrets.put(name, before)
        else:
            forget_secrets(secrets, account.address)
        raise


def try_account(account: Account, tell: Callable[[str], None]) -> None:
    """Sign in to each server of an account.

    Args:
        tell: told the name of each that let it in.

    Raises:
        PamitError: ``account-fails`` for the first that did not: REFUSED where it refused the name or the password, else
            UNAVAILABLE; with ``server``, ``trouble`` and what it ``said``.
    """
    for server, trouble, said in examine_account(account):
        if trouble is not None:
            refused = trouble in ("login-refused", "no-secret", "token-refused")
            kind = ErrorKind.REFUSED if refused else ErrorKind.UNAVAILABLE
            raise PamitError(kind, "account-fails", f"{server}: {trouble}.", server=server, trouble=trouble, said=said)
        tell(server)


def leave_account(pamit: Pamit, address: str) -> None:
    """Forget an account and what opens it; what it sent stays with its cases.

    Raises:
        PamitError: MISSING ``no-account``; as dropping a secret does.
    """
    account = pamit.account(address)
    forget_secrets(make_secrets(), account.address)
    pamit.drop_account(account.address)


def look_for_mail(pamit: Pamit, now: datetime) -> tuple[Synced, Sequence[Outgoing]]:
    """Look into the mailboxes: what came, and which of the person's own mails are settled by it.

    Raises:
        PamitError: MISSING ``no-account`` where no account has a mailbox.
    """
    from secrets import token_bytes

    if not any(one.imap is not None for one in pamit.accounts()):
        raise PamitError(ErrorKind.MISSING, "no-account", "There is no mail account to read.")
    mailbox = make_mailbox()
    found = pamit.sync(mailbox, now, random=token_bytes)
    return found, () if found.failed else pamit.settle_copies(mailbox, now)


def delete_everything(pamit: Pamit, *, settings: bool) -> Erased:
    """Remove every case, message and account with its password for good, and the secret address of the calendar.

    Args:
        settings: whether what the person told of themselves goes too, and their own days.

    Raises:
        PamitError: as :func:`pamit.services.erasing.delete_all`, and as writing the settings.
    """
    from pamit.adapters.scan_journal import forget_scans
    from pamit.services.feed_address import switch_feed_off

    config, secrets = load_config(), make_secrets()
    erased = pamit.delete_all(lambda address: forget_secrets(secrets, address))
    switch_feed_off(feed_secrets(config))
    forget_scans(config.home)
    if settings:
        own = config.home / OWN_DAYS
        forget_settings(config.home)
        own.unlink(missing_ok=True)
        pamit.own_days, pamit.quiet = OwnDays(), load_config().quiet
    return erased


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
    return imap_mailbox(config or load_config())


def imap_mailbox(settings: Config) -> ImapMailbox:
    """The same, with what only an archive of a whole mailbox needs."""
    from pamit.adapters.imap import ImapMailbox
    from pamit.adapters.oauth import Credentials

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


def read_own_days(config: Config | None = None) -> OwnDays:
    """The days of the person's own, as their file has them now.

    Raises:
        PamitError: INVALID ``own-days``.
    """
    path = (config or load_config()).days
    if path is None:
        return OwnDays()
    try:
        return OwnDays.from_toml(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PamitError(
            ErrorKind.INVALID, "own-days", f"The file of own days {path} cannot be read.", file=str(path)
        ) from error


def keep_own_days(pamit: Pamit, days: OwnDays) -> None:
    """Keep days of the person's own in their file, made in the home folder where none is named; they hold at once.

    Raises:
        PamitError: UNAVAILABLE ``cannot-write``; as :func:`pamit.config.load_config`.
    """
    config = load_config()
    path = config.days or config.home / OWN_DAYS
    write_private(path, days.to_toml())
    if config.days is None:
        keep_settings(config.home, {"days": str(path)})
    pamit.own_days = days


def scan_mail(
    memory: Callable[[], Pamit],
    where: str,
    now: datetime,
    *,
    jobs: int = 1,
    own: Sequence[str] = (),
    thorough: bool = False,
    on_progress: Callable[[ScanProgress], None] | None = None,
) -> tuple[Scan, Archive]:
    """Look through an archive of mail: a file or folder on this machine, or one of the accounts.

    A scan that is cut off goes on where it was when it is asked for again.

    Args:
        memory: opens the memory; asked for it only where there may be accounts in it, as opening it takes as long as looking
            through 50 MB.
        where: a path, or the address of an account.
        jobs: how many processes work on files.
        own: addresses of the person's beside those of the accounts and the settings.
        thorough: read every mail in full.

    Returns:
        what was found, and the archive, from which single mails can be fetched.

    Raises:
        PamitError: MISSING ``no-such-file``, ``no-account``; INVALID ``no-mail-there``, ``damaged-zip``; as reading a mailbox.
    """
    from pathlib import Path

    from pamit.adapters.imap_archive import ImapArchive
    from pamit.adapters.mail_files import MailFiles, mails_of
    from pamit.adapters.scan_engine import HereEngine, ProcessEngine
    from pamit.adapters.scan_journal import FileJournal, journal_name
    from pamit.services.scanning import addresses_told

    config = load_config()
    archive: MailFiles | ImapArchive
    if "@" in where and not Path(where).exists():
        archive = ImapArchive(imap_mailbox(config), memory().account(where), every=thorough)
    else:
        archive = MailFiles(Path(where))
    accounts = [address for account in memory().accounts() for address in account.addresses] if _has_memory(config) else []
    known = {one.casefold() for one in (*own, *accounts, *([config.email] if config.email else ()))}
    known |= set(addresses_told(archive.sample()))
    journal = FileJournal(config.home, journal_name(archive.identity, known, thorough=thorough))
    engine: ScanEngine = HereEngine()
    if sys.platform != "emscripten":  # a browser starts no processes
        # A connection stays in the process that opened it.
        engine = ProcessEngine(1, None) if isinstance(archive, ImapArchive) else ProcessEngine(jobs, mails_of)
    return Pamit.scan(archive, engine, journal, sorted(known), now, thorough=thorough, on_progress=on_progress), archive


def _has_memory(config: Config) -> bool:
    """Whether there may be a memory: a file that is not there is none."""
    from pathlib import Path

    file = config.database.removeprefix("sqlite:///")
    return file == config.database or Path(file.partition("?")[0]).exists()

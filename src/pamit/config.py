"""Settings: one table that drives reading and documentation.

A setting is taken from its environment variable, else, if it belongs to the memory, from ``pamit.toml`` in the home folder,
else its default holds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pamit.domain.calendar.quiet import DEFAULT_QUIET, QuietHours
from pamit.domain.calendar.zones import zone
from pamit.domain.signature import read_signature
from pamit.domain.terms import Bilingual, Language
from pamit.errors import ErrorKind, PamitError
from pamit.tables import parse_table

__all__ = [
    "SETTINGS", "Config", "Setting", "fixed_settings", "forget_settings", "keep_settings", "load_config", "settings_page",
    "write_private",
]  # fmt: skip

FILE_NAME = "pamit.toml"
_PLACES = frozenset({"database", "secrets"})


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        name: the key in ``pamit.toml``, where it may stand there.
        variable: the environment variable.
        default: as the documentation gives it.
    """

    name: str
    variable: str
    default: Bilingual
    meaning: Bilingual
    in_file: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "home", "PAMIT_HOME",
        Bilingual("folder data milik sistem", "the platform's data folder"),
        Bilingual(
            "Folder tempat Pamit menyimpan semuanya.",
            "The folder in which Pamit keeps everything.",
        ),
    ),
    Setting(
        "database", "PAMIT_DATABASE",
        Bilingual("berkas pamit.db di folder itu", "the file pamit.db in that folder"),
        Bilingual(
            "Alamat basis data: sqlite:///berkas atau postgresql://pengguna@mesin/nama.",
            "The database's address: sqlite:///file or postgresql://user@host/name.",
        ),
        in_file=True,
    ),
    Setting(
        "language", "PAMIT_LANGUAGE",
        Bilingual("menurut locale", "by the locale"),
        Bilingual("Bahasa antarmuka: id atau en.", "The language of the interface: id or en."),
        in_file=True,
    ),
    Setting(
        "days", "PAMIT_DAYS",
        Bilingual("tidak ada", "none"),
        Bilingual(
            "Berkas TOML dengan hari libur atau hari kerja sendiri.",
            "A TOML file with free or working days of one's own.",
        ),
        in_file=True,
    ),
    Setting(
        "timezone", "PAMIT_TIMEZONE",
        Bilingual("zona waktu komputer ini", "this machine's zone"),
        Bilingual(
            "Zona waktu tempat Anda berada (nama IANA), untuk jam tenang dan pengingat.",
            "The zone in which you are (IANA name), for quiet hours and reminders.",
        ),
        in_file=True,
    ),
    Setting(
        "quiet", "PAMIT_QUIET",
        Bilingual("21:00-07:00", "21:00-07:00"),
        Bilingual(
            "Jam tenang menurut jam di tempat Anda; hanya pengingat yang mendesak yang lewat. none: tidak ada.",
            "Quiet hours by the clock where you are; only what is urgent passes. none: there are none.",
        ),
        in_file=True,
    ),
    Setting(
        "secrets", "PAMIT_SECRETS",
        Bilingual("keyring, atau berkas bila tidak ada", "the keyring, or a file where there is none"),
        Bilingual(
            "Tempat kata sandi surel: keyring, atau file (berkas 0600 di folder Pamit).",
            "Where mail passwords lie: keyring, or file (mode 0600 in Pamit's folder).",
        ),
        in_file=True,
    ),
    Setting(
        "allow_plain_loopback", "PAMIT_ALLOW_PLAIN_LOOPBACK",
        Bilingual("0", "0"),
        Bilingual(
            "1: server surel di komputer ini sendiri boleh tanpa TLS, untuk uji coba.",
            "1: a mail server on this very machine may go without TLS, for trials.",
        ),
    ),
    Setting(
        "name", "PAMIT_NAME",
        Bilingual("tidak ada", "none"),
        Bilingual("Nama Anda, di bawah setiap pesan.", "Your name, under every message."),
        in_file=True,
    ),
    Setting(
        "email", "PAMIT_EMAIL",
        Bilingual("tidak ada", "none"),
        Bilingual("Alamat surel Anda.", "Your mail address."),
        in_file=True,
    ),
    Setting(
        "phone", "PAMIT_PHONE",
        Bilingual("tidak ada", "none"),
        Bilingual("Nomor telepon Anda.", "Your phone number."),
        in_file=True,
    ),
    Setting(
        "city", "PAMIT_CITY",
        Bilingual("tidak ada", "none"),
        Bilingual("Kota Anda, untuk surat.", "Your city, for letters."),
        in_file=True,
    ),
    Setting(
        "signature", "PAMIT_SIGNATURE",
        Bilingual("tidak ada", "none"),
        Bilingual(
            "Yang berdiri di bawah nama Anda dalam surel: paling banyak 4 baris, masing-masing 70 huruf.",
            "What stands below your name in mails: at most 4 lines of 70 characters.",
        ),
        in_file=True,
    ),
)  # fmt: skip
"""Every setting, in the order in which they are documented."""


@dataclass(frozen=True)
class Config:
    """The settings as they hold.

    Attributes:
        home: the folder; it need not exist yet.
        database: a URL as SQLAlchemy takes it.
        language: of the interface; None to go by the locale.
        days: the file of own days.
        timezone: IANA name of the zone in which the person is; None for the machine's.
        quiet: when not to disturb the person.
        secrets: ``keyring`` or ``file``; None for what the machine has.
        allow_plain_loopback: whether mail servers on this very machine may go without TLS.
    """

    home: Path
    database: str
    language: Language | None = None
    days: Path | None = None
    timezone: str | None = None
    quiet: QuietHours = DEFAULT_QUIET
    secrets: str | None = None
    allow_plain_loopback: bool = False
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    city: str | None = None
    signature: str | None = None


def fixed_settings(environment: Mapping[str, str] = os.environ) -> Mapping[str, str]:
    """The settings that an environment variable decides, so that nothing written to the file would hold: name to variable."""
    return {one.name: one.variable for one in SETTINGS if environment.get(one.variable)}


def load_config(environment: Mapping[str, str] = os.environ) -> Config:
    """Read the settings.

    Raises:
        PamitError: INVALID ``bad-settings`` naming file or setting, ``bad-quiet-hours``, ``unknown-zone``,
            ``bad-signature``; REFUSED where the file cannot be read.
    """
    home = Path(environment.get("PAMIT_HOME") or _data_folder()).expanduser()
    given = {**_from_file(home / FILE_NAME), **_from_environment(environment)}
    language, days = given.get("language"), given.get("days")
    if language is not None and language not in set(Language):
        raise _bad("language")
    if given.get("secrets") not in (None, "keyring", "file"):
        raise _bad("secrets")
    return Config(
        home=home,
        database=given.get("database") or f"sqlite:///{home / 'pamit.db'}",
        language=Language(language) if language else None,
        days=Path(days).expanduser() if days else None,
        timezone=zone(given["timezone"]).key if given.get("timezone") else None,
        quiet=QuietHours.from_text(given["quiet"]) if given.get("quiet") else DEFAULT_QUIET,
        secrets=given.get("secrets"),
        allow_plain_loopback=given.get("allow_plain_loopback") == "1",
        name=given.get("name"),
        email=given.get("email"),
        phone=given.get("phone"),
        city=given.get("city"),
        signature=read_signature(given["signature"]) or None if given.get("signature") else None,
    )


def keep_settings(home: Path, changes: Mapping[str, str]) -> None:
    """Write settings to ``pamit.toml``, readable by its owner alone; lines about anything else stay as they are.

    Args:
        changes: by name; "" takes a setting out.

    Raises:
        PamitError: INVALID ``bad-settings`` where one may not stand there; UNAVAILABLE ``cannot-write``.
    """
    known = {one.name for one in SETTINGS if one.in_file}
    for name in changes:
        if name not in known:
            raise _bad(name)
    path = home / FILE_NAME
    _from_file(path)  # what cannot be read is not written over
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    kept = [line for line in lines if line.partition("=")[0].strip() not in changes]
    # A JSON string is a basic string of TOML.
    kept += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in changes.items() if value]
    write_private(path, "".join(f"{line}\n" for line in kept))


def forget_settings(home: Path) -> None:
    """Take out of ``pamit.toml`` what the person told of themselves; where things lie on this machine stays.

    Raises:
        PamitError: as :func:`keep_settings`.
    """
    if (home / FILE_NAME).exists():
        keep_settings(home, {one.name: "" for one in SETTINGS if one.in_file and one.name not in _PLACES})


def write_private(path: Path, text: str) -> None:
    """Write a file that its owner alone can read: the whole of it or nothing.

    Raises:
        PamitError: UNAVAILABLE ``cannot-write``.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        unfinished.replace(path)
    except OSError as error:
        raise PamitError(
            ErrorKind.UNAVAILABLE, "cannot-write", f"{path}: {error.strerror}.", file=str(path), reason=error.strerror
        ) from error


def _data_folder() -> str:
    # Imported only where no folder is set: most of the cost of reading the settings.
    from platformdirs import user_data_dir

    return user_data_dir("pamit", appauthor=False)


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    return {one.name: environment[one.variable] for one in SETTINGS if environment.get(one.variable)}


def _from_file(path: Path) -> dict[str, str]:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise PamitError(ErrorKind.INVALID, "bad-settings", f"{path} cannot be read.", file=str(path)) from error
    try:
        table = parse_table(text)
    except ValueError as error:
        raise PamitError(ErrorKind.INVALID, "bad-settings", f"{path} is no TOML: {error}.", file=str(path)) from error
    known = {one.name for one in SETTINGS if one.in_file}
    for name, value in table.items():
        if name not in known or not isinstance(value, str):
            raise _bad(name)
    return {name: str(value) for name, value in table.items()}


def _bad(name: str) -> PamitError:
    return PamitError(
        ErrorKind.INVALID, "bad-settings", f"The setting {name!r} is unknown or cannot have that value.", field=name
    )


def settings_page(language: Language) -> str:
    """The reference page of the settings, in Markdown."""
    head = {
        Language.ID: ("# Pengaturan", "variabel", f"di `{FILE_NAME}`", "bawaan", "arti"),
        Language.EN: ("# Settings", "variable", f"in `{FILE_NAME}`", "default", "meaning"),
    }[language]
    intro = {
        Language.ID: f"Variabel lingkungan menang atas `{FILE_NAME}` di folder Pamit; yang tidak ditulis memakai bawaan.",
        Language.EN: f"An environment variable wins over `{FILE_NAME}` in Pamit's folder; what is not written has its default.",
    }[language]
    rows = []
    for one in SETTINGS:
        key = f"`{one.name}`" if one.in_file else "–"
        default, meaning = one.default.in_language(language), one.meaning.in_language(language)
        rows.append(f"| `{one.variable}` | {key} | {default} | {meaning} |")
    table = [f"| {' | '.join(head[1:])} |", "| --- | --- | --- | --- |", *rows]
    return "\n".join([head[0], "", intro, "", *table, ""])

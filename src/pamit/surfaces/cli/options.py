"""The options that several commands share, in the person's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import click

from pamit.domain.interview import Agency, Candidate, Event, Intent
from pamit.domain.terms import Channel, EventKind, Purpose, Reason, StepKind
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.source import Moment
from pamit.surfaces.cli.words import Words

__all__ = ["Options", "agency_of", "candidate_of", "event_of", "intent_of", "own_days_of"]


def _choice(kind: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([str(member) for member in kind])


@dataclass(frozen=True)
class Options:
    """Builds parameters with help in one language."""

    words: Words

    def option(self, *names: str, key: str, **settings: Any) -> click.Option:
        """An option whose help stands in the words under ``option.<key>``."""
        return click.Option(list(names), help=self.words(f"option.{key}"), **settings)

    def file(self, name: str = "file") -> click.Argument:
        """The file to read, or ``-``."""
        return click.Argument([name], metavar=name.upper(), shell_complete=_files)

    def language(self) -> click.Option:
        """``--language``; it was read before the command was built, so its value is not used again."""
        return self.option("--language", key="language", type=click.Choice(["id", "en"]), expose_value=False)

    def json(self) -> click.Option:
        """``--json``."""
        return self.option("--json", "as_json", key="json", is_flag=True)

    def now(self) -> click.Option:
        """``--now``."""
        return self.option("--now", key="now", type=Moment())

    def source(self) -> list[click.Parameter]:
        """What is known about a message besides its file."""
        return [
            self.option("--received", key="received", type=Moment()),
            self.option("--channel-in", key="channel_in", type=click.Choice(["email", "letter", "whatsapp", "sms"])),
            self.option("--subject", key="subject"),
            self.option("--from", "sender", key="sender"),
        ]

    def intent(self) -> list[click.Parameter]:
        """The decision and its reason."""
        return [self.option("--decision", key="decision", type=_choice(Purpose)), self.reason()]

    def reason(self) -> click.Option:
        """``--reason``."""
        return self.option("--reason", key="reason", type=_choice(Reason))

    def history(self) -> list[click.Parameter]:
        """What has happened, and days of one's own."""
        return [
            self.option("--event", "events", key="event", multiple=True),
            self.option("--days", key="days", type=click.Path(path_type=Path)),
        ]

    def candidate(self) -> list[click.Parameter]:
        """The person who writes."""
        return [
            self.option("--name", key="name", envvar="PAMIT_NAME"),
            self.option("--email", key="email", envvar="PAMIT_EMAIL"),
            self.option("--phone", key="phone", envvar="PAMIT_PHONE"),
            self.option("--city", key="city", envvar="PAMIT_CITY"),
        ]

    def message(self) -> list[click.Parameter]:
        """How the message is worded."""
        return [
            self.option("--channel", key="channel_out", type=_choice(Channel)),
            self.option("--write-in", key="write_in", type=click.Choice(["id", "en"])),
            self.option("--register", key="register", type=click.Choice(["formal", "friendly"]), default="formal"),
            self.option("--variant", key="variant", type=click.IntRange(min=0), default=0),
            self.option("--alternative", "alternatives", key="alternative", type=Moment(), multiple=True),
            self.option("--note", key="note"),
        ]

    def case(self) -> click.Argument:
        """The id of a case."""
        return click.Argument(["case"], metavar="CASE")

    def version_seen(self) -> click.Option:
        """``--if-version``: refuse where the case has changed since."""
        return self.option("--if-version", "version", key="if_version", type=click.IntRange(min=1))

    def agenda_limit(self) -> click.Option:
        """``--limit`` of an agenda."""
        return self.option("--limit", key="agenda_limit", type=click.IntRange(min=1), default=50, show_default=True)

    def path(self) -> click.Argument:
        """A file to write or to take in."""
        return click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")

    def out_file(self) -> click.Option:
        """``-o``: a file to write; standard output without it."""
        return self.option("--output", "-o", key="out_file", type=click.Path(path_type=Path, dir_okay=False))

    def notify(self) -> click.Option:
        """``--notify``: how reminders are told."""
        return self.option("--notify", key="notify", type=click.Choice(["auto", "desktop", "line"]), default="auto")

    def steps(self) -> click.Option:
        """``--step``: one step of a plan."""
        return self.option("--step", key="step", type=_choice(StepKind), metavar="STEP")

    def force(self) -> click.Option:
        """``--force``: write over a file."""
        return self.option("--force", key="force", is_flag=True)

    def passphrase_file(self) -> click.Option:
        """``--passphrase-file``."""
        return self.option("--passphrase-file", key="passphrase_file", type=click.Path(path_type=Path))

    def agency(self) -> list[click.Parameter]:
        """The agency that stands between, and whether it is written to."""
        return [
            self.option("--agency", key="agency"),
            self.option("--to-agency", key="to_agency", is_flag=True),
        ]

    def export(self) -> list[click.Parameter]:
        """In which form the message is given out, and where."""
        path = click.Path(path_type=Path)
        return [
            self.option("--format", "form", key="format", type=click.Choice(["text", "md", "eml", "pdf", "docx"])),
            self.option("-o", "--output", key="output", type=path),
            self.option("--force", key="force", is_flag=True),
            self.option("--quote", key="quote", is_flag=True),
            self.option("--address", key="address", multiple=True),
            self.option("--enclosures", key="enclosures"),
            self.option("--copy-to", "copies", key="copies", multiple=True),
            self.option("--signature", key="signature", type=path),
        ]


def _files(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def candidate_of(name: str | None, email: str | None, phone: str | None, city: str | None) -> Candidate:
    """The person who writes: as told, else by the settings.

    Raises:
        PamitError: ``no-name``; a message without a name cannot be sent; as reading the settings.
    """
    from pamit.config import load_config

    known = load_config()
    called = (name or known.name or "").strip()
    if not called:
        raise PamitError(ErrorKind.MISSING, "no-name", "The candidate's name is not known.")
    return Candidate(called, email or known.email, phone or known.phone, city or known.city, known.signature)


def agency_of(written: str | None) -> Agency | None:
    """The agency as it is written on the command line: a name, a mail address, or ``Name <address>``."""
    if not written or not written.strip():
        return None
    name, bracket, rest = written.partition("<")
    if bracket:
        return Agency(name.strip(' "') or None, rest.partition(">")[0].strip() or None)
    return Agency(None, written.strip()) if "@" in written else Agency(written.strip())


def intent_of(decision: str | None, reason: str | None) -> Intent | None:
    """What the person wants."""
    return Intent(Purpose(decision), Reason(reason) if reason else None) if decision else None


def event_of(written: str) -> Event:
    """An event as it is written on the command line: time, kind, purpose and channel in any order after them.

    Raises:
        PamitError: ``bad-event``.
    """
    parts: Sequence[str] = written.split()
    try:
        at = datetime.fromisoformat(parts[0])
        kind = EventKind(parts[1])
    except (IndexError, ValueError) as error:
        raise _bad_event(written) from error
    purpose: Purpose | None = None
    channel: Channel | None = None
    for part in parts[2:]:
        if part in set(Purpose):
            purpose = Purpose(part)
        elif part in set(Channel):
            channel = Channel(part)
        else:
            raise _bad_event(written)
    return Event(at if at.utcoffset() is not None else at.astimezone(), kind, purpose, channel)


def _bad_event(written: str) -> PamitError:
    return PamitError(ErrorKind.INVALID, "bad-event", f"The event {written!r} cannot be read.", event=written)


def own_days_of(path: Path | None, words: Words) -> Any:
    """The own days in a file; None without one."""
    if path is None:
        return None
    from pamit.domain.calendar.workdays import OwnDays
    from pamit.surfaces.cli.source import read_words

    return OwnDays.from_toml(read_words(str(path), words))

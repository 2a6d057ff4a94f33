"""What the commands about mail share: composing a message of a case, showing a preview, an outcome, the open questions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.domain.calendar.wording import write_moment
from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.outbox import Outgoing, SendState, Verdict
from pamit.domain.terms import Channel, Language, Purpose, Reason, Register
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.source import Moment
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.interview import Candidate
    from pamit.domain.log import Dossier
    from pamit.domain.message import Draft
    from pamit.services.pamit import Pamit
    from pamit.services.sending import Preview

__all__ = [
    "Wording",
    "compose_options",
    "draft_of",
    "known_digest",
    "print_message",
    "print_preview",
    "status_of",
    "when",
]  # fmt: skip

_STATUS = {SendState.RETRY: 69, SendState.REJECTED: 1, SendState.UNKNOWN: 1}


@dataclass(frozen=True)
class Wording:
    """How a message is to be worded."""

    purpose: str
    reason: str | None = None
    write_in: str | None = None
    register: str = "formal"
    variant: int = 0
    alternatives: tuple[datetime, ...] = ()
    note: str | None = None
    to_agency: bool = False
    text: Path | None = None


def compose_options(options: Options) -> list[click.Parameter]:
    """The options of :class:`Wording`."""
    return [
        options.option(
            "--purpose", key="send_purpose", required=True, type=click.Choice([str(purpose) for purpose in Purpose])
        ),
        options.reason(),
        options.option("--write-in", key="write_in", type=click.Choice(["id", "en"])),
        options.option("--register", key="register", type=click.Choice(["formal", "friendly"]), default="formal"),
        options.option("--variant", key="variant", type=click.IntRange(min=0), default=0),
        options.option("--alternative", "alternatives", key="alternative", type=Moment(), multiple=True),
        options.option("--note", key="note"),
        options.option("--to-agency", key="to_agency", is_flag=True),
        options.option("--text", key="send_text", type=click.Path(path_type=Path, dir_okay=False)),
    ]


def draft_of(dossier: Dossier, wanted: Wording, candidate: Candidate, channel: Channel, now: datetime, words: Words) -> Draft:
    """The message: composed, or the person's own words with their subject line."""
    from pamit.services.writing import write_message

    draft = write_message(
        dossier.case,
        Purpose(wanted.purpose),
        candidate=candidate,
        now=now,
        language=Language(wanted.write_in) if wanted.write_in else dossier.language,
        channel=channel,
        reason=Reason(wanted.reason) if wanted.reason else None,
        register=Register(wanted.register),
        variant=wanted.variant,
        alternatives=wanted.alternatives,
        note=wanted.note,
        to_agency=wanted.to_agency,
    )
    if wanted.text is None:
        return draft
    from pamit.surfaces.cli.source import read_words

    subject, body = _with_subject(read_words(str(wanted.text), words))
    return replace(draft, text=body, subject=subject or draft.subject, moves=())


def _with_subject(text: str) -> tuple[str | None, str]:
    """A first line "Subject: …" or "Subjek: …" is the subject, as ``pamit check`` reads it."""
    head, _, body = text.partition("\n")
    name, colon, value = head.partition(":")
    if colon and name.strip().lower() in ("subject", "subjek"):
        return value.strip() or None, body.strip("\n")
    return None, text


# -- showing ----------------------------------------------------------------------------------------------------------


def when(at: datetime, timezone: str | None, here: tzinfo, words: Words) -> str:
    """A moment at the employer's place, and where the person is if the clock there shows another hour."""
    there = timezone or DEFAULT_ZONE
    said = write_moment(at.astimezone(zone(there)), there, words.language)
    local = at.astimezone(here)
    if local.utcoffset() == at.astimezone(zone(there)).utcoffset():
        return said
    key = getattr(here, "key", None)
    own = write_moment(local, key, words.language) if key else f"{local:%Y-%m-%d %H.%M %z}"
    return words("send.both_zones", there=said, here=own)


def print_preview(shown: Preview, words: Words, here: tzinfo) -> None:
    """The last view before a message goes: every address, the times, the calendar answer in words, the check."""
    from pamit.surfaces.cli.show import Printer

    interview = shown.case.interview
    printer = Printer(words, interview.timezone)
    printer.section("preview")
    printer.row(words("send.from"), str(shown.sender))
    for label, addresses in (("send.to", shown.to), ("send.cc", shown.cc)):
        for address in addresses:
            printer.row(words(label), str(address))
    printer.row(words("field.subject"), shown.subject or "")
    if interview.start is not None:
        printer.row(words("send.interview"), when(interview.start, interview.timezone, here, words))
    calendar = shown.calendar.in_language(words.language) if shown.calendar else words("send.no_calendar")
    printer.row(words("send.calendar"), calendar)
    for notice in shown.notices:
        printer.bullet(notice.in_language(words.language))
    for caution in shown.cautions:
        printer.bullet(words(f"caution.{caution}"), colour="yellow")
    if shown.repeats is not None:
        sent = shown.repeats.approved_at or shown.repeats.created_at
        printer.bullet(words("send.repeats", id=shown.repeats.id, at=when(sent, interview.timezone, here, words)), colour="red")
    click.echo()
    click.echo(shown.text)
    printer.report(shown.report, shown.text)
    click.echo()
    printer.row(words("send.digest"), shown.message.digest)


def print_message(message: Outgoing, words: Words, here: tzinfo, *, to_stderr: bool = False) -> None:
    """Where a message stands, what went wrong, and what to do about it."""
    state = words(f"send_state.{message.state}")
    due = f"{message.due_at.astimezone(here):%Y-%m-%d %H.%M}" if message.due_at else ""
    at = words("outbox.at", at=due) if message.state in (SendState.APPROVED, SendState.RETRY) and due else ""
    to = ", ".join(message.recipients) or (words(f"via.{message.via}") if message.via else "")
    click.secho(f"{message.id}  {state}{at}", bold=True, nl=False, err=to_stderr)
    click.echo(f"  {message.case}  {words(f'do.{message.purpose}')}  {to}", err=to_stderr)
    for line in _remarks(message, words):
        click.echo(f"  {line}", err=to_stderr)


def _remarks(message: Outgoing, words: Words) -> list[str]:
    found = [words(f"trouble.{message.trouble}")] if message.trouble is not None else []
    if message.said:
        found.append(words("outbox.said", said=message.said))
    if len(message.recipients) > 1:
        refused = [one for one in message.results if one.verdict != Verdict.ACCEPTED]
        found += [words("outbox.recipient", email=one.email, said=one.said or str(one.code or "")) for one in refused]
    if message.state == SendState.UNKNOWN:
        found.append(words("outbox.ask_unknown", id=message.id))
    elif message.state == SendState.HANDED_OVER:
        found.append(words("outbox.ask_handed", id=message.id))
    elif message.trouble == "too-late":
        found.append(words("outbox.call", purpose=message.purpose, case=message.case))
    return found


def status_of(message: Outgoing) -> int:
    """The exit status of a command that sent a message."""
    return _STATUS.get(message.state, 0)


def known_digest(pamit: Pamit, case: str, digest: str) -> Outgoing:
    """The message of a case with that digest, as the person saw it.

    Raises:
        PamitError: MISSING ``no-such-message``.
    """
    found = [one for one in pamit.outbox() if one.case == case and one.digest == digest]
    if not found:
        raise PamitError(ErrorKind.MISSING, "no-such-message", "No message of this case has that digest.", id=digest[:12])
    return found[-1]

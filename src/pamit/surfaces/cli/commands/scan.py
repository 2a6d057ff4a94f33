"""``pamit scan``: every interview in an archive of mail, and the answers that are owed."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.memory import is_terminal, opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.services.scan_adding import AddedScanned
    from pamit.services.scanning import Scan, Scanned, ScanProgress

__all__ = ["build", "chosen_numbers"]

_ASK = "ask"
_RANGE = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")
_PROGRESS_EVERY = 0.2
_MOST_ANSWERED = 20


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def scan(
        where: str, add: str | None, jobs: int, own: tuple[str, ...], thorough: bool, now: datetime | None, as_json: bool
    ) -> None:
        from pamit.bootstrap import scan_mail
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        if add is not None and add not in (_ASK, "all"):
            chosen_numbers(add, 0)
        progress = _Progress(words)
        with ExitStack() as stack:
            memory = cache(lambda: stack.enter_context(opened()))
            try:
                found, archive = scan_mail(
                    memory, where, moment, jobs=jobs, own=own, thorough=thorough, on_progress=progress.advance
                )
            except KeyboardInterrupt:
                progress.finish()
                click.echo(words("scan.interrupted"), err=True)
                raise
            progress.finish()
            if not as_json:
                _print(found, words)
            chosen = _chosen(add, found, words, as_json=as_json)
            added: Sequence[AddedScanned] = ()
            if chosen:
                pamit = memory()
                added = pamit.add_scanned(archive, chosen, moment)
        if as_json:
            from pamit.surfaces.cli.output import print_json

            print_json(_record(found, added))
            return
        for one in added:
            _say_added(one, words)

    return click.Command(
        "scan",
        callback=scan,
        help=words("help.scan"),
        params=[
            click.Argument(["where"], metavar="PATH|ACCOUNT"),
            options.option("--add", key="scan_add", is_flag=False, flag_value=_ASK, metavar="[NUMBERS|all]"),
            options.option("--jobs", key="jobs", type=click.IntRange(1, 64), default=1, show_default=True),
            options.option("--own", "own", key="scan_own", multiple=True, metavar="ADDRESS"),
            options.option("--thorough", key="scan_thorough", is_flag=True),
            options.now(),
            options.json(),
            options.language(),
        ],
    )


def chosen_numbers(written: str, most: int) -> tuple[int, ...]:
    """The numbers that a person names: "1,3-5". Those above ``most`` are left out, unless it is 0.

    Raises:
        PamitError: INVALID ``bad-numbers``.
    """
    numbers: dict[int, None] = {}
    for part in written.replace(" ", ",").split(","):
        if not part:
            continue
        found = _RANGE.fullmatch(part)
        first = int(found[1]) if found else 0
        last = int(found[2] or found[1]) if found else 0
        if first < 1 or last < first:
            raise PamitError(ErrorKind.INVALID, "bad-numbers", f"{written!r} names no numbers.", written=written)
        for number in range(first, min(last, most) + 1):
            numbers[number] = None
    return tuple(numbers)


def _chosen(add: str | None, found: Scan, words: Words, *, as_json: bool) -> Sequence[Scanned]:
    """The invitations to keep."""
    everything = {one.number: one for one in (*found.interviews, *found.meetings)}
    if add is None or not everything:
        return ()
    if add == "all":
        return found.interviews
    if add != _ASK:
        return [everything[number] for number in chosen_numbers(add, len(everything))]
    if as_json or not is_terminal():
        raise PamitError(ErrorKind.INVALID, "say-which-numbers", "Name the numbers, or all.")
    while True:
        answer: str = click.prompt(words("scan.prompt"), default="", show_default=False)
        if not answer.strip():
            return ()
        if answer.strip().casefold() in ("all", "semua"):
            return found.interviews
        try:
            return [everything[number] for number in chosen_numbers(answer, len(everything))]
        except PamitError:
            click.echo(words("prompt.not_that"))


# -- words for people -------------------------------------------------------------------------------------------------


def _print(found: Scan, words: Words) -> None:
    from pamit.services.scanning import AGES

    click.echo(
        words("scan.looked", looked=found.looked, size=_size(found.size), skipped=found.skipped, count=len(found.interviews))
    )
    for name, code in found.troubles:
        click.secho(words("scan.trouble", name=name, code=code), fg="yellow", err=True)
    if not found.own:
        click.secho(words("scan.own_unknown"), fg="yellow", err=True)
    owed = found.owed
    if not found.interviews:
        click.echo(words("scan.none"))
    elif owed:
        click.secho("\n" + words("scan.owed_one" if len(owed) == 1 else "scan.owed", count=len(owed)), bold=True)
    else:
        click.secho("\n" + words("scan.nothing_owed"), bold=True)
    for age in AGES:
        _group(words(f"scan.age_{age}"), [one for one in owed if one.age == age], words)
    answered = [one for one in found.interviews if one.answer is not None]
    _group(words("scan.answered", count=len(answered)), answered[:_MOST_ANSWERED], words)
    if len(answered) > _MOST_ANSWERED:
        click.echo(words("scan.more", count=len(answered) - _MOST_ANSWERED))
    if found.meetings:
        open_meetings = sum(one.answer is None for one in found.meetings)
        click.echo("\n" + words("scan.meetings", count=len(found.meetings), open=open_meetings))
    if found.interviews:
        click.secho("\n" + words("scan.how"), dim=True)


def _group(title: str, mails: Iterable[Scanned], words: Words) -> None:
    listed = list(mails)
    if not listed:
        return
    click.secho(f"\n{title}", bold=True)
    for one in listed:
        click.echo(_line(one, words))


def _line(one: Scanned, words: Words) -> str:
    from pamit.domain.calendar.wording import write_day

    mail = one.mail
    language = words.language
    came = write_day(mail.received_at.date(), language) if mail.received_at else words("scan.undated")
    about = " · ".join(part for part in (mail.position, mail.company) if part) or mail.sender
    lines = [f"{one.number:>4}. {about} — {' '.join(mail.subject.split()) or words('scan.no_subject')}"]
    lines.append("      " + words("scan.came", day=came, sender=mail.sender))
    if mail.start is not None:
        lines.append("      " + words("scan.start", at=f"{write_day(mail.start.date(), language)} {mail.start:%H.%M}"))
    if one.answer is not None:
        day = write_day(one.answer.at.date(), language) if one.answer.at else words("scan.undated")
        what = words(f"scan_purpose.{one.answer.purpose}") if one.answer.purpose else words("scan.answer")
        lines.append("      " + words("scan.answered_at", what=what, day=day))
    return "\n".join(lines)


def _say_added(one: AddedScanned, words: Words) -> None:
    if one.case is None:
        click.secho(words("scan.not_added", number=one.number, code=one.trouble or ""), fg="yellow", err=True)
    else:
        click.echo(words("scan.joined" if one.match else "scan.added", number=one.number, case=one.case))


def _size(count: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"


# -- for programs -----------------------------------------------------------------------------------------------------


def _record(found: Scan, added: Sequence[AddedScanned]) -> dict[str, Any]:
    cases = {one.number: {"case": one.case, "match": one.match, "error": one.trouble} for one in added}
    return {
        "looked": found.looked,
        "skipped": found.skipped,
        "unreadable": found.unreadable,
        "size": found.size,
        "own": found.own,
        "owed": len(found.owed),
        "invitations": [_scanned_record(one, cases) for one in (*found.interviews, *found.meetings)],
        "troubles": [{"name": name, "code": code} for name, code in found.troubles],
    }


def _scanned_record(one: Scanned, cases: dict[int, dict[str, Any]]) -> dict[str, Any]:
    mail, answer = one.mail, one.answer
    return {
        "number": one.number,
        "about": mail.about,
        "kind": mail.kind,
        "subject": mail.subject,
        "sender": mail.sender,
        "company": mail.company,
        "position": mail.position,
        "start": mail.start,
        "received": mail.received_at,
        "message_id": mail.message_id,
        "age": one.age,
        "answer": None if answer is None else {"at": answer.at, "purpose": answer.purpose, "how": answer.how},
        "source": mail.place.source,
        "offset": mail.place.offset,
        "length": mail.place.length,
        "digest": mail.digest,
        **({"added": cases[one.number]} if one.number in cases else {}),
    }


class _Progress:
    """How far a scan is, on standard error, where that is a terminal."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._moving = sys.stderr.isatty()
        self._began = time.monotonic()
        self._shown = 0.0

    def advance(self, progress: ScanProgress) -> None:
        """Show how far it is, how quickly it goes, and how long it takes yet."""
        instant = time.monotonic()
        if not self._moving or instant - self._shown < _PROGRESS_EVERY:
            return
        self._shown = instant
        rate = (progress.done - progress.resumed) / max(instant - self._began, 1e-9)
        left = max(0, progress.total - progress.done) / rate if rate and progress.total else 0
        share = min(99, 100 * progress.done // progress.total) if progress.total else 0
        text = self._words(
            "scan.progress", share=share, done=_size(progress.done), rate=_size(int(rate)), left=_duration(left),
            looked=progress.looked, found=progress.found,
        )  # fmt: skip
        click.echo(f"\r\033[K{text}", err=True, nl=False)

    def finish(self) -> None:
        """Leave the line empty."""
        if self._moving:
            click.echo("\r\033[K", err=True, nl=False)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

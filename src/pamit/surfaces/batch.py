"""The bulk interface: JSON Lines in, one line out for each line in, in the same order, in constant memory.

A line that cannot be processed becomes an error record and the rest goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import msgspec

from pamit.domain.terms import Channel, Language, Register
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces import records

__all__ = ["MAX_LINE", "Verb", "process_line", "run_batch", "run_verb"]

Verb = Literal["read", "plan", "write", "check"]

Record = Mapping[str, Any]

MAX_LINE = 32 * 1024 * 1024
"""The longest line that is parsed, in bytes; a longer one is reported and passed over."""

_CHUNK = 32
_BOM = b"\xef\xbb\xbf"
_MAX_FILE = 25 * 1024 * 1024


def run_batch(
    lines: Iterable[bytes], verb: Verb, language: Language, jobs: int = 1, on_done: Callable[[int, int], None] | None = None
) -> Iterator[bytes]:
    """Process lines.

    Args:
        lines: raw lines, with or without their line end; blank ones are passed over.
        language: of messages and explanations.
        jobs: how many processes work.
        on_done: called after each line with the number of lines and of failures so far.

    Yields:
        encoded records, each with its line end.
    """
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    results = _in_processes(numbered, verb, language, jobs) if jobs > 1 else map(partial(_numbered, verb, language), numbered)
    failed = 0
    for done, (record, is_error) in enumerate(results, 1):
        failed += is_error
        yield record
        if on_done:
            on_done(done, failed)


def _numbered(verb: Verb, language: Language, numbered: tuple[int, bytes]) -> tuple[bytes, bool]:
    return process_line(numbered[1], numbered[0], verb, language)


def _chunk(verb: Verb, language: Language, chunk: list[tuple[int, bytes]]) -> list[tuple[bytes, bool]]:
    return [process_line(line, number, verb, language) for number, line in chunk]


def _in_processes(
    numbered: Iterator[tuple[int, bytes]], verb: Verb, language: Language, jobs: int
) -> Iterator[tuple[bytes, bool]]:
    work = partial(_chunk, verb, language)
    waiting: deque[Future[list[tuple[bytes, bool]]]] = deque()
    pool = ProcessPoolExecutor(jobs)
    try:
        while True:
            # A bounded window keeps memory constant however long the input is.
            while len(waiting) < jobs * 3 and (chunk := list(islice(numbered, _CHUNK))):
                waiting.append(pool.submit(work, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def process_line(line: bytes, number: int, verb: Verb, language: Language) -> tuple[bytes, bool]:
    """One line to one encoded record, and whether it is an error."""
    try:
        if len(line) > MAX_LINE:
            raise PamitError(ErrorKind.REFUSED, "line-too-long", f"The line is longer than {MAX_LINE // 2**20} MiB.")
        identity, record = _VERBS[verb](_decoded(line, verb), language)
        failed = False
    except PamitError as error:
        identity = _identity(line)
        record = {"error": {"code": error.code, "message": f"Line {number}: {error.message}"}}
        failed = True
    except Exception as error:  # a fault of ours in one line must not take the others with it; it is counted and named
        message = f"Line {number}: a fault in Pamit itself ({type(error).__name__}); please report it."
        identity, record, failed = _identity(line), {"error": {"code": "internal-error", "message": message}}, True
    return msgspec.json.encode({"id": identity, **record}) + b"\n", failed


def run_verb(verb: Verb, row: Any, language: Language) -> Record:
    """One row that is read already to its record, with its id.

    Raises:
        PamitError: as the verbs do.
    """
    identity, record = _VERBS[verb](row, language)
    return {"id": identity, **record}


def _identity(line: bytes) -> records.Id:
    """The id of a line that could not be processed, where it can still be told."""
    try:
        return msgspec.json.decode(line.removeprefix(_BOM), type=_OnlyId).id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


class _OnlyId(msgspec.Struct):
    id: records.Id = None


_ROWS: dict[str, type[msgspec.Struct]] = {
    "read": records.ReadRow, "plan": records.PlanRow, "write": records.WriteRow, "check": records.CheckRow,
}  # fmt: skip
_DECODERS = {verb: msgspec.json.Decoder(row) for verb, row in _ROWS.items()}


def _decoded(line: bytes, verb: Verb) -> Any:
    try:
        return _DECODERS[verb].decode(line.removeprefix(_BOM))
    except msgspec.ValidationError as error:
        raise PamitError(ErrorKind.INVALID, "invalid-row", f"{error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PamitError(ErrorKind.INVALID, "not-json", f"not valid JSON: {error}.") from error


def _read(row: records.ReadRow, language: Language) -> tuple[records.Id, Record]:
    from pamit.formats.html import looks_like_html
    from pamit.services.intake import read_source

    records.aware(row.received, "received")
    source: str | bytes
    if row.path is not None:
        path = Path(row.path)
        source, name = _file_bytes(path), path.name
    elif row.text is not None:
        source, name = row.text, None
    else:
        raise PamitError(ErrorKind.MISSING, "no-text", "The row has neither `text` nor `path`.")
    invitation = read_source(
        source, name=name, subject=row.subject, sender=row.sender, received=row.received, channel=row.channel
    )
    drawn = row.path is not None or looks_like_html(row.text or "")
    return row.id, records.invitation_record(invitation, language, with_text=drawn or invitation.text != row.text)


def _file_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_FILE:
            raise PamitError(ErrorKind.REFUSED, "too-large", f"The file {path} is larger than {_MAX_FILE // 2**20} MiB.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise PamitError(ErrorKind.MISSING, "no-such-file", f"The file {path} cannot be read: {reason}.") from error


def _plan(row: records.PlanRow, language: Language) -> tuple[records.Id, Record]:
    from pamit.domain.plan import make_plan

    records.aware(row.now, "now")
    plan = make_plan(records.case_from(row.interview, row.events), row.now, records.intent_from(row.intent))
    return row.id, records.plan_record(plan, language)


def _write(row: records.WriteRow, language: Language) -> tuple[records.Id, Record]:
    from pamit.services.checking import check_message, context_of
    from pamit.services.writing import write_message

    records.aware(row.now, "now")
    case, candidate = records.case_from(row.interview, row.events), records.candidate_from(row.candidate)
    alternatives = tuple(row.alternatives or ())
    for number, slot in enumerate(alternatives):
        records.aware(slot, f"alternatives[{number}]")
    draft = write_message(
        case,
        row.purpose,
        candidate=candidate,
        now=row.now,
        language=row.lang or Language.ID,
        channel=row.channel or Channel.EMAIL,
        reason=row.reason,
        register=row.register or Register.FORMAL,
        variant=row.variant or 0,
        alternatives=alternatives,
        note=row.note,
    )
    return row.id, records.draft_record(draft, check_message(draft, context_of(case, candidate, row.now)), language)


def _check(row: records.CheckRow, language: Language) -> tuple[records.Id, Record]:
    from pamit.services.checking import check_message

    report = check_message(
        row.text,
        records.context_from(row.context),
        channel=row.channel or Channel.EMAIL,
        purpose=row.purpose,
        language=row.lang,
        subject=row.subject,
    )
    return row.id, records.check_record(report, language)


_VERBS: dict[str, Callable[[Any, Language], tuple[records.Id, Record]]] = {
    "read": _read, "plan": _plan, "write": _write, "check": _check,
}  # fmt: skip

"""The bulk interface as a table (CSV): what a spreadsheet gives and takes, turned into the rows of JSON and back.

A nested field is a column with a dotted name ("interview.company"); a list is JSON within its cell; an empty cell is an absent
key. Cells that a spreadsheet would take for a formula are written with an apostrophe before them, which is taken away again
where it is read.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from pamit.domain.invitation import FIELDS
from pamit.domain.terms import Move
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.batch import MAX_LINE, Verb

__all__ = ["TableForm", "columns", "is_table", "rows_of_table", "table_form", "table_of_records"]

_SNIFFED: Final = 64 * 1024
_SEPARATORS: Final = (";", ",", "\t")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
# Columns whose values are not words: numbers, yes or no, lists.
_VALUES: Final = frozenset(
    ("variant", "interview.round", "context.round", "interview.works_saturday", "events", "alternatives", "context.previous")
)
_ERROR: Final = ("error.code", "error.message")
_NOT_CHECKED: Final = frozenset((Move.APPRECIATION, Move.GOOD_WISHES, Move.ALTERNATIVES))


@dataclass(frozen=True)
class TableForm:
    """How a table is written.

    Attributes:
        separator: between cells.
        encoding: of its letters.
        marked: whether it begins with a byte order mark, by which spreadsheets know UTF-8.
    """

    separator: str = ","
    encoding: str = "utf-8"
    marked: bool = False


def is_table(name: str) -> bool:
    """Whether a file is a table, by its name.

    >>> is_table("Peserta.CSV"), is_table("in.jsonl")
    (True, False)
    """
    return name.lower().endswith((".csv", ".tsv"))


def table_form(head: bytes) -> TableForm:
    """How a table is written, by its beginning.

    >>> table_form("id;text\\n1;Halo".encode("utf-8-sig"))
    TableForm(separator=';', encoding='utf-8-sig', marked=True)
    """
    marked = head.startswith(codecs.BOM_UTF8)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)
            encoding = "utf-8-sig" if marked else "utf-8"
        except UnicodeDecodeError:
            encoding = "cp1252"
    first = head.decode(encoding, "replace").lstrip("\ufeff\r\n").partition("\n")[0]
    return TableForm(max(_SEPARATORS, key=first.count) if any(map(first.count, _SEPARATORS)) else ",", encoding, marked)


def rows_of_table(stream: BinaryIO, form: TableForm) -> Iterator[bytes]:
    """The rows of a table as lines of JSON.

    Raises:
        PamitError: INVALID ``bad-table`` where it cannot be told apart into cells, or has no names of columns.
    """
    csv.field_size_limit(MAX_LINE)
    text = io.TextIOWrapper(stream, encoding=form.encoding, errors="replace", newline="")
    reader = csv.reader(text, delimiter=form.separator)
    try:
        names = [name.strip() for name in next(reader, [])]
        if not any(names):
            raise PamitError(ErrorKind.INVALID, "bad-table", "The table has no names of columns.", line=1)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield json.dumps(_row(names, cells), ensure_ascii=False).encode("utf-8", "replace")
    except csv.Error as error:
        raise PamitError(
            ErrorKind.INVALID, "bad-table", f"The table cannot be read from line {reader.line_num} on.", line=reader.line_num
        ) from error
    finally:
        text.detach()


def _row(names: list[str], cells: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        if not name or not cell.strip():
            continue
        place = row
        *above, last = name.split(".")
        for part in above:
            inner = place.setdefault(part, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = _value(name, _unguarded(cell))
    return row


def _value(name: str, cell: str) -> Any:
    if name not in _VALUES:
        return cell
    try:
        return json.loads(cell)
    except ValueError:
        return cell  # the row is refused, and says why


def columns(verb: Verb) -> tuple[str, ...]:
    """The names of the columns that a verb gives."""
    return _COLUMNS[verb]


_COLUMNS: Final[dict[Verb, tuple[str, ...]]] = {
    "read": (
        "id", "kind", "lang", *FIELDS, "options", "doubts", "warnings", "plain",
        *(f"{name}.{field}" for name in ("confidence", "evidence", "notes") for field in FIELDS), *_ERROR,
    ),
    "plan": ("id", "stage", "steps", "warnings", *_ERROR),
    "write": ("id", "subject", "text", "moves", "findings", *_ERROR),
    "check": (
        "id", "lang", "purpose", *(f"moves.{move}" for move in Move if move not in _NOT_CHECKED), "findings", *_ERROR,
    ),
}  # fmt: skip


def table_of_records(records: Iterable[bytes], verb: Verb, form: TableForm) -> Iterator[bytes]:
    """Records of JSON as a table, its names of columns first."""
    names = columns(verb)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=form.separator)
    writer.writerow(names)
    mark = codecs.BOM_UTF8 if form.marked else b""
    yield mark + _taken(out)
    for record in records:
        found = json.loads(record)
        writer.writerow([_cell(found, name) for name in names])
        yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    written = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return written


def _cell(record: dict[str, Any], name: str) -> str:
    found: Any = record
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, list | dict):
        return json.dumps(found, ensure_ascii=False)
    return _guarded(found) if isinstance(found, str) else str(found)


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula (OWASP, "CSV Injection")."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell

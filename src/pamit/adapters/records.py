"""Entries of a log and references to messages as JSON, in the store and in archives alike."""

from __future__ import annotations

from typing import Any

import msgspec

from pamit.domain.log import Entry
from pamit.errors import ErrorKind, PamitError
from pamit.services.ports import SourceRef

__all__ = ["decode_entry", "decode_refs", "encode_entry", "entry_record", "ref_record"]

_ENTRY = msgspec.json.Decoder(Entry)
_ENCODER = msgspec.json.Encoder()


def entry_record(entry: Entry) -> dict[str, Any]:
    """An entry without the parts that say nothing."""
    found: dict[str, Any] = {
        "number": entry.number,
        "at": entry.at,
        "recorded_at": entry.recorded_at,
        "kind": entry.kind,
        "event": entry.event,
        "changes": entry.changes or None,
        "source": entry.source,
        "note": entry.note,
        "undoes": entry.undoes,
    }
    return {name: value for name, value in found.items() if value is not None}


def encode_entry(entry: Entry) -> str:
    """An entry as JSON."""
    return _ENCODER.encode(entry_record(entry)).decode()


def decode_entry(text: str | bytes) -> Entry:
    """An entry from JSON.

    Raises:
        PamitError: INVALID ``damaged-entry``.
    """
    try:
        entry = _ENTRY.decode(text)
    except (msgspec.MsgspecError, ValueError) as error:
        raise PamitError(ErrorKind.INVALID, "damaged-entry", "An entry of the log cannot be read.") from error
    if entry.at.utcoffset() is None or entry.recorded_at.utcoffset() is None:
        raise PamitError(ErrorKind.INVALID, "damaged-entry", "An entry of the log has a time without offset.")
    return entry


def ref_record(ref: SourceRef) -> dict[str, Any]:
    """A reference to a message without the parts that say nothing."""
    return {name: value for name, value in vars(ref).items() if value is not None}


def decode_refs(records: list[Any]) -> list[SourceRef]:
    """References to messages from JSON values.

    Raises:
        PamitError: INVALID ``damaged-entry``.
    """
    try:
        return msgspec.convert(records, list[SourceRef])
    except msgspec.MsgspecError as error:
        raise PamitError(ErrorKind.INVALID, "damaged-entry", "A reference to a message cannot be read.") from error

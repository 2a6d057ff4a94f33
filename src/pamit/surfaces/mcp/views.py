"""The records of every surface with the words of others set apart, in the shapes of the tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pamit.surfaces.mcp.marking import WORDS_OF_FACTS, apart, fenced

__all__ = [
    "agenda_view", "case_view", "check_view", "draft_view", "handed_view", "kept_view", "mended_view", "message_view",
    "preview_view", "read_view", "row_view", "shown_view",
]  # fmt: skip

Record = Mapping[str, Any]
Random = Callable[[int], bytes]

_NAME = ("company", "position")
_DOUBT = ("message", "question")
# Warnings name the addresses that they are about.
_WARNING = ("message",)
_FINDING = ("message", "fix")
_MESSAGE = ("recipients", "said", "override")


def _each(items: Sequence[Record], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [apart(item, names) for item in items]


def read_view(record: Record, random: Random) -> dict[str, Any]:
    """An invitation."""
    known = {
        **record,
        "plain": fenced(record["plain"], random),
        "doubts": _each(record["doubts"], _DOUBT),
        "warnings": _each(record["warnings"], _WARNING),
    }
    return apart(known, (*WORDS_OF_FACTS, "plain"))


def agenda_view(record: Record) -> dict[str, Any]:
    """What is due."""
    return {**record, "steps": _each(record["steps"], _NAME)}


def row_view(record: Record) -> dict[str, Any]:
    """A case as lists show it."""
    return apart(record, _NAME)


def case_view(record: Record, texts: Mapping[str, str], random: Random) -> dict[str, Any]:
    """A case.

    Args:
        texts: the words of its messages, by digest; those that were asked for.
    """
    facts = record["facts"]
    viewed = {
        **record,
        "facts": {name: value for name, value in facts.items() if name not in WORDS_OF_FACTS},
        "log": _each(record["log"], ("changes", "note")),
        "untrusted_text": {name: facts[name] for name in WORDS_OF_FACTS if name in facts},
    }
    if "sources" in record:
        viewed["sources"] = [_source_view(one, texts, random) for one in record["sources"]]
    return viewed


def _source_view(record: Record, texts: Mapping[str, str], random: Random) -> dict[str, Any]:
    text = texts.get(record["digest"])
    plain = fenced(text, random) if text is not None else None
    return apart({**record, "plain": plain}, ("name", "message_id", "uid", "plain"))


def kept_view(record: Record, random: Random) -> dict[str, Any]:
    """What became of a message."""
    clashes = [row_view(row) for row in record["clashes"]]
    doubts, warnings = _each(record["doubts"], _DOUBT), _each(record["warnings"], _WARNING)
    return {**case_view(record, {}, random), "clashes": clashes, "doubts": doubts, "warnings": warnings}


def check_view(record: Record) -> dict[str, Any]:
    """What a check found."""
    return {**record, "findings": _each(record["findings"], _FINDING)}


def mended_view(record: Record) -> dict[str, Any]:
    """A mended message."""
    return apart({**record, "report": check_view(record["report"])}, ("text", "suggested"))


def draft_view(record: Record) -> dict[str, Any]:
    """A message that was written."""
    return apart(check_view(record), ("subject", "text", "links"))


def message_view(record: Record) -> dict[str, Any]:
    """A message of the person's own."""
    return apart({**record, "results": _each(record["results"], ("email", "said"))}, _MESSAGE)


def shown_view(record: Record, text: str, random: Random) -> dict[str, Any]:
    """A message of the person's own with its text."""
    return _with_words(message_view(record), {"plain": fenced(text, random)})


def preview_view(record: Record) -> dict[str, Any]:
    """A message as it would go."""
    names = ("to", "cc", "subject", "text")
    rest = {name: value for name, value in record.items() if name not in names}
    return _with_words(message_view(rest), {name: record[name] for name in names})


def handed_view(record: Record, given: str) -> dict[str, Any]:
    """A message that was handed over, and what was given."""
    return _with_words(message_view(record), {"given": given})


def _with_words(view: dict[str, Any], words: Record) -> dict[str, Any]:
    return {**view, "untrusted_text": {**view["untrusted_text"], **words}}

"""What an entry of a log says, in the person's words."""

from __future__ import annotations

from collections.abc import Callable

from pamit.domain.log import Entry

__all__ = ["Say", "entry_words"]

Say = Callable[..., str]
"""The words of a dotted key in the person's language, with its places filled."""


def entry_words(entry: Entry, say: Say) -> str:
    """What happened, with purpose and channel of a message."""
    event = entry.event
    if event is None:
        return say(f"entry.{entry.kind}", number=entry.undoes)
    said = say(f"event.{event.kind}")
    parts = [say(f"do.{event.purpose}")] if event.purpose else []
    parts += [say(f"channel.{event.channel}")] if event.channel else []
    return f"{said} ({', '.join(parts)})" if parts else said

"""The limits that hostile mail and calendar objects meet before any parser sees them.

The values are those of the threat model (protocols.md §5); every check runs on bytes or on counts taken while scanning
bytes, so that no parser is ever asked to do unbounded work.
"""

from __future__ import annotations

from dataclasses import dataclass

from pamit.errors import ErrorKind, PamitError

__all__ = ["DEFAULT_LIMITS", "Limits", "refuse_above"]

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True)
class Limits:
    """How much of everything is read. Sizes are in bytes, ``text``, ``words`` and ``html`` in characters; the rest are counts.

    Attributes:
        message: a whole mail.
        header_block: all header fields of one part together.
        header_field: one header field, unfolded.
        header_fields: fields in one header block.
        encoded_words: RFC 2047 words in one field (the standard library needs 4 GiB for 50 000, measured).
        references: message ids in one field.
        addresses: addresses in one field; ``addresses_total`` in all fields of one header block.
        nesting: depth of parts within parts, forwarded messages included.
        parts: parts of one mail, at all depths.
        attachment: one decoded attachment.
        decoded: all decoded bodies of one mail together.
        text: text shown, in characters.
        words: text that is read for facts, in characters; invitations are far shorter.
        html: all HTML texts of one message before they are turned into plain text, in characters.
        html_tags: tags in all of them.
        calendar: one calendar object.
        components: components of one calendar object, at all depths; ``component_nesting`` is their depth.
        attendees: attendees of one event.
        observances: daylight and standard rules of one time zone definition.
        parameters: parameters of one content line.
        content_line: one unfolded content line.
    """

    message: int = 25 * MIB
    header_block: int = 256 * KIB
    header_field: int = 64 * KIB
    header_fields: int = 500
    encoded_words: int = 200
    references: int = 100
    addresses: int = 500
    addresses_total: int = 1_000
    nesting: int = 20
    parts: int = 500
    attachment: int = 20 * MIB
    decoded: int = 50 * MIB
    text: int = 1 * MIB
    words: int = 64 * KIB
    html: int = 8 * MIB
    html_tags: int = 100_000
    calendar: int = 2 * MIB
    components: int = 1_000
    component_nesting: int = 20
    attendees: int = 500
    observances: int = 50
    parameters: int = 100
    content_line: int = 100 * KIB


DEFAULT_LIMITS = Limits()


def refuse_above(found: int, limit: int, code: str, what: str, where: str | None = None) -> None:
    """Raise where a count or a size is above its limit.

    Args:
        found: what was counted.
        limit: the most that is read.
        code: the stable name of the error, such as ``too-many-parts``.
        what: the things counted, for the sentence: "parts", "bytes in one header field".
        where: the place, such as the name of a header field; never message content.

    Raises:
        PamitError: REFUSED with that code; ``found``, ``limit`` and ``where`` are its facts.
    """
    if found > limit:
        place = f" in {where}" if where else ""
        raise PamitError(
            ErrorKind.REFUSED,
            code,
            f"The message has more {what}{place} than are read: {found} where the limit is {limit}.",
            found=found,
            limit=limit,
            where=where,
        )

"""Reading words with what is known beside them: the one step that every form of source comes to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.invitation import Doubt, Invitation
from pamit.domain.language import detect_language
from pamit.domain.terms import Bilingual, Language
from pamit.formats.limits import Limits, refuse_above
from pamit.reading import guess_channel, read_text

__all__ = ["GUESSED_ENCODING", "SourceContext", "read_words"]

GUESSED_ENCODING = Doubt(
    "text",
    "encoding-guessed",
    Bilingual(
        "Berkas ini bukan UTF-8; huruf-hurufnya dibaca sebagai Windows-1252 dan sebagian bisa keliru.",
        "This file is not UTF-8; its letters were read as Windows-1252 and some may be wrong.",
    ),
)

_CUT = Doubt(
    "text",
    "text-cut",
    Bilingual(
        "Pesan ini sangat panjang; hanya sebagian yang dibaca untuk mencari faktanya.",
        "This message is very long; only a part of it was read for facts.",
    ),
)
_CHAT_LINE = re.compile(r"\s*[\u200e\u200f]?\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ \u202f]\d{1,2}[.:]\d\d")

_JUDGED = 2_000


@dataclass(frozen=True)
class SourceContext:
    """What the person, the batch row or the mail's header says about a message besides its words.

    Attributes:
        received: the aware moment of receipt.
        now: the aware present moment, where nothing tells the former.
        plain: the words were pasted or stand in a plain file, so that their form may tell the channel.
    """

    subject: str | None
    sender: str | None
    received: datetime | None
    channel: str | None
    now: datetime | None
    limits: Limits
    plain: bool = False


def read_words(text: str, context: SourceContext) -> Invitation:
    """Read a text of any length that may be shown; of a very long one the part that holds the message.

    That part is the beginning, or of an exported chat the end, where the newest words stand.

    Raises:
        PamitError: REFUSED ``too-large``.
    """
    limits = context.limits
    refuse_above(len(text), limits.text, "too-large", "characters of text")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    shown, cut = text, len(text) > limits.words
    if cut and _CHAT_LINE.match(text):
        begin = text.find("\n", len(text) - limits.words) + 1 or len(text) - limits.words
        shown = text = text[begin:]
    guessed = None
    if context.plain and context.channel is None and context.subject is None and "@" not in (context.sender or ""):
        guessed = guess_channel(text[: limits.words])
    invitation = read_text(
        text[: limits.words],
        subject=context.subject,
        sender=context.sender,
        received=_where_written(context.received or context.now, text),
        channel=context.channel or guessed,
    )
    if guessed:
        invitation = replace(invitation, channel_guessed=True)
    return replace(invitation, text=shown, doubts=(*invitation.doubts, _CUT)) if cut else invitation


def _where_written(moment: datetime | None, text: str) -> datetime | None:
    """The moment of writing by the writer's own clock, by which "besok" counts.

    Many servers write UTC whatever the sender's zone; an Indonesian text is not written in Greenwich.
    """
    if moment is None or moment.utcoffset() != timedelta() or detect_language(text[:_JUDGED]) != Language.ID:
        return moment
    return moment.astimezone(zone(DEFAULT_ZONE))

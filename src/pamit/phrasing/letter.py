"""A composed letter taken apart into its parts, for the formats that lay it out."""

from __future__ import annotations

import re

from pamit.domain.letter import Letter
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language
from pamit.errors import ErrorKind, PamitError
from pamit.phrasing.phrasebook import shared_words

__all__ = ["letter_of"]

_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_STREET = re.compile(r"\bJl(?:n)?\.? (?=\w)")


def letter_of(
    draft: Draft, *, address: tuple[str, ...] = (), enclosures: str | None = None, copies: tuple[str, ...] = ()
) -> Letter:
    """The parts of a letter that :func:`pamit.phrasing.compose` wrote, changes by the person included.

    Args:
        draft: for the channel ``letter``; its blocks are parted by empty lines, as the composer parts them.
        address: lines of the addressee's postal address; in Indonesian "Jl." is written out.
        enclosures: what goes with the letter, as one line.
        copies: who else gets it.

    Raises:
        PamitError: INVALID ``no-letter`` for another channel; ``letter-form`` where a part is missing.
    """
    if draft.channel != Channel.LETTER:
        raise PamitError(ErrorKind.INVALID, "no-letter", "Only a message for the channel letter can be laid out as one.")
    language = draft.language or Language.ID
    blocks = [block.strip() for block in _GAP.split(draft.text.strip())]
    if len(blocks) < 7:  # place, subject, addressee, salutation, a paragraph, closing, name
        raise _broken("paragraphs")
    words = shared_words(language)["letter"]
    place, *head = blocks[:4]
    line, to, salutation = head if words["subject_first"] else (head[2], head[0], head[1])
    label = words["subject"].partition("{")[0].strip()
    if not line.startswith(label):
        raise _broken("subject")
    name, *contact = blocks[-1].split("\n")
    if language == Language.ID:
        address = tuple(_STREET.sub("Jalan ", part) for part in address)
    return Letter(
        place_and_date=place,
        subject=line.removeprefix(label).strip(),
        addressee=(*to.split("\n"), *(" ".join(part.split()) for part in address if part.strip())),
        salutation=salutation,
        paragraphs=tuple(blocks[4:-2]),
        closing=blocks[-2],
        name=name.strip(),
        contact=tuple(part.strip() for part in contact if part.strip()),
        enclosures=enclosures,
        copies=copies,
    )


def _broken(part: str) -> PamitError:
    message = "The letter has lost one of its parts; they are kept apart by empty lines."
    return PamitError(ErrorKind.INVALID, "letter-form", message, part=part)

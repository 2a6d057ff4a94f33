"""How and where: the mode, the place to go to, the link to join by."""

from __future__ import annotations

from dataclasses import dataclass

from pamit.domain.terms import Mode
from pamit.reading.address import completed
from pamit.reading.found import Found
from pamit.reading.letter import Letter
from pamit.reading.link import find_link
from pamit.reading.mode import left_open, mode_label, mode_of_text
from pamit.reading.venue import find_venue
from pamit.reading.when import Schedule

__all__ = ["Place", "find_place"]


@dataclass(frozen=True)
class Place:
    """Mode, location and link; ``open`` where the message leaves the mode to the candidate."""

    mode: Mode | None
    mode_span: tuple[int, int] | None
    location: Found | None
    link: Found | None
    open: bool = False


def find_place(letter: Letter, schedule: Schedule) -> Place:
    """Mode, location and link of the interview."""
    page = letter.page
    link = find_link(page, schedule)
    labelled = mode_label(page)
    either = left_open(page)
    venue = find_venue(letter)
    if either and not link:
        return Place(None, None, None, None, open=True)
    mode, span = labelled or (None, None)
    if mode is None:
        mode, span = mode_of_text(letter, link, venue)
    if mode in (Mode.VIDEO, Mode.PHONE):
        venue = None
    elif mode is None and venue is not None:
        mode, span = Mode.ONSITE, venue.span
    if mode == Mode.ONSITE:
        link = None
        venue = completed(letter, venue)
    if mode == Mode.PHONE:
        link = None
    return Place(mode, span, venue, link)

"""The formal letter as a value: what stands in it, whatever it looks like."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Letter"]


@dataclass(frozen=True)
class Letter:
    """A letter, part by part, each as it is written (indonesia.md, formal letter; rule C8).

    Attributes:
        place_and_date: "Bandung, 24 November 2026".
        subject: without its label ("Hal", "Re").
        addressee: the lines of the address, "Yth. …" first in Indonesian.
        salutation: "Dengan hormat," or "Dear …,".
        closing: "Hormat saya,".
        contact: the lines under the name: phone, mail address.
        enclosures: what goes with it; None where nothing does.
        copies: who else gets it.
    """

    place_and_date: str
    subject: str
    addressee: tuple[str, ...]
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    name: str
    contact: tuple[str, ...] = ()
    enclosures: str | None = None
    copies: tuple[str, ...] = ()

"""The outlines: which moves a message makes for a purpose, and in which order, as data (``outlines.toml``).

Source: the M table and the order rules of etiquette.md (003 alternatives A–D, the model mail of 002).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pamit.domain.terms import Channel, Move, Purpose
from pamit.errors import ErrorKind, PamitError
from pamit.tables import read_table

__all__ = ["FLAGS", "Form", "Item", "Needs", "Outlines", "form_of", "outlines"]


class Form(StrEnum):
    """The shapes a message can have; several channels share one."""

    MAIL = "mail"
    """Mail and letter: paragraphs between a salutation and a closing."""
    TEXT = "text"
    """One chat message that also greets and introduces."""
    PHONE = "phone"
    """What is said on the phone, point by point."""
    IN_PERSON = "in_person"
    """What is said face to face."""


FLAGS = frozenset(
    """
    late second met dated ahead today over slots options open agency copied note reach reason eta letter waiting person
    """.split()
)
"""The conditions an outline may set; :mod:`pamit.phrasing.composer` tells which of them hold."""

_MOVES: dict[str, Move | None] = {
    "hello": Move.SALUTATION, "intro": Move.SIGNATURE, "thanks": Move.THANKS, "decision": Move.DECISION_CLEAR,
    "note": Move.REASON_GIVEN, "apology": Move.APOLOGY, "late": Move.APOLOGY, "appreciation": Move.APPRECIATION,
    "door": Move.DOOR_OPEN, "confirm": Move.CONFIRMATION_REQUESTED, "alternatives": Move.ALTERNATIVES,
    "enthusiasm": Move.ENTHUSIASM, "wishes": Move.GOOD_WISHES, "bye": Move.CLOSING, "contact": Move.CONTACT_INFO,
    "copy": None, "detail": None,
}  # fmt: skip

_FORMS = {
    Channel.EMAIL: Form.MAIL, Channel.LETTER: Form.MAIL, Channel.TEXT: Form.TEXT,
    Channel.PHONE: Form.PHONE, Channel.IN_PERSON: Form.IN_PERSON,
}  # fmt: skip
# A form without an outline of its own takes that of its neighbour.
_NEIGHBOUR = {Form.PHONE: Form.TEXT, Form.IN_PERSON: Form.PHONE}


@dataclass(frozen=True)
class Item:
    """One slot of an outline.

    Attributes:
        slot: the table of the phrasebook; the part before the first underscore names its move.
        condition: a flag, or None; ``wanted`` is the value it must have ("thanks?met" or "thanks!met").
    """

    slot: str
    move: Move | None
    condition: str | None
    wanted: bool


Needs = Mapping[str, tuple[frozenset[str], ...]]
Order = tuple[tuple[Item, ...], ...]


@dataclass(frozen=True)
class Outlines:
    """All outlines.

    Attributes:
        orders: per purpose, form and whether it is for the interview's own day: paragraphs of slots.
        needs: per purpose and slot, the sets of placeholders of which each of its phrases must hold one.
        mail_needs: the same for mail and letter only, since chat and talk introduce the candidate with the position.
        reasons: per purpose the group of reasons that it words; absent where it gives none (M7).
    """

    orders: Mapping[Purpose, Mapping[tuple[Form, bool], Order]]
    needs: Mapping[Purpose, Needs]
    mail_needs: Mapping[Purpose, Needs]
    reasons: Mapping[Purpose, str]


def form_of(channel: Channel) -> Form:
    """The shape of a message on that channel."""
    return _FORMS[channel]


@cache
def outlines() -> Outlines:
    """The outlines, read and checked once.

    Raises:
        PamitError: ``outline-form`` where the file names something unknown.
    """
    data = read_table("pamit.phrasing", "outlines.toml")
    orders: dict[Purpose, dict[tuple[Form, bool], Order]] = {}
    needs: dict[Purpose, Needs] = {}
    mail_needs: dict[Purpose, Needs] = {}
    reasons: dict[Purpose, str] = {}
    for purpose in Purpose:
        table = data[purpose.value]
        orders[purpose] = _orders(purpose, table)
        needs[purpose] = _needs(table.get("needs", {}))
        mail_needs[purpose] = _needs(table.get("mail_needs", {}))
        if "reasons" in table:
            reasons[purpose] = table["reasons"]
    return Outlines(orders, needs, mail_needs, reasons)


def _needs(table: Mapping[str, str]) -> Needs:
    return {slot: tuple(frozenset(names.split("|")) for names in text.split()) for slot, text in table.items()}


def _orders(purpose: Purpose, table: Mapping[str, list[str]]) -> dict[tuple[Form, bool], Order]:
    found: dict[tuple[Form, bool], Order] = {}
    written: dict[tuple[Form, bool], Order] = {}
    for form in Form:
        for today in (False, True):
            lines = table.get(f"{form.value}_today" if today else form.value)
            if lines is not None:
                written[form, today] = tuple(tuple(_item(word, purpose) for word in line.split()) for line in lines)
            elif form in _NEIGHBOUR and (_NEIGHBOUR[form], today) in written:
                written[form, today] = written[_NEIGHBOUR[form], today]
            found[form, today] = written.get((form, today)) or found[form, False]
    return found


def _item(word: str, purpose: Purpose) -> Item:
    slot, mark, flag = word.partition("?") if "?" in word else word.partition("!")
    base = slot.partition("_")[0]
    if base not in _MOVES or (mark and flag not in FLAGS):
        raise PamitError(ErrorKind.INVALID, "outline-form", f"The outline of {purpose.value!r} has the unknown word {word!r}.")
    return Item(slot, _MOVES[base], flag or None, mark != "!")

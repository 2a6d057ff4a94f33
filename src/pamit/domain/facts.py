"""The facts of a case as flat, named values: how they are edited, kept, compared and turned into an interview.

One table drives the options of the command line, the forms of the pages and the changes that the log keeps. Kept values are
plain (text, whole number, yes or no), moments as ISO 8601 with their offset, so that a log can be read for decades.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.interview import Agency, Contact, Interview
from pamit.domain.terms import Channel, InvitationKind, Language, Mode
from pamit.errors import ErrorKind, PamitError

__all__ = ["FACT_NAMES", "FactText", "Facts", "check_facts", "facts_of", "interview_of", "parse_fact", "parse_facts"]

FactText = str | int | bool | None
"""A fact as it is kept; None where it is unknown."""

Facts = Mapping[str, FactText]
"""Facts by name; a name that is absent is unknown."""

_MAX_TEXT = 1_000
_ADDRESS = re.compile(r"(?<![^@\s])[^@\s]{1,64}@[^@\s]{1,255}")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{2,30}")
_YES = frozenset({"yes", "ya", "true", "1"})
_NO = frozenset({"no", "tidak", "false", "0"})


def _text(written: str) -> str:
    # NUL and half characters have no place in a fact, and PostgreSQL cannot keep them.
    if len(written) > _MAX_TEXT or "\x00" in written or any("\ud800" <= sign <= "\udfff" for sign in written):
        raise ValueError(written[:20])
    return " ".join(written.split())


def _moment(written: str) -> str:
    moment = datetime.fromisoformat(written)
    if moment.utcoffset() is None:
        raise ValueError(written)
    return moment.isoformat()


def _zone(written: str) -> str:
    zone(written)
    return written


def _round(written: str) -> int:
    number = int(written)
    if not 1 <= number <= 99:
        raise ValueError(written)
    return number


def _yes_or_no(written: str) -> bool:
    folded = written.strip().casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise ValueError(written)


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def parse(written: str) -> str:
        found = _text(written)
        if pattern.fullmatch(found) is None:
            raise ValueError(written)
        return found

    return parse


def _link(written: str) -> str:
    found = _text(written)
    if not found.lower().startswith(("https://", "http://")):
        raise ValueError(written)
    return found


_PARSERS: Mapping[str, Callable[[str], FactText]] = MappingProxyType(
    {
        "company": _text,
        "position": _text,
        "start": _moment,
        "end": _moment,
        "timezone": _zone,
        "mode": lambda written: str(Mode(written)),
        "location": _text,
        "meeting_url": _link,
        "round": _round,
        "received": _moment,
        "reply_by": _moment,
        "decision_expected": _moment,
        "invited_via": lambda written: str(Channel(written)),
        "contact_name": _text,
        "contact_email": _matching(_ADDRESS),
        "contact_phone": _matching(_PHONE),
        "agency_name": _text,
        "agency_email": _matching(_ADDRESS),
        "works_saturday": _yes_or_no,
        "language": lambda written: str(Language(written)),
        "kind": lambda written: str(InvitationKind(written)),
    }
)

FACT_NAMES: tuple[str, ...] = tuple(_PARSERS)
"""Every fact of a case: those of the interview, the language of the invitation and what kind of message came last."""

_LAST_DAYS = frozenset({"reply_by", "decision_expected"})
"""A day alone means its last minute."""

_MOMENTS = ("start", "end", "received", "reply_by", "decision_expected")


def parse_fact(name: str, written: str) -> FactText:
    """A fact as a person writes it; nothing but blanks means unknown.

    Raises:
        PamitError: MISSING ``unknown-fact``; INVALID ``bad-fact`` naming the fact.

    >>> parse_fact("round", "2"), parse_fact("company", "  ")
    (2, None)
    """
    parser = _PARSERS.get(name)
    if parser is None:
        raise PamitError(ErrorKind.MISSING, "unknown-fact", f"There is no fact named {name!r}.", field=name)
    if not written.strip():
        return None
    try:
        return parser(written.strip())
    except (ValueError, PamitError) as error:
        raise PamitError(ErrorKind.INVALID, "bad-fact", f"The fact {name!r} cannot have that value.", field=name) from error


def parse_facts(written: Mapping[str, str], known: Facts) -> dict[str, FactText]:
    """Several facts as a person writes them.

    A moment without an offset is meant at the employer's place: in the zone written beside it, else the known one. A day
    without a time is the whole day of a deadline, and no moment otherwise.

    Raises:
        PamitError: as :func:`parse_fact`.

    >>> parse_facts({"start": "2026-11-30 09:00"}, {"timezone": "Asia/Makassar"})
    {'start': '2026-11-30T09:00:00+08:00'}
    """
    found = {name: parse_fact(name, value) for name, value in written.items() if name not in _MOMENTS}
    place = found.get("timezone") or known.get("timezone") or DEFAULT_ZONE
    for name in _MOMENTS:
        if name in written:
            value = written[name].strip()
            if name in _LAST_DAYS and len(value) == len("2026-11-26"):
                value += "T23:59"
            found[name] = parse_fact(name, _at_place(value, str(place)))
    return found


def _at_place(written: str, place: str) -> str:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    if len(written) <= len("2026-11-26"):
        # An interview does not begin at midnight: without an hour the moment is not known.
        return written
    return moment.replace(tzinfo=zone(place)).isoformat() if moment.utcoffset() is None else written


def check_facts(facts: Facts) -> None:
    """Refuse facts that contradict one another.

    Raises:
        PamitError: INVALID ``end-before-start``.
    """
    interview = interview_of(facts)
    if interview.start and interview.end and interview.end <= interview.start:
        raise PamitError(ErrorKind.INVALID, "end-before-start", "The end of the interview lies before its start.", field="end")


def facts_of(interview: Interview, language: Language | None = None, kind: InvitationKind | None = None) -> dict[str, FactText]:
    """The known facts of an interview, flat."""
    contact, agency = interview.contact, interview.agency or Agency()
    found: dict[str, FactText] = {
        "company": interview.company,
        "position": interview.position,
        **{name: _iso(getattr(interview, name)) for name in _MOMENTS},
        "timezone": interview.timezone,
        "mode": _word(interview.mode),
        "location": interview.location,
        "meeting_url": interview.meeting_url,
        "round": interview.round,
        "invited_via": _word(interview.invited_via),
        "contact_name": contact.name,
        "contact_email": contact.email,
        "contact_phone": contact.phone,
        "agency_name": agency.name,
        "agency_email": agency.email,
        "works_saturday": interview.works_saturday or None,
        "language": _word(language),
        "kind": _word(kind),
    }
    return {name: found[name] for name in FACT_NAMES if found[name] is not None}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _word(term: Mode | Channel | Language | InvitationKind | None) -> str | None:
    return str(term) if term else None


def interview_of(facts: Facts) -> Interview:
    """The interview that facts describe; it is the inverse of :func:`facts_of`."""

    def text(name: str) -> str | None:
        value = facts.get(name)
        return None if value is None else str(value)

    def moment(name: str) -> datetime | None:
        value = facts.get(name)
        return datetime.fromisoformat(str(value)) if value else None

    mode, via, number = text("mode"), text("invited_via"), facts.get("round")
    agency = Agency(text("agency_name"), text("agency_email"))
    return Interview(
        company=text("company"),
        position=text("position"),
        timezone=text("timezone"),
        mode=Mode(mode) if mode else None,
        location=text("location"),
        meeting_url=text("meeting_url"),
        round=int(number) if number is not None else None,
        invited_via=Channel(via) if via else None,
        contact=Contact(text("contact_name"), text("contact_email"), text("contact_phone")),
        agency=agency if agency != Agency() else None,
        works_saturday=bool(facts.get("works_saturday")),
        start=moment("start"),
        end=moment("end"),
        received=moment("received"),
        reply_by=moment("reply_by"),
        decision_expected=moment("decision_expected"),
    )

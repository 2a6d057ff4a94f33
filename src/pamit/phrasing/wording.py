"""How the facts of a case are written in a message: the person, the company, the position, the time, the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pamit.domain.calendar.wording import write_clock, write_day, write_moment
from pamit.domain.calendar.zones import zone_label
from pamit.domain.interview import Agency, Candidate, Interview
from pamit.domain.names import bare_name, split_honorific
from pamit.domain.terms import Language, Mode, Register
from pamit.phrasing.phrasebook import shared_words
from pamit.phrasing.situation import Situation

__all__ = [
    "Addressee",
    "Facts",
    "addressee_of",
    "join_list",
    "shorten",
    "tidy",
    "write_facts",
    "write_greeting",
    "write_questions",
    "write_role",
]

# indonesia.md: pagi to 11.00, siang to 15.00, sore to 18.00, then malam.
_DAY_PARTS = ((11, "morning"), (15, "noon"), (18, "afternoon"), (24, "evening"))


@dataclass(frozen=True)
class Addressee:
    """The person or office written to.

    Attributes:
        name: with the form of address, as it stands after "Yth." or "Dear".
        you: how the text addresses them ("Ibu", "Bapak/Ibu", "Kakak"); English has one word only.
        is_person: whether a person's name is known.
        organisation: the house they belong to, for the address of a letter, where their own name does not tell it.
    """

    name: str
    you: str
    is_person: bool
    organisation: str | None = None


@dataclass(frozen=True)
class Facts:
    """The pieces that fill the templates, and the written facts to find again in the finished text.

    Attributes:
        values: placeholder to text; optional ones begin with a space or are empty.
        moment: the interview's moment as written, if any.
    """

    values: dict[str, str]
    position: str | None
    company: str | None
    moment: str | None


def addressee_of(interview: Interview, language: Language, register: Register, *, agency: bool = False) -> Addressee:
    """Whom the message addresses, and how: the honorific of the invitation is mirrored, a gender never guessed.

    "Kak", "Mas" and "Mbak" are mirrored in the friendly register only (indonesia.md, address).

    >>> from pamit.domain.interview import Contact
    >>> addressee_of(Interview(contact=Contact("Ratna Dewi")), Language.ID, Register.FORMAL).name
    'Bapak/Ibu Ratna Dewi'
    """
    words = _address(language)
    if agency and interview.agency is not None:
        written = _agency_name(interview.agency)
        if written is None:
            return Addressee(words["no_office"], words["you"], False)
        if split_honorific(written)[0] is None:
            return Addressee(words["agency"].format(agency=written), words["you"], False)
        return _person(written, words, register)
    company = tidy(interview.company)
    written = (interview.contact.name or "").strip()
    if not written:
        office = words["office"].format(company=company) if company else words["no_office"]
        return Addressee(office, words["you"], False)
    return replace(_person(written, words, register), organisation=company)


@cache
def _address(language: Language) -> Mapping[str, Any]:
    words = shared_words(language)["address"]
    return {**words, "offices": frozenset(words["offices"])}


def _person(written: str, words: Mapping[str, Any], register: Register) -> Addressee:
    honorific, rest = split_honorific(written)
    titles = words["titles"]
    name = " ".join(titles.get(word, word) for word in (rest.split(",")[0].strip(" .") or rest).split())
    if honorific is None and not words["offices"].isdisjoint(name.casefold().split()):
        return Addressee(name, words["you"], False)
    # "Bapak" does not stand together with an academic title (indonesia.md, address).
    titled = name != bare_name(written)
    if honorific is None:
        return Addressee(words["titled" if titled else "plain"].format(name=name), words["you"], True)
    table = words["friendly"] if register == Register.FRIENDLY and honorific in words["friendly"] else words["honorifics"]
    form, you = table.get(honorific, (words["plain"], words["you"]))
    if titled:
        return Addressee(words["titled"].format(name=name), you, True)
    words_of_name = name.split()
    family = words_of_name[-1] if len(words_of_name) == 2 else name
    return Addressee(form.format(name=name, family=family), you, True)


def _agency_name(agency: Agency) -> str | None:
    return agency.name.strip() if agency.name and agency.name.strip() else None


def tidy(text: str | None) -> str | None:
    """A company or position for running text: on one line, without a full stop at its end; None where nothing is left."""
    if text is None:
        return None
    return " ".join(text.split()).rstrip(".") or None


def shorten(moment: str, year: int) -> str:
    """A moment as it is said in chat and talk, without the present year and the minutes of a full hour in English.

    >>> shorten("Friday, 27 November 2026 at 4:00 p.m. WIB", 2026)
    'Friday, 27 November at 4 p.m. WIB'
    """
    return moment.replace(f" {year}", "", 1).replace(":00 ", " ")


def join_list(items: Sequence[str], conjunction: str, comma: str) -> str:
    """A list in words: "a", "a or b", "a, b, or c"."""
    if len(items) < 3:
        return f" {conjunction} ".join(items)
    return ", ".join(items[:-1]) + f"{comma} {conjunction} {items[-1]}"


def write_greeting(now: datetime, language: Language) -> str:
    """The greeting of the hour, at the employer's place."""
    part = next(part for limit, part in _DAY_PARTS if now.hour < limit)
    greeting: str = shared_words(language)["greetings"][part]
    return greeting


def write_questions(interview: Interview, language: Language) -> str:
    """What the invitation leaves out, as a list of things to ask for (the situation kit)."""
    words = shared_words(language)["questions"]
    asked = []
    if interview.start is None:
        asked.append(words["time"])
    if interview.mode is None:
        asked.append(words["place" if interview.location else "mode"])
    elif interview.mode == Mode.ONSITE and not interview.location:
        asked.append(words["place"])
    elif interview.mode == Mode.VIDEO and not interview.meeting_url:
        asked.append(words["link"])
    if interview.end is None:
        asked.append(words["length"])
    if len(asked) < 3:
        asked.append(words["people"])
    return join_list(asked[:3], words["and"], words["comma"])


def write_role(interview: Interview, language: Language) -> str:
    """The position and company, as far as known, with a space before: " untuk posisi Staf Gudang di PT Lembah Cahaya"."""
    known, named = _roles(language, tidy(interview.position), tidy(interview.company))
    return _spaced(shared_words(language)["role"][known].format_map(named))


@cache
def _roles(language: Language, position: str | None, company: str | None) -> tuple[str, Mapping[str, str]]:
    known = ("both" if company else "position") if position else ("company" if company else "none")
    return known, {"position": position or "", "company": company or ""}


def write_facts(
    interview: Interview,
    candidate: Candidate,
    situation: Situation,
    addressee: Addressee,
    language: Language,
    *,
    introduced: bool,
    whole_span: bool = False,
    posted: bool = False,
) -> Facts:
    """Write every fact once.

    Args:
        introduced: whether an introduction already names the position (chat and talk), so that the interview is then
            told by its ordinal and day alone.
        whole_span: whether the moment names the end too.
        posted: whether it is read days later (a letter), so that "today" and "yesterday" would mislead.
    """
    words = shared_words(language)
    position, company = tidy(interview.position), tidy(interview.company)
    known, named = _roles(language, position, company)
    role = write_role(interview, language)
    ordinals: list[str] = words["ordinals"]
    ordinal = ordinals[interview.round - 1] if interview.round and 1 < interview.round <= len(ordinals) else ""
    ordinal = _spaced(ordinal or (ordinals[1] if situation.second and interview.round is None else ""))
    moment, on = _write_on(situation, language, situation.end if whole_span else None, posted=posted, spoken=introduced)
    interview_words = words["interview"]
    pieces = {"role": "" if introduced else role, "ordinal": ordinal, "on": on, "article": "a" if ordinal else "an"}
    # What begins without thanks has nothing that "tersebut" could refer to.
    undated = "undated_spoken" if introduced and not situation.over else "undated"
    day_told = interview_words["dated" if situation.dated else undated]
    values = {
        "salutation": addressee.name,
        "name": candidate.name,
        "you": addressee.you,
        "employer": company or words["employer"],
        "interview": interview_words["plain"].format_map(pieces),
        "an_interview": interview_words["indefinite"].format_map(pieces),
        "the_interview": day_told.format_map(pieces if introduced else {**pieces, "ordinal": ""}),
        "full_interview": interview_words["full"].format_map(pieces),
        "self": words["self"][known].format_map({**named, "candidate": candidate.name}),
        "role": role,
        "ordinal": ordinal,
        "on": on,
        "mode": _spaced(words["modes"].get(interview.mode.value if interview.mode else "", "")),
        "reach": _spaced(_write_reach(candidate, words["reach"])),
        # The sentence before names the hour as long as the interview is not over.
        "since": words["since" if situation.over else "since_told"].format(
            clock=write_clock(situation.start, language), zone=zone_label(situation.zone, situation.start)
        )
        if situation.start
        else "",
        "greeting": write_greeting(situation.now, language),
        "agency": (_agency_name(interview.agency) if interview.agency else None) or words["agency"],
        "because": "",
        "because_sentence": "",
    }
    return Facts(values, position, company, moment)


def _write_on(
    situation: Situation, language: Language, end: datetime | None, *, posted: bool, spoken: bool
) -> tuple[str | None, str]:
    start = situation.start
    if start is None:
        return None, ""
    words = shared_words(language)["on_short" if spoken else "on"]
    if situation.over:
        moment = write_day(start.date(), language)
        age = situation.now.date() - start.date()
        form = "today" if not age else "yesterday" if age == timedelta(days=1) else "past"
    else:
        moment = write_moment(start, situation.zone, language, end)
        form = "today" if situation.today else "ahead"
    if posted:
        form = "past" if situation.over else "ahead"
    short = shorten(moment, situation.now.year)
    # "today at 4 p.m." needs the hour alone.
    hour = short.removeprefix(shorten(write_day(start.date(), language), situation.now.year)).lstrip()
    told = words[form].format(moment=moment, short=short, hour=hour).rstrip()
    return next((written for written in (moment, short) if written in told), told), f" {told}"


def _write_reach(candidate: Candidate, words: Mapping[str, str]) -> str:
    if candidate.phone:
        return words["phone"].format(phone=candidate.phone)
    return words["email"].format(email=candidate.email) if candidate.email else ""


def _spaced(text: str) -> str:
    return f" {text}" if text else ""

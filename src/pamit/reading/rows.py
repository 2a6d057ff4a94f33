"""Of a list for several people or groups, the row of the candidate's own: by name, number, initial or group."""

from __future__ import annotations

import re

from pamit.reading.addressee import Addressee
from pamit.reading.letter import Letter
from pamit.reading.moment import Moment
from pamit.reading.text import Line, Page

__all__ = ["group_of", "own_rows"]


_GROUP = re.compile(
    r"\b(?:grup|group|gelombang|gel|sesi|session|batch|kelompok|kloter|wave|shift|"
    r"ruang antrean)\b\.?[ \t:]*(?P<id>[a-h]|\d{1,2}|[ivx]{1,4})\b",
    re.I,
)
_ROW_ID = re.compile(
    r"[ \t|]*(?P<id>[A-Ha-h]|\d{1,2}|[IVX]{1,4})[ \t]*[|.)][ \t]*|[ \t|]*(?P<cell>[A-Ha-h]|\d{1,2}|[IVX]{1,4})[ \t]{2,}"
)
_FULL_NAME = re.compile(r"\b[A-Z][a-z']+(?: [A-Z][a-z']+)+")
_CODES = re.compile(
    r"(?<![\w./-])(?P<kind>[A-Za-z]{0,5}[-/]?)(?P<low>\d{2,7})[ \t]*(?:-|\u2013|s\.?/?d\.?|sampai(?: dengan)?|hingga|to)[ \t]*"
    r"(?P<again>[A-Za-z]{0,5}[-/]?)(?P<high>\d{2,7})(?![\w./-])"
)
_INITIALS = re.compile(
    r"(?<![\w./-])(?P<low>[A-Z])[ \t]*(?:-|\u2013|s\.?/?d\.?|sampai(?: dengan)?|hingga|to)[ \t]*(?P<high>[A-Z])(?![\w./-])"
)
_OWN_NUMBER = re.compile(
    r"\b(?:no(?:mor)?|nomer|number|peserta|participant|candidate|kandidat|id|kode|code|reg\w{0,80})\b[\s.:#(]{0,80}+"
    r"(?:(?:peserta|urut|registrasi|participant|ujian|tes|test|undangan|anda|saudara|saudari|id|no|nomor"
    r"|number)\b[\s.:#]{0,80}+){0,3}+"
    r"(?P<kind>[A-Za-z]{0,5}+[-/]?)(?P<number>\d{2,7})(?![\w./-])",
    re.I,
)


def _row_of_subject(letter: Letter, clocked: list[Moment], lines: list[Line | None]) -> Moment | None:
    """The row whose name the subject bears, too ("Jadwal wawancara (a.n. Bunga Citra)")."""
    if letter.subject is None:
        return None
    subject = letter.subject.clean
    hits = [
        moment
        for moment, line in zip(clocked, lines, strict=True)
        if line is not None
        and any(name.group() in subject for name in _FULL_NAME.finditer(letter.page.clean, line.begin, moment.begin))
    ]
    return hits[0] if len(hits) == 1 and len({line.begin for line in lines if line}) > 1 else None


def _row_of_first_name(page: Page, addressee: Addressee, clocked: list[Moment], lines: list[Line | None]) -> Moment | None:
    """Of rows that list people by their first names only, the one row with the candidate's ("Sesi 2: Mega, Nurul, Rina")."""
    firsts = {name.split()[0].lower() for name in addressee.names if len(name.split()[0]) > _SHORTEST_NAME}
    hits = [
        moment
        for moment, line in zip(clocked, lines, strict=True)
        if line is not None
        and line.end - line.begin <= _LONGEST_ROW
        and not firsts.isdisjoint(_NAME_WORD.findall(page.prose, line.begin, line.end))
    ]
    return hits[0] if len(hits) == 1 else None


_LONGEST_ROW = 400
_SHORTEST_NAME = 2
_NAME_WORD = re.compile(r"[^\W\d_]{3,30}")


def _on_the_one_day(row: Moment, usable: list[Moment]) -> Moment:
    """A row that gives only an hour is on the one day that the message names apart."""
    days = [moment for moment in usable if moment.day is not None]
    if row.day is not None or len({moment.date for moment in days}) != 1:
        return row
    return row._replace(day=days[0].day, weight=max(row.weight, days[0].weight), lent=True)


def own_rows(letter: Letter, addressee: Addressee, moments: list[Moment], usable: list[Moment]) -> list[Moment]:
    """Of a list for several people or groups, the row of the candidate's own."""
    page = letter.page
    clocked = [moment for moment in usable if moment.clock]
    if len(clocked) < 2:
        return usable
    lines = [page.line_at(moment.begin) for moment in clocked]
    if addressee.names:
        hits = []
        for moment, line in zip(clocked, lines, strict=True):
            text = page.prose[line.begin : line.end] if line else ""
            if any(name.lower() in text for name in addressee.names if len(name) > 2):
                hits.append(moment)
        if len(hits) == 1 and len({line.begin for line in lines if line}) > 1:
            return [moment for moment in usable if moment in hits or not moment.clock]
        if not hits and len({line.begin for line in lines if line}) > 1:
            listing = _row_of_first_name(page, addressee, clocked, lines)
            if listing is not None:
                return [moment for moment in usable if moment is listing or not moment.clock]
    listed = _listed_people(page, clocked)
    if listed is not None:
        return listed
    named = _row_of_subject(letter, clocked, lines)
    if named is not None:
        return [_on_the_one_day(named, usable)]
    ranged = _row_of_number(page, addressee, clocked)
    if ranged is not None:
        return [ranged]
    labelled: dict[str, list[Moment]] = {}
    row_lines: list[tuple[int, int]] = []
    for moment, line in zip(clocked, lines, strict=True):
        if line is None:
            continue
        text = page.bare[line.begin : moment.begin]
        match = _GROUP.search(text)
        row = None if match else _ROW_ID.match(text)
        name = match.group("id") if match else (row.group("id") or row.group("cell")) if row else None
        if name:
            labelled.setdefault(name.lower(), []).append(moment)
            row_lines.append((line.begin, line.end))
    if len(labelled) < 2:
        return usable
    for match in _GROUP.finditer(page.bare):
        if any(begin <= match.start() < end for begin, end in row_lines):
            continue
        own = labelled.get(match.group("id").lower())
        if own and len(own) < len(clocked):
            return own
    return usable


_PERSON = re.compile(r"[\s|:=\u2013-]{1,4}(?:WI(?:B|TA|T)\b[\s|:=\u2013-]{1,4})?(?P<name>[A-Z][a-z']{2,15})\b(?![ ]?:)")
_CALLED = re.compile(
    r"(?:@|\b(?:(?:utk|untuk|buat|khusus|halo|hai|hi|dear|kak|kang|mas|mbak|bang|pak|bapak|bu|ibu|sdri?|saudara|saudari|teh|neng|koh|cik"
    r"|mr|ms|mrs)\b\.?[ ]+){1,2})(?P<name>(?-i:[A-Z])[a-z']{2,15})\b",
    re.I,
)
_LEAST_ROWS = 3


def _listed_people(page: Page, clocked: list[Moment]) -> list[Moment] | None:
    """Of rows that give an hour to one person each, the row of the one whom the message speaks to; else all, none preferred.

    None where the hours are no such list.
    """
    rows: dict[str, list[Moment]] = {}
    begins: list[tuple[int, int]] = []
    for moment in clocked:
        clock = moment.clock
        line = page.line_at(clock.begin) if clock else None
        if clock is None or line is None or line.begin != clock.begin:
            continue
        person = _PERSON.match(page.clean, clock.end)
        if person and person.end() <= line.end:
            rows.setdefault(person.group("name").lower(), []).append(moment)
            begins.append((line.begin, line.end))
    if len(begins) < _LEAST_ROWS or len(rows) < len(begins):
        return None
    called = {
        match.group("name").lower()
        for match in _CALLED.finditer(page.clean)
        if match.group("name")[0].isupper() and not any(begin <= match.start() < end for begin, end in begins)
    } & rows.keys()
    if len(called) == 1:
        return rows[called.pop()]
    return [moment._replace(named=False, role="plain", weight=1.0) for people in rows.values() for moment in people]


def _row_of_number(page: Page, addressee: Addressee, clocked: list[Moment]) -> Moment | None:
    """Of rows for ranges of participant numbers or of initials, the one that the candidate falls into."""
    rows: list[tuple[Moment, str]] = []
    begins: list[tuple[int, int]] = []
    for moment in clocked:
        line = page.line_at(moment.begin)
        if line is None:
            continue
        rows.append((moment, page.clean[line.begin : moment.begin] + " | " + page.clean[moment.end : line.end]))
        begins.append((line.begin, line.end))
    if len({begin for begin, _ in begins}) < 2:
        return None
    ranges = [(moment, match) for moment, text in rows if (match := _CODES.search(text))]
    if len(ranges) > 1:
        for own in _OWN_NUMBER.finditer(page.clean):
            if any(begin <= own.start() < end for begin, end in begins):
                continue
            number, kind = int(own.group("number")), own.group("kind").strip("-/").lower()
            hits = [
                moment
                for moment, match in ranges
                if match.group("kind").strip("-/").lower() == kind
                and int(match.group("low")) <= number <= int(match.group("high"))
            ]
            if len(hits) == 1:
                return hits[0]
    spans = [(moment, match) for moment, text in rows if (match := _INITIALS.search(text))]
    if len(spans) > 1 and addressee.names:
        initial = addressee.names[0][:1].upper()
        hits = [moment for moment, match in spans if match.group("low") <= initial <= match.group("high")]
        if len(hits) == 1:
            return hits[0]
    return None


def group_of(page: Page, moment: Moment) -> str | None:
    """The group or session that a row is for ("Sesi 2: 10.00-11.00")."""
    at = moment.clock.begin if moment.clock else moment.begin
    line = page.line_at(at)
    match = _GROUP.search(page.bare, line.begin, at) if line else None
    return match.group("id").lower() if match else None

"""The moments that a message names: day and hour together, each with the part it plays.

The grammar finds days and hours one by one. Here they are joined to moments ("Kamis, 26 November 2026, pukul 13.30"), and
each moment is given its role from the words around it: the interview, a test, a deadline, the old slot, a letter's date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from pamit.domain.calendar.grammar import DateMention, TimeMention, find_dates, find_times
from pamit.domain.calendar.grammar.words import named_zone
from pamit.reading.letter import Letter
from pamit.reading.text import Hit, Line, Page

__all__ = ["DAY_LIST", "Moment", "find_moments"]

_JOIN = re.compile(
    r"(?:[^\w\n]|\n|\b(?:pukul|pkl|pk|jam|jm|at|from|between|pada|mulai|dimulai|start|"
    r"starting|starts|waktu|time|times|hari|tanggal|tgl|dari|sekitar|around|sesi|session|ke|"
    r"abis|habis|setelah|sesudah|jumatan|maghrib|ashar|dzuhur|zuhur|isya|subuh|ba'da|bada|"
    r"bakda|ya|kak|mas|mbak|i|ii|iii|iv|[0-9]|the|on|is|interview|wawancara|jamnya|waktunya|"
    r"siang|pagi|sore|malam|malem|evening|morning|afternoon|night|noon|jadwal|pelaksanaan|of|day|close|end)\b)*"
)
_ALTERNATIVE = re.compile(
    r"\s*(?:\([^()\n]{1,24}\))?\s*(?:[\s/=(,;:|\u2013-]|\bi\.e\.|'s\b|\b(?:or|atau|which|that|is|it|yaitu|yakni|alias|should|would|will|"
    r"be|equals|jam|pukul|pkl\.?|your|time|waktu|setara|sama|dengan|artinya|berarti|means|makes|equivalent|to|for|you|at|local)\b)+",
    re.I,
)
_ADJACENT = re.compile(
    r"(?:[^\w\n]|\b(?:pada|hari|tanggal|tgl|tgl\.|pukul|pkl|jam|jm|nanti|the|on|at|end|of|"
    r"close|cob|eod|ini|dengan|dgn|untuk|kami|tunggu|paling|lambat|telat|dari|day|business|di|"
    r"in|your|jadwal|"
    r"dalam|waktu|kita|h|[0-9]|latest|time|malam|siang|sore|pagi|lusa|saat|bulan|date|is|adalah|yaitu|than)\b)*"
)
_YEAR_SLASH = re.compile(r"(?<=\b20\d\d)/(?=\d{1,2}[.:]\d\d)")
_OR_BEFORE = re.compile(r"\b(?:on or|by or|at or|pada atau)\s+$")
_WIDE_LIMIT = re.compile(r"\b(?:batas|deadline|tenggat|rsvp)\b")
_STRICT_BEFORE = frozenset(("sebelum", "sblm", "sebelom", "before", "prior to"))
_LENGTH_BEFORE = re.compile(
    r"\d+\s*(?:-\s*\d+\s*)?(?:menit|mnt|jam|minutes?|mins?|hours?|hari|" r"days?)\s*(?:lebih awal\s*)?$"
)
_LETTER_DATE = re.compile(r"\W*(?:[^\W\d_]+(?:[ \t]+[^\W\d_]+){0,2}[ \t]*,?)?\W*$")
_NUMBER_LINE = re.compile(r"\W*(?:no|nomor|nomer|lamp|lampiran|hal|perihal)\b", re.I)
_DATE_LABEL = re.compile(r"\W*(?:date|tanggal surat|tgl surat)\b", re.I)
_BRACKET = re.compile(r"[ \t]*\(([^()\n]{2,60})\)")
_SPAN = re.compile(r"[ \t]*(?:[-\u2013]|s\.?/?d\.?|sampai|hingga|to|until)[ \t]*")
_CITY = re.compile(r"[ \t]+(?:(?:for[ \t]+(?:you|me|us)[ \t]+)?in[ \t]+|waktu[ \t]+|di[ \t]+)?([A-Z][a-z]+)")
DAY_LIST = re.compile(r"\s*(?:,|,?\s*(?:dan|and|&|serta))\s*(?:(?:hari|tanggal|tgl|on|the)\s*)?")
_UNKNOWN = datetime(1990, 1, 1, tzinfo=UTC)
_OR = re.compile(r"[^\w\n]{0,4}(?:atau|or|ataupun|/)[^\w\n]{0,4}(?:(?:hari|on|at|pada|jam|pukul|tanggal|" r"tgl)\W{1,3}){0,2}")
_NEW_NEAR = 34


class Moment(NamedTuple):
    """A day, an hour or both.

    Attributes:
        day, clock: what the grammar found; either may be missing.
        also: the same instant in another zone, where two are written.
        role: interview, plain (nothing tells), test, aside, limit, old, void, past, letter.
        weight: how strongly the words point at the interview.
        strict: a limit that excludes its own day ("sebelum", "before").
        named: the words call it an interview, not only a meeting.
        leads: nothing but a bullet stands before it in its line: a row of a list or table.
    """

    begin: int
    end: int
    day: DateMention | None = None
    clock: TimeMention | None = None
    also: TimeMention | None = None
    role: str = "plain"
    weight: float = 0.0
    strict: bool = False
    leads: bool = False
    new: bool = False
    lent: bool = False
    named: bool = False
    zone_before: tuple[int, int] = (0, 0)
    zone_after: tuple[int, int] = (0, 0)

    @property
    def date(self) -> date | None:
        """The day, where it is settled."""
        return self.day.day if self.day else None

    @property
    def start(self) -> time | None:
        """The hour at which it begins."""
        return self.clock.start if self.clock else None


def find_moments(letter: Letter) -> list[Moment]:
    """All moments of the message in the order of the text, with their roles."""
    page = letter.page
    bare = _YEAR_SLASH.sub(" ", page.bare) if "/" in page.bare else page.bare
    dates = find_dates(bare, letter.now or _UNKNOWN)
    if letter.now is None:
        # Without the moment of receipt only a day with its year can be read.
        dates = tuple(
            day for day in dates if day.form in ("absolute", "numeric") and day.day and day.day.year > _UNKNOWN.year + 1
        )
    clocks = find_times(bare)
    if not dates and not clocks:
        return []
    if page.mentions(_PRAYERS):
        clocks = tuple(_after_prayer(page, clock) for clock in clocks)
    moments = _join(page, sorted([*dates, *clocks], key=lambda mention: (mention.begin, -mention.end)))
    today = letter.now.date() if letter.now else None
    placed = []
    for index, moment in enumerate(moments):
        before = moments[index - 1].end if index else 0
        after = moments[index + 1].begin if index + 1 < len(moments) else len(page.clean)
        placed.append(_with_role(letter, moment, before, after, today))
        if index and _SPAN.fullmatch(page.bare[moments[index - 1].end : moment.begin]) and placed[-2].role != "past":
            placed[-1] = placed[-1]._replace(role=placed[-2].role, weight=placed[-2].weight)
    _mark_ends(page, placed)
    _mark_old(page, placed, moved=any(part.has("rescheduled") for part in (page, letter.subject) if part is not None))
    return _level(page, _lend_days(page, placed))


_PRAYERS = frozenset("maghrib magrib isya isya' ashar asar dzuhur zuhur dhuhur lohor".split())
_PRAYER_BEFORE = re.compile(
    r"(?:maghrib|magrib|isya|ashar|asar|dzuhur|zuhur|dhuhur|lohor)'?\W{1,4}"
    r"(?:(?:sekitar|kira-kira|jam|pukul|pkl)\W{1,3}){0,2}$"
)


def _after_prayer(page: Page, clock: TimeMention) -> TimeMention:
    """ "ba'da maghrib jam setengah 7" is half past six in the evening: the prayers from noon on name a part of the day."""
    match = _PRAYER_BEFORE.search(page.prose, max(0, clock.begin - 40), clock.begin)
    if match is None or not 1 <= clock.start.hour <= 9:
        return clock
    until = clock.until.replace(hour=clock.until.hour + 12) if clock.until and clock.until.hour < 12 else clock.until
    return replace(clock, start=clock.start.replace(hour=clock.start.hour + 12), until=until)


def _join(page: Page, mentions: list[DateMention | TimeMention]) -> list[Moment]:
    moments: list[Moment] = []
    bare = page.bare
    for mention in mentions:
        last = moments[-1] if moments else None
        if last and mention.begin < last.end:
            continue
        gap = bare[last.end : mention.begin] if last else ""
        near = last is not None and len(gap) <= 70 and _fills(gap)
        if isinstance(mention, DateMention):
            if last and near and last.day is None and "\n" not in gap and ")" not in gap and len(gap) <= 24 and not re.search(r"[.;]\s", gap):
                moments[-1] = last._replace(day=mention, end=mention.end)
                continue
            moments.append(Moment(mention.begin, mention.end, day=mention))
        else:
            if (
                last
                and near
                and last.clock is None
                and gap.count("\n") <= 2
                and not ("\n" in gap and _bracketed(bare, last))
                and not re.search(r"[.;!?]\s+\S", gap.replace("\n", " ").replace("pkl.", "pkl").replace("tgl.", "tgl"))
            ):
                moments[-1] = last._replace(clock=mention, end=mention.end)
                continue
            if last and last.clock and last.also is None and _ALTERNATIVE.fullmatch(gap) and mention.zone is None:
                mention = _with_place(bare, mention)
            if last and last.clock and last.also is None and _ALTERNATIVE.fullmatch(gap) and _same_instant(last.clock, mention):
                moments[-1] = last._replace(also=mention, end=mention.end)
                continue
            moments.append(Moment(mention.begin, mention.end, clock=mention))
    return moments


def _bracketed(bare: str, moment: Moment) -> bool:
    """Whether a moment stands in brackets, as a remark on another: "(semula Senin, 30 November)"."""
    line = bare.rfind("\n", 0, moment.begin) + 1
    opened = bare.rfind("(", line, moment.begin)
    return (
        opened > line
        and ")" not in bare[opened : moment.begin]
        and bool(re.match(r"[ \t]*\)", bare[moment.end : moment.end + 3]))
        and any(mark.isdigit() for mark in bare[line:opened])
    )


def _fills(gap: str) -> bool:
    match = _JOIN.fullmatch(gap.lower())
    return match is not None


def _with_place(bare: str, clock: TimeMention) -> TimeMention:
    """A second clock time whose zone is a city behind it ("1300hrs - 1400hrs Jakarta")."""
    match = _CITY.match(bare, clock.end)
    zone = named_zone(match.group(1).lower()) if match else None
    return replace(clock, zone=zone) if zone else clock


def _same_instant(one: TimeMention, other: TimeMention) -> bool:
    """Two clock times beside each other are one instant when each has its own zone."""
    return bool(one.zone and other.zone and one.zone != other.zone)


def _nearest(page: Page, tag: str, begin: int, end: int) -> Hit | None:
    return page.within(tag, begin, end)


def _first(page: Page, tag: str, begin: int, end: int) -> Hit | None:
    for hit in page.spans(tag):
        if begin <= hit.begin and hit.end <= end:
            return hit
    return None


def _with_role(letter: Letter, moment: Moment, previous: int, following: int, today: date | None) -> Moment:
    page = letter.page
    clean = page.clean
    begin, end = page.sentence(moment.begin, moment.end)
    before = (max(begin, previous), moment.begin)
    # What a colon opens ("kami geser ke:") is said of the row below; which act it is, but not what the row is called.
    opened = (max(_opening(page, begin, moment.begin), previous), moment.begin)
    after = (moment.end, min(end, following))
    line = page.line_at(moment.begin)
    leads = bool(line) and not any(mark.isalnum() for mark in clean[line.value if line else 0 : moment.begin])
    if moment.day and moment.clock and "\n" in clean[moment.day.end : moment.clock.begin]:
        # A day above a table of hours: the row begins with the hour.
        row = page.line_at(moment.clock.begin)
        leads = leads or (row is not None and row.begin == moment.clock.begin)
    moment = moment._replace(leads=leads and line is not None, zone_before=opened, zone_after=after)
    label = line.label if line else None
    if label in ("deadline",) and line and moment.begin >= line.value:
        return moment._replace(role="limit")
    if label in ("old", "note") and label == "old":
        return moment._replace(role="old")
    if _is_void(page, moment, begin, end, following):
        return moment._replace(role="void")
    limit = _limit(page, moment, before, after, begin)
    if limit:
        return moment._replace(role="limit", strict=limit == "strict")
    if _is_spare(page, begin, moment):
        return moment._replace(role="void")
    if _is_letter_date(letter, moment, line, today):
        return moment._replace(role="letter")
    if moment.date and today and moment.date < today and not (moment.day and moment.day.contradicts):
        return moment._replace(role="past")
    if _NOT_AT.search(page.prose, max(before[0], moment.begin - 32), moment.begin):
        return moment._replace(role="old")
    if _corrects(page, opened):
        moment = moment._replace(new=True)
    elif _is_old(page, opened) and not _english_from(page, opened):
        return moment._replace(role="old")
    role, weight = _part(page, moment, before, after, line)
    if role == "interview" and weight >= 3:
        moment = moment._replace(named=True)
    if label in ("date", "time", "new") and role in ("plain", "interview"):
        weight += 3
    if label == "new":
        moment = moment._replace(new=True)
        weight += 3
    if role in ("plain", "interview"):
        if page.within("invite", begin, moment.begin):
            weight += 1
        if page.within("kept", begin, moment.begin):
            weight += 2
        if moment.day and moment.clock:
            weight += 1
    return moment._replace(role=role, weight=weight)


def _is_old(page: Page, before: tuple[int, int]) -> bool:
    hit = _nearest(page, "old", *before)
    if hit is None or _nearest(page, "new", hit.end, before[1]):
        return False
    return not any(kept.begin <= hit.begin and hit.end <= kept.end for kept in page.spans("kept"))


def _opening(page: Page, begin: int, at: int) -> int:
    """Where the sentence begins that a row belongs to: "kami geser ke:", "berikut jadwalnya:" open what stands below."""
    above = page.clean[max(0, begin - 200) : begin].rstrip()
    if not above.endswith(":") or page.clean[begin:at].count("\n") > 2 or any(map(str.isalnum, page.clean[begin:at])):
        return begin
    end = max(0, begin - 200) + len(above)
    return page.sentence(end - 1, end)[0]


def _corrects(page: Page, before: tuple[int, int]) -> bool:
    """A correction: "tertulis Kamis; seharusnya Jumat", "instead of Monday it should be Tuesday"."""
    should = _SHOULD.search(page.prose, *before)
    if should is None:
        return False
    return _WRONG.search(page.prose, max(0, before[0] - 200), should.start()) is not None


# "jgn jam 9 ya, jam 2 siang aja": an hour that is ruled out.
_NOT_AT = re.compile(
    r"\b(?:bukan|jangan|jgn|(?:tidak|tdk|ga|gak|nggak|ngga|batal) jadi|instead of|rather than|not)\s+(?:lagi\s+)?"
    r"(?:(?:pada|di|yang|yg|at|on|the|hari|jam|pukul|tanggal|tgl|yang hari|besok)\s+){0,2}$"
)
_SHOULD = re.compile(
    r"\b(?:seharusnya|harusnya|semestinya|mestinya|yang (?:benar|betul)|yg (?:benar|betul)|benarnya|should (?:be|read|have (?:been|read|said))"
    r"|correct(?:ed)? (?:date|time|day|slot|version)?|in fact|actually)\b[^.!?]{0,40}$"
)
_WRONG = re.compile(
    r"\b(?:tertulis|tercantum|ralat|meralat|koreksi|mengoreksi|keliru|kekeliruan|kesalahan|salah|typo|bukan|wrong|mistake|error|"
    r"correction|instead of|not|said|written|stated)\b"
)


def _english_from(page: Page, before: tuple[int, int]) -> bool:
    """English "from" marks an old slot only beside a "to"; alone it says nothing."""
    hit = _nearest(page, "old", *before)
    return hit is not None and page.prose[hit.begin : hit.end] == "from"


def _is_void(page: Page, moment: Moment, begin: int, end: int, following: int) -> bool:
    hits = page.spans("void")
    if not hits or (page.has("cancelled") and not page.has("rescheduled")):
        return False
    for hit in hits:
        if begin <= hit.begin < moment.begin and not page.within("new", hit.end, moment.begin):
            return True
        if moment.end <= hit.begin and hit.end <= end and hit.begin < following:
            return True
    return False


def _is_spare(page: Page, begin: int, moment: Moment) -> bool:
    """Whether a moment is only for one who cannot come ("Apabila berhalangan, jadwal pengganti Kamis …")."""
    if not page.mentions(_CONDITIONS):
        return False
    match = _UNABLE.search(page.prose, max(begin, moment.begin - 160), moment.begin)
    if match is None:
        return False
    # "If not, tell me today" asks for an answer by then.
    return page.within("reply", match.start(), moment.begin) is None or _SPARE.search(match.group()) is not None


_CONDITIONS = frozenset("apabila jika bila kalau kalo klo bilamana if should".split())
_UNABLE = re.compile(
    r"\b(?:apabila|jika|bila|bilamana|kalau|kalo|klo|if|should)\b[^.!?\n]{0,60}"
    r"\b(?:berhalangan|(?:tidak|tdk|ga|gak|nggak|belum) (?:bisa|dapat|memungkinkan|hadir|cocok)|gabisa"
    r"|can't|cannot|can not|unable|not|doesn't|don't|inconvenient|unavailable)\b[^.!?\n]*$"
)
_SPARE = re.compile(r"\b(?:pengganti|alternatif|cadangan|ulang|susulan|instead|alternative|backup|spare|lain)\b")
_COME_BY = re.compile(r"\b(?:come|coming|stop|drop|swing|pass|stand|go)\s+$")


def _limit(page: Page, moment: Moment, before: tuple[int, int], after: tuple[int, int], begin: int) -> str | None:
    prose = page.prose
    hit = _nearest(page, "limit", *before)
    if re.search(r"(?:\u2264|<=)[ \t]*$", prose[max(0, moment.begin - 4) : moment.begin]):
        return "limit"
    if hit:
        word = prose[hit.begin : hit.end]
        gap = prose[hit.end : moment.begin]
        if word == "by" and _COME_BY.search(prose, max(0, hit.begin - 12), hit.begin):
            return None
        if _ADJACENT.fullmatch(gap) and len(gap) <= 40:
            if word in _STRICT_BEFORE and not _OR_BEFORE.search(prose, max(0, hit.begin - 14), hit.begin):
                return None if _LENGTH_BEFORE.search(prose[max(0, hit.begin - 24) : hit.begin].rstrip()) else "strict"
            if (
                word in ("hingga", "sampai", "until", "till", "s d", "sd", "berakhir", "tutup", "ditutup")
                and moment.clock
                and not moment.day
                and not page.within("reply", begin, moment.begin)
            ):
                return None
            return "limit"
        if _WIDE_LIMIT.search(prose, hit.begin, hit.end) and len(gap) <= 60:
            return "limit"
    tail = prose[after[0] : after[1]]
    if re.match(r"[\s,(]*(?:at the latest|paling (?:lambat|telat)|latest|selambat)", tail):
        return "limit"
    return None


def _is_letter_date(letter: Letter, moment: Moment, line: Line | None, today: date | None) -> bool:
    """A day alone in its line with a place, above the salutation or below the closing: the letter's own date."""
    if (
        line is None
        or moment.clock
        or not moment.day
        or moment.day.form == "relative"
        or (today and moment.date and moment.date > today)
    ):
        return False
    page = letter.page
    rest = page.clean[line.begin : moment.begin], page.clean[moment.end : line.end]
    if rest[1].strip(" .,"):
        return False
    index = page.line_index(moment.begin)
    outside = index < max(letter.greeting, 1) or (letter.signature and moment.begin >= letter.signature[0].begin - 120)
    if _DATE_LABEL.match(rest[0]) and outside and index < 4:
        return True
    if line.label in ("date", "time"):
        return False
    return bool(_LETTER_DATE.match(rest[0].rsplit("   ", 1)[-1]) or _NUMBER_LINE.match(rest[0]))


def _part(page: Page, moment: Moment, before: tuple[int, int], after: tuple[int, int], line: Line | None) -> tuple[str, float]:
    """The role that the nearest words give: interview, test, aside or plain; with its weight."""
    last = page.line_at(moment.end - 1) or line
    line_end = last.end if last else after[1]
    behind = (after[0], min(after[1], line_end)) if moment.leads else after
    opened = page.clean.find("(", *behind) if behind[1] > behind[0] else -1
    if opened >= 0 and page.clean.find(")", opened, behind[1]) < 0:
        behind = (behind[0], opened)  # what follows belongs to the hour inside the brackets
    zones: list[tuple[int, int, bool]] = []
    bracket = _BRACKET.match(page.clean, after[0], after[1]) if after[1] > after[0] else None
    if moment.leads:
        zones = [(*behind, True), (*before, False)]
    elif bracket and not moment.leads:
        zones = [(bracket.start(1), bracket.end(1), True), (*before, False), (*behind, True)]
    else:
        zones = [(*before, False), (*behind, True)]
    arrival = _nearest(page, "arrive", max(before[0], moment.begin - 40), moment.begin)
    if arrival and moment.clock and not moment.day and _ADJACENT.fullmatch(page.prose[arrival.end : moment.begin]):
        return "aside", 0.0
    for begin, end, forward in zones:
        found: list[tuple[int, str]] = []
        for tag in ("interview", "test", "aside"):
            hit = _first(page, tag, begin, end) if forward else _nearest(page, tag, begin, end)
            if (
                hit
                and not (tag == "interview" and _negated(page, hit))
                and not (tag == "aside" and page.prose[max(0, hit.begin - 4) : hit.begin] == "jam ")
            ):
                found.append((hit.begin if forward else -hit.end, tag))
        if found:
            found.sort()
            tags = {tag for _, tag in found}
            nearest = found[0][1]
            if tags == {"interview", "test"} and not moment.leads:
                # One appointment for both ("tes dan wawancara") begins with its first part.
                return "interview", 3.0
            if nearest == "test" and "interview" in tags and _joined(page, begin, end):
                return "interview", 3.0
            if nearest == "interview":
                return "interview", 3.0
            if not forward or moment.leads or (bracket and begin == bracket.start(1)):
                return nearest, 0.0
            return "plain", 0.0
    for begin, end, forward in zones:
        if _nearest(page, "meeting", begin, end):
            return "interview" if not forward else "plain", 1.5
        if moment.clock and not moment.day and _nearest(page, "arrive", begin, end):
            return "aside", 0.0
    return "plain", 0.0


def _negated(page: Page, hit: Hit) -> bool:
    return re.search(r"\b(?:not an?|bukan|no)\s+$", page.prose[max(0, hit.begin - 12) : hit.begin]) is not None


def _joined(page: Page, begin: int, end: int) -> bool:
    return re.search(r"\b(?:dan|and|serta|sekalian|skalian|plus|sekaligus)\b|[&+]", page.prose[begin:end]) is not None


def _mark_ends(page: Page, moments: list[Moment]) -> None:
    """ "gua di workshop sampe jam 5": until when somebody is there, with no hour before it, is no appointment."""
    for index, moment in enumerate(moments):
        if (
            moment.day is None
            and moment.role in ("plain", "interview")
            and (index == 0 or moments[index - 1].clock is None)
            and _UNTIL.search(page.prose, max(0, moment.begin - 20), moment.begin)
        ):
            moments[index] = moment._replace(role="aside", weight=0.0)


_UNTIL = re.compile(r"\b(?:sampai|sampe|smp|smpe|ampe|hingga|until|till)\s+(?:jam|pukul|pkl\.?|jm)?\s*$")
_INSTEAD = re.compile(r"\W*(?:instead|as a replacement|sebagai (?:ganti|gantinya|pengganti)|gantinya|penggantinya)\b")


def _mark_old(page: Page, moments: list[Moment], *, moved: bool) -> None:
    """In a move from one slot to another, what stands before the word of change is the old slot."""
    for index in range(1, len(moments)):
        one, other = moments[index - 1], moments[index]
        if (
            other.role == "old"
            and one.role in ("interview", "plain")
            and other.begin - one.end <= 40
            and _NOT_AT.search(page.prose, one.end, other.begin)
        ):
            moments[index - 1] = one._replace(new=True, weight=one.weight + 4)  # "at 11.30 instead of 10.30"
    for index, moment in enumerate(moments):
        if moment.role not in ("interview", "plain"):
            continue
        hit = _nearest(page, "new", *moment.zone_before)
        instead = moved and _INSTEAD.match(page.prose, moment.zone_before[0], moment.begin) is not None
        if hit is None and not instead and not (moment.new and moved):
            continue
        if hit is not None and not instead and not moment.new:
            gap = page.prose[hit.end : moment.begin]
            word = page.prose[hit.begin : hit.end]
            if len(gap) > (20 if word in ("to", "now", "jadi", "jd") else _NEW_NEAR) or page.within(
                "limit", hit.end, moment.begin
            ):
                continue
            if not moved and not (
                word in ("jadi", "jd", "menjadi")
                and index
                and page.sentence(moment.begin, moment.end)[0] <= moments[index - 1].begin
            ):
                continue  # without a word of moving only "jam 8 … jadi jam 9" says so
            if word == "to" and not page.within("rescheduled", page.sentence(moment.begin, moment.end)[0], moment.begin):
                continue
        moments[index] = moment._replace(new=True, weight=moment.weight + 4)
        for earlier in range(index):
            other = moments[earlier]
            if moment.day is None and other.clock is None:
                continue  # "tetap hari ini, jadi pukul 15.00": only the hour moves
            if other.role in ("interview", "plain") and not other.new and (other.day or other.clock):
                moments[earlier] = other._replace(role="old")


def _level(page: Page, moments: list[Moment]) -> list[Moment]:
    """Moments joined by "atau", and days in a list, are alternatives: one is as much the interview's as the other."""
    for index in range(1, len(moments)):
        one, other = moments[index - 1], moments[index]
        gap = page.prose[one.end : other.begin]
        days = one.day is not None and other.day is not None and one.clock is None and DAY_LIST.fullmatch(gap) is not None
        if (
            one.role in ("interview", "plain")
            and other.role in ("interview", "plain")
            and one.date != other.date
            and (days or _OR.fullmatch(gap))
        ):
            weight = max(one.weight, other.weight)
            moments[index - 1], moments[index] = one._replace(weight=weight), other._replace(weight=weight)
    return moments


def _lend_days(page: Page, moments: list[Moment]) -> list[Moment]:
    """An hour without a day belongs to the last day named before it, else to the next one."""
    lent: list[Moment] = []
    given: set[int] = set()
    for index, moment in enumerate(moments):
        if moment.day is not None or moment.role in ("limit", "void", "old", "past"):
            lent.append(moment)
            continue
        source = None
        for earlier in range(index - 1, -1, -1):
            other = moments[earlier]
            if other.day is not None and (
                other.role not in ("limit", "void", "past", "letter", "old", "aside") or (other.role == "aside" and other.clock)
            ):
                source = earlier
                break
        if source is None and moment.new:
            source = next(
                (
                    earlier
                    for earlier in range(index - 1, -1, -1)
                    if moments[earlier].day is not None and moments[earlier].role == "old"
                ),
                None,
            )
        if source is None:
            for later in range(index + 1, len(moments)):
                other = moments[later]
                if moment.new and other.role == "old" and other.day is not None:
                    # "at 11.30 instead of 10.30 this morning": the day is that of the old hour.
                    source = later if page.sentence(moment.begin, moment.end) == page.sentence(other.begin, other.end) else None
                    break
                if (
                    other.day is not None
                    and other.clock is None
                    and other.role not in ("limit", "void", "past", "letter", "old", "aside")
                ):
                    # An hour is not for a day of a later sentence, unless it is called the interview's or stands in a list.
                    near = page.sentence(moment.begin, moment.end) == page.sentence(other.begin, other.end)
                    source = later if near or moment.role == "interview" or moment.leads else None
                    break
        if source is None:
            lent.append(moment)
            continue
        other = moments[source]
        given.add(source)
        weight = moment.weight
        if other.clock is None and other.role in ("interview", "plain"):
            weight = max(weight, other.weight) + 1
        role = moment.role
        if role == "plain" and other.role == "test":
            role = "test"
        if role == "plain" and other.role == "interview" and other.clock is None:
            role = "interview"
        lent.append(moment._replace(day=other.day, role=role, weight=weight, lent=True))
    return [moment for index, moment in enumerate(lent) if not (index in given and moment.clock is None)]

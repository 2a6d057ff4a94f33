"""The moments that a message names: day and hour together, each with the part it plays.

The grammar finds days and hours one by one. Here they are joined to moments ("Kamis, 26 November 2026, pukul 13.30"), and
each moment is given its role from the words around it: the interview, a test, a deadline, the old slot, a letter's date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from pamit.domain.calendar.grammar import DateMention, TimeMention, find_dates, find_times
from pamit.domain.calendar.grammar.words import named_zone
from pamit.reading.bargain import without_refused
from pamit.reading.columns import split_columns
from pamit.reading.instants import abroad_before, own_zone, restated
from pamit.reading.letter import Letter
from pamit.reading.moment import Moment, nearest
from pamit.reading.role import NOT_AT, with_role
from pamit.reading.slips import without_slips, without_unsaid
from pamit.reading.text import Page

__all__ = ["DAY_LIST", "Moment", "find_moments"]

_JOIN = re.compile(
    r"(?:[^\w\n]|\n|\b(?:pukul|pkl|pk|jam|jm|at|from|between|pada|mulai|dimulai|start|"
    r"starting|starts|waktu|time|times|hari|tanggal|tgl|dari|sekitar|around|sesi|session|ke|"
    r"abis|habis|setelah|sesudah|jumatan|maghrib|ashar|dzuhur|zuhur|isya|subuh|ba'da|bada|"
    r"bakda|nya|ya|kak|mas|mbak|i|ii|iii|iv|[0-9]|the|on|is|interview|wawancara|jamnya|waktunya|"
    r"siang|pagi|sore|malam|malem|evening|morning|afternoon|night|noon|jadwal|pelaksanaan|of|day|close|end)\b)*"
)
_ALTERNATIVE = re.compile(
    r"(?:\s*\([^()\n]{1,24}\))?(?:[\s/=(,;:|\u2013-]|\bi\.e\.|'s\b|\b(?:or|atau|which|that|is|it|yaitu|yakni|alias"
    r"|should|would|will|"
    r"be|equals|jam|pukul|pkl\.?|your|time|waktu|setara|sama|dengan|artinya|berarti|means|makes|equivalent|to|for|you|at"
    r"|local)\b)+",
    re.I,
)
_YEAR_SLASH = re.compile(r"(?<=\b20\d\d)/(?=\d{1,2}[.:]\d\d)")
_SPAN = re.compile(r"[ \t]*(?:[-\u2013]|s\.?/?d\.?|sampai|hingga|to|until)[ \t]*")
_CITY = re.compile(r"[ \t]+(?:(?:for[ \t]+(?:you|me|us)[ \t]+)?in[ \t]+|waktu[ \t]+|di[ \t]+)?([A-Z][a-z]+)")
DAY_LIST = re.compile(r"\s{0,80}(?:,|,?\s{0,80}(?:dan|and|&|serta))\s{0,80}(?:(?:hari|tanggal|tgl|on|the)\s{0,80})?")
_INDONESIAN = frozenset(("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"))
_UNKNOWN = datetime(1990, 1, 1, tzinfo=UTC)
_OR = re.compile(r"[^\w\n]{0,4}(?:atau|or|ataupun|/)[^\w\n]{0,4}(?:(?:hari|on|at|pada|jam|pukul|tanggal|" r"tgl)\W{1,3}){0,2}")
_NEW_NEAR = 34


_HIJRI = re.compile(r"(?<=[a-z'\u2019] )14\d\d ?(?:H|AH|Hijri\w*)\b")
# "Selasa, 1 Desember (bukan Senin), pukul 10.00"
_NOT_BUT = re.compile(r"\((?:bukan|not|instead of|rather than)[ \t][^()\n]{2,40}\)", re.I)
_SLIPPED = re.compile(r"(?<=\d[.:])(?:[oO][oO0]|\d[oO])\b")


def _legible(bare: str) -> str:
    """The text, as long as before, with zeros typed as letters mended and without what only looks like an hour."""
    if "/" in bare:
        bare = _YEAR_SLASH.sub(" ", bare)
    if "14" in bare:
        bare = _HIJRI.sub(lambda year: " " * len(year.group()), bare)
    if "(" in bare:
        bare = _NOT_BUT.sub(lambda remark: " " * len(remark.group()), bare)
    if "o" in bare or "O" in bare:
        bare = _SLIPPED.sub(lambda slip: slip.group().replace("o", "0").replace("O", "0"), bare)
    return bare


def find_moments(letter: Letter) -> list[Moment]:
    """All moments of the message in the order of the text, with their roles."""
    page = letter.page
    bare = _legible(page.bare)
    dates = find_dates(bare, letter.now or _UNKNOWN)
    if letter.now is None:
        # Without the moment of receipt only a day with its year can be read.
        dates = tuple(
            day for day in dates if day.form in ("absolute", "numeric") and day.day and day.day.year > _UNKNOWN.year + 1
        )
    clocks = find_times(bare)
    if not dates and not clocks:
        return []
    clocks = without_unsaid(page, tuple(_moved_hour(page, clock) for clock in clocks))
    if page.mentions(_PRAYERS):
        clocks = tuple(_after_prayer(page, clock) for clock in clocks)
    dates, clocks, was, table = split_columns(page, dates, clocks)
    moments = _join(page, sorted([*dates, *clocks], key=lambda mention: (mention.begin, -mention.end)))
    moments = [one for index, one in enumerate(moments) if not _told_after(page, one, moments[index + 1 : index + 2])]
    if len(moments) > 1:
        moments = without_slips(page, moments)
    today = letter.now.date() if letter.now else None
    placed = []
    for index, moment in enumerate(moments):
        before = moments[index - 1].end if index else 0
        after = moments[index + 1].begin if index + 1 < len(moments) else len(page.clean)
        placed.append(with_role(letter, moment, before, after, today))
        if index and _SPAN.fullmatch(page.bare[moments[index - 1].end : moment.begin]) and placed[-2].role != "past":
            placed[-1] = placed[-1]._replace(role=placed[-2].role, weight=placed[-2].weight)
    if letter.thread.chat and letter.thread.rest is not None:
        placed = without_refused(letter, placed)
    if table:
        placed = [moment._replace(new=True) if table[0] <= moment.begin < table[1] else moment for moment in placed]
        placed = sorted([*was, *placed], key=lambda moment: moment.begin)
    _mark_ends(page, placed)
    _mark_old(page, placed, moved=any(part.has("rescheduled") for part in (page, letter.subject) if part is not None))
    if page.mentions(_SAME_WORDS):
        _keep_hour(page, placed)
    return _level(page, _lend_days(page, placed))


# "saya geser ke besok jam yg sama", "to Friday, same time": only the day moves.
_SAME_WORDS = frozenset("sama segitu tetap ttp same".split())
_SAME_HOUR = re.compile(
    r"\b(?:jam|pukul) segitu\b|\b(?:jam|jamnya|pukul|waktu|waktunya)(?: (?:yang|yg|nya|masih|tetap|ttp"
    r"|tetep)){0,2} (?:sama|tetap|ttp|tetep)\b"
    r"|\b(?:same|identical) (?:time|hour|start|slot)\b|\b(?:time|hour) (?:stays|remains|is|will be) (?:the )?(?:same"
    r"|unchanged)\b"
)


def _keep_hour(page: Page, moments: list[Moment]) -> None:
    """A new day at the hour of the old one, where the message says that the hour stays."""
    if _SAME_HOUR.search(page.prose) is None or any(moment.new and moment.clock for moment in moments):
        return
    old = [moment for moment in moments if moment.role == "old" and moment.clock]
    hours = {moment.clock.start: moment.clock for moment in old if moment.clock}
    days = [
        index for index, moment in enumerate(moments) if moment.new and moment.day and moment.role in ("interview", "plain")
    ]
    if not days and len(old) == 1:
        # "Can't make 2 pm today. Tomorrow, same time?": the only other day.
        days = [
            index
            for index, moment in enumerate(moments)
            if moment.date not in (None, old[0].date) and moment.clock is None and moment.role in ("interview", "plain")
        ]
    if len(hours) == 1 and len(days) == 1:
        moments[days[0]] = moments[days[0]]._replace(clock=next(iter(hours.values())), new=True)


_PRAYERS = frozenset("maghrib magrib isya isya' ashar asar dzuhur zuhur dhuhur lohor".split())
_PRAYER_BEFORE = re.compile(
    r"(?:maghrib|magrib|isya|ashar|asar|dzuhur|zuhur|dhuhur|lohor)'?\W{1,4}"
    r"(?:(?:sekitar|kira-kira|jam|pukul|pkl)\W{1,3}){0,2}$"
)


# "Could our interview shift from 2 pm to 3 pm?": no span, but the old hour and the new one.
_MOVE_FROM = re.compile(
    r"\b(?:mov|shift|slid|slip|push|postpon|reschedul|chang|bump|nudg)(?:e[ds]?|ed|s|es|ing|ped|ping)?"
    r"(?: (?:it|our|your|the|this|today|tomorrow|on|monday|tuesday|wednesday|thursday|friday|today's|tomorrow's|"
    r"interview|meeting|call|chat|time|slot|start|back|forward|up)){0,5} from $"
)


def _moved_hour(page: Page, clock: TimeMention) -> TimeMention:
    """The new hour of a move that looks like a span."""
    if clock.until is None:
        return clock
    from_here = _MOVE_FROM.search(page.prose, max(0, clock.begin - 60), clock.begin) or (
        page.prose.startswith("from ", clock.begin)
        and _MOVE_FROM.search(page.prose[max(0, clock.begin - 60) : clock.begin] + "from ")
    )
    return replace(clock, start=clock.until, until=None) if from_here else clock


def _closed(bare: str, moment: Moment, gap: str) -> bool:
    """Whether no bracket ends between an hour and its day but one that the hour opened: "by noon (Jakarta) on Monday"."""
    if gap.count(")") - gap.count("(") == 1:
        return bare.rfind("(", moment.begin, moment.end) > bare.rfind(")", moment.begin, moment.end)
    return ")" not in gap


def _after_prayer(page: Page, clock: TimeMention) -> TimeMention:
    """ "ba'da maghrib jam setengah 7" is half past six in the evening: the prayers from noon on name a part of the day."""
    match = _PRAYER_BEFORE.search(page.prose, max(0, clock.begin - 40), clock.begin)
    if match is None or not 1 <= clock.start.hour <= 9:
        return clock
    until = clock.until.replace(hour=clock.until.hour + 12) if clock.until and clock.until.hour < 12 else clock.until
    return replace(clock, start=clock.start.replace(hour=clock.start.hour + 12), until=until)


def _told_after(page: Page, moment: Moment, following: list[Moment]) -> bool:
    """Whether an open weekday is said to be which one right after: "senin depannya jam 3 (30/11)"."""
    if moment.day is None or moment.day.day is not None or moment.clock or not following:
        return False
    other = following[0]
    return (
        other.date in moment.day.candidates
        and other.begin - moment.end <= _CLOSE
        and page.sentence(moment.begin, moment.end) == page.sentence(other.begin, other.end)
    )


_CLOSE = 24
_OPENED = re.compile(r"[^\n()]{0,12}\([ \t]?(?:tgl\.?[ \t]|tanggal[ \t])?")


def _join(page: Page, mentions: list[DateMention | TimeMention]) -> list[Moment]:
    moments: list[Moment] = []
    bare = page.bare
    for mention in mentions:
        last = moments[-1] if moments else None
        if last and mention.begin < last.end:
            continue
        gap = _without_place(bare[last.end : mention.begin]) if last else ""
        near = last is not None and len(gap) <= 70 and _fills(gap)
        if isinstance(mention, DateMention):
            if last and last.day and last.day.day is None and mention.day in last.day.candidates and _OPENED.fullmatch(gap):
                # "Senin depan jam 2 (30/11)": which of the two is said in brackets.
                moments[-1] = last._replace(day=replace(last.day, day=mention.day))
                continue
            if (
                last
                and near
                and last.day is None
                and "\n" not in gap
                and _closed(bare, last, gap)
                and len(gap) <= 24
                and not re.search(r"[.;]\s", gap)
            ):
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
                if len(moments) > 1 and restated(bare, moments[-2], moments[-1]):
                    del moments[-2]
                continue
            if last and last.clock and last.also is None and len(gap) <= 60:
                own = abroad_before(bare, last.clock, mention)
                if own is not None:
                    moments[-1] = last._replace(clock=replace(mention, zone=own), end=mention.end)
                    continue
            if last and last.clock and last.also is None and _ALTERNATIVE.fullmatch(gap):
                mention = mention if mention.zone else _with_place(bare, mention)
                called = own_zone(bare, mention) if mention.zone is None and last.clock.zone else None
                mention = replace(mention, zone=called) if called else mention
                if last.clock.zone is None and mention.zone and mention.zone not in _INDONESIAN:
                    own = own_zone(bare, last.clock)  # "10:00 your time / 14:00 Sydney"
                    last = moments[-1] = last._replace(clock=replace(last.clock, zone=own)) if own else last
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


_IN_BRACKETS = re.compile(r"[ \t]?\((?:in )?([a-z]+(?: [a-z]+)?)(?: time)?\)", re.I)


def _without_place(gap: str) -> str:
    """What stands between an hour and its day, without the place whose clock is meant: "noon (Jakarta) on Monday"."""
    match = _IN_BRACKETS.match(gap)
    return gap[match.end() :] if match and named_zone(match.group(1).lower()) else gap


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


_UNTIL = re.compile(r"\b(?:sampai|sampe|smp|smpe|ampe|hingga|until|till)\s{1,80}(?:jam|pukul|pkl\.?|jm)?\s{0,80}$")
_INSTEAD = re.compile(r"\W*(?:instead|as a replacement|sebagai (?:ganti|gantinya|pengganti)|gantinya|penggantinya)\b")

# "Would Tuesday at 11 suit you instead?", "hari Rabu jam 2 sebagai gantinya".
_BETTER = re.compile(
    r"[ ),]{0,3}(?:wib|wita|wit)?[ ),]{0,3}(?:(?:bisa|boleh|cocok|memungkinkan|suit|work|be (?:ok(?:ay)?|fine"
    r"|possible)|ok(?:ay)?|good"
    r"|for)[ ,]{1,2}|(?:for )?you[ ,]{1,2}){0,3}"
    r"(?:instead\b(?! of)|as a replacement\b|sebagai (?:ganti|gantinya|pengganti|penggantinya)\b)"
)
# "kita undur besok jam 4", "dipindah Kamis": the new slot needs no "ke".
_MOVED_TO = re.compile(
    r"\b(?:di|me|meng|mem)?(?:undur|mundur|maju|geser|pindah|tunda|reschedule)(?:kan|in|nya)?[ ,:]+"
    r"(?:(?:ya|aja|saja|dulu|jd|jadi|ke|hari|pada|sampai)[ ,:]+){0,2}$"
)
# "Interview besok pagi (20/10, 09.00) terpaksa kami tunda": what was set is off, whatever comes instead.
_PUT_OFF = re.compile(
    r"[ ),]{0,3}(?:wib|wita|wit)?[ ),]{0,3}(?:(?:terpaksa|harus|perlu|mesti|mohon|maaf|dengan|berat|hati|kami|kita"
    r"|saya|sy|ini"
    r"|nanti|itu|has|had|have|to|be|been|will|must|needs?|is|sadly|unfortunately)[ ,]{1,2}){0,6}"
    r"(?:di)?(?:tunda|undur|mundur|postponed?|put off|delayed|pushed back)(?:kan|in)?\b"
)


def _mark_old(page: Page, moments: list[Moment], *, moved: bool) -> None:
    """In a move from one slot to another, what stands before the word of change is the old slot."""
    for index in range(1, len(moments)):
        one, other = moments[index - 1], moments[index]
        if (
            other.role == "old"
            and one.role in ("interview", "plain")
            and other.begin - one.end <= 40
            and NOT_AT.search(page.prose, one.end, other.begin)
        ):
            moments[index - 1] = one._replace(new=True, weight=one.weight + 4)  # "at 11.30 instead of 10.30"
    for index, moment in enumerate(moments):
        if moved and moment.role in ("interview", "plain") and not moment.new and _PUT_OFF.match(page.prose, moment.end):
            moments[index] = moment._replace(role="old")
    for index, moment in enumerate(moments):
        if moment.role not in ("interview", "plain"):
            continue
        hit = nearest(page, "new", *moment.zone_before)
        instead = moved and (
            _INSTEAD.match(page.prose, moment.zone_before[0], moment.begin) is not None
            or _MOVED_TO.search(page.prose, max(moment.zone_before[0], moment.begin - 32), moment.begin) is not None
            or _BETTER.match(page.prose, moment.end) is not None
        )
        if hit is None and not instead and not (moment.new and moved):
            continue
        if hit is not None and not instead and not moment.new:
            gap = page.prose[hit.end : moment.begin]
            word = page.prose[hit.begin : hit.end]
            if len(gap) > (20 if word in ("to", "now", "jadi", "jd") else _NEW_NEAR) or page.within(
                "limit", hit.end, moment.begin
            ):
                continue
            if word == "to" and any(other.begin < hit.begin and hit.end < other.end for other in page.spans("rescheduled")):
                continue  # "we have to bump today's 3pm …"
            if not moved and not (
                word in ("jadi", "jd", "menjadi")
                and index
                and page.sentence(moment.begin, moment.end)[0] <= moments[index - 1].begin
            ):
                continue  # without a word of moving only "jam 8 … jadi jam 9" says so
            if word == "to" and not page.within("rescheduled", page.sentence(moment.begin, moment.end)[0], moment.begin):
                continue
        moments[index] = moment._replace(new=True, weight=moment.weight + 4)
        choice = index - 1 if index and _OR.fullmatch(page.prose, moments[index - 1].end, moment.begin) else -1
        for earlier in range(index):
            other = moments[earlier]
            if earlier == choice and other.day is not None and other.role in ("interview", "plain"):
                # "Would Thursday at 10 or Friday at 2 work instead?": one is as new as the other.
                moments[earlier] = other._replace(new=True, weight=other.weight + 4)
                continue
            if moment.day is None and other.clock is None:
                continue  # "tetap hari ini, jadi pukul 15.00": only the hour moves
            if other.role in ("interview", "plain") and not other.new and (other.day or other.clock):
                moments[earlier] = other._replace(role="old")


def _level(page: Page, moments: list[Moment]) -> list[Moment]:
    """Moments joined by "atau", and days in a list, are alternatives: one is as much the interview's as the other."""
    for index in range(1, len(moments)):
        one, other = moments[index - 1], moments[index]
        gap = page.prose[one.end : other.opens]
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

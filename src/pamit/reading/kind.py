"""What a message is: one of twelve kinds, from the phrases found and from what it says about time.

An invitation names a day or window or asks the candidate to come; an availability request leaves the time to the candidate
or says that it is still to be arranged (definitions of the kinds).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from pamit.domain.terms import InvitationKind as Kind
from pamit.reading.letter import Letter
from pamit.reading.text import Hit, Page
from pamit.reading.when import Schedule

__all__ = ["read_kind"]

_CONDITION = re.compile(
    r"\b(?:jika|bila|apabila|kalau|kalo|klo|seandainya|if|should you|in case|unless|whether|kecuali)\b[^.!?\n]*$"
    r"|(?:^|[.!?\n,;]\s*|\b(?:or|atau|and|dan)\s+)(?:to|untuk)\s+(?:confirm[^.!?\n]*|"
    r"\w+\s+)?$|\b(?:dianggap|otomatis)\s+(?:\w+\s+)?$|\b(?:tidak (?:dapat|bisa|boleh)|cannot|"
    r"can't)\s+(?:di)?$"
    r"|\b(?:link|tombol|button|minta|ajukan)\s+(?:to\s+)?$"
)
_FIRM = re.compile(
    r"\b(?:need|have|had|must|forced|harus|perlu|terpaksa|would like|want|ingin|"
    r"mau) (?:to )?$|\bkami\b[^.!?\n]{0,20}$|\bwe\b[^.!?\n]{0,30}$"
)
_WE_ASK = re.compile(r"\b(?:could|can|may) we\b|\b(?:bisa|boleh)\b")
_NO = re.compile(r"\A\W*(?:tidak|nggak|enggak|no|bukan)\b|\A\W*\?\s*(?:tidak|no|nggak)\b", re.I)
_CONTRACT = re.compile(
    r"\b(?:penandatanganan|tanda ?tangan|ttd|signing|menandatangani|"
    r"sign)\b[^.\n]{0,30}\b(?:kontrak|contract|perjanjian|pkwt)\b|\bcontract signing\b",
    re.I,
)
_FORMERLY = re.compile(r"\b(?:semula|seharusnya|tadinya|awalnya|sedianya|originally|previously|formerly)\b"
    r"|\b(?:jangan|jgn|bukan|not|instead of|rather than|(?:ga|gak|nggak|tidak|tdk) jadi) (?:di |pada |at |on )?"
    r"(?:jam|pukul|hari|tanggal|tgl|besok|\d|senin|selasa|rabu|kamis|jumat|sabtu|minggu|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
# An hour that is to follow leaves an invitation one; only a question for free times does not.
_LATER = re.compile(r"susul|kabar|info|beritahu|sampaikan|tunggu|belum|once|haven't|not ")
_SOON_WORDS = frozenset("menyusul dikabarkan diinformasikan kabarkan infokan".split())
_CONTRACT_WORDS = frozenset("kontrak contract perjanjian pkwt".split())
_WALK_IN = re.compile(r"\bwalk[ -]?in\b")
_AVAILABLE_SOON = re.compile(
    r"\b(?:jadwal|waktu|hari|tanggal)\b[^.\n]{0,60}\b(?:menyusul|dikabarkan|diinformasikan|kabarkan|infokan)\b", re.I
)


@dataclass(frozen=True)
class _Evidence:
    """How often each tag is meant: phrases in a condition ("jika ingin reschedule …") left out."""

    letter: Letter
    schedule: Schedule

    def count(self, tag: str, *, firm: bool = False) -> int:
        total = 0
        for page in self._pages():
            spans = page.spans(tag)
            total += len({hit.begin for hit in spans if not (firm and _conditional(page, hit))})
        return total

    def real(self, tag: str) -> int:
        """How often a tag is meant as a fact: not denied ("tidak mengatur jadwal pengganti"), not said of a case that may be."""
        total = 0
        for page in self._pages():
            hits = {hit.begin: hit for hit in page.spans(tag) if not _denied(page, hit) and not _supposed(page, hit)}
            total += len(hits)
        return total

    def in_subject(self, tag: str) -> bool:
        subject = self.letter.subject
        return (
            subject is not None
            and subject.has(tag)
            and not any(_NO.match(subject.clean[hit.end :]) for hit in subject.spans(tag))
        )

    def _pages(self) -> tuple[Page, ...]:
        subject = self.letter.subject
        return (self.letter.page, subject) if subject is not None else (self.letter.page,)

    @property
    def asked_times(self) -> int:
        """How often the candidate is asked for times; to confirm that one is available is no such question."""
        total = 0
        for page in self._pages():
            hits = {hit.begin: hit for hit in page.spans("availability")}
            total += sum(1 for hit in hits.values() if not _CONFIRMS.search(page.prose, max(0, hit.begin - 30), hit.begin))
        return total

    @property
    def slot(self) -> bool:
        """The message names a day or an hour for an interview."""
        schedule = self.schedule
        return schedule.start is not None or schedule.problem is not None

    @property
    def interview_slot(self) -> bool:
        """A moment that the words themselves call an interview."""
        return any(moment.role == "interview" and moment.weight >= 2.5 for moment in self.schedule.slots)

    @property
    def named_slot(self) -> bool:
        """A moment that stands beside the word interview itself."""
        return any(moment.named for moment in self.schedule.slots)


_CONFIRMS = re.compile(r"\b(?:confirm|signify|indicate|konfirmasi|konfirmasikan|memastikan)\s+(?:your\s+|atas\s+|mengenai\s+)?$")
_DENIED = re.compile(r"\b(?:tidak|tdk|belum|tanpa|no|not|without|nor|gak|nggak)\s+(?:(?:ada|mengatur|akan|be|any|dapat|bisa|a)\s+){0,2}$")
_SUPPOSED = re.compile(
    r"\b(?:jika|bila|apabila|kalau|kalo|klo|if|(?:tidak ada|tanpa|belum (?:ada|menerima|dapat)|tidak (?:menerima|mendapat)) kabar|no news|"
    r"berarti|artinya|dianggap|otomatis|those (?:who|not)|(?:pelamar|kandidat|peserta)(?: yang)? (?:tidak|belum)|"
    r"(?:applicants|candidates) (?:who|not))\b[^.!?\n]*$"
)
_NO_REPLY = re.compile(
    r"\W*(?:that )?(?:we |i )?(?:cannot|can't|are unable to|am unable to|will not be able to|won't be able to|may not be able to)"
    r" (?:\w+ )?(?:reply|respond|contact|answer|acknowledge|write|get back|provide|give|enter|discuss)\b"
)


def _denied(page: Page, hit: Hit) -> bool:
    return _DENIED.search(page.prose, max(0, hit.begin - 40), hit.begin) is not None


def _supposed(page: Page, hit: Hit) -> bool:
    """Whether it is said only of a case that may come: "tidak ada kabar berarti belum berjodoh"."""
    begin, _ = page.sentence(hit.begin, hit.end)
    return (
        _SUPPOSED.search(page.prose, max(begin, hit.begin - 160), hit.begin) is not None
        or _NO_REPLY.match(page.prose, hit.end) is not None
    )


def _conditional(page: Page, hit: Hit) -> bool:
    begin, _ = page.sentence(hit.begin, hit.end)
    before = page.prose[max(begin, hit.begin - 90) : hit.begin]
    if page.prose[hit.end : hit.end + 3].lstrip().startswith("?") and not _WE_ASK.search(before):
        return True  # "Need to reschedule? Use the link."
    if _NO.match(page.prose[hit.end : hit.end + 12]):
        return True
    return bool(_CONDITION.search(before)) and not (
        _FIRM.search(before) and not re.search(r"\b(?:jika|bila|apabila|kalau|kalo|klo|if|should you)\b", before)
    )


def read_kind(letter: Letter, schedule: Schedule, *, stop: bool) -> tuple[Kind, float]:
    """The kind of the message and how sure that is; ``stop``: a stop mark of a fake interview stands."""
    if stop:
        return Kind.SCAM, 0.9
    evidence = _Evidence(letter, schedule)
    for judge in (_advert, _change, _outcome, _test, _other, _open_time):
        kind = judge(evidence)
        if kind is not None:
            return kind, 0.9
    page = letter.page
    if _wanted_sometime(evidence) and not evidence.count("other") and not evidence.count("received_light"):
        return Kind.AVAILABILITY_REQUEST, 0.6
    talks = any(p.has("interview", "invite", "meeting") for p in evidence._pages())
    if not talks and schedule.start is None and not evidence.count("received"):
        return Kind.OTHER, 0.6
    if schedule.start is not None:
        return Kind.INVITATION, 0.9 if talks else 0.5
    if (
        evidence.slot
        or page.has("interview", "invite")
        or (letter.subject is not None and letter.subject.has("interview", "invite"))
    ) and (
        evidence.slot
        or page.has("invite", "meeting")
        or (letter.subject is not None and letter.subject.has("invite", "interview"))
    ):
        return Kind.INVITATION, 0.9 if evidence.slot else 0.7
    if evidence.count("received"):
        return Kind.APPLICATION_RECEIVED, 0.6
    return Kind.OTHER, 0.5


_WANTED = re.compile(
    r"\b(?:interview|meet|see|speak (?:to|with)|talk (?:to|with)) you\b|\bmewawancara(?:i)?\b|"
    r"\b(?:ingin|mau|hendak|bermaksud|akan)\b[^.!?\n]{0,30}\b(?:interview|wawancara|bertemu|ketemu|ngobrol|berbincang)\b"
)


def _wanted_sometime(e: _Evidence) -> bool:
    """The sender wants to talk, and names neither a moment nor a place to come to: the time is still to be arranged."""
    if e.slot or e.schedule.moments and any(moment.role in ("interview", "plain", "old") for moment in e.schedule.moments):
        return False
    page = e.letter.page
    return page.has("interview") and _WANTED.search(page.prose) is not None and not page.has("arrive")


def _advert(e: _Evidence) -> Kind | None:
    webinar, alert = _events(e), e.count("alert") + _counted_jobs(e)
    if webinar and (e.in_subject("webinar") or webinar >= 2) and not e.letter.page.has("rescheduled"):
        return Kind.OTHER
    personal = e.letter.page.has("invite") and e.slot
    if alert and _from_board(e) and not e.letter.page.has("invite"):
        return Kind.JOB_ALERT
    if (alert >= 2 and not personal) or (alert and e.in_subject("alert") and not personal):
        return Kind.JOB_ALERT
    if (
        alert
        and not personal
        and not e.letter.page.has("invite")
        and not e.slot
        and not e.count("received")
        and not e.count("rejection")
        and not e.count("offer")
    ):
        return Kind.JOB_ALERT
    return None


# "Workshop Lead", "Seminar Officer": the word belongs to a job title.
_TITLE_AFTER = re.compile(
    r"\W{1,3}(?:&\W|and\s)?(?:\w+\s)?(?:lead|leader|manager|staff|staf|officer|coordinator|koordinator|facilitator|fasilitator|instructor|"
    r"instruktur|supervisor|assistant|asisten|admin|head|foreman|technician|teknisi|trainer|organi[sz]er|mentor|host|specialist|kepala|"
    r"mechanic|mekanik|engineer|producer)\b"
)


def _events(e: _Evidence) -> int:
    """How often a webinar, fair or course is announced; a job title that names one is none."""
    total = 0
    for page in e._pages():
        hits = {hit.begin: hit for hit in page.spans("webinar")}
        total += sum(1 for hit in hits.values() if not _TITLE_AFTER.match(page.prose, hit.end) and not _is_place(page, hit))
    return total


_PLACE_BEFORE = re.compile(r"\b(?:di|ke|dari|our|my)\s+$")


def _is_place(page: Page, hit: Hit) -> bool:
    """A workshop that one goes to: "datang ke workshop gang Mangga"."""
    return (
        page.prose[hit.begin : hit.end] == "workshop"
        and page.has("interview")
        and (
            _PLACE_BEFORE.search(page.prose, max(0, hit.begin - 8), hit.begin) is not None
            or re.match(r"\W{1,2}(?:gang|gg|jl|jalan|kami|gua|gue|saya|kita|di)\b", page.prose[hit.end : hit.end + 12]) is not None
        )
    )


_COUNT_OF_JOBS = re.compile(
    r"\b\d{1,4}\+?\s+(?:new |more |other )?(?:[\w'\"]+ ){0,3}(?:jobs|roles|vacancies|openings|positions)\b|\b\d{1,4}\+? (?:lowongan|loker)\b", re.I
)
_JOB_WORDS = frozenset("jobs roles vacancies openings positions lowongan loker".split())


def _counted_jobs(e: _Evidence) -> int:
    """How many pages announce a number of vacancies ("7 new jobs", "5 lowongan")."""
    return sum(1 for page in e._pages() if page.mentions(_JOB_WORDS) and _COUNT_OF_JOBS.search(page.bare))


_BOARD = re.compile(r"\b(?:loker|lowker|lowongan|job ?alerts?|jobs? (?:digest|broadcast|info|board)|info ?(?:kerja|karir|karier)|digest|broadcast|"
    r"info ?(?:cpns|bumn|karir|karier))\b",
    re.I,
)


def _from_board(e: _Evidence) -> bool:
    """Whether the sender calls itself a board or list of vacancies."""
    sender = e.letter.sender
    return _BOARD.search(f"{sender.name or ''} {(sender.mail or '').replace('@', ' ')}") is not None


def _change(e: _Evidence) -> Kind | None:
    """Cancelled, moved, or the candidate's own withdrawal noted."""
    cancelled, asked, moved = e.count("cancelled", firm=True), e.count("cancel_asked"), e.count("rescheduled", firm=True)
    new = any(moment.new for moment in e.schedule.moments)
    old = any(moment.role == "old" for moment in e.schedule.moments)
    kept = e.letter.page.has("kept")
    if (
        asked
        and (cancelled or asked >= 2 or (e.in_subject("cancel_asked") and e.letter.page.has("cancel_asked")))
        and not new
        and not (moved and e.schedule.start)
    ):
        return Kind.CANCELLATION_CONFIRMED
    if moved and not e.real("rescheduled") and not new and not old:
        moved = 0
    if (moved or new) and not kept and (new or old or e.in_subject("rescheduled") or not cancelled):
        if new or old or e.in_subject("rescheduled") or moved >= 2 or e.schedule.problem == "date-without-time":
            return Kind.RESCHEDULE_BY_EMPLOYER
        if e.letter.page.has("interview", "meeting") and (e.slot or moved):
            return Kind.RESCHEDULE_BY_EMPLOYER
    if old and e.schedule.start is not None and not kept and _FORMERLY.search(e.letter.page.prose):
        return Kind.RESCHEDULE_BY_EMPLOYER
    if cancelled and not kept and not (moved and e.slot and not e.in_subject("cancelled")):
        void_only = (
            e.schedule.start is not None
            and e.interview_slot
            and not e.in_subject("cancelled")
            and cancelled == 1
            and any(m.role == "void" for m in e.schedule.moments)
        )
        if not void_only:
            return Kind.CANCELLED_BY_EMPLOYER
    return None


_OFFER_SUBJECT = re.compile(r"\W*(?:re:\s*)?(?:job |an |your |our |the )?offer\b(?! (?:details of event|ends))")


def _outcome(e: _Evidence) -> Kind | None:
    """Rejected, offered, or only received."""
    rejection, light = e.real("rejection"), e.count("rejection_light")
    offer = e.count("offer")
    if offer and e.letter.subject is not None and _OFFER_SUBJECT.match(e.letter.subject.prose):
        offer += 1
    ahead = e.schedule.start is not None
    if (
        rejection
        and not (ahead and (e.letter.page.has("invite") or (e.schedule.chosen and e.schedule.chosen.weight >= 3)))
        and not e.count("availability")
    ) and (not e.letter.page.has("received_light") or light or rejection >= 2 or not e.count("received")):
        return Kind.REJECTION
    if e.in_subject("other") and not e.in_subject("offer") and not rejection:
        return None
    if (
        offer
        and not rejection
        and not (e.interview_slot and ahead)
        and (offer >= 2 or e.in_subject("offer") or not e.letter.page.has("invite"))
    ):
        return Kind.OFFER
    light_offer = e.count("offer_light")
    if (
        not rejection
        and not e.named_slot
        and light_offer >= 2
        and not (e.letter.page.has("invite") and e.letter.page.has("interview") and e.schedule.start is not None)
        and (offer or not any(page.has("interview", "invite") for page in e._pages()))
    ):
        return Kind.OFFER
    return None


_MEDICAL = re.compile(r"mcu|medical|cek kesehatan|pemeriksaan|tes kesehatan")


def _only_medical(e: _Evidence) -> bool:
    """A medical check is no test of skill: it follows the decision."""
    hits = [(page, hit) for page in e._pages() for tag in ("test", "assessment") for hit in page.spans(tag)]
    return bool(hits) and all(_MEDICAL.match(page.prose, hit.begin) for page, hit in hits)


def _test(e: _Evidence) -> Kind | None:
    if _only_medical(e):
        return None
    tests = e.count("assessment")
    sat = [moment for moment in e.schedule.moments if moment.role == "test" and moment.clock]
    chosen = e.schedule.chosen
    page = e.letter.page
    if sat and chosen and chosen.role == "interview" and page.within("later_interview", *page.sentence(chosen.begin, chosen.end)):
        return Kind.ASSESSMENT  # "those who pass will be interviewed at 14.00"
    if sat and (chosen is None or chosen.role == "test" or not e.named_slot) and not e.letter.page.has("interview"):
        return Kind.ASSESSMENT
    if (
        not tests
        and e.letter.page.has("test")
        and not any(page.has("interview") for page in e._pages())
        and (e.letter.page.has("invite") or e.slot)
    ):
        return Kind.ASSESSMENT
    subject = e.letter.subject
    if subject is not None and subject.has("test") and not subject.has("interview") and not e.named_slot and (e.slot or sat):
        return Kind.ASSESSMENT
    if not tests:
        return None
    if (
        e.schedule.start is not None
        and not e.count("later_interview")
        and e.letter.page.has("interview")
        and not e.in_subject("assessment")
    ):
        return None
    interview = e.interview_slot and e.schedule.start is not None
    roles = {moment.role for moment in e.schedule.moments}
    later = e.count("later_interview")
    if interview and not (later and not e.in_subject("interview")):
        return None
    named = e.letter.page.has("interview") or (e.letter.subject is not None and e.letter.subject.has("interview"))
    if "test" in roles or later or not named or e.in_subject("assessment"):
        if e.in_subject("interview") and not later and e.schedule.start is not None:
            return None
        if e.schedule.start is not None and named and not later and "test" not in roles and not e.in_subject("assessment"):
            return None
        if named and not later and "test" not in roles and not e.in_subject("assessment") and e.letter.page.has("invite"):
            return None
        if (
            named
            and e.schedule.slots
            and not later
            and e.schedule.start is not None
            and any(m.role == "interview" for m in e.schedule.slots)
        ):
            return None
        return Kind.ASSESSMENT
    return None


_FIRST_WORDS = frozenset("pertama first onboarding induksi induction orientation orientasi".split())
_FIRST_DAY = re.compile(
    r"\bhari pertama(?:nya)?\b[^.!?\n]{0,20}\b(?:kerja|bekerja|masuk|ngantor|gabung|bergabung)\b|\b(?:your|my|the) first (?:day|week|shift)\b"
    r"|\bfirst day (?:at|of|in) (?:work|the|our)\b|\b(?:onboarding|induction|induksi|orientation|orientasi)\b"
)


def _other(e: _Evidence) -> Kind | None:
    page = e.letter.page
    if any(p.mentions(_CONTRACT_WORDS) and _CONTRACT.search(p.bare) for p in e._pages()) and not e.interview_slot:
        return Kind.OTHER
    if e.in_subject("other") and not e.in_subject("interview") and not e.named_slot and not e.count("received"):
        return Kind.OTHER
    if (
        any(_FIRST_DAY.search(p.prose) for p in e._pages() if p.mentions(_FIRST_WORDS))
        and not e.count("received")
        and not any(p.has("interview", "invite") for p in e._pages())
    ):
        return Kind.OTHER
    received = e.count("received") and (
        e.count("received_light")
        or e.count("later_interview")
        or not (page.has("invite") and (page.has("interview") or e.slot))
        or e.in_subject("received")
    )
    if (
        e.slot
        and (
            e.interview_slot
            or page.has("invite", "meeting")
            or (e.schedule.start is not None and (page.has("interview") or e.in_subject("interview")))
        )
        and not (received and e.count("later_interview") and not e.interview_slot)
    ) and not (received and e.schedule.start is None and e.in_subject("received")):
        return None
    if (
        received
        and not e.count("availability")
        and (e.count("received_light") or e.in_subject("received"))
        and not page.has("invite")
    ):
        return Kind.APPLICATION_RECEIVED
    if e.count("other") and not e.count("availability") and not (page.has("invite") and page.has("interview") and e.slot):
        return Kind.OTHER
    if received and not e.count("availability"):
        return Kind.APPLICATION_RECEIVED
    return None


def _open_time(e: _Evidence) -> Kind | None:
    """The time is the candidate's to choose, or still to be arranged."""
    schedule = e.schedule
    availability = e.asked_times
    options = len({(m.date, m.start) for m in schedule.slots if m.day is not None})
    asked = any(not _LATER.search(page.prose, *hit) for page in e._pages() for hit in page.spans("availability"))
    if schedule.problem == "date-without-time" and not (asked and availability):
        return None
    if (
        availability
        and schedule.start is None
        and (schedule.problem in ("two-dates", "two-times", None, "several-days", "date-without-time"))
    ):
        if schedule.problem == "several-days" and _WALK_IN.search(e.letter.page.prose):
            return None
        if schedule.problem == "several-days" and not asked and not e.letter.page.has("choose") and not e.in_subject("availability"):
            return None
        return Kind.AVAILABILITY_REQUEST
    if schedule.problem in ("two-dates", "two-times") and (e.letter.page.has("choose") or availability):
        return Kind.AVAILABILITY_REQUEST
    if availability and schedule.start is not None and e.letter.page.has("choose") and options > 1:
        return Kind.AVAILABILITY_REQUEST
    if availability and schedule.chosen is not None and schedule.chosen.lent and not schedule.chosen.leads:
        return Kind.AVAILABILITY_REQUEST
    if (
        schedule.problem in ("two-dates", "two-times")
        and len(schedule.troubled) > 1
        and ("?" in e.letter.page.clean or e.letter.page.has("reply"))
        and _alternatives(e.letter.page, schedule)
    ):
        return Kind.AVAILABILITY_REQUEST
    if (
        schedule.start is None
        and schedule.problem is None
        and any(page.mentions(_SOON_WORDS) and _AVAILABLE_SOON.search(page.bare) for page in e._pages())
        and e.letter.page.has("interview")
    ):
        return Kind.AVAILABILITY_REQUEST
    return None


def _alternatives(page: Page, schedule: Schedule) -> bool:
    """Whether the moments stand as a choice: joined by "or", or one below the other as rows."""
    moments = sorted(schedule.troubled, key=lambda moment: moment.begin)
    return all(
        re.search(r"\b(?:atau|or|ataupun)\b|/", page.prose[one.end : other.begin]) is not None or (other.leads and one.leads)
        for one, other in itertools.pairwise(moments)
    )

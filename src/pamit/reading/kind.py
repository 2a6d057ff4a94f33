"""What a message is: one of twelve kinds, from the phrases found and from what it says about time.

An invitation names a day or window or asks the candidate to come; an availability request leaves the time to the candidate
or says that it is still to be arranged (definitions of the kinds).
"""

from __future__ import annotations

import itertools
import re

from pamit.domain.terms import InvitationKind as Kind
from pamit.reading.advert import judge_advert
from pamit.reading.evidence import Evidence
from pamit.reading.letter import Letter
from pamit.reading.role import is_conceded
from pamit.reading.text import Page
from pamit.reading.when import Schedule

__all__ = ["read_kind"]

_CONTRACT = re.compile(
    r"\b(?:penandatanganan|tanda ?tangan|ttd|signing|menandatangani|"
    r"sign)\b[^.\n]{0,30}\b(?:kontrak|contract|perjanjian|pkwt)\b|\bcontract signing\b",
    re.I,
)
_FORMERLY = re.compile(
    r"\b(?:semula|seharusnya|tadinya|awalnya|sedianya|originally|previously|formerly)\b"
    r"|\b(?:jangan|jgn|bukan|not|instead of|rather than|(?:ga|gak|nggak|tidak|tdk) jadi) (?:di |pada |at |on )?"
    r"(?:jam|pukul|hari|tanggal|tgl|besok|\d|senin|selasa|rabu|kamis|jumat|sabtu|minggu|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday)"
)
# An hour that is to follow leaves an invitation one; only a question for free times does not.
_LATER = re.compile(r"susul|kabar|info|beritahu|sampaikan|tunggu|belum|once|haven't|not ")
_SOON_WORDS = frozenset("menyusul dikabarkan diinformasikan kabarkan infokan".split())
_CONTRACT_WORDS = frozenset("kontrak contract perjanjian pkwt".split())
_WALK_WORDS = frozenset(("walk", "walkin"))
_WALK_IN = re.compile(r"\bwalk[ -]?in\b")
_AVAILABLE_SOON = re.compile(
    r"\b(?:jadwal|waktu|hari|tanggal)\b[^.\n]{0,60}\b(?:menyusul|dikabarkan|diinformasikan|kabarkan|infokan)\b", re.I
)


def read_kind(letter: Letter, schedule: Schedule, *, stop: bool) -> tuple[Kind, float]:
    """The kind of the message and how sure that is; ``stop``: a stop mark of a fake interview stands."""
    if stop:
        return Kind.SCAM, 0.9
    evidence = Evidence(letter, schedule)
    for judge in (judge_advert, _change, _outcome, _test, _other, _open_time):
        kind = judge(evidence)
        if kind is not None:
            return kind, 0.9
    page = letter.page
    if _wanted_sometime(evidence) and not evidence.count("other") and not evidence.count("received_light"):
        return Kind.AVAILABILITY_REQUEST, 0.6
    talks = any(p.has("interview", "invite", "meeting") for p in evidence.pages())
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


def _wanted_sometime(e: Evidence) -> bool:
    """The sender wants to talk, and names neither a moment nor a place to come to: the time is still to be arranged."""
    if e.slot or (e.schedule.moments and any(moment.role in ("interview", "plain", "old") for moment in e.schedule.moments)):
        return False
    page = e.letter.page
    return page.has("interview") and _WANTED.search(page.prose) is not None and not page.has("arrive")


_CANCEL_BEFORE = re.compile(r"\b(?:cancel|batalkan|membatalkan) ?(?:/|\||or|atau|&|and|dan) ?$")
# "Pengunduran diri Mas dari wawancara … sudah kami terima", "your withdrawal from … has been noted".
_WITHDRAWN = re.compile(
    r"\b(?:pengunduran(?: diri)?|pembatalan|penarikan|pencabutan|permintaan mundur|permohonan mundur)\b"
    r"(?! (?:jadwal|waktu|tanggal|interview|wawancara)\b)(?:[^.!?\n]|\.\d){0,110}?\b(?:(?:sudah|telah|sdh|udah|resmi"
    r"|berhasil)"
    r" (?:kami |saya |sy |aku |kita )?|(?:kami|saya|sy|aku) )(?:di)?(?:terima|catat|proses|baca|sampaikan|teruskan"
    r"|input|tindaklanjuti)\b"
    r"|\byour (?:withdrawal|cancellation|request to (?:withdraw|cancel)|decision to (?:withdraw|cancel"
    r"|step))\b(?:[^.!?\n]|\.\d){0,110}?"
    r"\b(?:(?:has|have) been|is|was|are) (?:now |duly |hereby )?(?:received|noted|recorded|processed|registered"
    r"|acknowledged|confirmed|logged)\b"
)


def _change(e: Evidence) -> Kind | None:
    """Cancelled, moved, or the candidate's own withdrawal noted."""
    cancelled, asked, moved = e.count("cancelled", firm=True), e.asked_off, e.count("rescheduled", firm=True)
    if moved and all(
        _CANCEL_BEFORE.search(p.prose, max(0, h.begin - 12), h.begin) for p in e.pages() for h in p.spans("rescheduled")
    ):
        moved = 0  # "Cancel or reschedule: https://…"
    new = any(moment.new for moment in e.schedule.moments)
    old = any(moment.role == "old" for moment in e.schedule.moments)
    kept = e.letter.page.has("kept")
    if asked and not new and _WITHDRAWN.search(e.letter.page.prose):
        return Kind.CANCELLATION_CONFIRMED
    chosen = e.schedule.chosen
    if chosen is not None and is_conceded(e.letter, e.letter.page.sentence(chosen.begin, chosen.end)[0]) and not cancelled:
        return None  # the slot that the candidate asked for
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


# "kamu sy terima jadi admin": a person is taken on; an application ("lamaran kamu sudah kami terima") is only received.
_HIRED = re.compile(
    r"(?<!lamaran )(?<!berkas )(?<!cv )(?<!data )(?<!dokumen )(?<!dari )\b(?:kamu|anda|kakak|kak|mas|mbak|bang|abang"
    r"|dek|adik|saudara|saudari|sdr|sdri"
    r"|bapak|ibu)(?: \w{2,14})? (?:(?:sudah|udah|sdh|resmi|akan|bisa|jadi) )?(?:kami|saya|sy|aku|gue|gw|kita)"
    r" (?:sudah |udah |sdh )?(?:terima|trima|tarima|ambil|pilih|rekrut|pekerjakan|angkat) (?:jadi|sebagai|sbg|kerja"
    r"|bekerja|buat jadi|untuk jadi) (?!silakan|silahkan|mohon|tolong|harap)"
)
# A decision that is told as one is no mere case.
_DECIDED = re.compile(
    r"\b(?:memutuskan|putuskan|menetapkan|sepakat)(?: \w+){0,3} (?:tidak|belum)\b"
    r"|\b(?:we|i|team|panel|committee|board)(?:'ve| have| has)? (?:\w+ )?(?:decided|chosen|chose|elected) (?:not|against)\b"
)


def _outcome(e: Evidence) -> Kind | None:
    """Rejected, offered, or only received."""
    rejection, light = e.real("rejection"), e.count("rejection_light")
    offer = e.count("offer") + (1 if _HIRED.search(e.letter.page.prose) else 0)
    if rejection == 1 and _DECIDED.search(e.letter.page.prose):
        rejection = 2
    if offer and e.letter.subject is not None and _OFFER_SUBJECT.match(e.letter.subject.prose):
        offer += 1
    ahead = e.schedule.start is not None
    if (
        rejection
        and not (ahead and (e.letter.page.has("invite") or (e.schedule.chosen and e.schedule.chosen.weight >= 3)))
        and not (e.asked_times and rejection == 1 and not light)
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
        and (offer or not any(page.has("interview", "invite") for page in e.pages()))
    ):
        return Kind.OFFER
    return None


_MEDICAL = re.compile(r"mcu|medical|cek kesehatan|pemeriksaan|tes kesehatan")


def _only_medical(e: Evidence) -> bool:
    """A medical check is no test of skill: it follows the decision."""
    hits = [(page, hit) for page in e.pages() for tag in ("test", "assessment") for hit in page.spans(tag)]
    return bool(hits) and all(_MEDICAL.match(page.prose, hit.begin) for page, hit in hits)


# "art test-nya disukai", "lolos tahap tes", "thanks for completing the test": a test that lies behind.
_TAKEN = re.compile(
    r"\b(?:lolos|lulus|melewati|menyelesaikan|passed|cleared|completed|completing|finished|aced|hasil|nilai|setelah|after"
    r"|following|loved|enjoyed|liked|impressed (?:by|with)|happy with|pleased with|good job (?:on|at|in)"
    r"|nice work (?:on|at|in)"
    r"|well done (?:on|at|in)|great (?:work|job) (?:on|at|in)|suka|senang (?:lihat|melihat|dengan)|puas|terkesan|abis|habis"
    r"|results? of|thanks? (?:you )?for (?:the|your|doing|taking)|terima ?kasih (?:sudah|telah"
    r"|atas))\b[^.!?\n]{0,32}$"
)
_TAKEN_AFTER = re.compile(
    r"(?:[- ]?(?:nya|mu))?\W{1,3}(?:(?:kamu|anda|kakak|mas|mbak|saudara|saudari|kemarin|sudah|udah|was|is|looked|result"
    r"|went)\W{1,2}){0,3}(?:di?suka\w*|bagus|oke|keren|mantap|memuaskan|lolos|lulus|selesai|beres|kami terima"
    r"|diterima|great|good|well|impress\w*"
    r"|strong|excellent|passed|kemarin)\b"
)


def _taken(e: Evidence) -> bool:
    """Whether every test spoken of lies behind, and a talk is what comes."""
    if e.schedule.start is None or not e.letter.page.has("interview", "meeting"):
        return False
    hits = [(page, hit) for page in e.pages() for tag in ("test", "assessment") for hit in page.spans(tag)]
    return bool(hits) and all(
        _TAKEN.search(page.prose, max(0, hit.begin - 60), hit.begin) is not None
        or _TAKEN_AFTER.match(page.prose, hit.end) is not None
        for page, hit in hits
    )


def _stages_only(e: Evidence) -> bool:
    """A receipt that tells the stages of the selection with their days: none of them is an appointment yet."""
    page = e.letter.page
    if not e.count("received") or not page.has("received_light") or not page.has("interview"):
        return False
    return _STAGES.search(page.prose) is not None


_STAGES = re.compile(r"\b(?:tahapan|tahap-tahap|alur|rangkaian|stages|timeline|the process|jadwal)(?: \w+){0,3} ?:")


def _test(e: Evidence) -> Kind | None:
    if _only_medical(e) or _taken(e) or _stages_only(e):
        return None
    tests = e.count("assessment")
    sat = [moment for moment in e.schedule.moments if moment.role == "test" and moment.clock]
    chosen = e.schedule.chosen
    page = e.letter.page
    talks = [moment for moment in e.schedule.moments if moment.role == "interview" and moment.clock]
    if sat and talks and not e.count("later_interview") and not e.in_subject("assessment"):
        return None  # a day of several parts, the talk among them
    if (
        sat
        and chosen
        and chosen.role == "interview"
        and page.within("later_interview", *page.sentence(chosen.begin, chosen.end))
    ):
        return Kind.ASSESSMENT  # "those who pass will be interviewed at 14.00"
    if (
        sat
        and (chosen is None or chosen.role == "test" or not e.named_slot)
        and (
            not e.letter.page.has("interview")
            or (chosen is None and e.count("later_interview") and not e.in_subject("interview"))
        )
    ):
        return Kind.ASSESSMENT
    if (
        not tests
        and e.letter.page.has("test")
        and not any(page.has("interview") for page in e.pages())
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
    r"\bhari pertama(?:nya)?\b[^.!?\n]{0,20}\b(?:kerja|bekerja|masuk|ngantor|gabung|bergabung)\b|\b(?:your|my|the) first"
    r" (?:day|week|shift)\b"
    r"|\bfirst day (?:at|of|in) (?:work|the|our)\b|\b(?:onboarding|induction|induksi|orientation|orientasi)\b"
)


def _other(e: Evidence) -> Kind | None:
    page = e.letter.page
    if _stages_only(e) and not e.interview_slot_with_hour:
        return Kind.APPLICATION_RECEIVED
    if any(p.mentions(_CONTRACT_WORDS) and _CONTRACT.search(p.bare) for p in e.pages()) and not e.interview_slot:
        return Kind.OTHER
    if e.in_subject("other") and not e.in_subject("interview") and not e.named_slot and not e.count("received"):
        return Kind.OTHER
    if (
        any(_FIRST_DAY.search(p.prose) for p in e.pages() if p.mentions(_FIRST_WORDS))
        and not e.count("received")
        and not any(p.has("interview", "invite") for p in e.pages())
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
    if e.others and not e.count("availability") and not (page.has("invite") and page.has("interview") and e.slot):
        return Kind.OTHER
    if received and not e.count("availability"):
        return Kind.APPLICATION_RECEIVED
    return None


def _open_time(e: Evidence) -> Kind | None:
    """The time is the candidate's to choose, or still to be arranged."""
    schedule = e.schedule
    availability = e.asked_times
    options = len({(m.date, m.start) for m in schedule.slots if m.day is not None})
    asked = any(not _LATER.search(page.prose, *hit) for page in e.pages() for hit in page.spans("availability"))
    if schedule.start is None and _walk_in(e):
        return None
    if schedule.problem == "date-without-time" and not (asked and availability):
        return None
    if (
        availability
        and schedule.start is None
        and (schedule.problem in ("two-dates", "two-times", None, "several-days", "date-without-time"))
    ):
        if (
            schedule.problem == "several-days"
            and not asked
            and not e.letter.page.has("choose")
            and not e.in_subject("availability")
        ):
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
        and any(page.mentions(_SOON_WORDS) and _AVAILABLE_SOON.search(page.bare) for page in e.pages())
        and e.letter.page.has("interview")
    ):
        return Kind.AVAILABILITY_REQUEST
    return None


def _walk_in(e: Evidence) -> bool:
    """Whether one may walk in on days that the message names: a window, not a question."""
    return e.names_days and any(page.mentions(_WALK_WORDS) and _WALK_IN.search(page.prose) for page in e.pages())


def _alternatives(page: Page, schedule: Schedule) -> bool:
    """Whether the moments stand as a choice: joined by "or", or one below the other as rows."""
    moments = sorted(schedule.troubled, key=lambda moment: moment.begin)
    return all(
        re.search(r"\b(?:atau|or|ataupun)\b|/", page.prose[one.end : other.begin]) is not None or (other.leads and one.leads)
        for one, other in itertools.pairwise(moments)
    )

"""Adverts: vacancies for anybody, and webinars, fairs and courses."""

from __future__ import annotations

import re

from pamit.domain.terms import InvitationKind as Kind
from pamit.reading.evidence import Evidence
from pamit.reading.text import Hit, Page

__all__ = ["judge_advert"]


# "Workshop Lead", "Seminar Officer": the word belongs to a job title.
_TITLE_AFTER = re.compile(
    r"\W{1,3}(?:&\W|and\s)?(?:\w+\s)?(?:lead|leader|manager|staff|staf|officer|coordinator|koordinator|facilitator"
    r"|fasilitator|instructor|"
    r"instruktur|supervisor|assistant|asisten|admin|head|foreman|technician|teknisi|trainer|organi[sz]er|mentor|host"
    r"|specialist|kepala|"
    r"mechanic|mekanik|engineer|producer)\b"
)
_PLACE_BEFORE = re.compile(r"\b(?:di|ke|dari|our|my)\s+$")
_COUNT_OF_JOBS = re.compile(
    r"\b\d{1,4}\+?\s+(?:new |more |other )?(?:[\w'\"]+ ){0,3}(?:jobs|roles|vacancies|openings|positions)\b|\b\d{1,4}\+?"
    r" (?:lowongan|loker)\b",
    re.I,
)
_JOB_WORDS = frozenset("jobs roles vacancies openings positions lowongan loker".split())
_BOARD = re.compile(
    r"\b(?:loker|lowker|lowongan|job ?alerts?|jobs? (?:digest|broadcast|info|board)|info ?(?:kerja|karir|karier)|digest"
    r"|broadcast|"
    r"info ?(?:cpns|bumn|karir|karier))\b",
    re.I,
)


def judge_advert(e: Evidence) -> Kind | None:
    webinar, alert = _events(e), e.count("alert") + _counted_jobs(e)
    if webinar and (e.in_subject("webinar") or webinar >= 2) and not e.letter.page.has("rescheduled"):
        return Kind.OTHER
    chosen = alert and _only_walk_in(e) and any(_CHOSEN.search(page.prose) for page in e.pages())
    personal = (e.slot and (e.letter.page.has("invite") or chosen)) or (chosen and e.names_days)
    if alert and _from_board(e) and not e.letter.page.has("invite"):
        return Kind.JOB_ALERT
    if (alert >= 2 and not personal) or (alert and e.in_subject("alert") and not personal):
        return Kind.JOB_ALERT
    if alert and e.count("later_interview") and not e.count("received") and not e.letter.page.has("invite"):
        return Kind.JOB_ALERT  # "cari 2 barista … yang lolos diinterview 8 Desember"
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


# The candidate's own application was read: the walk-in is meant for one person.
_CHOSEN = re.compile(
    r"\b(?:lamaran|berkas|cv|aplikasi|portofolio|profil)(?:mu|nya)?\b(?! (?:lengkap|ke|terbaru))[^.!?\n]{0,50}"
    r"\b(?:lolos|lulus|terpilih|cocok|sesuai|memenuhi|diterima|kami terima|kita terima|masuk|kami baca|kami pelajari)\b"
    r"|\b(?:masuk|lolos|lulus) (?:ke |dalam )?(?:shortlist|short list|daftar (?:pendek|terpilih))\b|\bkandidat terpilih\b"
    r"|\b(?:kamu|anda|kakak|kak|mas|mbak|saudara|saudari|bapak|ibu)\b(?: \w+){0,3} (?:lolos|lulus|terpilih)\b"
    r"|\bselamat\b[^.!?\n]{0,40}\b(?:lolos|lulus)\b"
    r"|\byou(?:'ve| have| were| are)? (?:been )?(?:shortlisted|selected|passed|made it)\b"
    r"|\byour (?:application|cv|resume|profile)\b[^.!?\n]{0,30}\b(?:shortlisted|selected|accepted|approved|reviewed"
    r"|received|caught|stood out|impressed)\b"
    r"|\bthank(?:s| you) for (?:applying|your application)\b"
)


def _only_walk_in(e: Evidence) -> bool:
    """Whether a walk-in is the only thing that makes the message an advert."""
    hits = [(page, hit) for page in e.pages() for hit in page.spans("alert")]
    return bool(hits) and all("walk" in page.prose[max(0, hit.begin - 8) : hit.end] for page, hit in hits)


def _events(e: Evidence) -> int:
    """How often a webinar, fair or course is announced; a job title that names one is none."""
    total = 0
    for page in e.pages():
        hits = {hit.begin: hit for hit in page.spans("webinar")}
        total += sum(1 for hit in hits.values() if not _TITLE_AFTER.match(page.prose, hit.end) and not _is_place(page, hit))
    return total


def _is_place(page: Page, hit: Hit) -> bool:
    """A workshop that one goes to: "datang ke workshop gang Mangga"."""
    return (
        page.prose[hit.begin : hit.end] == "workshop"
        and page.has("interview")
        and (
            _PLACE_BEFORE.search(page.prose, max(0, hit.begin - 8), hit.begin) is not None
            or re.match(r"\W{1,2}(?:gang|gg|jl|jalan|kami|gua|gue|saya|kita|di)\b", page.prose[hit.end : hit.end + 12])
            is not None
        )
    )


def _counted_jobs(e: Evidence) -> int:
    """How many pages announce a number of vacancies ("7 new jobs", "5 lowongan")."""
    return sum(1 for page in e.pages() if page.mentions(_JOB_WORDS) and _COUNT_OF_JOBS.search(page.bare))


def _from_board(e: Evidence) -> bool:
    """Whether the sender calls itself a board or list of vacancies."""
    sender = e.letter.sender
    return _BOARD.search(f"{sender.name or ''} {(sender.mail or '').replace('@', ' ')}") is not None

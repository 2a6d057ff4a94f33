"""What speaks for the kinds of message: how often each tag is meant, with what is denied or only supposed left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pamit.reading.letter import Letter
from pamit.reading.text import Hit, Page
from pamit.reading.when import Schedule

__all__ = ["Evidence"]


_CONDITION = re.compile(
    r"\b(?:jika|bila|apabila|kalau|kalo|klo|seandainya|if|should you|in case|unless|whether|kecuali)\b[^.!?\n]{0,120}+$"
    r"|(?:^|[.!?\n,;][^\S\n]{0,30}|\b(?:or|atau|and|dan)\s{1,30})(?:to|untuk)\s{1,30}(?:confirm[^.!?\n]{0,120}+|"
    r"\w{1,30}\s{1,30})?$|\b(?:dianggap|anggap|otomatis)\s{1,30}(?:\w{1,30}\s{1,30})?$|\b(?:yang|yg) (?:tidak|tdk"
    r"|gak|ga|nggak|belum)\b[^.!?\n]{0,120}+$"
    r"|\b(?:tidak (?:dapat|bisa|boleh)|cannot|"
    r"can't)\s{1,30}(?:di)?$"
    r"|\b(?:link|tombol|button|minta|ajukan)\s{1,30}(?:to\s{1,30})?$"
)
_FIRM = re.compile(
    r"\b(?:need|have|had|must|forced|harus|perlu|terpaksa|would like|want|ingin|"
    r"mau) (?:to )?$|\bkami\b[^.!?\n]{0,20}$|\bwe\b[^.!?\n]{0,30}$"
)
_WE_ASK = re.compile(r"\b(?:could|can|may) we\b|\b(?:bisa|boleh)\b")
_NO = re.compile(r"\A\W*(?:tidak|nggak|enggak|no|bukan)\b|\A\W*\?\s*(?:tidak|no|nggak)\b", re.I)
_CONFIRMS = re.compile(
    r"\b(?:confirm|signify|indicate|konfirmasi|konfirmasikan|memastikan)\s+(?:your\s+|atas\s+|mengenai\s+)?$"
)
_DENIED = re.compile(
    r"\b(?:tidak|tdk|belum|tanpa|no|not|nothing|without|nor|gak|nggak)\s+(?:(?:ada|mengatur|akan|be|any|to|dapat"
    r"|bisa|a)\s+){0,2}$"
)
_SUPPOSED = re.compile(
    r"\b(?:jika|bila|apabila|kalau|kalo|klo|if|(?:tidak ada|tanpa|belum (?:ada|menerima|dapat)|tidak (?:menerima"
    r"|mendapat)) kabar|no news|"
    r"berarti|artinya|dianggap|otomatis|(?:telat|terlambat|tidak hadir|ga hadir|gak hadir)\b[^.!?\n]{0,20} langsung"
    r"|those (?:who|not)|(?:pelamar|kandidat|peserta)(?: yang)? (?:tidak|belum)|"
    r"(?:applicants|candidates) (?:who|not))\b[^.!?\n]{0,80}$"
    r"|\b(?:(?:tidak|tdk|ga|gak|nggak|belum|tanpa) \w+|telat|terlambat|late|absen|bolos|no[- ]?show)\b[^.!?\n=]{0,30}"
    r"(?:=|->|\u2192) {0,3}(?:dianggap |dinyatakan |langsung |otomatis )?$"  # "telat = gugur"
)
_NO_REPLY = re.compile(
    r"\W*(?:that )?(?:we |i )?(?:cannot|can't|are unable to|am unable to|will not be able to|won't be able to|may not be"
    r" able to)"
    r" (?:\w+ )?(?:reply|respond|contact|answer|acknowledge|write|get back|provide|give|enter|discuss)\b"
)


# "Reach me on the mobile rather than the office line": only of a time is it a move.
_RATHER = ("instead of", "rather than")
_OF_A_TIME = re.compile(
    r"[^.!?\n]{0,24}?(?:(?<![+\d(])\d{1,2}(?![\d ()-]{0,6}\d{3})|\b(?:mon|tues?|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:today|tomorrow|morning|afternoon|noon|evening"
    r"|original\w*|planned|previous\w*|scheduled|as)\b)"
)
_BACKING_OUT = re.compile(
    r"\b(?:i[zj]in|pamit|memilih|memutuskan|putuskan|ingin|hendak|keputusan\w*|permohonan|pernyataan) (?:untuk )?(?:me)?$"
)
_OUT_OF = re.compile(
    r" (?:diri\b|dari (?:(?:proses|seleksi|tahap\w*|rangkaian)\b|(?:lamaran|rekrutmen|pencalonan|wawancara|interview)\b"
    r"(?![^.!?\n]*\bke\b)))"
)


def _not_a_move(page: Page, hit: Hit) -> bool:
    """Whether a word of moving moves no date: the candidate who backs out ("izin mundur"), one line rather than another."""
    word = page.prose[hit.begin : hit.end]
    if word in _RATHER:
        return _OF_A_TIME.match(page.prose, hit.end, hit.end + 60) is None
    if not word.startswith(("mundur", "undur", "pengunduran")):
        return False
    return (
        _BACKING_OUT.search(page.prose, max(0, hit.begin - 32), hit.begin) is not None
        or _OUT_OF.match(page.prose, hit.end, hit.end + 80) is not None
    )


@dataclass(frozen=True)
class Evidence:
    """How often each tag is meant: phrases in a condition ("jika ingin reschedule …") left out."""

    letter: Letter
    schedule: Schedule

    def count(self, tag: str, *, firm: bool = False) -> int:
        total = 0
        for page in self.pages():
            spans = page.spans(tag)
            if tag == "rescheduled":
                spans = [hit for hit in spans if not _not_a_move(page, hit)]
            total += len({hit.begin for hit in spans if not (firm and _conditional(page, hit))})
        return total

    def real(self, tag: str) -> int:
        """How often a tag is meant as a fact: not denied ("tidak mengatur jadwal pengganti"), not of a mere case."""
        total = 0
        for page in self.pages():
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

    def pages(self) -> tuple[Page, ...]:
        """The message and its subject."""
        subject = self.letter.subject
        return (self.letter.page, subject) if subject is not None else (self.letter.page,)

    @property
    def asked_off(self) -> int:
        """How often it is the candidate who cancelled; the sender's own cancelling ("we are withdrawing the post") is
        not it."""
        total = 0
        for page in self.pages():
            own = page.spans("cancelled")
            hits = {hit.begin: hit for hit in page.spans("cancel_asked")}
            total += sum(
                1
                for hit in hits.values()
                if not _CLOSING.search(page.prose, max(0, hit.begin - 16), hit.end)
                and not any(other.begin <= hit.begin and hit.end < other.end for other in own)
            )
        return total

    @property
    def others(self) -> int:
        """How often something else is asked or told; thanks for what the candidate sent asks for nothing."""
        return sum(
            len(
                {hit.begin for hit in page.spans("other") if not _THANKED.search(page.prose, max(0, hit.begin - 56), hit.begin)}
            )
            for page in self.pages()
        )

    @property
    def asked_times(self) -> int:
        """How often the candidate is asked for times; to confirm that one is available is no such question."""
        total = 0
        for page in self.pages():
            hits = {hit.begin: hit for hit in page.spans("availability")}
            total += sum(
                1
                for hit in hits.values()
                if not _CONFIRMS.search(page.prose, max(0, hit.begin - 30), hit.begin) and not _sent(page, hit)
            )
        return total

    @property
    def slot(self) -> bool:
        """The message names a day or an hour for an interview."""
        schedule = self.schedule
        return schedule.start is not None or schedule.problem is not None

    @property
    def names_days(self) -> bool:
        """Whether days are named on which one may come, though none of them need be the appointment."""
        return any(
            moment.day is not None and moment.role in ("interview", "plain", "aside") for moment in self.schedule.moments
        )

    @property
    def interview_slot(self) -> bool:
        """A moment that the words themselves call an interview."""
        return any(moment.role == "interview" and moment.weight >= 2.5 for moment in self.schedule.slots)

    @property
    def interview_slot_with_hour(self) -> bool:
        """An interview with day and hour."""
        return self.schedule.start is not None and self.interview_slot

    @property
    def named_slot(self) -> bool:
        """A moment that stands beside the word interview itself."""
        return any(moment.named for moment in self.schedule.slots)


# "Demikian agar maklum": the close of a letter, that forgives nothing.
_CLOSING = re.compile(r"\b(?:agar|untuk|utk|harap|mohon|supaya|kiranya|menjadi|dapat)[ \t]{1,3}(?:di)?maklum(?:i)?$")
_THANKED = re.compile(r"\b(?:terima ?kasih|makasih|trims|thanks|thank you)\b[^.!?\n]{0,40}$")
_SENDING = re.compile(r"(?:kirim|sampaikan|berikan|infokan)\w*\b")
_WE = re.compile(r"\b(?:kami|saya|sy)\s+$")


def _sent(page: Page, hit: Hit) -> bool:
    """ "kami sampaikan pilihan kami": what the sender sends is not asked for."""
    return (
        _SENDING.match(page.prose, hit.begin) is not None
        and _WE.search(page.prose, max(0, hit.begin - 8), hit.begin) is not None
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


_ASKED = re.compile(r"[^.!?\n]{0,48}\?")
_YOUR_WISH = re.compile(
    r"(?:^\W{0,20}|[.!?\n,;:][^\w.!?\n,;:]{0,20})"
    r"(?:do you |would you |did you |you )?(?:need|needing|want|wish|have|like|got|plan|planning"
    r"|looking|perlu"
    r"|ingin|mau|butuh|hendak|berencana|ada rencana|terpaksa)\b(?![^.!?\n]{0,200}\b(?:kami|we)\b)[^.!?\n]{0,200}+$"
)
_WISH = re.compile(r"(?:need|want|wish|have|like|perlu|ingin|mau|butuh|hendak)\b")
_BUTTON_BEFORE = re.compile(
    r"(?:^\W{0,20}|[.!?\n,;:|][^\w.!?\n,;:|]{0,20})"
    r"(?:to )?(?:reschedul\w*|change|move|edit|jadwal ulang|jadwalkan ulang|ubah|mengubah|pindah)"
    r"(?: jadwal| time| it)?"
    r" ?(?:/|\||or|atau|&) ?$"
)
_WE_MOVE = re.compile(r"\b(?:we|i|kami|saya|kita|terpaksa|harus|have to|must)\b[^.!?\n]{0,40}$")
_BY_LINK = re.compile(
    r"(?:[ \t](?:it|this|your|the|jadwal|interview|wawancara|anda|kamu|time|booking|appointment|meeting)){0,3}[ \t]{0,3}"
    r"(?:(?:at|here|via|using|through|on|by clicking|di|lewat|melalui|klik|pada)[ \t:]{1,3}"
    r"(?:the |this |link |tautan |laman )?)?[:\u2192>-]{0,2}[ \t]{0,3}(?:https?://|www\.)",
    re.I,
)
_BUTTON = re.compile(
    r" ?(?:/|\||or|atau|&|and|dan) ?(?:cancel\w*|batal\w*|reschedul\w*|change|move|jadwal\w*|ubah"
    r"|atur)\b[^.!?\n:]{0,30}(?::|\bhere\b"
    r"|\bdi sini\b|$)",
    re.M,
)


# "Datang terlambat = batal", "telat berarti batal": what lateness would bring.
_BY_FAULT = re.compile(
    r"\b(?:telat|terlambat|absen|bolos|mangkir|late|no[- ]?show|(?:tidak|tdk|ga|gak|nggak) (?:hadir|datang|dateng))\b"
    r"[^.!?\n=]{0,30}(?:=|->|\u2192|\b(?:berarti|artinya|maka|otomatis|dinyatakan|langsung|means?))\s{0,3}$"
)


def _conditional(page: Page, hit: Hit) -> bool:
    begin, _ = page.sentence(hit.begin, hit.end)
    before = page.prose[max(begin, hit.begin - 90) : hit.begin]
    if page.prose[hit.end : hit.end + 3].lstrip().startswith("?") and not _WE_ASK.search(before):
        return True  # "Need to reschedule? Use the link."
    if _ASKED.match(page.prose, hit.end) and (_YOUR_WISH.search(before) or _WISH.match(page.prose, hit.begin)):
        return True  # "Need to cancel or move it? Use this page."
    if (
        _BY_LINK.match(page.clean, hit.end)
        and not page.prose.endswith("ed", hit.begin, hit.end)
        and not _WE_MOVE.search(before)
    ):
        return True  # "Can't make it? Reschedule at https://…"
    if _BUTTON.match(page.prose, hit.end) or _BUTTON_BEFORE.search(before):
        return True  # "Cancel or reschedule: https://…"
    if _NO.match(page.prose[hit.end : hit.end + 12]) or before.endswith("anggap ") or _BY_FAULT.search(before):
        return True
    return bool(_CONDITION.search(before)) and not (
        _FIRM.search(before) and not re.search(r"\b(?:jika|bila|apabila|kalau|kalo|klo|if|should you)\b", before)
    )

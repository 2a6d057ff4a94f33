"""The gallery: one example of every message, for people to read and to judge (docs/gallery).

``make docs`` writes it; a test compares it with what would be written now. Everything in it is composed from the phrasebook for
one invented case, at one fixed moment, in variant 0.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pamit.domain.calendar.wording import write_moment
from pamit.domain.interview import Candidate, Case, Contact, Event, Interview
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, EventKind, Language, Mode, Purpose, Reason, Register
from pamit.formats.markdown import escape_markdown, quote_markdown
from pamit.services.writing import write_message
from pamit.surfaces.cli.words import Words

__all__ = ["FOLDER", "channels_for", "example", "pages"]

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "gallery"

ZONE = "Asia/Jakarta"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo(ZONE))
WRITER = Candidate("Laras Anindita", "laras.anindita@surel.example", "0812-0000-7788", "Semarang")
AHEAD = Interview(
    company="PT Bahtera Samudra Raya",
    position="Analis Logistik",
    start=datetime(2026, 11, 27, 13, 30, tzinfo=ZoneInfo(ZONE)),
    end=datetime(2026, 11, 27, 14, 30, tzinfo=ZoneInfo(ZONE)),
    timezone=ZONE,
    mode=Mode.ONSITE,
    location="Jalan Pelabuhan No. 8, Semarang",
    received=NOW - timedelta(hours=20),
    invited_via=Channel.EMAIL,
    contact=Contact("Ibu Kartika Wardani", "kartika.wardani@bahtera.example", "+6281200005566"),
)

WORDS = {
    Language.ID: {
        "title": "Galeri pesan",
        "intro": "Satu contoh untuk setiap tujuan, saluran, dan gaya, disusun dari buku kalimat untuk satu kasus rekaan.",
        "case": "{candidate}, kandidat {position} di {company}; ditulis {now}.",
        "interview": "Wawancara: {start}.",
        "undated": "Wawancara: waktunya belum ditentukan.",
        "subject": "Subjek",
        "reasons": "Alasan",
        "formal": "formal",
        "friendly": "ramah",
        "generated": "Halaman ini dibuat oleh `make docs`; perbaiki kalimatnya di `src/pamit/phrasing/phrases/id/`.",
        "back": "[Semua pesan](README.md)",
        "other": "In English: [Message gallery](../en/README.md)",
    },
    Language.EN: {
        "title": "Message gallery",
        "intro": "One example for each purpose, channel and register, composed from the phrasebook for one invented case.",
        "case": "{candidate}, candidate for {position} at {company}; written {now}.",
        "interview": "Interview: {start}.",
        "undated": "Interview: no time set yet.",
        "subject": "Subject",
        "reasons": "Reasons",
        "formal": "formal",
        "friendly": "friendly",
        "generated": "This page is made by `make docs`; mend its sentences in `src/pamit/phrasing/phrases/en/`.",
        "back": "[All messages](README.md)",
        "other": "Dalam bahasa Indonesia: [Galeri pesan](../id/README.md)",
    },
}
REASON_NAMES = {
    Language.ID: {
        None: "tanpa alasan", Reason.PERSONAL: "keperluan pribadi", Reason.HEALTH: "kesehatan",
        Reason.OTHER_OFFER: "tawaran lain",
        Reason.CULTURE: "budaya dan nilai", Reason.ROLE_FIT: "tugas yang tidak sesuai", Reason.SALARY: "gaji",
        Reason.LOCATION: "tempat dan jarak", Reason.SCHEDULE: "bentrok jadwal", Reason.CAREER_PLAN: "rencana karier",
        Reason.FOUND_UNSUITABLE: "ternyata kurang cocok", Reason.OTHER: "lainnya",
    },
    Language.EN: {
        None: "none given", Reason.PERSONAL: "personal", Reason.HEALTH: "health", Reason.OTHER_OFFER: "another offer",
        Reason.CULTURE: "culture and values", Reason.ROLE_FIT: "duties that do not fit", Reason.SALARY: "pay",
        Reason.LOCATION: "place and commute", Reason.SCHEDULE: "a clash of dates", Reason.CAREER_PLAN: "career plans",
        Reason.FOUND_UNSUITABLE: "found unsuitable", Reason.OTHER: "other",
    },
}  # fmt: skip


def _held(days: int, *events: Event) -> Case:
    """A case whose interview was held some days ago."""
    start = NOW - timedelta(days=days)
    interview = replace(AHEAD, start=start, end=start + timedelta(hours=1), received=start - timedelta(days=5))
    return Case(interview, (Event(start + timedelta(hours=1), EventKind.ATTENDED), *events))


def _today(minutes: int, *events: Event) -> Case:
    """A case whose interview begins, or began, on the day of writing."""
    start = NOW + timedelta(minutes=minutes)
    return Case(replace(AHEAD, start=start, end=start + timedelta(hours=1)), events)


def _missed(*events: Event) -> Case:
    """A case whose interview was on the day before, without the candidate."""
    start = NOW - timedelta(hours=20)
    interview = replace(AHEAD, start=start, end=start + timedelta(hours=1), received=start - timedelta(days=5))
    return Case(interview, (*events, Event(start + timedelta(hours=2), EventKind.ABSENT)))


def case_for(purpose: Purpose) -> Case:
    """The example case at the stage at which one writes for that purpose."""
    yesterday = NOW - timedelta(days=1)
    confirmed = Event(NOW - timedelta(hours=15), EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL)
    offered = _held(9, Event(yesterday, EventKind.OFFER_RECEIVED))
    cases = {
        Purpose.CANCEL: Case(AHEAD, (confirmed,)),
        Purpose.WITHDRAW: _held(6),
        Purpose.THANK_YOU: _held(1),
        Purpose.FOLLOW_UP: _held(8),
        Purpose.ASK_FEEDBACK: _held(9, Event(yesterday, EventKind.REJECTED)),
        Purpose.DECLINE_OFFER: offered,
        Purpose.ACCEPT_OFFER: offered,
        Purpose.ASK_DETAILS: Case(replace(AHEAD, start=None, end=None, mode=None, location=None)),
        Purpose.RUNNING_LATE: _today(40, confirmed),
        Purpose.APOLOGISE_ABSENCE: _missed(confirmed),
        Purpose.EMPLOYER_ABSENT: _today(-20, confirmed),
        Purpose.LINK_BROKEN: _today(-10, confirmed),
    }
    return cases.get(purpose, Case(AHEAD))


def channels_for(purpose: Purpose) -> tuple[Channel, ...]:
    """The channels by which one writes for that purpose: a letter is too slow for what cannot wait."""
    urgent = purpose in (Purpose.RUNNING_LATE, Purpose.EMPLOYER_ABSENT, Purpose.LINK_BROKEN)
    return tuple(channel for channel in Channel if not (urgent and channel == Channel.LETTER))


def pages() -> dict[str, str]:
    """Every page of the gallery: its path below :data:`FOLDER` and its text."""
    found = {"README.md": _door()}
    for language in Language:
        found[f"{language}/README.md"] = _index(language)
        for purpose in Purpose:
            found[f"{language}/{purpose}.md"] = _page(purpose, language)
    return found


def _door() -> str:
    links = "\n".join(f"- [{WORDS[language]['title']}]({language}/README.md)" for language in Language)
    return f"# {WORDS[Language.EN]['title']} · {WORDS[Language.ID]['title']}\n\n{links}\n"


def _index(language: Language) -> str:
    words, names = WORDS[language], Words(language)
    links = "\n".join(f"- [{names(f'do.{purpose}')}]({purpose}.md)" for purpose in Purpose)
    return f"# {words['title']}\n\n{words['intro']}\n\n{links}\n\n{words['other']}\n\n{words['generated']}\n"


def _page(purpose: Purpose, language: Language) -> str:
    words, names = WORDS[language], Words(language)
    case = case_for(purpose)
    start = case.interview.start
    told = words["case"].format(
        candidate=WRITER.name,
        position=case.interview.position,
        company=case.interview.company,
        now=write_moment(NOW, ZONE, language),
    )
    when = words["interview"].format(start=write_moment(start, ZONE, language)) if start else words["undated"]
    blocks = [f"# {names(f'do.{purpose}')}", f"{told} {when}"]
    for channel in channels_for(purpose):
        for register in Register:
            heading = f"## {_capital(names(f'channel.{channel}'))}, {words[register.value]}"
            draft = example(purpose, language, channel, register)
            blocks += [heading, _shown(draft, language)]
    if purpose == Purpose.DECLINE:
        blocks.append(f"## {words['reasons']}")
        for reason in (None, *Reason):
            draft = example(purpose, language, Channel.EMAIL, Register.FORMAL, reason)
            blocks += [f"### {_capital(REASON_NAMES[language][reason])}", _shown(draft, language)]
    return "\n\n".join([*blocks, f"{words['back']} · {words['generated']}"]) + "\n"


def example(purpose: Purpose, language: Language, channel: Channel, register: Register, reason: Reason | None = None) -> Draft:
    """The message that the gallery shows for a combination."""
    late = (NOW + timedelta(minutes=60),) if purpose == Purpose.RUNNING_LATE else ()
    return write_message(
        case_for(purpose),
        purpose,
        candidate=WRITER,
        now=NOW,
        language=language,
        channel=channel,
        register=register,
        reason=reason,
        alternatives=late,
    )


def _shown(draft: Draft, language: Language) -> str:
    subject = ""
    if draft.channel == Channel.EMAIL and draft.subject:
        subject = f"**{WORDS[language]['subject']}:** {escape_markdown(draft.subject)}\n\n"
    return subject + quote_markdown(draft.text).rstrip("\n")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def main(arguments: list[str]) -> int:
    """Write the pages; with ``--check`` only tell which are not fresh."""
    wanted = pages()
    present = {str(file.relative_to(FOLDER)): file for file in FOLDER.rglob("*.md")}
    stale = [name for name, text in wanted.items() if name not in present or present[name].read_text("utf-8") != text]
    stale += sorted(present.keys() - wanted.keys())
    if "--check" in arguments:
        sys.stdout.write("".join(f"{name}\n" for name in stale))
        return 1 if stale else 0
    for name in stale:
        file = FOLDER / name
        if name in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted[name], "utf-8")
        else:
            file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The gallery: one example of every message, for people to read and to judge (docs/gallery).

``make docs`` writes it; a test compares it with what would be written now. Everything in it is composed from the phrasebook for
one invented case, at one fixed moment, in variant 0.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pamit.domain.calendar.wording import write_moment
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language, Purpose, Reason, Register
from pamit.formats.markdown import escape_markdown, quote_markdown
from pamit.services.gallery import NOW, WRITER, ZONE, case_for, channels_for, example
from pamit.surfaces.cli.words import Words

__all__ = ["FOLDER", "pages"]

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "gallery"

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

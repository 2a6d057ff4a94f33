"""Writes docs/rules.md and docs/rules.id.md: the rulebook with its sources, and every rule of the checker with its page."""

from __future__ import annotations

from pathlib import Path

from pamit.domain.rulebook import entries, groups
from pamit.domain.terms import Language, Severity
from pamit.etiquette import RULES, Rule, shown

FOLDER = Path(__file__).resolve().parents[1] / "docs"
NAMES = {Language.EN: "rules.md", Language.ID: "rules.id.md"}

WORDS = {
    Language.EN: {
        "title": "The rules",
        "lead": "Every rule of etiquette that Pamit knows, with its source, and every rule of the checker with examples. Sources are the five guides, by their numbers.",
        "entries": "The rulebook",
        "rules": "The checker's rules",
        "source": "Source",
        "addition": "added to the guides",
        "why": "Why",
        "bad": "Poor",
        "good": "Good",
        "fix": "Fix",
        "entry": "Entry",
        Severity.ERROR: "error",
        Severity.WARNING: "warning",
        Severity.HINT: "hint",
    },
    Language.ID: {
        "title": "Aturan",
        "lead": "Semua aturan kesopanan yang dikenal Pamit beserta sumbernya, dan semua aturan pemeriksa beserta contohnya. Sumbernya lima panduan, disebut menurut nomornya.",
        "entries": "Buku aturan",
        "rules": "Aturan pemeriksa",
        "source": "Sumber",
        "addition": "tambahan di luar panduan",
        "why": "Mengapa",
        "bad": "Kurang baik",
        "good": "Baik",
        "fix": "Perbaikan",
        "entry": "Butir",
        Severity.ERROR: "kesalahan",
        Severity.WARNING: "peringatan",
        Severity.HINT: "saran",
    },
}


def page(language: Language) -> str:
    """The whole catalogue in one language, as Markdown."""
    words = WORDS[language]
    lines = [f"# {words['title']}", "", words["lead"], "", f"## {words['entries']}", ""]
    for letter, group in groups().items():
        lines += [f"### {letter} · {group.heading.in_language(language)}", ""]
        for entry in entries().values():
            if entry.group == letter:
                source = "; ".join(str(one) for one in entry.sources) or words["addition"]
                lines += [
                    f"**{entry.id} · {entry.title.in_language(language)}.** {entry.text.in_language(language)} "
                    f"*({words['source']}: {source})*",
                    "",
                ]
    lines += [f"## {words['rules']}", ""]
    for rule in RULES.values():
        lines += _rule(rule, language)
    return "\n".join(lines).rstrip() + "\n"


def _rule(rule: Rule, language: Language) -> list[str]:
    words, found = WORDS[language], rule.page
    lines = [
        f"### {rule.name}",
        "",
        f"{found.what.in_language(language)} *({words[rule.severity]}; {words['entry']} {rule.entry})*",
        "",
        f"{words['why']}: {found.why.in_language(language)}",
        "",
    ]
    for key, examples in (("bad", found.bad), ("good", found.good)):
        for example in examples:
            quoted = [f"> {line}".rstrip() for line in shown(example).splitlines()]
            lines += [f"{words[key]}:", "", *quoted, ""]
    return [*lines, f"{words['fix']}: {found.fix.in_language(language)}", "", f"{words['source']}: {found.source}", ""]


def pages() -> dict[str, str]:
    """File name to text."""
    return {name: page(language) for language, name in NAMES.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")

"""Every link and picture of the pages leads somewhere: the file is there, and so is the heading it names."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(<?([^)\s>]+)>?\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def _pages() -> list[Path]:
    """All pages for people, generated ones too."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them: small letters, hyphens, a number on the second."""
    seen: dict[str, int] = {}
    made = set()
    for heading in HEADING.findall(FENCE.sub("", page.read_text("utf-8"))):
        plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")
        made.add(f"{plain}-{seen[plain]}" if plain in seen else plain)
        seen[plain] = seen.get(plain, 0) + 1
    return made


def test_every_relative_link_resolves() -> None:
    """Files, folders, pictures and headings."""
    broken = []
    for page in _pages():
        for target in LINK.findall(CODE.sub("", FENCE.sub("", page.read_text("utf-8")))):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = unquote(target).partition("#")
            file = (page.parent / name).resolve() if name else page
            if not file.exists() or (anchor and anchor not in _anchors(file)):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_pages_in_two_languages_name_each_other() -> None:
    """Whoever reads one finds the other."""
    twins = [(page, page.with_name(page.name.replace(".id.md", ".md"))) for page in _pages() if page.name.endswith(".id.md")]
    hand = [(ours, theirs) for ours, theirs in twins if ours.parent.name not in {"reference"} and ours.name != "rules.id.md"]
    assert [str(ours) for ours, theirs in hand if f"({theirs.name})" not in ours.read_text("utf-8")] == []
    assert [str(theirs) for ours, theirs in hand if f"({ours.name})" not in theirs.read_text("utf-8")] == []


def test_every_page_can_be_reached_from_the_entrance() -> None:
    """Nothing lies about that no page leads to."""
    reached, ahead = set(), [ROOT / "docs" / "index.md"]
    while ahead:
        page = ahead.pop()
        if page in reached:
            continue
        reached.add(page)
        for target in LINK.findall(page.read_text("utf-8")):
            file = (page.parent / unquote(target).partition("#")[0]).resolve()
            if file.suffix == ".md" and file.is_file() and file not in reached:
                ahead.append(file)
            elif file.is_dir() and not re.match(r"[a-z]+:", target):
                ahead += [one for one in sorted(file.glob("*.md")) if one not in reached]
    assert [str(page.relative_to(ROOT)) for page in sorted((ROOT / "docs").rglob("*.md")) if page not in reached] == []

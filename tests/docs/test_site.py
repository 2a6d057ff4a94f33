"""The documentation as a site (`make docs-site`): whole, in both languages, searchable, and with nothing from elsewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / ".venv-docs" / "bin" / "mkdocs"
REMOTE = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href|srcset)=["']?(?:https?:)?//[^"'\s>]+""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: a warning, such as a link that leads nowhere, is an error."""
    if not TOOL.is_file():
        pytest.skip("the tool for the site is set up by `make docs-site`, not by `make test`")
    folder = tmp_path_factory.mktemp("site")
    command = [str(TOOL), "build", "--quiet", "--strict", "--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(folder)]
    known = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, env=known, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_every_page_is_in_the_site(site: Path) -> None:
    """READMEs become the first page of their folder."""
    pages = [path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")]
    wanted = [page.with_name("index.html") if page.name == "README.md" else page.with_suffix(".html") for page in pages]
    assert [str(page) for page in wanted if not (site / page).is_file()] == []


def test_nothing_comes_from_elsewhere(site: Path) -> None:
    """No font, script, style or picture of another host, in pages and styles."""
    pages = {str(path.relative_to(site)): path.read_text("utf-8") for path in site.rglob("*.html")}
    assert {name: found for name, text in pages.items() if (found := REMOTE.findall(text))} == {}
    styles = [path.read_text("utf-8") for path in site.rglob("*.css")]
    assert [text for text in styles if re.search(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", text)] == []


def test_search_knows_both_languages(site: Path) -> None:
    """Pages in English and in Indonesian are in the index."""
    found = {
        entry["location"].partition("#")[0]
        for entry in json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    }
    assert {"tutorial/first-answer.html", "tutorial/first-answer.id.html"} - found == set()

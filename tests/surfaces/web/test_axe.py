"""Every page, asked by axe-core what keeps people out (WCAG 2.0 to 2.2, A and AA, and best practice).

Names and structure are looked at on a wide and on a narrow screen in both languages; colours besides in the dark.
Everything that folds is open.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pamit.domain.terms import Language
from pamit.surfaces.web.app import create_app

from .browser import Opener, Tab
from .conftest import Visitor
from .memory import BAD_DRAFT, addresses, fill

AXE = Path(__file__).parents[2] / "peers" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
DARK = {Language.ID: 320, Language.EN: 1440}
_RUN = """async (only) => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.exists():
        if os.environ.get("CI"):
            pytest.fail("axe-core is not installed (cd tests/peers && npm ci)")
        pytest.skip("axe-core is not installed (cd tests/peers && npm ci)")
    return AXE.read_text("utf-8")


def _look(tab: Tab, axe: str) -> dict[str, list[str]]:
    """What axe finds on the page as it stands: wide, narrow, and the colours in the dark on one of the two screens."""
    page = tab.page
    page.evaluate(axe)
    every, colours = {"type": "tag", "values": TAGS}, {"type": "rule", "values": ["color-contrast"]}
    found: dict[str, list[str]] = {}
    views: list[tuple[int, str, dict[str, Any]]] = [
        (1440, "light", every), (DARK[tab.say.language], "dark", colours), (320, "light", every),
    ]  # fmt: skip
    for width, scheme, only in views:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        said = page.evaluate(_RUN, only)
        if said:
            found[f"{width} {scheme}"] = said
    return found


@pytest.mark.parametrize("language", Language)
def test_axe_finds_nothing(open_tab: Opener, visitor: Visitor, axe: str, language: Language) -> None:
    """On any page: of the first visit, of a memory with everything in it, of an error, of a conflict."""
    tab = open_tab(language=language, reduced_motion="reduce")
    found: dict[str, object] = {}

    def look(name: str) -> None:
        said = _look(tab, axe)
        if said:
            found[name] = said

    for path in ("/", "/add", "/cases"):
        tab.goto(path)
        look(f"empty {path}")
    unnamed = visitor.kept(contact_email="")
    tab.goto(f"/cases/{unnamed}/write?purpose=confirm")
    look("name")
    visitor.post(f"/cases/{unnamed}/delete", {"sure": "1"})
    filled = fill(visitor)
    for path in addresses(create_app(visitor.site, 8477), filled):
        tab.goto(path)
        look(path)
    say = tab.say
    tab.goto("/check")
    tab.page.get_by_label(say("check.text"), exact=True).fill(BAD_DRAFT)
    tab.page.locator("main form button.primary").first.click()
    tab.page.locator(".finding").first.wait_for()
    look("findings")
    tab.goto("/add")
    tab.page.locator("main form button.primary").first.click()
    tab.page.locator("[role=alert]").wait_for()
    look("nothing to read")
    edit = filled["/cases/{case}/edit"][0]
    tab.goto(edit)
    visitor.site.pamit.edit(edit.split("/")[2], {"location": "Jl. Mawar 1"}, visitor.site.clock())
    tab.page.get_by_label(say("field.location"), exact=True).fill("Jl. Kenanga 2")
    tab.page.get_by_role("button", name=say("edit.save")).click()
    tab.page.locator("table").wait_for()
    look("conflict")
    assert found == {}

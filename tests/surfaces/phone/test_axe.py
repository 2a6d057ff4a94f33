"""What stands around the pages on a phone keeps nobody out: axe-core on the first view, on messages, and on a page."""

from __future__ import annotations

import os
from typing import Any

import pytest

from pamit.domain.terms import Language
from pamit.surfaces.phone.words import shell_words

from ..web.test_axe import AXE, TAGS

_RUN = """async (only) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: only }, resultTypes: ["violations"] });
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}"""


def test_axe_finds_nothing(browser: Any, address: str) -> None:
    """While loading, on the page itself, and in a second tab that has to wait."""
    if not AXE.exists():
        if os.environ.get("CI"):
            pytest.fail("axe-core is not installed (cd tests/peers && npm ci)")
        pytest.skip("axe-core is not installed (cd tests/peers && npm ci)")
    axe, found = AXE.read_text("utf-8"), {}
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")

    def look(page: Any, name: str) -> None:
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            said = page.evaluate(_RUN, TAGS)
            if said:
                found[f"{name} {scheme}"] = said

    page = context.new_page()
    page.goto(address, wait_until="domcontentloaded")
    first = [page.get_by_text(shell_words(language)["private"]).is_visible() for language in Language]
    look(page, "first view")
    page.locator("nav.main-nav").wait_for(timeout=60_000)
    look(page, "today")
    other = context.new_page()
    other.goto(address)
    other.get_by_text(shell_words(Language.ID)["elsewhere"]).wait_for()
    look(other, "second tab")
    context.close()
    assert (first, found) == ([True, True], {})

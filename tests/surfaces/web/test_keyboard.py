"""The keyboard alone reaches everything on every page, forwards and backwards, and is never lost or caught."""

from __future__ import annotations

import re

import pytest

from pamit.domain.terms import Language
from pamit.surfaces.web.app import create_app

from .browser import Keyboard, Opener, Tab, wait_until
from .conftest import Visitor
from .memory import addresses, fill

MOST = 400
_REACHABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter((one) => one.checkVisibility() && !one.disabled && !one.closest('[inert]')
    && (one.type !== 'radio' || one.checked || !document.querySelector(`[name="${one.name}"]:checked`))).length"""
_MARK = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const look = getComputedStyle(at), box = at.getBoundingClientRect();
  const seen = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0
    && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return [at.dataset.stop ??= String(document.querySelectorAll('[data-stop]').length), seen ? "" : at.outerHTML.slice(0, 120)];
}"""


def _walk(tab: Tab, key: str) -> int:
    """Press a key until the way around is closed; how many places have been seen.

    Raises:
        AssertionError: where a stop cannot be seen, or the way never ends.
    """
    seen: set[str] = set()
    for _ in range(MOST):
        tab.page.keyboard.press(key)
        mark = tab.page.evaluate(_MARK)
        if mark is None:
            if seen:
                return len(seen)
            continue
        assert mark[1] == "", f"the focus cannot be seen on {mark[1]}"
        seen.add(mark[0])
    raise AssertionError(f"{key} never leaves {tab.path}")


@pytest.mark.parametrize(("width", "key"), [(1440, "Tab"), (320, "Shift+Tab")])
def test_every_page_is_walked(open_tab: Opener, visitor: Visitor, width: int, key: str) -> None:
    """Whatever can be used is reached and can be seen where it stands; the way leads through and out again."""
    tab = open_tab(width=width)
    filled = fill(visitor)
    left = {}
    for path in addresses(create_app(visitor.site, 8477), filled):
        if path.startswith(("/guide", "/nowhere")):
            continue
        tab.goto(path)
        wanted = tab.page.evaluate(_REACHABLE)
        found = _walk(tab, key)
        if found < wanted:
            left[path] = (found, wanted)
    assert left == {}
    tab.assert_quiet()


def test_first_key_leads_past_the_menu(open_tab: Opener) -> None:
    """The skip link is the first stop, comes into view, and the next stop lies within the page itself."""
    tab = open_tab(width=320)
    page = tab.page
    page.keyboard.press("Tab")
    assert 'class="skip"' in str(Keyboard(tab).stop())
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_menu_folds_open_and_shut(open_tab: Opener) -> None:
    """What does not fit on a phone is a key away, and gone again with the same key."""
    tab = open_tab(width=320)
    hand = Keyboard(tab)
    summary = tab.page.locator(".main-nav summary")
    hand.reach(summary)
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")
    assert "/calendar" in str(hand.stop())
    tab.page.keyboard.press("Shift+Tab")
    tab.page.keyboard.press("Space")
    assert not tab.page.locator(".main-nav .more ul").is_visible()
    tab.page.keyboard.press("Space")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/calendar")


@pytest.mark.parametrize("language", Language)
def test_shortcuts_do_what_the_guide_says(open_tab: Opener, language: Language) -> None:
    """Each that stands in the guide leads to the place that stands beside it; while one types it is a letter."""
    tab = open_tab(language=language)
    page = tab.page
    tab.goto("/guide")
    rows = page.locator("#keys li")
    said = [(row.locator("kbd").all_inner_texts(), row.locator("a").get_attribute("href")) for row in rows.all()]
    assert len({href for _, href in said}) == len(said) == 9
    for keys, href in said:
        tab.goto("/nowhere")
        wait_until(page, "document.documentElement.dataset.keys === 'on'")
        for key in keys:
            page.keyboard.press(key)
        if href == "#q":
            assert page.evaluate("document.activeElement.id") == "q"
            page.keyboard.type("g h")
            assert (page.locator("#q").input_value(), tab.path) == ("g h", "/nowhere")
        else:
            page.wait_for_url(re.compile(re.escape(tab.home + href) + "$"))


def test_shortcuts_can_be_switched_off(open_tab: Opener) -> None:
    """Whoever speaks to the browser or touches keys unawares is not carried off (WCAG 2.1.4); it holds from then on."""
    tab = open_tab()
    page = tab.page
    tab.goto("/guide")
    hand = Keyboard(tab)
    switch = page.locator("#keys button")
    switch.wait_for()
    switch.focus()
    page.keyboard.press("Enter")
    assert switch.get_attribute("aria-pressed") == "false"
    tab.goto("/cases")
    wait_until(page, "document.documentElement.dataset.keys === 'off'")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.keyboard.press("/")
    assert (tab.path, hand.stop()) == ("/cases", None)

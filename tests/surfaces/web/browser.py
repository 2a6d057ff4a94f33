"""A person at a real browser: with a mouse or with the keyboard alone, with script or without, in either language.

Debian's Chromium does it (apt-get install chromium). Where it is absent the tests are skipped, and fail where CI is set.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pamit.domain.terms import Language
from pamit.surfaces.web.words import Words, words_in

__all__ = ["CHROMIUM", "FLAGS", "Keyboard", "Mouse", "Tab", "launch", "look_at", "wait_until"]

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip

_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const look = getComputedStyle(at), box = at.getBoundingClientRect();
  return {
    what: at.outerHTML.slice(0, 120),
    ring: look.outlineStyle === "none" ? 0 : parseFloat(look.outlineWidth),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def wait_until(page: Any, expression: str) -> None:
    """Ask until an expression holds; a page's own way of waiting would evaluate it where our policy forbids that.

    Raises:
        AssertionError: where it does not hold in ten seconds.
    """
    from playwright.sync_api import Error

    for _ in range(400):
        # A page that is just being left has nobody to answer.
        with suppress(Error):
            if page.evaluate(expression):
                return
        page.wait_for_timeout(25)
    raise AssertionError(f"never true: {expression}")


def launch(engine: Any) -> Any:
    """Chromium with a fresh profile; skips where there is none."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    return engine.chromium.launch(executable_path=str(CHROMIUM), headless=True, args=FLAGS)


@dataclass
class Tab:
    """A page in a browser, and what must not happen on it.

    Attributes:
        home: where the app is, without a slash at the end.
        elsewhere: requests to any other place.
        troubles: exceptions, dialogs, and what was said on the console as an error.
    """

    page: Any
    home: str
    say: Words
    elsewhere: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def goto(self, path: str) -> None:
        """Open a page of the app."""
        self.page.goto(self.home + path)

    @property
    def path(self) -> str:
        """The path and query of the page."""
        return str(self.page.url).removeprefix(self.home)

    def assert_quiet(self) -> None:
        """Nothing left the machine, and nothing went wrong."""
        assert (self.elsewhere, self.troubles) == ([], []), (self.elsewhere, self.troubles)


def look_at(browser: Any, home: str, token: str, *, width: int = 1440, language: Language = Language.ID, **context: Any) -> Tab:
    """A fresh context that came by the link of the start.

    Args:
        context: what Playwright's ``new_context`` takes besides.
    """
    made = browser.new_context(viewport={"width": width, "height": 800}, **context)
    made.add_cookies([{"name": "pamit-language", "value": str(language), "url": home, "sameSite": "Strict"}])
    page = made.new_page()
    page.set_default_timeout(10_000)
    tab = Tab(page, home, words_in(language))
    watch(tab)
    tab.goto(f"/start?token={token}")
    return tab


def watch(tab: Tab) -> None:
    """Put down what leaves and what goes wrong."""
    ours = (tab.home + "/", "data:")
    tab.page.on("request", lambda request: None if request.url.startswith(ours) else tab.elsewhere.append(request.url))
    tab.page.on("pageerror", lambda error: tab.troubles.append(str(error)))
    # A refusal of ours is an answer, not a fault.
    tab.page.on(
        "console",
        lambda said: (
            tab.troubles.append(said.text)
            if said.type == "error" and not said.text.startswith("Failed to load resource")
            else None
        ),
    )

    def dialog(found: Any) -> None:
        tab.troubles.append(f"dialog: {found.message}")
        found.dismiss()

    tab.page.on("dialog", dialog)


class Mouse:
    """Acts by pointing; names are those that stand on the page."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.page = tab.page

    def press(self, name: str) -> None:
        """Press a button."""
        self._act(self._named("button", name))

    def follow(self, name: str) -> None:
        """Follow a link."""
        self._act(self._named("link", name))

    def unfold(self, name: str) -> None:
        """Open what is folded."""
        self._act(self.page.locator("main summary", has_text=name).first)

    def tick(self, name: str) -> None:
        """Tick a box or a choice."""
        self._act(self.page.locator("main").get_by_label(name, exact=True).first)

    def write(self, label: str, text: str) -> None:
        """Write into a field, in place of what stands there."""
        self._field(label).fill(text)

    def choose(self, label: str, words: str) -> None:
        """Choose from a list."""
        self._field(label).select_option(label=words)

    def hand_over(self, label: str, file: Path) -> None:
        """Choose a file."""
        self._field(label).set_input_files(str(file))

    def _act(self, target: Any) -> None:
        target.click()

    def _named(self, role: str, name: str) -> Any:
        return self.page.locator("main").get_by_role(role, name=name, exact=True).first

    def _field(self, label: str) -> Any:
        return self.page.locator("main").get_by_label(label, exact=True).first


class Keyboard(Mouse):
    """Acts by keys alone: Tab, Shift+Tab, Enter, Space, arrows and letters."""

    MOST = 200

    def _act(self, target: Any) -> None:
        self.reach(target)
        kind = target.evaluate("one => one.type || one.localName")
        self.page.evaluate("window.before = true")
        self.page.keyboard.press("Space" if kind in ("checkbox", "radio") else "Enter")
        if kind in ("submit", "a"):
            # A click waits for the page that it leads to; a key does not. A page left before its modules came would complain.
            wait_until(self.page, "window.before === undefined && document.documentElement.dataset.keys")

    def write(self, label: str, text: str) -> None:
        self.reach(self._field(label))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, label: str, words: str) -> None:
        self.reach(self._field(label))
        steps = self._field(label).evaluate(
            "(one, words) => [...one.options].findIndex(option => option.text === words) - one.selectedIndex", words
        )
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")

    def hand_over(self, label: str, file: Path) -> None:
        from playwright.sync_api import Error

        self.reach(self._field(label))
        try:
            with self.page.expect_file_chooser(timeout=3_000) as chooser:
                self.page.keyboard.press("Space")
        except Error:
            # A browser under load may swallow the first key; a person presses again.
            with self.page.expect_file_chooser() as chooser:
                self.page.keyboard.press("Enter")
        chooser.value.set_files(str(file))

    def reach(self, target: Any, key: str = "Tab") -> None:
        """Go there key by key; wherever one stands on the way can be seen.

        Raises:
            AssertionError: where the way never leads there, or a stop cannot be seen.
        """
        target.wait_for()
        wanted = target.element_handle()
        for _ in range(self.MOST):
            self.page.keyboard.press(key)
            if self.stop() is not None and wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"no key leads to {target}")

    def stop(self) -> str | None:
        """What has the focus; None for the page as a whole."""
        at = self.page.evaluate(_FOCUS)
        if at is None:
            return None
        assert at["ring"] > 0, f"the focus cannot be seen on {at['what']}"
        assert at["seen"], f"what has the focus is not on the screen: {at['what']}"
        return str(at["what"])


Opener = Callable[..., Tab]
"""Opens the app in a context of its own; see :func:`look_at`."""

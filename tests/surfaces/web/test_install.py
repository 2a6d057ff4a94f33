"""What a real browser says to the manifest and to the width of the calendar."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pamit.domain.invitation import Fact, Invitation
from pamit.domain.terms import InvitationKind, Language
from pamit.services.origin import source_of
from pamit.surfaces.web.site import Site

from .browser import CHROMIUM, FLAGS, Opener
from .conftest import NOW


def test_chromium_would_install_it(browser: Any, home: str, site: Site, tmp_path: Path) -> None:
    """In a profile of its own, as no private window installs anything: no reason against it, no error in the manifest."""
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path / "profile"), executable_path=str(CHROMIUM), headless=True, args=FLAGS
    )
    try:
        page = context.new_page()
        page.goto(f"{home}/start?token={site.keys.start}")
        session = context.new_cdp_session(page)
        manifest = session.send("Page.getAppManifest")
        assert (manifest["url"], manifest["errors"]) == (f"{home}/manifest.webmanifest", [])
        assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    finally:
        context.close()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_full_month_never_scrolls_sideways(open_tab: Opener, site: Site, width: int) -> None:
    """Whatever stands in it, and however long the names are."""
    for number in range(8):
        found = {
            "company": f"PT {'Sangatpanjang' * 6} {number}",
            "start": NOW + timedelta(hours=number),
            "position": "Kasir" * 9,
        }
        read = Invitation(
            "", InvitationKind.INVITATION, Language.ID, {name: Fact(value) for name, value in found.items()},  # type: ignore[misc]
            received=NOW,
        )  # fmt: skip
        site.pamit.add(read, source_of(str(number).encode()), NOW, new=True)
    tab = open_tab(width=width)
    for address in ("/calendar?view=month", "/calendar?view=agenda", "/calendar/subscribe"):
        tab.goto(address)
        assert tab.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
    tab.assert_quiet()

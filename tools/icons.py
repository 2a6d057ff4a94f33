"""Make the icons of the installed app from ``static/icon.svg``, with Chromium; run it when the picture changes.

A maskable icon may be cut to a circle of four fifths: its ground reaches the edge, and the picture stands within.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[1] / "src" / "pamit" / "surfaces" / "web" / "static"
GROUND = "#0b5d5a"


def main() -> None:
    """Write the files beside the picture."""
    picture = (STATIC / "icon.svg").read_text("utf-8")
    inner = picture.partition(">")[2].removesuffix("</svg>\n").removesuffix("</svg>")
    masked = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 80 80"><rect x="-8" y="-8" width="80" height="80" '
        f'fill="{GROUND}"/>{inner}</svg>'
    )
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for name, size, drawn in (
            ("icon-192.png", 192, picture),
            ("icon-512.png", 512, picture),
            ("icon-maskable-512.png", 512, masked),
        ):
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{drawn}")
            page.screenshot(path=str(STATIC / name), omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()

"""Pictures are well-formed, say in words what they show, and know light and dark."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

from pamit.formats.svg import circle, line, picture, rect, text

SVG = "{http://www.w3.org/2000/svg}"


@given(words=st.text())
def test_any_words_are_well_formed(words: str) -> None:
    """Whatever a company is called, and read back without what XML cannot hold."""
    drawn = picture(
        100, 50, words, words, [text(1, 2, words), rect(0, 0, 5, 5, "good"), circle(1, 1, 2, "open"), line(1, 2, 3, "rule")]
    )
    root = ElementTree.fromstring(drawn.encode())
    said = root.find(f"{SVG}title")
    assert said is not None
    assert set(said.text or "") <= set(words)


def test_picture_names_its_title_and_description() -> None:
    """Screen readers read both (SVG 2, 5.7; WAI-ARIA)."""
    root = ElementTree.fromstring(picture(10, 10, "Judul", "Isi", []))
    parts = {part.get("id"): part.text for part in root if part.get("id")}
    assert (root.get("role"), root.get("aria-labelledby"), parts) == (
        "img", "title description", {"title": "Judul", "description": "Isi"},
    )  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_colours_stand_out_in_light_and_dark() -> None:
    """Words at 4.5 to 1 from their ground, shapes at 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    import re

    style = picture(1, 1, "", "", [])
    light, dark = style.split("@media (prefers-color-scheme:dark)")
    for half in (light, dark):
        fills = dict(re.findall(r"\.(\w+)\{fill:(#\w{6})", half))
        ground = fills.pop("ground")
        fills.pop("track"), fills.pop("open", None), fills.pop("late", None)
        assert {name for name, colour in fills.items() if contrast(colour, ground) < 4.5} == set()
        strokes = re.findall(r"stroke:(#\w{6})", half)
        assert [colour for colour in strokes if contrast(colour, ground) < 3] == []

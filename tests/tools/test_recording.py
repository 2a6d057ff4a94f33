"""The picture of a terminal shows a real run, and loads nothing."""

from __future__ import annotations

import html
import re
import sys

import pytest

from .test_pages import tool

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

recording = tool("recording")


def _lines(svg: str) -> list[str]:
    """The words of a picture, line by line."""
    pieces = re.findall(r'<text class="[^"]*-r\d+" x="[^"]*" y="([^"]*)"[^>]*>(.*?)</text>', svg)
    lines: dict[str, str] = {}
    for height, words in pieces:
        lines[height] = lines.get(height, "") + html.unescape(words).replace("\xa0", " ")
    return [line.rstrip() for line in lines.values()]


def test_run_is_drawn_in_colour_and_loads_nothing() -> None:
    """Every line that the command prints on a terminal stands in the picture, which names no address but that of its format."""
    told = recording.run()
    svg = recording.drawn(told)
    plain = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", told).splitlines() if len(line) <= recording.WIDTH]
    assert "\x1b[" in told
    assert [line for line in plain if line and line not in _lines(svg)] == []
    assert re.findall(r"https?://[^\"' )<]+|@font-face|url\((?!#)", svg) == ["http://www.w3.org/2000/svg"]


def test_kept_picture_shows_the_command() -> None:
    """`make pictures` draws it anew; single words may differ from a newer Pamit's, the command may not."""
    kept = recording.TARGET.read_text("utf-8")
    assert _lines(kept)[0] == f"$ {recording.SHOWN}"
    assert re.findall(r"https?://[^\"' )<]+|@font-face|url\((?!#)", kept) == ["http://www.w3.org/2000/svg"]

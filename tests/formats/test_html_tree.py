"""Two parsers, one result: what the browser reads from an HTML mail is what the computer reads from it."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pamit.formats import html as module
from pamit.formats.html import html_to_text
from pamit.formats.html_tree import body_of_python

PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "<th>", "</td>", "</tr>", "</table>", "<b>", "</b>", "<i>",
    "<a href='https://contoh.example/x'>", "</a>", "<ul>", "<li>", "</ul>", "<ol start=4>", "</ol>", "<br>", "<pre>", "</pre>",
    "<blockquote type=cite>", "</blockquote>", "<style>", "</style>", "<!-- x -->", "<noscript>", "</noscript>", "<form>",
    "<select>", "<option>", "<span style='display:none'>", "</span>", "<template>", "</template>", "&amp;", "&nbsp;", "&#8211;",
    "&notit;", "<o:p>", "</o:p>", "<svg>", "</svg>", "<math>", "<h2>", "</h2>", "<title>", "</title>", "<font>", "<![CDATA[",
    "]]>", "<?xml", "<!doctype html>", "<html>", "<body>", "</body>", "<head>", "</head>", "<textarea>", "</textarea>", " ",
    "\n", "Kamis", "09.00 WIB",
]  # fmt: skip


def texts_of_both(html: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """What comes of an HTML text by the compiled parser, and by the one that is Python alone."""
    compiled = html_to_text(html)
    with monkeypatch.context() as patch:
        patch.setattr(module, "body_of", body_of_python)
        return compiled, html_to_text(html)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_parsers_agree_on_any_markup(html: str) -> None:
    """Elements that overlap, are left open or stand where they may not come out the same.

    What :func:`test_parsers_agree_on_a_block_in_a_list_to_choose_from` tells is known to differ, and left out.
    """
    assume("<select>" not in html.partition("<p>")[2])
    with pytest.MonkeyPatch.context() as monkeypatch:
        compiled, python = texts_of_both(html, monkeypatch)
    assert python == compiled


@pytest.mark.xfail(strict=True, reason="justhtml lets the block close the paragraph around the list; lexbor passes it over")
def test_parsers_agree_on_a_block_in_a_list_to_choose_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """No mail that was seen has one; on a phone its words would be shown, on a computer not."""
    compiled, python = texts_of_both("<p><select><p>Kamis", monkeypatch)
    assert python == compiled


def html_parts(folder: Path) -> Iterator[tuple[str, str]]:
    """The HTML parts of all mails in a folder."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".eml", ".mbox", "") or not path.is_file():
            continue
        for part in message_from_bytes(path.read_bytes(), policy=policy.compat32).walk():
            if part.get_content_type() == "text/html":
                data = part.get_payload(decode=True)
                yield path.name, bytes(data or b"").decode("utf-8", "replace")  # type: ignore[arg-type]


def test_parsers_agree_on_real_mails(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every HTML part of the mails at hand gives the same text by either parser."""
    parts = list(html_parts(shared / "corpora"))
    different = [name for name, html in parts if len(set(texts_of_both(html, monkeypatch))) > 1]
    assert (len(parts) > 20, different) == (True, [])

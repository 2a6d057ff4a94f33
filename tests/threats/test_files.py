"""Names of files that a stranger chose (T10)."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from pamit.surfaces.web.pages.case import attachment, shown_name

NAMES = (
    "../../.ssh/x", "..\\..\\x", "C:\\x", "\\\\server\\share\\x", "/etc/passwd", "CON", "NUL.txt", "a\u202efdp.exe",
    "a\u2066b\u2069.txt", "a\x00.exe", "a\r\nSet-Cookie: x=y", "a\u2028b", ".", "..", "...", " ", "surat.pdf.exe", "x" * 10_000,
    "é" * 10_000, 'a".txt; x="y', "a\\", "%2e%2e%2fx", "=?utf-8?q?a=0d=0ab?=", "a\ud800.txt", "\u200b.eml", "e\u0301.txt",
    "~/x", "$(x).sh", "`x`", "-rf",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_shown_name_is_a_plain_name(name: str) -> None:
    """No path, no control signs, nothing that turns the direction of writing, 120 signs at the most."""
    shown = shown_name(name)
    if shown is not None:
        assert len(shown) <= 120
        assert not set(shown) & set("/\\\x00\r\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2028")
        assert shown not in (".", "..")


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_download_is_never_shown_by_the_browser(name: str) -> None:
    """One header of one line, of a type that no program opens by itself."""
    answer = attachment(b"x", shown_name(name) or "pamit")
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="')
    assert disposition.count('"') == 2
    assert not set(disposition) & set("\r\n\x00")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-security-policy"].endswith("sandbox")

"""The subject of an answer (protocols.md §2.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.formats.email.subject import reply_subject

TITLE = "Undangan wawancara Staf Gudang"


@pytest.mark.parametrize(
    "written",
    [
        TITLE, f"Re: {TITLE}", f"RE: {TITLE}", f"re:{TITLE}", f"Re : {TITLE}", f"AW: {TITLE}", f"Antw: {TITLE}", f"SV: {TITLE}",
        f"Vs: {TITLE}", f"VÁ: {TITLE}", f"Odp: {TITLE}", f"YNT: {TITLE}", f"RES: {TITLE}", f"RÉP : {TITLE}", f"Bls: {TITLE}",
        f"回复: {TITLE}", f"回复：{TITLE}", f"答复: {TITLE}", f"返信: {TITLE}", f"Re[2]: {TITLE}", f"AW(3): {TITLE}",
        f"Re^2: {TITLE}",
        f"Re: RE: re: AW: {TITLE}", f"  Re:   Re:  {TITLE} ", f"Re:\r\n Re: {TITLE}", f"回复：Re: SV: {TITLE}",
    ],
)  # fmt: skip
def test_reply_subject_has_one_re_whatever_the_language(written: str) -> None:
    """Runs of answer marks are one."""
    assert reply_subject(written) == f"Re: {TITLE}"


@pytest.mark.parametrize(
    ("written", "answered"),
    [
        ("[#123] Undangan", "Re: [#123] Undangan"),
        ("Re: [#123] Undangan", "Re: [#123] Undangan"),
        ("[#123] Re: Undangan", "Re: [#123] Undangan"),
        ("Re: [EXTERNAL] AW: [HR-Ticket 4711] Re: Undangan", "Re: [EXTERNAL] [HR-Ticket 4711] Undangan"),
        ("Fwd: Undangan", "Re: Fwd: Undangan"),
        ("Resume: berkas Anda", "Re: Resume: berkas Anda"),
        ("Ref: 014/HRD/XI/2026", "Re: Ref: 014/HRD/XI/2026"),
        ("Rekrutmen: tahap 2", "Re: Rekrutmen: tahap 2"),
        ("Re:", "Re:"),
        ("", "Re:"),
        (None, "Re:"),
    ],
)
def test_reply_subject_keeps_tags_and_what_only_looks_alike(written: str | None, answered: str) -> None:
    """Ticket tags carry the case; a forward, a résumé and a reference number are no answers."""
    assert reply_subject(written) == answered


@given(st.text(max_size=80))
def test_reply_subject_of_an_answer_is_itself(written: str) -> None:
    """Answering again changes nothing."""
    once = reply_subject(written)
    assert reply_subject(once) == once

"""The message that counts is told from the thread below it, with every offset kept."""

from __future__ import annotations

import pytest

from pamit.reading.thread import split_thread


@pytest.mark.parametrize(
    "below",
    [
        "Pada Sen, 23 Nov 2026 pukul 09.10 Rina menulis:\n> Selasa jam 9?",
        "On Mon, 23 Nov 2026 at 09:10, Rina <rina@mail.test> wrote:\n> Tuesday at 9?",
        "-----Original Message-----\nFrom: HR\nSent: Monday\nTo: Rina\n\nSelasa jam 9?",
        "Dari: HRD <hrd@maju.test>\nDikirim: Senin, 23 November 2026 09.10\nKepada: Rina\nSubjek: Interview\n\nSelasa jam 9?",
        "> Selasa jam 9?\n> Rina",
    ],
)
def test_quoted_reply_is_cut_off(below: str) -> None:
    """Of a reply only what stands above the quoted mail counts; the rest is context, at its own offsets."""
    text = "Baik, interview Rabu jam 10 ya.\n\n" + below
    thread = split_thread(text, "Re: Interview")
    assert thread.main.split() == ["Baik,", "interview", "Rabu", "jam", "10", "ya."]
    assert len(thread.main) == len(text)
    assert thread.rest is not None
    assert "jam 9" in thread.rest or "at 9" in thread.rest


@pytest.mark.parametrize("mark", ["---------- Forwarded message ---------", "---------- Pesan terusan ----------"])
def test_forwarded_mail_is_opened(mark: str) -> None:
    """Of a forwarded mail the inner message counts, and its first author is the sender."""
    text = (
        f"buat kamu\n\n{mark}\nDari: Rani <rani@maju.test>\nTanggal: Sen, 23 Nov 2026\nKepada: Budi\n\nInterview Rabu jam 10."
    )
    thread = split_thread(text, "Fwd: Interview")
    assert thread.main.strip() == "Interview Rabu jam 10."
    assert (thread.sender, thread.forwarded) == ("Rani <rani@maju.test>", True)


@pytest.mark.parametrize(
    "line", ["[09.10, 23/11/2026] {}: ", "23/11/26 09.10 - {}: ", "[23/11/2026, 09.10.11] {}: "], ids=["id", "android", "ios"]
)
def test_exported_chat_is_joined(line: str) -> None:
    """The employer's lines of an exported chat are one message; the candidate's are context."""
    said = [("HR Maju", "halo kak, interview rabu bisa?"), ("Budi", "bisa kak"), ("HR Maju", "jam 10 ya")]
    text = "\n".join(line.format(who) + words for who, words in said)
    thread = split_thread(text)
    assert thread.main.split() == ["halo", "kak,", "interview", "rabu", "bisa?", "jam", "10", "ya"]
    assert (thread.sender, thread.chat) == ("HR Maju", True)


def test_plain_text_stays_whole() -> None:
    """A text without a thread is its own message."""
    text = "Interview: Rabu, 25 November 2026\nDari: kantor pusat ke cabang"
    assert split_thread(text).main == text

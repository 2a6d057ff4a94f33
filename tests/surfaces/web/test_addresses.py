"""Addresses that seem to be others, and mails that answer to another house, as the pages show them (T11)."""

from __future__ import annotations

from .conftest import WHATSAPP, Visitor, fields_of, words_of

MAIL = (
    "From: HRD <hr@lembah.example>\r\nReply-To: x@jauh.example\r\nSubject: Undangan\r\nMessage-ID: <a@lembah.example>\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n" + WHATSAPP
).encode()


def test_note_stands_on_the_review_and_beside_the_kept_message(known: Visitor) -> None:
    """The fact alone, without the alarm: nobody is told to beware of a recruiting system."""
    review = known.post("/add", {}, files={"file": ("undangan.eml", MAIL, "message/rfc822")})
    case = known.post(review.url.path, fields_of(review)).url.path
    for page in (review, known.get(f"{case}/sources/1")):
        said = words_of(page)
        assert "Pengirimnya di lembah.example, sedangkan balasan akan terkirim ke jauh.example." in said
        assert ("Alamat di pesan ini" in said, "Hati-hati dengan pesan ini" in said) == (True, False)


def test_look_alike_is_an_alarm_with_its_true_name(known: Visitor) -> None:
    """The link of the facts is the true one."""
    text = WHATSAPP + "\nLink Zoom: https://zооm.us/j/1234\n"
    review = known.post("/add", {"text": text, "channel": "whatsapp"})
    case = known.post(review.url.path, fields_of(review)).url.path
    for page in (review, known.get(f"{case}/sources/1")):
        said = words_of(page)
        assert "tampak seperti zoom.us, tetapi memakai huruf dari aksara lain. Nama sebenarnya xn--zm-fmca.us." in said
        assert "Hati-hati dengan pesan ini" in said
    shown = known.get(case).text
    assert ("https://xn--zm-fmca.us/j/1234" in shown, "zооm" in shown) == (True, False)

"""The pages as a person walks through them, in both languages."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from pamit.domain.account import Account, Server
from pamit.domain.terms import Channel, EventKind, Language, Purpose

from .conftest import NOW, WHATSAPP, Visitor, fields_of, words_of

EVERY = ("/", "/add", "/cases", "/cases?show=closed", "/cases?q=x&order=company&page=2", "/check")
OF_A_CASE = (
    "",
    "/edit",
    "/write",
    "/write?purpose=decline",
    "/decide",
    "/decide?purpose=cancel&reason=health",
    "/delete",
    "/sources/1",
)

SCAM = """\
Selamat, Anda lolos seleksi PT Pertambangan Nusantara. Wawancara pada Senin, 30 November 2026 pukul 09.00 WIB di Balikpapan.
Peserta wajib memesan tiket melalui Travel Sejahtera dan mentransfer biaya akomodasi Rp 2.500.000, diganti pada hari wawancara.
"""


@pytest.mark.parametrize("language", Language)
def test_every_page_opens_in_both_languages(known: Visitor, language: Language) -> None:
    """With a case and without, each in the language that was chosen."""
    known.post("/language", {"language": language, "back": "/"})
    for path in EVERY:
        known.get(path)
    case = known.kept()
    for path in (*EVERY, *(f"/cases/{case}{one}" for one in OF_A_CASE)):
        answer = known.get(path)
        assert f'<html lang="{language}">' in answer.text
        assert {"Skip to content": Language.EN, "Langsung ke isi": Language.ID}[
            words_of(answer).partition(" Pamit ")[2][:15]
        ] == language


@pytest.mark.parametrize("purpose", Purpose)
def test_every_message_can_be_written(known: Visitor, purpose: Purpose) -> None:
    """On each channel: a message, or a sentence that says why there is none."""
    case = known.kept()
    for channel in Channel:
        answer = known.get(f"/cases/{case}/write?purpose={purpose}&channel={channel}")
        assert ("Lanjut ke pengiriman" in answer.text) != ('role="alert"' in answer.text)


def test_first_visit_leads_to_an_answer_within_a_minute(visitor: Visitor) -> None:
    """The example, its facts, the name, the message, the link: seven taps, no account."""
    review = visitor.post("/add", {"sample": "1"})
    assert fields_of(review)["company"] == "PT Kopi Tepi Sawah"
    case = visitor.post(review.url.path, fields_of(review)).url.path
    asked = visitor.get(f"{case}/write?purpose=confirm")
    written = visitor.post("/profile", {**fields_of(asked), "name": "Rani Kusuma"})
    last = visitor.post(f"{case}/drafts", fields_of(written))
    assert "https://wa.me/6281200001234?text=" in last.text


def test_facts_are_marked_and_can_be_corrected(known: Visitor) -> None:
    """The words they come from are marked; what the person writes otherwise is kept."""
    review = known.post("/add", {"text": WHATSAPP, "channel": "whatsapp"})
    assert re.findall(
        r'<mark class="fact" data-for="f-position"><span class="label">Posisi</span>([^<]*)</mark>', review.text
    ) == ["Staf Gudang"]
    case = known.post(review.url.path, {**fields_of(review), "position": "Kepala Gudang"}).url.path
    assert known.site.pamit.case(case.rpartition("/")[2]).case.interview.position == "Kepala Gudang"


def test_impossible_fact_is_asked_again_with_what_was_written(known: Visitor) -> None:
    """Nothing that a person typed is lost."""
    review = known.post("/add", {"text": WHATSAPP})
    answer = known.post(review.url.path, {**fields_of(review), "contact_email": "bukan alamat", "position": "Kasir"}, 422)
    assert (fields_of(answer)["position"], "Surel" in words_of(answer)) == ("Kasir", True)


def test_fake_invitation_warns_above_everything(known: Visitor) -> None:
    """The warning comes first, and nothing is kept without a tick."""
    review = known.post("/add", {"text": SCAM, "channel": "email"})
    main = review.text.partition("<main")[2]
    assert main.index('class="alarm') < main.index("<h1>")
    assert 'type="checkbox" name="into" value="new" required' in main


def test_what_cannot_be_read_is_said_and_nothing_is_lost(known: Visitor) -> None:
    """An empty form, a picture."""
    assert "Belum ada yang bisa dibaca" in words_of(known.post("/add", {"text": " ", "sender": "HRD"}, 422))
    answer = known.post("/add", {}, 422, files={"file": ("foto.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png")})
    assert "salin kata-katanya" in words_of(answer)


def test_file_is_read_by_what_it_is(known: Visitor) -> None:
    """A calendar file that was uploaded."""
    data = (Path(__file__).parents[3] / "examples" / "undangan-kalender.ics").read_bytes()
    review = known.post("/add", {}, files={"file": ("undangan.ics", data, "text/calendar")})
    assert fields_of(review)["start"][:4] == "2026"


def test_same_message_again_is_recognised(known: Visitor) -> None:
    """It joins its case by itself."""
    case = known.kept()
    review = known.post("/add", {"text": WHATSAPP, "channel": "whatsapp"})
    assert (fields_of(review)["into"], "persis sudah tersimpan" in words_of(review)) == (case, True)


# -- a case -----------------------------------------------------------------------------------------------------------


def test_supposed_fraud_keeps_its_warning_once_it_is_kept(known: Visitor) -> None:
    """Whoever opens the case later is warned again, as long as it is open."""
    asked = "Halo kak, besok jam 8 interview di PT Kilat Jaya. Biaya seragam 350rb transfer dulu ke rekening HRD ya."
    review = known.post("/add", {"text": asked, "channel": "whatsapp"})
    assert "Hati-hati dengan pesan ini" in words_of(review)
    kept = known.post(review.url.path, {**fields_of(review), "into": "new"})
    case = kept.url.path.rpartition("/")[2]
    assert ["Hati-hati dengan pesan ini" in words_of(kept), "Jangan membayar apa pun" in words_of(kept)] == [True, True]
    known.post(f"/cases/{case}/close", {})
    assert "Hati-hati dengan pesan ini" not in words_of(known.get(f"/cases/{case}"))


def test_note_moves_the_plan_and_can_be_undone(known: Visitor) -> None:
    """Two taps, and one to take it back."""
    case = known.kept()
    answer = known.post(f"/cases/{case}/note", {"kind": "rejected"})
    assert "sudah dicatat" in words_of(answer)
    version = re.search(r'name="version" value="(\d+)"', answer.text)
    assert version is not None
    known.post(f"/cases/{case}/undo", {"version": version[1]})
    assert [event.kind for event in known.site.pamit.case(case).case.events] == []


def test_own_words_and_calls_are_noted(known: Visitor) -> None:
    """A note, a call, a promised day, a message that was sent elsewhere."""
    case = known.kept()
    known.post(f"/cases/{case}/note", {"kind": "words", "words": "Mereka ramah."})
    known.post(f"/cases/{case}/note", {"kind": "called", "words": "Alamat menyusul."})
    known.post(f"/cases/{case}/note", {"kind": "promised", "day": "2026-12-04"})
    known.post(f"/cases/{case}/note", {"kind": "message_sent", "purpose": "confirm", "channel": "text"})
    dossier = known.site.pamit.case(case)
    assert [entry.note for entry in dossier.entries if entry.note] == ["Mereka ramah.", "Telepon: Alamat menyusul."]
    assert str(dossier.facts["decision_expected"])[:10] == "2026-12-04"
    assert [event.purpose for event in dossier.case.events] == [Purpose.CONFIRM]
    assert "masih kosong" in words_of(known.post(f"/cases/{case}/note", {"kind": "words", "words": " "}, 422))


def test_edit_on_an_older_version_shows_both_sides(known: Visitor) -> None:
    """Of two tabs the second one overwrites nothing, until the person says so."""
    case = known.kept()
    first, second = (fields_of(known.get(f"/cases/{case}/edit")) for _ in range(2))
    known.post(f"/cases/{case}/edit", {**first, "location": "Jl. Mawar 1"})
    answer = known.post(f"/cases/{case}/edit", {**second, "location": "Jl. Kenanga 2"}, 409)
    assert ["Jl. Mawar 1" in words_of(answer), "Jl. Kenanga 2" in words_of(answer)] == [True, True]
    assert known.site.pamit.case(case).case.interview.location == "Jl. Mawar 1"
    known.post(f"/cases/{case}/edit", fields_of(answer))
    assert known.site.pamit.case(case).case.interview.location == "Jl. Kenanga 2"


def test_unchanged_edit_changes_nothing(known: Visitor) -> None:
    """A form that is saved as it stands, whatever the fields show."""
    case = known.kept()
    known.post(f"/cases/{case}/edit", fields_of(known.get(f"/cases/{case}/edit")))
    assert known.site.pamit.case(case).version == 1


def test_close_reopen_delete(known: Visitor) -> None:
    """Only deleting asks first."""
    case = known.kept()
    known.post(f"/cases/{case}/close")
    assert case in known.get("/cases?show=closed").text
    known.post(f"/cases/{case}/reopen")
    assert known.post(f"/cases/{case}/delete", status=403).status_code == 403
    known.post(f"/cases/{case}/delete", {"sure": "1"})
    known.get(f"/cases/{case}", 404)


def test_message_of_a_stranger_stays_text(known: Visitor) -> None:
    """Its markup is shown, never run; its file is a download under a harmless name."""
    text = WHATSAPP.replace("Terima kasih sudah", '<script>alert("x")</script><img src=x onerror=alert(1)> Terima kasih sudah')
    files = {"file": ("../a\u202efdp.txt", text.encode(), "text/plain")}
    review = known.post("/add", {}, files=files)
    case = known.post(review.url.path, {**fields_of(review), "location": "<b onclick=x>Kantor</b>"}).url.path
    for path in ("", "/sources/1", "/edit", "/write?purpose=confirm"):
        answer = known.get(case + path)
        assert re.findall(r"<script(?! type=\"module\" src=)|<img|<b |onerror=alert\(1\)>", answer.text) == []
    answer = known.get(f"{case}/sources/1/file")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert re.fullmatch(r"attachment; filename=\"[\w.-]+\"; filename\*=UTF-8''[\w.-]+", answer.headers["content-disposition"])
    assert "sandbox" in answer.headers["content-security-policy"]


# -- writing and sending ----------------------------------------------------------------------------------------------


def laid(visitor: Visitor, case: str, **choices: str) -> str:
    """A message taken to the last view; its address."""
    return visitor.post(f"/cases/{case}/drafts", {"purpose": "decline", "channel": "text", **choices}).url.path


def test_declining_by_whatsapp_carries_the_words_and_moves_the_plan(known: Visitor) -> None:
    """The link holds exactly the words on the page; said to be sent, the case is decided."""
    case = known.kept()
    draft = laid(known, case, reason="other_offer", note="Saya doakan timnya sukses.")
    page = known.get(draft)
    link = re.search(r'href="(https://wa\.me/[^"]+)"', page.text)
    words = re.search(r'id="words"[^>]*>(.*?)</div>', page.text, re.DOTALL)
    assert link
    assert words
    assert unquote(unescape(link[1])) == f"https://wa.me/6281200001234?text={unescape(words[1])}"
    assert "Saya doakan timnya sukses." in words[1]
    known.post(f"{draft}/sent")
    assert [(one.kind, one.purpose, one.channel) for one in known.site.pamit.case(case).case.events] == [
        (EventKind.MESSAGE_SENT, Purpose.DECLINE, Channel.TEXT)
    ]


def test_form_sent_twice_counts_once(known: Visitor) -> None:
    """Reload, back and a second tap lead to where the first one led."""
    case = known.kept()
    draft, fields = laid(known, case), known.tokens()
    answers = [known.client.post(f"{draft}/sent", data=fields, headers={"origin": "http://127.0.0.1:8477"}) for _ in range(3)]
    assert {answer.url.path for answer in answers} == {f"/cases/{case}"}
    assert len(known.site.pamit.case(case).case.events) == 1


def test_failed_form_may_be_sent_again(known: Visitor) -> None:
    """What was refused was not done, so the same form counts when it is mended."""
    case, fields = known.kept(), known.tokens()
    known.post(f"/cases/{case}/delete", fields, 403)
    known.post(f"/cases/{case}/delete", {**fields, "sure": "1"})
    known.get(f"/cases/{case}", 404)


def test_error_bars_the_ways_out_until_mended_or_answered_for(known: Visitor) -> None:
    """No link is there, no file comes; a reason opens them and is kept with the case."""
    case = known.kept()
    draft = laid(known, case)
    barred = known.post(f"{draft}/text", {"text": "Halo kak sorry gak bisa dateng ya"})
    assert "wa.me" not in barred.text
    known.get(f"{draft}/file.txt", 403)
    known.post(f"{draft}/sent", status=403)
    known.post(f"{draft}/handed/whatsapp", status=403)
    assert "wa.me" in known.post(f"{draft}/override", {"reason": "Kami berteman baik."}).text
    known.post(f"{draft}/sent")
    assert [entry.note for entry in known.site.pamit.case(case).entries if entry.note] == ["Kami berteman baik."]


def test_fixes_mend_the_draft(known: Visitor) -> None:
    """Pressing every suggestion in turn leaves fewer findings each time."""
    draft = laid(known, known.kept())
    page = known.post(f"{draft}/text", {"text": "Selamat pagi, Ibu Sinta. Saya batal hadir wawancara ."})
    counts = []
    for _ in range(8):
        counts.append(page.text.count('<li class="finding'))
        button = re.search(r'name="finding" value="(\d+)"><input type="hidden" name="rule" value="([^"]+)"', page.text)
        if button is None:
            break
        page = known.post(f"{draft}/fix", {"finding": button[1], "rule": button[2]})
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < counts[0]


def test_handed_over_message_is_asked_about(known: Visitor) -> None:
    """What was opened in another program stands on Hari ini until the person says whether it went."""
    case = known.kept()
    draft = laid(known, case)
    known.post(f"{draft}/handed/whatsapp", status=204)
    known.post(f"{draft}/handed/whatsapp", status=204)
    (message,) = known.site.pamit.outbox()
    assert "Sudahkah pesan ini terkirim?" in words_of(known.get("/"))
    known.get(f"/messages/{message.id}")
    known.post(f"/messages/{message.id}/sent")
    assert len(known.site.pamit.case(case).case.events) == 1
    assert "Sudahkah pesan ini terkirim?" not in words_of(known.get("/"))


def test_letters_and_mails_come_as_files(known: Visitor) -> None:
    """Each opens with the bytes of its kind."""
    case = known.kept(contact_email="sinta@lembah.example")
    letter, mail = laid(known, case, channel="letter"), laid(known, case, channel="email")
    assert "mailto:sinta@lembah.example" in known.get(mail).text
    starts = {f"{letter}/file.pdf": b"%PDF-", f"{letter}/file.docx": b"PK", f"{letter}/file.txt": b"", f"{mail}/file.eml": b""}
    for path, start in starts.items():
        answer = known.get(path)
        assert answer.content.startswith(start)
        assert answer.headers["content-disposition"].startswith("attachment")
    known.get(f"{mail}/file.exe", 404)


def test_mail_of_an_account_is_approved_byte_for_byte(known: Visitor) -> None:
    """All recipients are shown, the yes waits a moment, and it can be taken back."""
    known.site.pamit.put_account(Account("rani@surel.example", Server("smtp.surel.example", 465)))
    case = known.kept(contact_email="sinta@lembah.example")
    look = known.post(f"{laid(known, case, channel='email')}/send", {"address": "rani@surel.example"})
    assert "<sinta@lembah.example>" in words_of(look)
    message = look.url.path
    assert known.post(f"{message}/approve", {"digest": "0" * 64}, 409).status_code == 409
    known.post(f"{message}/approve", fields_of(look))
    (row,) = known.site.pamit.outbox()
    assert (row.state, row.due_at is not None and row.due_at > NOW) == ("approved", True)
    assert "ditarik" in words_of(known.post(f"{message}/cancel"))
    known.get(f"{message}/file")


def test_draft_that_is_gone_says_where_to_go(known: Visitor) -> None:
    """After a restart of the server, for example."""
    assert "sudah tidak ada lagi" in words_of(known.get("/drafts/none", 404))
    assert "sudah tidak ada lagi" in words_of(known.get("/add/none", 404))


# -- checking ---------------------------------------------------------------------------------------------------------


def test_draft_is_checked_and_nothing_is_kept(known: Visitor) -> None:
    """Findings with their words marked; against a case, too."""
    case = known.kept()
    answer = known.post("/check", {"text": "Halo kak sorry gak bisa dateng ya", "channel": "text", "case": case})
    assert 'class="finding error"' in answer.text
    assert known.site.pamit.case(case).version == 1
    assert known.post("/check", {"text": ""}).status_code == 200


def test_live_check_gives_the_findings_alone(known: Visitor) -> None:
    """A part of a page, without a head."""
    answer = known.post("/check/live", {"text": "Halo kak sorry gak bisa dateng ya", "channel": "text"})
    assert ("<html" in answer.text, 'class="finding error"' in answer.text) == (False, True)


# -- the frame --------------------------------------------------------------------------------------------------------


def test_language_stays_and_leads_nowhere_else(known: Visitor) -> None:
    """The choice is kept in the browser; the way back is one of ours."""
    assert known.post("/language", {"language": "en", "back": "/cases?q=a"}).url.query == b"q=a"
    assert "Applications" in known.get("/").text
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "/\r\nx: y", "javascript:alert(1)"):
        assert known.post("/language", {"language": "en", "back": elsewhere}).url.path == "/"


def test_unknown_addresses_are_pages(known: Visitor) -> None:
    """A wrong case, a wrong number, a wrong page."""
    for path in ("/nothing", "/cases/zzz99", "/cases/zzz99/write", "/messages/none", "/cases?page=x"):
        assert "Belum berhasil" in words_of(known.get(path, 404))

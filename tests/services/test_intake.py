"""Taking in: every form is recognised, words and calendar are joined, contradictions are doubts and never guesses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.invitation import Invitation
from pamit.domain.terms import InvitationKind
from pamit.errors import ErrorKind, PamitError
from pamit.services.intake import read_source, recognise_form

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=7)))
NINE = datetime(2026, 11, 26, 9, tzinfo=ZoneInfo("Asia/Jakarta"))

LETTER = (
    "Yth. Saudara Budi,\n\nKami mengundang Saudara untuk wawancara posisi Staf Gudang pada hari Kamis, 26 November 2026 "
    "pukul 09.00 WIB.\n\nHormat kami,\nRina Melati\nHRD PT Kertas Putih\n"
)


def event(
    *,
    method: str | None = "REQUEST",
    start: str = "DTSTART;TZID=Asia/Jakarta:20261126T090000",
    end: str = "DTEND;TZID=Asia/Jakarta:20261126T100000",
    summary: str = "Wawancara Staf Gudang - PT Kertas Putih",
    location: str = "Jl. Contoh No. 5\\, Surabaya",
    description: str = "Kami mengundang Saudara untuk wawancara.\\n\\nRina Melati\\nHRD PT Kertas Putih",
    extra: str = "",
    head: str = "",
) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"METHOD:{method}" if method else "",
        head,
        "BEGIN:VEVENT",
        "UID:1@kertas.example",
        "DTSTAMP:20261123T020000Z",
        "ORGANIZER;CN=Rina Melati:mailto:rina@kertas.example",
        "ATTENDEE;RSVP=TRUE:mailto:budi@surat.example",
        f"SUMMARY:{summary}",
        f"DESCRIPTION:{description}" if description else "",
        f"LOCATION:{location}" if location else "",
        start,
        end,
        extra,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(line for line in lines if line) + "\r\n"


def mail(
    text: str, *parts: str, subject: str = "Undangan wawancara Staf Gudang", sender: str = "Rina <rina@kertas.example>"
) -> bytes:
    head = f"From: {sender}\r\nTo: budi@surat.example\r\nSubject: {subject}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0700\r\n"
    all_parts = [f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}", *parts]
    body = "".join(f"--batas\r\n{part}\r\n" for part in all_parts)
    return f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=batas\r\n\r\n{body}--batas--\r\n".encode()


def as_part(calendar: str, method: str = "REQUEST") -> str:
    return f"Content-Type: text/calendar; charset=utf-8; method={method}\r\n\r\n{calendar}"


def codes(invitation: Invitation) -> set[str]:
    return {doubt.code for doubt in invitation.doubts}


@pytest.mark.parametrize(
    ("head", "name", "form"),
    [
        ("BEGIN:VCALENDAR\r\nVERSION:2.0", None, "calendar"),
        ("\ufeff\r\nbegin:vcalendar\n", None, "calendar"),
        ("BEGIN:VEVENT\n", "potongan.eml", "calendar"),
        ("X\nBEGIN:VCALENDAR\n", "undangan.ics", "calendar"),
        ("BEGIN:VCARD\nFN:Rina", None, "text"),
        ("Received: from a\r\nFrom: a@b.example\r\n\r\nHalo", None, "mail"),
        ("From: a@b.example\r\nSubject: x\r\n\r\nHalo", "surat.eml", "mail"),
        ("From: a@b.example\nTo: b@c.example\nSubject: x\n\nHalo", None, "text"),
        ("From rina Mon Nov 23 09:00:00 2026\nMessage-ID: <a@b>\nFrom: a@b.example\n", None, "mail"),
        ("Halo", "halaman.html", "html"),
        ("23/11/26 09.00 - HRD: besok ya", "WhatsApp Chat.txt", "text"),
        ("", None, "text"),
    ],
)
def test_form_is_recognised(head: str, name: str | None, form: str) -> None:
    """By content first, by name second; words copied from a mail stay words."""
    assert recognise_form(head, name) == form


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_plain_text_in_any_encoding_is_read(encoding: str) -> None:
    """Bytes and words give the same facts."""
    data = LETTER.encode(encoding)
    data = b"\xff\xfe" + data if encoding == "utf-16-le" else data
    read = read_source(data, name="undangan.txt", now=NOW)
    assert read.value("start") == NINE
    assert read.facts == read_source(LETTER, now=NOW).facts


def test_windows_letters_are_read_and_noted() -> None:
    """A file that is no UTF-8 is read as Windows-1252, and that is said."""
    assert "encoding-guessed" in codes(read_source((LETTER + "–").encode("cp1252"), now=NOW))
    assert "encoding-guessed" not in codes(read_source(LETTER.encode(), now=NOW))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        ("\n\n", "empty"),
        (b"%PDF-1.7\n1 0 obj", "not-text"),
        (b"PK\x03\x04abc", "not-text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-text"),
        (b"a\x00b\x00c", "not-text"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no-event"),
    ],
)
def test_what_cannot_be_read_is_named(source: str | bytes, code: str) -> None:
    """Empty, binary, or without an event: INVALID, with a stable code."""
    with pytest.raises(PamitError) as caught:
        read_source(source, now=NOW)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.INVALID, code)


@pytest.mark.parametrize(
    "source",
    [
        b"a " * (13 * 2**20),
        b"a " * (2**20),
        b"BEGIN:VCALENDAR\r\n" + b"X-A:b\r\n" * 300_000,
    ],
    ids=["file", "text", "calendar"],
)
def test_what_is_too_large_is_refused_at_once(source: bytes) -> None:
    """25 MiB of file, 1 MiB of text, 2 MiB of calendar object."""
    with pytest.raises(PamitError) as caught:
        read_source(source, now=NOW)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.REFUSED, "too-large")


def test_html_is_read_as_its_words() -> None:
    """Spans point into the words drawn from the HTML."""
    html = "<p>Yth. Saudara,</p><table><tr><td>Hari/Tanggal</td><td>Kamis, 26 November 2026</td></tr>"
    read = read_source(html + "<tr><td>Pukul</td><td>09.00 WIB</td></tr></table><p>Wawancara posisi <b>Kasir</b></p>", now=NOW)
    assert read.text == "Yth. Saudara,\n\nHari/Tanggal: Kamis, 26 November 2026\nPukul: 09.00 WIB\n\nWawancara posisi Kasir"
    assert read.value("start") == NINE


def test_mail_gives_subject_sender_and_moment() -> None:
    """What a mail says of itself is used; what is given beside it wins."""
    read = read_source(mail(LETTER), now=NOW)
    assert (read.subject, read.sender, read.channel) == (
        "Undangan wawancara Staf Gudang",
        "Rina <rina@kertas.example>",
        "email",
    )
    assert read.received == NOW
    assert read.value("start") == NINE
    assert read_source(mail(LETTER), subject="Lain", now=NOW).subject == "Lain"


def test_mail_of_a_machine_answers_to_reply_to() -> None:
    """From no-reply with a person in Reply-To: the person is the sender."""
    data = mail(LETTER, sender="Karir Kertas <no-reply@kertas.example>").replace(
        b"To: budi", b"Reply-To: rina@kertas.example\r\nTo: budi"
    )
    assert read_source(data, now=NOW).sender == "Karir Kertas <rina@kertas.example>"


def test_calendar_file_gives_its_own_facts() -> None:
    """Start, end, zone and place are the object's; its time is written into the words, where the facts point."""
    read = read_source(event().encode(), name="undangan.ics", now=NOW)
    assert read.kind == InvitationKind.INVITATION
    assert (read.value("start"), read.value("end")) == (NINE, NINE + timedelta(hours=1))
    assert (read.value("timezone"), read.value("location")) == ("Asia/Jakarta", "Jl. Contoh No. 5, Surabaya")
    assert (read.value("contact_email"), read.value("mode")) == ("rina@kertas.example", "onsite")
    span = read.facts["start"].span
    assert span is not None
    assert read.text[slice(*span)] == "Waktu menurut kalender: Kamis, 26 November 2026 pukul 09.00–10.00 WIB"


@pytest.mark.parametrize(
    ("start", "zone", "expected"),
    [
        ("DTSTART:20261126T020000Z", "Asia/Jakarta", NINE),
        ("DTSTART;TZID=SE Asia Standard Time:20261126T090000", "Asia/Jakarta", NINE),
        ("DTSTART;TZID=Asia/Makassar:20261126T100000", "Asia/Makassar", NINE),
        ("DTSTART;TZID=GMT+0700:20261126T090000", "Asia/Jakarta", NINE),
        ("DTSTART;TZID=Europe/Berlin:20261126T030000", "Europe/Berlin", NINE),
    ],
)
def test_calendar_zone_is_told(start: str, zone: str, expected: datetime) -> None:
    """The instant is the object's; UTC is told in the zone of the place or in WIB."""
    read = read_source(event(start=start, end="").encode(), now=NOW)
    assert (read.value("start"), read.value("timezone")) == (expected, zone)


def test_calendar_in_utc_takes_the_zone_of_its_place() -> None:
    """An interview in Bali is told in WITA."""
    read = read_source(event(start="DTSTART:20261126T020000Z", end="", location="Jl. Contoh 9\\, Denpasar").encode(), now=NOW)
    assert (read.value("start"), read.value("timezone")) == (NINE, "Asia/Makassar")


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("DTSTART:20261126T090000", "floating-time"),
        ("DTSTART;TZID=Antah Berantah:20261126T090000", "unknown-zone"),
        ("DTSTART;VALUE=DATE:20261126", "missing-hour"),
    ],
)
def test_calendar_time_without_zone_or_hour_is_a_doubt(start: str, code: str) -> None:
    """No instant is guessed; the doubt carries a question."""
    read = read_source(event(start=start, end="").encode(), now=NOW)
    assert read.value("start") is None
    assert code in codes(read)
    assert all(doubt.question is not None for doubt in read.doubts if doubt.code == code)


def test_calendar_zone_that_lies_is_a_doubt() -> None:
    """VTIMEZONE against name: both times are shown, none is taken."""
    lie = (
        "BEGIN:VTIMEZONE\r\nTZID:Asia/Jakarta\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\n"
        "TZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    read = read_source(event(head=lie).encode(), now=NOW)
    assert read.value("start") is None
    assert "calendar-zone-contradicts-itself" in codes(read)


@pytest.mark.parametrize(
    ("location", "extra", "url"),
    [
        ("https://meet.example/abc-defg-hij", "", "https://meet.example/abc-defg-hij"),
        ("Microsoft Teams Meeting", "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/l/1", "https://teams.example/l/1"),
        ("", "X-GOOGLE-CONFERENCE:https://meet.example/abc", "https://meet.example/abc"),
    ],
)
def test_calendar_join_link_is_the_meeting(location: str, extra: str, url: str) -> None:
    """A link in LOCATION or in a conference property makes it a video interview without a place."""
    read = read_source(event(location=location, extra=extra, description="").encode(), now=NOW)
    assert (read.value("meeting_url"), read.value("mode"), read.value("location")) == (url, "video", None)


@pytest.mark.parametrize(
    ("method", "extra", "summary", "kind"),
    [
        ("CANCEL", "STATUS:CANCELLED", "Wawancara Staf Gudang", InvitationKind.CANCELLED_BY_EMPLOYER),
        ("REQUEST", "SEQUENCE:1", "Wawancara Staf Gudang", InvitationKind.INVITATION),
        ("REQUEST", "SEQUENCE:1", "Perubahan jadwal wawancara Staf Gudang", InvitationKind.RESCHEDULE_BY_EMPLOYER),
        ("REQUEST", "X-MICROSOFT-CDO-APPT-SEQUENCE:2", "Updated invitation: interview", InvitationKind.RESCHEDULE_BY_EMPLOYER),
        ("COUNTER", "", "Wawancara Staf Gudang", InvitationKind.RESCHEDULE_BY_EMPLOYER),
        ("DECLINECOUNTER", "", "Wawancara Staf Gudang", InvitationKind.INVITATION),
        ("REPLY", "", "Wawancara Staf Gudang", InvitationKind.OTHER),
        (None, "", "Wawancara Staf Gudang", InvitationKind.INVITATION),
    ],
)
def test_calendar_method_decides_the_kind(method: str | None, extra: str, summary: str, kind: InvitationKind) -> None:
    """METHOD says what the message is; a cancellation carries no start."""
    read = read_source(event(method=method, extra=extra, summary=summary).encode(), now=NOW)
    assert read.kind == kind
    if kind == InvitationKind.CANCELLED_BY_EMPLOYER:
        assert read.value("start") is None


@pytest.mark.parametrize(("method", "code"), [("COUNTER", "counter-proposal"), ("DECLINECOUNTER", "counter-declined")])
def test_counter_leaves_something_to_settle(method: str, code: str) -> None:
    """A proposal is no appointment, and its refusal leaves the old time."""
    assert code in codes(read_source(event(method=method).encode(), now=NOW))


def test_calendar_damage_is_named() -> None:
    """Properties on which everything rests are never mended silently (F4)."""
    read = read_source(event(extra="DTSTART:20261127T020000Z").encode(), now=NOW)
    assert read.value("start") is None
    assert "calendar-damaged" in codes(read)


def test_calendar_with_several_events_is_a_doubt() -> None:
    """Two interviews in one file: which one is asked."""
    both = event() + event(start="DTSTART:20261127T020000Z", end="").replace("UID:1@", "UID:2@")
    read = read_source(both.encode(), now=NOW)
    assert read.value("start") is None
    assert "several-events" in codes(read)


def test_mail_and_calendar_that_agree_are_joined() -> None:
    """The words keep their spans; what only the object says is added."""
    read = read_source(mail(LETTER, as_part(event())), now=NOW)
    assert (read.value("start"), read.value("end")) == (NINE, NINE + timedelta(hours=1))
    assert read.value("location") == "Jl. Contoh No. 5, Surabaya"
    span = read.facts["start"].span
    assert span is not None
    assert read.text[slice(*span)] == "Kamis, 26 November 2026 pukul 09.00 WIB"
    assert read.text == LETTER.strip()


def test_mail_and_calendar_that_disagree_are_a_doubt() -> None:
    """Neither start is taken; the doubt shows both and asks."""
    read = read_source(mail(LETTER.replace("pukul 09.00", "pukul 10.00"), as_part(event())), now=NOW)
    assert (read.value("start"), read.value("end")) == (None, None)
    (doubt,) = (doubt for doubt in read.doubts if doubt.code == "calendar-contradicts-text")
    assert doubt.message.id == (
        "Isi pesan menyebut Kamis, 26 November 2026 pukul 10.00 WIB, sedangkan berkas kalendernya "
        "Kamis, 26 November 2026 pukul 09.00 WIB."
    )
    assert [read.text[slice(*span)] for span in doubt.spans] == ["Kamis, 26 November 2026 pukul 10.00 WIB"]


def test_mail_with_an_hour_of_implied_zone_takes_the_calendars_zone() -> None:
    """ "Pukul 10.00" without a zone and 10.00 WITA in the object are one time."""
    words = LETTER.replace("pukul 09.00 WIB", "pukul 10.00")
    part = as_part(event(start="DTSTART;TZID=Asia/Makassar:20261126T100000", end=""))
    read = read_source(mail(words, part), now=NOW)
    assert (read.value("start"), read.value("timezone")) == (NINE, "Asia/Makassar")


def test_mail_without_words_is_read_by_its_calendar_part() -> None:
    """Exchange sends an empty text part."""
    read = read_source(mail("", as_part(event())), now=NOW)
    assert read.value("start") == NINE
    assert read.subject == "Undangan wawancara Staf Gudang"


def test_mail_with_a_refused_calendar_part_keeps_its_words() -> None:
    """A bomb beside a letter does not take the letter away."""
    bomb = "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 2_000 + "END:VCALENDAR\r\n"
    read = read_source(mail(LETTER, as_part(bomb)), now=NOW)
    assert read.value("start") == NINE
    assert "calendar-damaged" in codes(read)


def test_method_of_the_part_serves_where_the_object_has_none() -> None:
    """A CANCEL that is only said in the wrapping is still a cancellation."""
    read = read_source(mail("", as_part(event(method=None), "CANCEL")), now=NOW)
    assert read.kind == InvitationKind.CANCELLED_BY_EMPLOYER


def test_forwarded_message_is_read_as_the_inner_one() -> None:
    """A friend passes an invitation on: the employer is the sender."""
    inner = mail(LETTER).decode()
    data = mail(
        "FYI, ini undangannya.",
        f"Content-Type: message/rfc822\r\n\r\n{inner}",
        subject="Fwd: undangan",
        sender="teman@surat.example",
    )
    data = (
        data.replace(b"boundary=batas", b"boundary=luar", 1)
        .replace(b"--batas", b"--luar", 2)
        .replace(b"--batas--\r\n\r\n--batas--", b"--batas--\r\n\r\n--luar--")
    )
    read = read_source(data, now=NOW)
    assert (read.sender, read.value("start")) == ("Rina <rina@kertas.example>", NINE)


def test_letter_attached_as_text_is_read() -> None:
    """A short cover note with the letter as .txt."""
    letter = f"Content-Type: text/plain; charset=utf-8; name=surat.txt\r\nContent-Disposition: attachment\r\n\r\n{LETTER}"
    assert read_source(mail("Terlampir undangan wawancara.", letter), now=NOW).value("start") == NINE


def test_calendar_file_attached_is_read() -> None:
    """An .ics of unknown type is known by its name."""
    part = f"Content-Type: application/octet-stream; name=undangan.ics\r\nContent-Disposition: attachment\r\n\r\n{event()}"
    assert read_source(mail("Silakan lihat lampiran.", part), now=NOW).value("start") == NINE


def test_encrypted_mail_is_named() -> None:
    """What cannot be opened is said to be encrypted."""
    data = b"From: a@b.example\r\nMessage-ID: <a@b>\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nMIAG"
    with pytest.raises(PamitError) as caught:
        read_source(data, now=NOW)
    assert caught.value.code == "encrypted"


def test_reading_does_not_depend_on_what_was_read_before() -> None:
    """Two objects with the same zone name and other offsets, in both orders (T9)."""
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Kantor\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:{0}\r\nTZOFFSETTO:{0}\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE"
    )
    objects = [
        event(start="DTSTART;TZID=Kantor:20261126T090000", end="", head=zone.format(offset)).encode()
        for offset in ("+0700", "+0900")
    ]
    forwards = [read_source(data, now=NOW).value("start") for data in objects]
    backwards = [read_source(data, now=NOW).value("start") for data in reversed(objects)]
    assert forwards == backwards[::-1] == [NINE, NINE - timedelta(hours=2)]


@given(
    st.binary(max_size=300)
    | st.text(max_size=200)
    | st.binary(max_size=200).map(lambda tail: b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261126T020000Z\n" + tail)
    | st.binary(max_size=200).map(lambda tail: b"Message-ID: <a@b>\nFrom: a@b.example\n" + tail)
)
@settings(max_examples=300, deadline=None)
def test_anything_is_read_or_refused(source: str | bytes) -> None:
    """Nothing but PamitError is ever raised, and spans lie within the text."""
    try:
        read = read_source(source, now=NOW)
    except PamitError:
        return
    for fact in read.facts.values():
        assert fact.span is None or 0 <= fact.span[0] <= fact.span[1] <= len(read.text)


def test_corpora_are_all_read_or_refused(shared: Path) -> None:
    """Every real mail and calendar object gives an invitation or a named error."""
    folder = shared / "corpora"
    if not folder.is_dir():
        pytest.skip("the corpora are not beside this checkout")
    outcomes: dict[str, int] = {}
    for path in sorted(folder.glob("*/*")):
        try:
            read_source(path.read_bytes(), name=path.name, now=NOW.astimezone(UTC))
            outcome = "read"
        except PamitError as error:
            outcome = error.code
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    assert set(outcomes) <= {"read", "no-event", "encrypted", "empty", "not-text"}
    assert outcomes["read"] > 550

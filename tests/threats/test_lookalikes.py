"""Names of hosts that seem to be others: wherever one stands, its ASCII form is shown and it is warned of (T11)."""

from __future__ import annotations

from email.header import Header

import pytest

from pamit.domain.invitation import Invitation
from pamit.services.intake import read_source

# Cyrillic, Greek, Armenian and dotted letters for Latin ones, scripts mixed within one part and whole words in another script.
HOSTS = {
    "zооm.us": "xn--zm-fmca.us",
    "gооgle.com": "xn--ggle-55da.com",
    "аррӏе.com": "xn--80ak6aa92e.com",
    "lіnkedin.com": "xn--lnkedin-rog.com",
    "mісrоsоft.com": "xn--mrsft-kyebu2q.com",
    "jоbstreet.co.id": "xn--jbstreet-nbh.co.id",
    "tοkopedia.com": "xn--tkopedia-zdg.com",
    "pertamіna.com": "xn--pertamna-yhh.com",
    "zoọm.us": "xn--zom-ulz.us",
    "meet.tunаs.example": "meet.xn--tuns-73d.example",
    "xn--80ak6aa92e.com": "xn--80ak6aa92e.com",
    "kаrіr.ехсео.example": "xn--krr-6cd5q.xn--e1aa1akt.example",
}
WORDS = "Kami mengundang Anda wawancara Senin, 7 Desember 2026 pukul 09.00 WIB."


def from_address(host: str) -> bytes:
    return f"From: HRD <hr@{host}>\r\nSubject: Undangan\r\nMessage-ID: <a@b>\r\n\r\n{WORDS}".encode()


def from_encoded(host: str) -> bytes:
    inside = Header(f"HRD <hr@{host}>", "utf-8").encode(maxlinelen=998)
    return f"From: {inside}\r\nSubject: Undangan\r\nMessage-ID: <a@b>\r\n\r\n{WORDS}".encode()


def link_in_text(host: str) -> bytes:
    return f"{WORDS}\nLink Zoom: https://{host}/j/123456\n".encode()


def link_in_html(host: str) -> bytes:
    return f'<html><body><p>{WORDS}</p><p>Gabung: <a href="https://{host}/j/1234">klik</a></p></body></html>'.encode()


def address_in_text(host: str) -> bytes:
    return f"{WORDS}\nBalas ke hr@{host} ya.\n".encode()


def link_in_calendar(host: str) -> bytes:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261207T020000Z\r\n"
        f"DTEND:20261207T030000Z\r\nSUMMARY:Wawancara\r\nX-GOOGLE-CONFERENCE:https://{host}/j/1\r\n"
        f"ORGANIZER:mailto:hr@tunas.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


PLACES = (from_address, from_encoded, link_in_text, link_in_html, address_in_text, link_in_calendar)


def shown(read: Invitation) -> str:
    """What is shown of a message beside its own words."""
    return " ".join([str(fact.value) for fact in read.facts.values()] + [read.sender or ""])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("host", HOSTS)
def test_name_that_seems_another_is_never_shown_alone(host: str, place: object) -> None:
    """Seventy-two messages: each is warned of with the true name, and no fact and no sender shows the other one."""
    assert callable(place)
    read = read_source(place(host))
    said = [one.message for one in read.warnings if one.code == "look-alike"]
    assert [HOSTS[host] in one.id and HOSTS[host] in one.en for one in said] == [True]
    assert host.isascii() or host not in shown(read)


PLAIN = ("gmaiI.com", "zo0m.us", "rnicrosoft.com", "1inkedin.com", "goog1e.com", "jobstreet.co.id", "karir.tunas.example")


@pytest.mark.parametrize("host", PLAIN)
def test_plain_letters_that_are_taken_for_others_are_warned_of(host: str) -> None:
    """A capital I for an l, a figure for a letter; the houses themselves and others are not."""
    read = read_source(from_address(host))
    assert [one.code for one in read.warnings] == (["look-alike"] if host in PLAIN[:5] else [])


@pytest.mark.parametrize(
    "text",
    [
        "Terima kasih.Kami tunggu café.Nanti kabari ya, suhu 5°C.Mohon bawa jaket.",
        "Спасибо.Привет ещё раз. 你好.再见 ファイル.テスト",
        "Gaji Rp 5.000.000². Lokasi: Jl. Ré. No. 5, e.g. naïve.Then",
        "Link: https://meet.google.com/abc-defg-hij atau hr@tunas.example, www.tunas.example/karir",
    ],
)
def test_words_are_no_names_of_hosts(text: str) -> None:
    """Letters beyond a-z around a full stop say nothing."""
    assert [one.code for one in read_source(f"{WORDS}\n{text}").warnings] == []


HOUSES = [
    ("hr@tunas.example", None, None, []),
    ("hr@tunas.example", "karir@tunas.example", "budi@tunas.example", []),
    ("hr@tunas.example", "hr@lain.example", None, ["reply-elsewhere"]),
    ("hr@tunas.example", None, "budi@lain.example", ["organizer-elsewhere"]),
    ("hr@tunas.example", "hr@lain.example", "budi@jauh.example", ["reply-elsewhere", "organizer-elsewhere"]),
]


@pytest.mark.parametrize(("sender", "reply_to", "organizer", "codes"), HOUSES)
def test_answers_to_another_house_are_said(sender: str, reply_to: str | None, organizer: str | None, codes: list[str]) -> None:
    """Reply-To and ORGANIZER beside From; the same house, or none, is not mentioned."""
    fields = [f"From: HR <{sender}>", "Subject: Undangan", "Message-ID: <a@b>", "MIME-Version: 1.0"]
    fields += [f"Reply-To: {reply_to}"] if reply_to else []
    calendar = link_in_calendar("meet.tunas.example").decode().replace("hr@tunas.example", organizer or sender)
    mail = (
        "\r\n".join(fields) + '\r\nContent-Type: multipart/alternative; boundary="x"\r\n\r\n'
        f"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{WORDS}\r\n"
        f"--x\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n{calendar}\r\n--x--\r\n"
    )
    read = read_source(mail.encode())
    assert [(one.code, one.tier) for one in read.warnings] == [(code, "note") for code in codes]
    bare = read_source(mail.replace(WORDS, "").encode())
    assert [one.code for one in bare.warnings] == codes


def test_name_that_is_the_address_of_another_is_said_to_be_one() -> None:
    """The reader's eye falls on the name; the house that counts is said."""
    mail = f'From: "hr@bank.example" <x@jahat.example>\r\nSubject: Undangan\r\nMessage-ID: <a@b>\r\n\r\n{WORDS}'
    assert [(one.code, one.tier) for one in read_source(mail.encode()).warnings] == [("address-in-name", "medium")]
    same = mail.replace("hr@bank.example", "x@mail.jahat.example")
    assert [one.code for one in read_source(same.encode()).warnings] == []

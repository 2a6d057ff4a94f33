"""Stories in a real browser, each from its beginning to its end: on a phone, without script, by the keyboard alone.

Each is told in one language here and in the other there; what is pressed is named as it stands on the page.
"""

from __future__ import annotations

import email
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from pamit.bootstrap import make_transport
from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.terms import Channel, EventKind, Language, Purpose, Stage
from pamit.formats.icalendar import parse_calendars
from pamit.surfaces.web.site import Site
from pamit.surfaces.web.words import Words

from .browser import Keyboard, Mouse, Opener, Tab, wait_until
from .conftest import JAKARTA, NOW, WHATSAPP, Visitor

WIDTHS = (320, 768, 1440)
OWN = "rani.kusuma@surel.example"


@dataclass
class Teller:
    """Somebody who goes through a story."""

    tab: Tab
    hand: Mouse
    site: Site
    script: bool

    @property
    def say(self) -> Words:
        return self.tab.say

    @property
    def page(self) -> Any:
        return self.tab.page

    def press(self, key: str) -> None:
        """Press the button with those words, and see what was said about it."""
        self.hand.press(self.say(key))

    def follow(self, key: str) -> None:
        """Follow the link with those words."""
        self.hand.follow(self.say(key))

    def at(self, *moment: int) -> None:
        """Move the clock."""
        self.site.clock = lambda: datetime(*moment, tzinfo=JAKARTA)

    def choose(self, label: str, words: str, **query: str) -> None:
        """Choose how a message is to be; the page follows by itself, or by a button without script."""
        self.hand.choose(self.say(label), self.say(words))
        if self.script:
            self.page.wait_for_url(lambda url: all(f"{name}={value}" in url for name, value in query.items()))
            wait_until(self.page, "!document.querySelector('.busy')")
        else:
            self.press("write.show")

    def take_in(self, text: str, channel: str | None = "WhatsApp") -> None:
        """Paste a message, to see what was read."""
        self.tab.goto("/add")
        self.hand.write(self.say("add.paste"), text)
        if channel:
            self.hand.choose(self.say("add.channel"), channel)
        self.press("add.read")

    def keep(self) -> str:
        """Keep what was read; the address of its case."""
        self.press("add.keep")
        self.page.wait_for_url("**/cases/*")
        return self.tab.path

    def send(self, how: str = "draft.done") -> None:
        """From the choices to the last view, and to the case that knows of it."""
        self.press("write.continue")
        self.page.wait_for_url("**/drafts/*")
        self.press(how)
        self.page.wait_for_url(lambda url: "/cases/" in url)
        assert self.said().startswith(self.say("done.sent"))

    def said(self) -> str:
        """What is said once at the top."""
        return str(self.page.get_by_role("status").first.inner_text())

    def due(self) -> list[str]:
        """The steps on Hari ini."""
        self.tab.goto("/")
        return [str(one) for one in self.page.locator("main .step h3").all_inner_texts()]


WAYS: dict[str, tuple[int, bool, type[Mouse]]] = {
    "phone": (320, True, Mouse),
    "no-script": (768, False, Mouse),
    "keyboard": (1440, True, Keyboard),
}
Begin = Callable[..., Teller]


@pytest.fixture(params=WAYS)
def begin(request: pytest.FixtureRequest, open_tab: Opener, site: Site) -> Begin:
    """Begins a story one way; ``language`` is that of the phone and of the keyboard, without script it is the other."""
    width, script, hand = WAYS[request.param]

    def beginner(language: Language) -> Teller:
        other = Language.EN if language == Language.ID else Language.ID
        site.keep_settings({"name": "Rani Kusuma", "email": OWN})
        tab = open_tab(width=width, java_script_enabled=script, language=language if script else other)
        return Teller(tab, hand(tab), site, script)

    return beginner


def test_declining_a_whatsapp_invitation(begin: Begin) -> None:
    """From the pasted words to the chat with the right ones, and to a case that is decided."""
    one = begin(Language.ID)
    one.follow("welcome.add")
    one.take_in(WHATSAPP)
    assert one.page.get_by_label(one.say("field.position"), exact=True).input_value() == "Staf Gudang"
    one.keep()
    one.follow("step.answer")
    one.follow("do.decline")
    one.choose("write.reason", "reason.other_offer", reason="other_offer")
    one.press("write.continue")
    one.page.wait_for_url("**/drafts/*")
    words = one.page.locator("#words").inner_text()
    whatsapp = one.page.get_by_role("link", name=one.say("draft.whatsapp")).get_attribute("href")
    assert unquote(whatsapp) == f"https://wa.me/6281200001234?text={words}"
    assert ("Rani Kusuma" in words, "tawaran" in words) == (True, True)
    one.press("draft.done")
    assert one.said().startswith(one.say("done.sent"))
    assert one.due() == []
    one.tab.assert_quiet()


def invitation(now: datetime) -> bytes:
    """A mail as a calendar service sends it: words, and the same as a calendar object."""
    calendar = "\r\n".join(
        [
            "BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0", "METHOD:REQUEST",
            "BEGIN:VEVENT", "DTSTART:20261130T023000Z", "DTEND:20261130T033000Z", "DTSTAMP:20261123T020000Z",
            "ORGANIZER;CN=Tari Lestari:mailto:tari.lestari@rimbajaya.example", "UID:7h2k9d0q4s6m1a8b3c5e@google.com",
            f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{OWN}",
            "SUMMARY:Wawancara Analis Data - PT Rimba Jaya", "LOCATION:Google Meet", "SEQUENCE:0", "STATUS:CONFIRMED",
            "DESCRIPTION:Wawancara untuk posisi Analis Data di PT Rimba Jaya.\\n\\nhttps://meet.google.com/abc-defg-hij",
            "TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR", "",
        ]
    )  # fmt: skip
    mail = EmailMessage()
    mail["From"] = "Tari Lestari <tari.lestari@rimbajaya.example>"
    mail["To"] = OWN
    mail["Subject"] = "Undangan: Wawancara Analis Data - PT Rimba Jaya"
    mail["Date"] = now - timedelta(hours=20)
    mail["Message-ID"] = "<calendar-1@google.example>"
    mail.set_content("Anda diundang: Wawancara Analis Data - PT Rimba Jaya, Senin, 30 November 2026, 09.30-10.30 WIB.\n")
    mail.add_alternative(calendar.encode(), "text", "calendar", params={"method": "REQUEST"}, cte="base64")
    return mail.as_bytes()


def test_proposing_another_time_for_a_calendar_invitation(begin: Begin, box: Any, tmp_path: Path) -> None:
    """The mail that arrives at the server answers in the thread, and its calendar part is a counter-proposal."""
    kept, port = box
    one = begin(Language.EN)
    one.site.pamit.put_account(Account(OWN, Server("127.0.0.1", port, Security.PLAIN), auth=Auth.NONE, name="Rani Kusuma"))
    file = tmp_path / "undangan.eml"
    file.write_bytes(invitation(NOW))
    one.tab.goto("/add")
    one.hand.hand_over(one.say("add.file"), file)
    one.press("add.read")
    case = one.keep().rpartition("/")[2]
    one.follow("step.answer")
    one.follow("do.reschedule")
    proposed = one.page.locator("#slot1").input_value()
    one.press("write.continue")
    one.press("draft.send")
    one.page.wait_for_url("**/messages/*")
    assert "<tari.lestari@rimbajaya.example>" in one.page.locator("dl.facts").inner_text()
    assert kept.taken == []
    one.press("message.approve")
    one.page.get_by_role("button", name=one.say("message.cancel")).wait_for()
    one.site.pamit.deliver(make_transport(), NOW + timedelta(seconds=20), owner="test")
    (envelope,) = kept.taken
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    (part,) = [piece for piece in mail.walk() if piece.get_content_type() == "text/calendar"]
    (calendar,) = parse_calendars(part.get_payload(decode=True))
    assert (calendar.method, part.get_param("method"), mail["In-Reply-To"]) == (
        "COUNTER",
        "COUNTER",
        "<calendar-1@google.example>",
    )
    (event,) = calendar.events
    assert event.start is not None
    assert event.start.moment is not None
    assert event.start.moment.astimezone(JAKARTA).strftime("%Y-%m-%dT%H:%M") == proposed
    assert envelope.rcpt_tos == ["tari.lestari@rimbajaya.example"]
    one.page.reload()
    assert one.page.get_by_role("status").first.inner_text().startswith(one.say("state.accepted"))
    assert [(done.kind, done.purpose) for done in one.site.pamit.case(case).case.events] == [
        (EventKind.MESSAGE_SENT, Purpose.RESCHEDULE)
    ]
    one.tab.assert_quiet()


def test_emergency_on_the_day(begin: Begin) -> None:
    """The card for the call, the written record of what was said, their confirmation; then nothing is left open."""
    one = begin(Language.ID)
    one.take_in(WHATSAPP)
    case = one.keep()
    one.follow("step.answer")
    one.follow("do.confirm")
    one.send()
    one.at(2026, 11, 27, 7, 30)
    one.tab.goto(case)
    one.follow("case.write")
    one.follow("do.cancel")
    one.choose("write.reason", "reason.health", reason="health")
    assert one.page.locator(".talk-card li").count() > 3
    one.send("draft.said")
    one.tab.goto("/")
    one.follow("step.write")
    assert one.page.get_by_label(one.say("write.channel"), exact=True).input_value() == "email"
    one.send()
    one.press("note.confirmation_received")
    assert one.due() == []
    events = one.site.pamit.case(case.rpartition("/")[2]).case.events
    assert [(done.kind, done.channel) for done in events] == [
        (EventKind.MESSAGE_SENT, Channel.TEXT),
        (EventKind.MESSAGE_SENT, Channel.PHONE),
        (EventKind.MESSAGE_SENT, Channel.EMAIL),
        (EventKind.CONFIRMATION_RECEIVED, None),
    ]
    one.tab.assert_quiet()


def test_from_the_interview_to_silence(begin: Begin) -> None:
    """Thanks within a day, one question about the result, and the case is closed two weeks after it stayed unanswered."""
    one = begin(Language.EN)
    one.take_in(WHATSAPP)
    one.hand.write(one.say("field.contact_email"), "sinta@lembah.example")
    case = one.keep()
    key = case.rpartition("/")[2]
    one.follow("step.answer")
    one.follow("do.confirm")
    one.send()
    one.at(2026, 11, 27, 12, 0)
    one.tab.goto(case)
    one.press("note.attended")
    one.at(2026, 11, 28, 8, 0)
    assert one.due() == [one.say("do.thank_you")]
    one.follow("step.write")
    one.send()
    day = datetime(2026, 11, 28, 9, 0, tzinfo=JAKARTA)

    def until(step: str, day: datetime) -> datetime:
        while [str(item.step.do) for item in one.site.pamit.today(day).items] != [step]:
            assert one.site.pamit.today(day).items == ()
            day += timedelta(days=1)
        return day

    asked = until("follow_up", day)
    one.at(*asked.timetuple()[:5])
    assert one.due() == [one.say("do.follow_up")]
    one.follow("step.write")
    one.send()
    closed = until("close", asked)
    one.at(*closed.timetuple()[:5])
    assert one.due() == [one.say("do.close")]
    one.press("step.close")
    assert one.due() == []
    assert (closed.date() - asked.date()).days == 14
    assert one.site.pamit.plan(key, closed).stage == Stage.CLOSED
    assert [done.purpose for done in one.site.pamit.case(key).case.events] == [
        Purpose.CONFIRM, None, Purpose.THANK_YOU, Purpose.FOLLOW_UP, None
    ]  # fmt: skip
    one.tab.assert_quiet()


def test_accepted_offer_and_farewell_to_three_others(begin: Begin, known: Visitor) -> None:
    """Whoever accepts is led to the others: each message is written, fits where its case stands, and is one tap away."""
    chosen, invited, agreed, held = (
        known.kept(WHATSAPP.replace("Lembah Cahaya", company).replace("27 November", day).replace("Jumat", weekday))
        for company, weekday, day in (
            ("Lembah Cahaya", "Jumat", "27 November"), ("Bukit Senja", "Senin", "7 Desember"),
            ("Danau Biru", "Selasa", "8 Desember"), ("Padang Embun", "Jumat", "27 November"),
        )
    )  # fmt: skip
    for case, kind in ((agreed, "message_sent"), (held, "message_sent")):
        known.post(f"/cases/{case}/note", {"kind": kind, "purpose": "confirm", "channel": "text"})
    one = begin(Language.ID)
    one.at(2026, 12, 1, 10, 0)
    known.post(f"/cases/{held}/note", {"kind": "attended", "at": "2026-11-27T11:00"})
    known.post(f"/cases/{chosen}/note", {"kind": "attended", "at": "2026-11-27T11:00"})
    one.tab.goto(f"/cases/{chosen}")
    one.press("note.offer_received")
    one.press("note.offer_accepted")
    one.page.wait_for_url("**/farewell")
    for left in (3, 2, 1):
        buttons = one.page.locator("main li.card button.primary")
        assert buttons.count() == left
        one.hand.press(buttons.first.get_attribute("aria-label"))
        one.page.wait_for_url("**/drafts/*")
        assert "Lembah Cahaya" not in one.page.locator("main").inner_text()
        one.page.locator("#ways").wait_for()
        spoken = one.page.get_by_role("button", name=one.say("draft.said")).count()
        one.press("draft.said" if spoken else "draft.done")
        one.page.wait_for_url("**/farewell")
    assert one.page.get_by_role("heading", name=one.say("farewell.none")).count() == 1
    last = {case: one.site.pamit.case(case).case.events[-1].purpose for case in (invited, agreed, held)}
    assert last == {invited: Purpose.DECLINE, agreed: Purpose.CANCEL, held: Purpose.WITHDRAW}
    one.tab.assert_quiet()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(open_tab: Opener, home: str, site: Site, width: int) -> None:
    """Nothing is to be scrolled sideways, and what is tapped is large enough (WCAG 2.2, 2.5.8)."""
    site.keep_settings({"name": "Rani Kusuma"})
    page = open_tab(width=width, locale="id-ID").page
    page.goto(f"{home}/add")
    page.get_by_role("button", name="Coba dengan contoh").click()
    paths = [page.url.removeprefix(home), "/", "/add", "/cases", "/check", "/nowhere"]
    page.get_by_role("button", name="Simpan").click()
    case = page.url.removeprefix(home)
    paths += [case + one for one in ("", "/edit", "/write", "/write?purpose=reschedule", "/decide", "/delete", "/sources/1")]
    small = """() => [...document.querySelectorAll('button, .button, select, summary, input:not([type=hidden])')]
      .filter(one => one.offsetParent && one.getBoundingClientRect().height < 24).map(one => one.outerHTML.slice(0, 80))"""
    found = {}
    for path in paths:
        page.goto(home + path)
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        found[path] = (wide, [one for one in page.evaluate(small) if "checkbox" not in one and "radio" not in one])
    assert {path: what for path, what in found.items() if what != (False, [])} == {}


def test_live_check_answers_while_one_writes(open_tab: Opener) -> None:
    """Findings appear without a button, and follow what is written."""
    tab = open_tab()
    tab.goto("/check")
    page = tab.page
    with page.expect_response("**/check/live"):
        page.get_by_label("Isi pesan").fill("Halo kak sorry gak bisa dateng ya")
    page.locator(".finding.error").first.wait_for()
    with page.expect_response("**/check/live"):
        page.get_by_label("Isi pesan").fill("")
    page.locator(".finding").first.wait_for(state="detached")
    tab.assert_quiet()

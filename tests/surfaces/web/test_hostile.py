"""Hostile texts in every field of mails and calendar objects, in notes and in facts, shown by a real browser.

No script runs, no request leaves, nothing leads away, and no element stands on a page that is not ours. Several texts share a
message, so that every field meets all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote

import pytest
from icalendar import Calendar, Event, vCalAddress, vText

from pamit.errors import PamitError
from pamit.services.intake import read_source
from pamit.services.origin import Given, source_of

from .browser import Opener, Tab
from .conftest import NOW, WHATSAPP, Visitor
from .payloads import payloads

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

COUNT, TOGETHER = 300, 25
TEXTS = payloads(COUNT)
BATCHES = [TEXTS[at : at + TOGETHER] for at in range(0, COUNT, TOGETHER)]
CANARY = """
  window.ran = [];
  window.canary = window.CANARY = (number) => window.ran.push(String(number));
"""
_STRANGERS = """() => {
  const found = window.ran.map((number) => `ran ${number}`);
  const ours = (address) => address === "" || new URL(address, location.href).origin === location.origin;
  for (const one of document.querySelectorAll("*")) {
    const name = one.localName;
    if (/^(iframe|object|embed|base|video|audio|img|style|marquee|math|template|area|source|picture|noscript)$/.test(name))
      found.push(one.outerHTML.slice(0, 200));
    for (const { name: attribute, value } of one.attributes) {
      if (/^(on|srcdoc|formaction|background|poster|ping|style$)/.test(attribute)) found.push(`${name} ${attribute}`);
      if (attribute === "action" && !ours(value)) found.push(`${name} ${attribute} ${value}`);
      if (/^(href|src)$/.test(attribute) && !ours(value)
        && !/^(https:\\/\\/(wa\\.me|rapat\\.example)\\/|mailto:|tel:|sms:)/.test(value))
        found.push(`${name} ${attribute} ${value}`);
    }
  }
  const scripts = [...document.scripts].map((one) => one.getAttribute("src") || "inline");
  if (scripts.length !== 1 || !scripts[0].startsWith("/static/pamit.js?")) found.push(...scripts);
  if (document.querySelector("meta[http-equiv]")) found.push("meta");
  // What a template would make of the texts: seven times their number.
  for (const number of (document.title + document.body.innerText).match(/\\b3[5-7]\\d{3}\\b/g) || [])
    if (number % 7 === 0) found.push(`reckoned ${number}`);
  return found;
}"""


def _header(text: str) -> str:
    """As much of it as a header can carry."""
    return "".join(sign for sign in text if sign.isprintable())


def _mail(texts: list[str], number: int) -> bytes:
    """A mail whose every field says all of it."""
    said = " ".join(texts)
    mail = EmailMessage(policy=policy.SMTP)
    quoted = _header(said).replace("\\", "\\\\").replace('"', '\\"')
    mail["From"] = f'"{quoted}" <hrd{number}@lembah.example>'
    mail["Reply-To"] = f'"{quoted}" <balas{number}@lembah.example>'
    mail["To"] = "rani@surel.example"
    mail["Subject"] = "Undangan Wawancara " + _header(said)
    mail["Date"] = NOW
    mail["Message-ID"] = f"<hostile-{number}@lembah.example>"
    mail.set_content(WHATSAPP + "\n" + "\n".join(texts) + "\n")
    mail.add_alternative("<p>" + WHATSAPP + "</p>\n" + "\n".join(f"<div>{text}</div>" for text in texts), "html")
    for text in texts:
        mail.add_attachment(b"lampiran", "application", "pdf", filename=_header(text)[:200] + ".pdf")
    return mail.as_bytes()


def _calendar(texts: list[str], number: int) -> bytes:
    """A calendar object whose every field says all of it."""
    said = _header(" ".join(texts))
    event = Event()
    event.add("uid", f"hostile-{number}@lembah.example")
    event.add("dtstamp", NOW)
    event.add("dtstart", NOW.replace(day=27, hour=10))
    event.add("summary", "Wawancara Staf Gudang - PT Lembah Cahaya " + said)
    for name in ("description", "location", "comment", "contact", "categories"):
        event.add(name, "\n".join(texts))
    event["url"] = vText(texts[0])
    for name, address in (("organizer", "hrd@lembah.example"), ("attendee", "rani@surel.example")):
        person = vCalAddress(f"mailto:{address}")
        person.params["CN"] = said.replace('"', "'")
        event.add(name, person)
    calendar = Calendar()
    calendar.add("prodid", "-//uji//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _kept(visitor: Visitor, data: bytes, name: str, texts: list[str]) -> str:
    """A case from that message, with facts that the person wrote, as far as they can be facts, and notes."""
    pamit = visitor.site.pamit
    given = Given(name, NOW, None, None, None)
    invitation = read_source(data, name=name, received=NOW, now=NOW)
    case = pamit.add(invitation, source_of(data, given), NOW, new=True).dossier.id
    for at, fact in enumerate(("company", "position", "location", "contact_name", "meeting_url")):
        # An address of a meeting must be one.
        with suppress(PamitError):
            pamit.edit(case, {fact: texts[at]}, NOW)
    for text in texts:
        pamit.note(case, NOW, words=text.replace("\x00", ""))
    return case


def _watched(open_tab: Opener) -> tuple[Tab, list[str]]:
    """A tab that puts down whatever is asked for; other machines are out of reach."""
    tab = open_tab()
    asked: list[str] = []
    tab.page.context.add_init_script(CANARY)
    tab.page.on("request", lambda request: asked.append(request.url))
    tab.page.context.route(lambda url: not url.startswith(tab.home + "/"), lambda route: route.abort())
    return tab, asked


def _addresses(visitor: Visitor, case: str, texts: list[str]) -> Iterator[str]:
    yield f"/cases/{case}"
    yield f"/cases/{case}/sources/1"
    yield f"/cases/{case}/edit"
    draft = visitor.client.post(
        f"/cases/{case}/drafts",
        data={**visitor.tokens(), "purpose": "confirm", "channel": "email", "note": texts[0]},
        headers={"origin": "http://127.0.0.1:8477"},
    )
    if draft.url.path.startswith("/drafts/"):
        yield draft.url.path
    yield f"/cases/{case}/write?purpose=decline&channel=email&reason=other&note={quote(texts[1])}"


@pytest.mark.parametrize("kind", ["mail", "calendar"])
def test_hostile_texts_are_shown_as_words(open_tab: Opener, known: Visitor, kind: str) -> None:
    """Wherever such a message is shown."""
    tab, asked = _watched(open_tab)
    found: dict[str, Any] = {}
    make, name, media = (_mail, "surel.eml", "message/rfc822") if kind == "mail" else (_calendar, "acara.ics", "text/calendar")

    def look(path: str) -> None:
        tab.goto(path)
        if tab.path != path or len(tab.page.frames) != 1:
            found[path] = f"led to {tab.path}"
        said = tab.page.evaluate(_STRANGERS)
        if said:
            found[path] = said

    for number, texts in enumerate(BATCHES):
        data = make(texts, number)
        review = known.post("/add", {}, files={"file": (_header(texts[0])[:80] + name, data, media)})
        look(review.url.path)
        case = _kept(known, data, _header(texts[1])[:80] + name, texts)
        for path in _addresses(known, case, texts):
            look(path)
        look(f"/search?q={quote(texts[2])}")
    look(f"/cases?q={quote(TEXTS[3])}")
    for path in ("/", "/cases", "/calendar", "/insight", "/check", "/search?q=lembah", "/search?q=canary"):
        look(path)
    assert found == {}
    assert [url for url in asked if not url.startswith((tab.home + "/", "data:image/"))] == []
    tab.assert_quiet()


def test_the_texts_are_hostile(open_tab: Opener) -> None:
    """On a page that shows them as they are, scripts run and requests leave: the other tests would see it."""
    tab, asked = _watched(open_tab)
    page = tab.page
    ran: list[object] = []
    page.context.add_init_script("window.canary = (number) => console.info(`ran ${number}`)")
    page.on("console", lambda said: ran.append(said.text) if said.text.startswith("ran") else None)
    for at in range(0, COUNT, 20):
        page.goto("about:blank")
        for text in TEXTS[at : at + 20]:
            # What leads away in the middle of it has shown what it is.
            with suppress(playwright.Error):
                page.set_content(f"<body><textarea></textarea><div>{text}</div>", wait_until="commit")
    assert len(set(ran)) > 20
    assert len({url for url in asked if "canary.test" in url}) > 10

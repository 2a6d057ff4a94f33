"""A memory in which every page has something to show, and the addresses of all pages on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI

from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.terms import Bilingual
from pamit.services.mail_ports import Proposal

from .conftest import NOW, WHATSAPP, Visitor, fields_of

__all__ = ["FILES", "addresses", "fill", "page_routes"]

EXAMPLES = Path(__file__).parents[3] / "examples"

SCAM = """\
Selamat, Anda lolos seleksi PT Karya Tambang Jaya. Wawancara pada Senin, 30 November 2026 pukul 09.00 WIB di Balikpapan.
Peserta wajib memesan tiket melalui agen kami dan mentransfer biaya akomodasi Rp 2.500.000 ke rekening panitia.
"""

FILES = frozenset(
    {
        "/cases/{case}/sources/{number}/file", "/messages/{message}/file", "/drafts/{key}/file.{form}", "/feed/{name}",
        "/manifest.webmanifest", "/calendar/pamit.ics", "/settings/data/export",
    }
)  # fmt: skip
"""GET routes that answer with a file instead of a page."""

BAD_DRAFT = "Halo kak sorry gak bisa dateng ya, ada urusan. makasih"


def page_routes(app: FastAPI) -> Iterator[str]:
    """The routes of the app that are pages."""
    for path, methods in app.openapi()["paths"].items():
        if "get" in methods and path not in FILES:
            yield path


def fill(visitor: Visitor) -> dict[str, list[str]]:
    """Put cases, messages and mails into the memory.

    Returns:
        The addresses of each route that has a place in it, by the route.
    """
    site = visitor.site
    own = "rani.kusuma@surel.example"
    site.keep_settings({"name": "Rani Kusuma", "email": own})
    site.pamit.put_account(Account(own, Server("127.0.0.1", 2525, Security.PLAIN), auth=Auth.NONE, name="Rani Kusuma"))
    main = visitor.kept(contact_email="sinta@lembah.example")
    reviews = [visitor.post("/add", {"text": text}).url.path for text in (SCAM, WHATSAPP.replace("Lembah", "Bukit"))]
    for name in ("undangan-kalender.ics", "undangan-surel.eml"):
        answer = visitor.post("/add", {}, files={"file": (name, (EXAMPLES / name).read_bytes(), "application/octet-stream")})
        reviews.append(answer.url.path)
        case = visitor.post(answer.url.path, {"into": "new", **fields_of(answer)}).url.path.rpartition("/")[2]
    visitor.post(f"/cases/{case}/note", {"kind": "words", "words": "Mereka ramah."})
    visitor.post(f"/cases/{case}/note", {"kind": "offer_received"})
    visitor.post(f"/cases/{case}/note", {"kind": "offer_accepted"})
    closed = visitor.kept(WHATSAPP.replace("Lembah Cahaya", "Danau Biru"))
    visitor.post(f"/cases/{closed}/note", {"kind": "called", "words": "Alamat menyusul."})
    visitor.post(f"/cases/{closed}/undo", {"version": str(site.pamit.case(closed).version)})
    visitor.post(f"/cases/{closed}/close")
    drafts = [
        visitor.post(f"/cases/{main}/drafts", {"purpose": purpose, "channel": channel, "reason": "other_offer"}).url.path
        for purpose, channel in (("confirm", "text"), ("decline", "email"), ("decline", "letter"), ("decline", "phone"))
    ]
    barred = visitor.post(f"/cases/{main}/drafts", {"purpose": "decline", "channel": "email"}).url.path
    visitor.post(f"{barred}/text", {"text": BAD_DRAFT})
    visitor.post(f"{drafts[0]}/handed/whatsapp", status=204)
    messages = [visitor.post(f"{drafts[1]}/send", {"address": own}).url.path for _ in range(2)]
    visitor.post(f"{messages[1]}/approve", {"digest": site.pamit.outgoing(messages[1].rpartition("/")[2])[0].digest})
    reason = Bilingual("Jadwal bergeser ke Senin.", "The time moves to Monday.")
    data = b"surel"
    with site.pamit.store.writing() as unit:
        unit.inbox.add(
            Proposal(
                "p1",
                sha256(data).hexdigest(),
                own,
                main,
                "other",
                NOW - timedelta(hours=1),
                "Sinta <sinta@lembah.example>",
                "Perubahan jadwal",
                (reason,),
                (reason,),
                "Jadwal kami geser.",
                0.9,
                asks=True,
            ),
            data,
        )
    purposes = ("reschedule", "decline&channel=email&reason=other_offer", "cancel&channel=phone&reason=health", "confirm")
    return {
        "/": ["/"],
        "/add/{key}": reviews,
        "/cases": ["/cases", "/cases?show=closed", "/cases?q=tidakada"],
        "/cases/{case}": [f"/cases/{one}" for one in (main, case, closed)],
        "/cases/{case}/edit": [f"/cases/{main}/edit"],
        "/cases/{case}/write": [f"/cases/{main}/write", *(f"/cases/{main}/write?purpose={one}" for one in purposes)],
        "/cases/{case}/decide": [f"/cases/{main}/decide?purpose=decline&reason=salary"],
        "/cases/{case}/delete": [f"/cases/{main}/delete"],
        "/cases/{case}/farewell": [f"/cases/{case}/farewell"],
        "/cases/{case}/sources/{number}": [f"/cases/{main}/sources/1", f"/cases/{case}/sources/1"],
        "/drafts/{key}": [*drafts, barred],
        "/messages/{message}": messages,
        "/search": ["/search", "/search?q=lembah", "/search?q=tidakadadisini"],
        "/settings/accounts/{address}/remove": [f"/settings/accounts/{own}/remove"],
    }


def addresses(app: FastAPI, filled: dict[str, list[str]]) -> list[str]:
    """Every page of the app on a filled memory, and one that is not there.

    Raises:
        AssertionError: where a route has places and nobody says what to put there.
    """
    found = ["/nowhere", "/cases/nosuch"]
    for route in page_routes(app):
        assert route in filled or "{" not in route, f"no address is known for the page {route}"
        found += filled.get(route, [route])
    return found

"""The calendar under its secret address: for whoever knows it, and for nobody else."""

from __future__ import annotations

import re
import stat

import icalendar
import pytest
from fastapi.testclient import TestClient

from pamit.surfaces.web.app import create_app
from pamit.surfaces.web.guard import COOKIE
from pamit.surfaces.web.site import Site

from .conftest import ORIGIN, Visitor, words_of

LINKED = {"mode": "video", "meeting_url": "https://meet.example/j/9?pwd=rahasia"}


def address(visitor: Visitor, **fields: str) -> str:
    """Make an address, and take its path from the page."""
    page = visitor.post("/calendar/subscribe", fields)
    found = re.search(r'id="feed-address">(http://127\.0\.0\.1:8477)(/feed/[\w-]+\.ics)<', page.text)
    assert found, words_of(page)
    assert f'href="webcal://127.0.0.1:8477{found[2]}"' in page.text
    return found[2]


def test_there_is_no_address_before_it_is_wished(visitor: Visitor, stranger: TestClient) -> None:
    """Looking at the page makes none."""
    assert 'id="feed-address"' not in visitor.get("/calendar/subscribe").text
    assert not (visitor.site.settings().home / "secrets.json").exists()
    assert stranger.get("/feed/x.ics").status_code == 404


def test_calendar_program_needs_no_session(known: Visitor, stranger: TestClient) -> None:
    """It gets an iCalendar object that another reader takes, with neither names nor links."""
    known.kept()
    answer = stranger.get(address(known))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert [part.errors for part in calendar.walk()] == [[]] * len(list(calendar.walk()))
    assert [str(part["SUMMARY"]) for part in calendar.walk("VEVENT")] == ["Wawancara: Staf Gudang, PT Lembah Cahaya"]
    assert [word for word in ("Sinta", "0812", "ATTENDEE", "ORGANIZER") if word in answer.text] == []
    assert "set-cookie" not in answer.headers


def test_address_outlives_the_server(known: Visitor, site: Site) -> None:
    """It lies in the home of the memory, for its owner alone."""
    path = address(known)
    again = TestClient(create_app(Site(**{**vars(site), "shelves": {}}), 8477), base_url=ORIGIN)
    assert again.get(path).status_code == 200
    assert stat.S_IMODE((site.settings().home / "secrets.json").stat().st_mode) == 0o600


def test_wrong_secret_is_nothing_in_one_shape(known: Visitor, stranger: TestClient) -> None:
    """Whether there is an address, none, or no longer that one: the answers cannot be told apart, and so it is at any path."""
    before = stranger.get("/feed/x.ics")
    old = address(known)
    new = address(known)
    secret = new.removeprefix("/feed/").removesuffix(".ics")
    wrong = (
        old, f"/feed/{secret}", f"/feed/{secret}.ICS", f"/feed/{secret[:-1]}.ics", f"/feed/{secret}A.ics",
        "/feed/", "/feed/.ics", "/feed/%C3%A9.ics", "/feed/%00.ics", f"/feed//{secret}.ics", f"/feed/x/%2E%2E/{secret}.ics",
        f"/feed/{secret}/.ics",
    )  # fmt: skip
    for path in wrong:
        answer = stranger.get(path)
        assert (answer.status_code, answer.content, dict(answer.headers)) == (404, before.content, dict(before.headers)), path
    assert stranger.get(new).status_code == 200
    known.post("/calendar/subscribe/off")
    assert stranger.get(new).status_code == 404


def test_secret_opens_nothing_else(known: Visitor, stranger: TestClient) -> None:
    """It can only be read, and no other page lies behind it."""
    path = address(known)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert stranger.request(method, path, headers={"origin": ORIGIN}).status_code == 403
    for other in ("/", "/calendar", "/calendar/subscribe", "/calendar/pamit.ics", "/feed", "/feedx"):
        assert stranger.get(other, headers={"cookie": f"{COOKIE}={path[6:-4]}"}).status_code == 403


def test_wrong_host_and_foreign_page_are_refused(known: Visitor, stranger: TestClient) -> None:
    """The right secret does not help a page elsewhere, under whatever name it comes."""
    path = address(known)
    assert stranger.get(path, headers={"host": "evil.example:8477"}).status_code == 421
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert stranger.get(path, headers=headers).status_code == 403
    assert "access-control-allow-origin" not in stranger.get(path).headers


def test_asking_again_costs_nothing_while_nothing_changes(
    known: Visitor, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same tag and no bytes; the calendar is not even made again. A change brings a new one."""
    case = known.kept()
    path = address(known)
    first = stranger.get(path)
    made: list[object] = []
    write = known.site.pamit.feed
    monkeypatch.setattr(known.site.pamit, "feed", lambda *given, **more: made.append(1) or write(*given, **more))
    for tag in (first.headers["etag"], f"W/{first.headers['etag']}", f'"x", {first.headers["etag"]}', "*"):
        again = stranger.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (stranger.get(path).content, stranger.head(path).headers["etag"], made) == (
        first.content, first.headers["etag"], [],
    )  # fmt: skip
    known.post(f"/cases/{case}/close", {})
    changed = stranger.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (changed.status_code, changed.headers["etag"] == first.headers["etag"], made) == (200, False, [1])


def test_links_stand_in_it_only_when_asked_for(known: Visitor, stranger: TestClient) -> None:
    """For as long as that address holds; the next one is made anew."""
    known.kept(**LINKED)
    found = [b"rahasia" in stranger.get(address(known, **wanted)).content for wanted in ({}, {"links": "1"}, {})]
    assert found == [False, True, False]


def test_language_is_that_of_the_page_on_which_it_was_made(known: Visitor, stranger: TestClient) -> None:
    """A calendar program has no cookie to say it."""
    known.kept()
    known.post("/language", {"language": "en", "back": "/"})
    assert "Interview: Staf Gudang" in stranger.get(address(known)).text.replace("\r\n ", "")


def test_file_is_a_download_for_the_person_alone(known: Visitor, stranger: TestClient) -> None:
    """The same calendar, saved and never shown."""
    known.kept()
    answer = known.get("/calendar/pamit.ics")
    assert answer.headers["content-disposition"].startswith('attachment; filename="pamit.ics"')
    assert icalendar.Calendar.from_ical(answer.content).walk("VEVENT") != []
    assert stranger.get("/calendar/pamit.ics").status_code == 403


def test_page_says_what_the_address_cannot_do(known: Visitor) -> None:
    """Before and after it is made: this machine, this port."""
    for _ in range(2):
        page = words_of(known.get("/calendar/subscribe"))
        assert ["hanya berlaku di komputer ini" in page, "porta yang sama, yaitu 8477" in page] == [True, True]
        address(known)


def test_file_that_others_can_read_opens_nothing(known: Visitor, stranger: TestClient) -> None:
    """And says no more than any wrong secret."""
    path = address(known)
    (known.site.settings().home / "secrets.json").chmod(0o644)
    answer = stranger.get(path)
    assert (answer.status_code, answer.content) == (404, b"")

"""Cases: versions, keys, pages, and what is done to them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from pamit.errors import ErrorKind, PamitError
from pamit.services import programs
from pamit.services.ports import Listing
from pamit.services.program_ports import Answer
from pamit.surfaces.api.operation import API

from .conftest import BY_NAME, NOW, Program


def test_a_message_becomes_a_case_once(program: Program) -> None:
    """201 with its address; the same bytes again are known, and change nothing."""
    first = program.ask("POST", "/cases", 201, BY_NAME["keepMessage"].example)
    case = first.json()["case"]
    assert first.headers["location"] == f"{API}/cases/{case}"
    again = program.ask("POST", "/cases", 200, BY_NAME["keepMessage"].example).json()
    assert (again["case"], again["outcome"], again["version"]) == (case, "known", 1)


def test_a_message_comes_as_bytes_too(program: Program) -> None:
    """Base64 of a mail; byte for byte it can be had again."""
    from base64 import b64encode

    mail = (
        b"From: Sinta <sinta@lembah.example>\r\nSubject: Undangan\r\nMessage-ID: <1@lembah.example>\r\n"
        b"Date: Tue, 24 Nov 2026 08:00:00 +0700\r\n\r\n" + BY_NAME["keepMessage"].example["text"].encode()
    )
    kept = program.ask("POST", "/cases", 201, {"data": b64encode(mail).decode(), "name": "undangan.eml"}).json()
    source = program.ask("GET", f"/cases/{kept['case']}", 200).json()["sources"][0]
    assert source["message_id"] == "<1@lembah.example>"
    assert program.ask("GET", f"/cases/{kept['case']}/sources/{source['digest']}", 200).content == mail
    program.ask("GET", f"/cases/{kept['case']}/sources/{'0' * 64}", 404)


def test_no_file_of_this_machine_is_read(program: Program) -> None:
    """The bulk interface takes paths; programs are given no such power."""
    assert program.code(program.ask("POST", "/read", 422, {"path": "/etc/passwd"})) == "invalid-body"
    assert program.code(program.ask("POST", "/cases", 422, {"path": "/etc/passwd"})) == "invalid-body"


def test_a_change_needs_the_version_that_was_seen(program: Program) -> None:
    """428 without, 412 with an old or a made-up one; the ETag of the answer is the next one's condition."""
    case = f"/cases/{program.keep()}"
    tag = program.ask("GET", case, 200).headers["etag"]
    assert program.code(program.ask("PATCH", case, 428, {"round": 2})) == "version-missing"
    changed = program.ask("PATCH", case, 200, {"round": 2, "meeting_url": None}, if_match=tag)
    assert (changed.json()["version"], changed.json()["facts"]["round"]) == (2, 2)
    for old in (tag, '"nothing"', '"99-000000000000"', "nonsense"):
        assert program.code(program.ask("PATCH", case, 412, {"round": 3}, if_match=old)) == "case-moved-on"
    program.ask("PATCH", case, 200, {"round": 3}, if_match=changed.headers["etag"])
    program.ask("PATCH", case, 200, {"round": 4}, if_match="*")
    assert program.code(program.ask("DELETE", case, 412, if_match=tag)) == "case-moved-on"
    program.ask("DELETE", case, 204)
    program.ask("GET", case, 404)


def test_what_has_not_changed_is_not_sent_again(program: Program) -> None:
    """304 by the ETag, in that language, and 200 once something has."""
    case = f"/cases/{program.keep()}"
    tag = program.ask("GET", case, 200).headers["etag"]
    same = program.ask("GET", case, 304, if_none_match=f'"other", W/{tag}')
    assert (same.content, same.headers["etag"]) == (b"", tag)
    program.ask("GET", case, 200, if_none_match=tag, accept_language="id")
    program.ask("POST", f"{case}/notes", 201, {"words": "Bawa CV."})
    program.ask("GET", case, 200, if_none_match=tag)


def test_a_case_runs_its_course(program: Program) -> None:
    """Events, notes, closing, reopening, undo; each answers with the case as it is."""
    case = f"/cases/{program.keep()}"
    assert program.ask("POST", f"{case}/events", 201, BY_NAME["addEvent"].example).json()["version"] == 2
    assert program.ask("POST", f"{case}/notes", 201, {"words": "Bawa CV."}).json()["log"][-1]["note"] == "Bawa CV."
    assert program.ask("POST", f"{case}/close", 200).json()["plan"]["stage"] == "closed"
    assert program.code(program.ask("POST", f"{case}/close", 403)) == "already-closed"
    assert program.ask("POST", f"{case}/reopen", 200, {"words": "Lagi."}).json()["plan"]["stage"] != "closed"
    assert program.ask("POST", f"{case}/undo", 200).json()["version"] == 6
    assert program.code(program.ask("POST", f"{case}/undo", 412, if_match='"1-000000000000"')) == "case-moved-on"


# -- once -------------------------------------------------------------------------------------------------------------


def test_a_request_that_comes_again_is_carried_out_once(program: Program) -> None:
    """The very answer again; another body is refused, another token has keys of its own."""
    case = f"/cases/{program.keep()}"
    first = program.ask("POST", f"{case}/notes", 201, {"words": "Satu."}, idempotency_key="a")
    again = program.ask("POST", f"{case}/notes", 201, {"words": "Satu."}, idempotency_key="a")
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert [one.headers.get("idempotency-replayed") for one in (first, again)] == [None, "true"]
    assert program.ask("GET", case, 200).json()["version"] == 2
    assert program.code(program.ask("POST", f"{case}/notes", 422, {"words": "Dua."}, idempotency_key="a")) == "key-reused"
    assert program.code(program.ask("POST", f"{case}/undo", 422, idempotency_key="a")) == "key-reused"


def test_a_request_that_failed_may_come_again(program: Program) -> None:
    """It changed nothing, so its key is free."""
    case = program.keep()
    program.ask("POST", f"/cases/{case}/events", 422, {"kind": "message_sent"}, idempotency_key="b")
    program.ask("POST", f"/cases/{case}/notes", 201, {"words": "Kini."}, idempotency_key="b")


@pytest.mark.parametrize(("key", "code"), [("", "bad-key"), ("a b", "bad-key"), ("x" * 256, "bad-key")])
def test_keys_have_a_form(program: Program, key: str, code: str) -> None:
    """Visible ASCII, not too long; missing it is told."""
    assert program.code(program.ask("POST", "/sync", 400, idempotency_key=key)) == code
    headers = {"authorization": f"Bearer {program.tokens['read-write']}"}
    assert program.code(program.client.post(f"{API}/sync", headers=headers)) == "key-missing"


def test_verbs_need_no_key_but_honour_one(program: Program) -> None:
    """Nothing is kept by them, so nothing can be done twice."""
    headers = {"authorization": f"Bearer {program.tokens['read']}"}
    assert program.client.post(f"{API}/check", headers=headers, json={"text": "Halo"}).status_code == 200
    program.ask("POST", "/check", 200, {"text": "Halo"}, idempotency_key="c")
    assert program.code(program.ask("POST", "/check", 422, {"text": "Hai"}, idempotency_key="c")) == "key-reused"


def test_the_same_request_twice_at_once_is_carried_out_once(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is worked on the second is told so."""
    case = f"/cases/{program.keep()}"
    inside, go_on = threading.Event(), threading.Event()
    finish: Callable[..., None] = programs.finish_once

    def slow(store: Any, key: str, answer: Answer) -> None:
        inside.set()
        go_on.wait(20)
        finish(store, key, answer)

    monkeypatch.setattr(programs, "finish_once", slow)
    answers: list[int] = []

    def send() -> None:
        answers.append(program.ask("POST", f"{case}/notes", 201, {"words": "Satu."}, idempotency_key="d").status_code)

    first = threading.Thread(target=send)
    first.start()
    assert inside.wait(20)
    assert program.code(program.ask("POST", f"{case}/notes", 409, {"words": "Satu."}, idempotency_key="d")) == "key-in-use"
    go_on.set()
    first.join(20)
    assert (answers, program.ask("GET", case, 200).json()["version"]) == ([201], 2)


def test_deleting_a_case_takes_its_answers_too(program: Program) -> None:
    """What was told under a key cannot be had again."""
    case = program.keep()
    program.ask("POST", f"/cases/{case}/notes", 201, {"words": "Rahasia."}, idempotency_key="e")
    program.ask("DELETE", f"/cases/{case}", 204)
    answer = program.ask("POST", f"/cases/{case}/notes", 409, {"words": "Rahasia."}, idempotency_key="e")
    assert program.code(answer) == "answer-gone"


# -- pages ------------------------------------------------------------------------------------------------------------


def pages(program: Program, query: str, between: Callable[[], object] = lambda: None) -> list[str]:
    found, cursor = [], ""
    while True:
        page = program.ask("GET", f"/cases?{query}{cursor}", 200).json()
        found += [row["case"] for row in page["cases"]]
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"
        between()


def test_pages_together_show_every_case_once(program: Program) -> None:
    """For every size of page, and whatever is changed, begun or deleted meanwhile."""
    text = BY_NAME["keepMessage"].example["text"]
    kept = {
        program.keep(text=text.replace("Lembah Cahaya", f"Lembah {name}")) for name in ("Asri", "Biru", "Cita", "Dara", "Elok")
    }
    for limit in (1, 2, 3, 5, 50):
        assert pages(program, f"limit={limit}") == sorted(kept)
    named = program.site.pamit.list(Listing(text="lembah biru"), NOW)
    assert pages(program, "limit=2&text=lembah+biru") == [row.case for row in named]
    gone = sorted(kept)[0]

    def change() -> None:
        program.ask("POST", f"/cases/{sorted(kept)[-1]}/notes", 201, {"words": "Lagi."})
        if (
            program.client.get(f"{API}/cases/{gone}", headers={"authorization": f"Bearer {program.tokens['read']}"}).status_code
            == 200
        ):
            program.ask("DELETE", f"/cases/{gone}", 204)

    assert pages(program, "limit=1", change) == sorted(kept)


@pytest.mark.parametrize(("query", "code"), [
    ("limit=0", "bad-parameter"), ("limit=1.0", "bad-parameter"), ("limit=1&limit=2", "repeated-parameter"),
    ("stage=nowhere", "bad-parameter"), ("nothing=1", "unknown-parameter"), ("text=%00", "bad-parameter"),
    ("cursor=%C3%A9", "bad-cursor"), ("cursor=YQ", "bad-cursor"), ("due_until=2026-11-30", "bad-parameter"),
    ("due_until=2026-11-30T00:00:00", "bad-parameter"),
])  # fmt: skip
def test_a_query_is_read_strictly(program: Program, query: str, code: str) -> None:
    """A mistyped name or value would change what is asked."""
    assert program.code(program.ask("GET", f"/cases?{query}", 422)) == code


def full(*_: object, **__: object) -> None:
    """What the store says when its disk is full."""
    raise PamitError(ErrorKind.UNAVAILABLE, "disk-full", "There is no space left; nothing was changed.")


def test_what_was_done_is_told_though_its_answer_could_not_be_kept(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up between the change and the note of its answer: it is not told to have failed, nor done again."""
    case = f"/cases/{program.keep()}"
    monkeypatch.setattr(programs, "finish_once", full)
    program.ask("POST", f"{case}/notes", 201, {"words": "Satu."}, idempotency_key="e")
    again = program.ask("POST", f"{case}/notes", 409, {"words": "Satu."}, idempotency_key="e")
    assert (program.code(again), program.ask("GET", case, 200).json()["version"]) == ("key-in-use", 2)


def test_what_failed_may_come_again_though_its_key_could_not_be_released(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk refuses the change and the release; when there is room again, the same request is carried out."""
    case = f"/cases/{program.keep()}"
    with monkeypatch.context() as broken:
        broken.setattr(programs, "release_once", full)
        broken.setattr(type(program.site.pamit), "note", full)
        program.ask("POST", f"{case}/notes", 503, {"words": "Satu."}, idempotency_key="f")
    program.ask("POST", f"{case}/notes", 201, {"words": "Satu."}, idempotency_key="f")
    assert program.ask("GET", case, 200).json()["version"] == 2

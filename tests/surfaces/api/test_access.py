"""Who may ask: every operation, walked."""

from __future__ import annotations

import pytest

from pamit.surfaces.api.operation import API, Operation
from pamit.surfaces.api.routes import OPERATIONS

from .conftest import Program, address

EVERY = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)


def asked(program: Program, operation: Operation, **headers: str) -> tuple[int, str, str | None]:
    """Status, code and what is said of tokens, to a request without any header but these."""
    answer = program.client.request(operation.method, f"{API}{address(operation)}", headers=headers, json=operation.example)
    return answer.status_code, program.code(answer), answer.headers.get("www-authenticate")


@EVERY
def test_nobody_asks_without_a_token(program: Program, operation: Operation) -> None:
    """None, a wrong one, one that is not a token, one in the address, and a browser's session."""
    bearer = 'Bearer realm="pamit"'
    wrong = f"Bearer pamit_{'0' * 64}"
    assert asked(program, operation) == (401, "no-token", bearer)
    assert asked(program, operation, authorization=wrong) == (401, "wrong-token", f'{bearer}, error="invalid_token"')
    assert asked(program, operation, authorization="Basic cGFtaXQ6cGFtaXQ=") == (401, "no-token", bearer)
    in_address = program.client.request(operation.method, f"{API}{address(operation)}?token={program.tokens['read-write']}")
    assert in_address.status_code == 401
    assert program.client.get(f"/start?token={program.site.keys.start}").status_code == 200
    assert asked(program, operation, origin="http://127.0.0.1:8477")[:2] == (401, "no-token")


@EVERY
def test_no_other_name_and_no_other_site_asks(program: Program, operation: Operation) -> None:
    """Whatever the token (protocols.md T17); and no answer ever lets another site read it."""
    token = {"authorization": f"Bearer {program.tokens['read-write']}"}
    assert asked(program, operation, host="evil.test", **token)[:2] == (421, "wrong-host")
    assert asked(program, operation, origin="http://evil.test", **token)[:2] == (403, "foreign-origin")
    assert asked(program, operation, **{"sec-fetch-site": "cross-site"}, **token)[:2] == (403, "foreign-origin")
    answer = program.client.options(f"{API}{address(operation)}", headers={**token, "origin": "http://127.0.0.1:8477"})
    assert answer.status_code == 405
    assert [name for name in answer.headers if name.startswith("access-control")] == []


@EVERY
def test_a_token_that_reads_changes_nothing(program: Program, operation: Operation) -> None:
    """403 for whatever writes; whatever reads is answered or not there."""
    status, code, said = 0, "", None
    token = {"authorization": f"Bearer {program.tokens['read']}"}
    if operation.writes:
        status, code, said = asked(program, operation, **token)
        assert (status, code) == (403, "token-only-reads")
        assert said == 'Bearer realm="pamit", error="insufficient_scope", scope="read-write"'
        return
    answer = program.client.request(
        operation.method,
        f"{API}{address(operation)}",
        headers=token,
        json=operation.example,
        params=dict(operation.example_query),
    )
    assert answer.status_code in (200, 404), answer.text


def test_a_revoked_token_opens_nothing(program: Program) -> None:
    """From that moment on."""
    program.ask("GET", "/stats", 200)
    for one in program.site.pamit.tokens():
        program.site.pamit.revoke_token(one.id)
    assert program.code(program.ask("GET", "/stats", 401)) == "wrong-token"


def test_what_changes_something_is_no_get() -> None:
    """By the table of operations."""
    assert [one.name for one in OPERATIONS if one.method == "GET" and one.writes] == []


@pytest.mark.parametrize(("path", "method", "status", "code"), [
    ("/nothing", "GET", 404, "no-such-route"), ("/cases/a/b/c/d", "GET", 404, "no-such-route"),
    ("/", "GET", 404, "no-such-route"), ("/cases/a%0Ab/no", "GET", 404, "no-such-route"),
    ("/cases/a%0Ab", "GET", 404, "no-such-case"),
    ("/stats", "POST", 405, "method-not-allowed"), ("/cases", "DELETE", 405, "method-not-allowed"),
])  # fmt: skip
def test_what_is_not_there_is_a_problem(program: Program, path: str, method: str, status: int, code: str) -> None:
    """As every error is."""
    answer = program.ask(method, path, status)
    assert program.code(answer) == code
    assert ("allow" in answer.headers) == (status == 405)


def test_bodies_are_json_of_a_bounded_size(program: Program) -> None:
    """415, 400, 422, 413."""
    headers = {"authorization": f"Bearer {program.tokens['read']}"}

    def sent(data: bytes, kind: str = "application/json", **more: str) -> tuple[int, str]:
        answer = program.client.post(f"{API}/check", content=data, headers={**headers, "content-type": kind, **more})
        return answer.status_code, program.code(answer)

    assert sent(b"{}", "text/plain") == (415, "not-json-type")
    assert sent(b"{") == (400, "not-json")
    assert sent(b'{"text": "\xff"}') == (400, "not-json")
    assert sent(b"[" * 100_000) in {(400, "not-json"), (422, "invalid-body")}
    assert sent(b'{"text": 1}') == (422, "invalid-body")
    assert sent(b"{}", **{"content-length": str(27 * 2**20)}) == (413, "body-too-large")


def test_problems_are_in_the_language_asked_for(program: Program) -> None:
    """Indonesian where nothing is said."""
    told = {
        language: program.ask("GET", "/nix", 404, accept_language=language) for language in ("id", "en", "de", "en;q=0.1, id")
    }
    said = {language: (answer.json()["detail"], answer.headers["content-language"]) for language, answer in told.items()}
    indonesian = ("Tidak ada apa-apa di alamat ini.", "id")
    assert said == {
        "id": indonesian, "en": ("There is nothing at this address.", "en"), "de": indonesian, "en;q=0.1, id": indonesian,
    }  # fmt: skip

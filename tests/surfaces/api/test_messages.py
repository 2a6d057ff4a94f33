"""Messages: a program prepares, a person approves."""

from __future__ import annotations

from pamit.domain.account import Account, Server
from pamit.surfaces.api.operation import API
from pamit.surfaces.api.routes import OPERATIONS

from .conftest import BY_NAME, NOW, Program


def prepared(program: Program) -> dict[str, str]:
    program.site.pamit.put_account(Account("rani@surel.example", smtp=Server("localhost", 1)))
    case = program.keep()
    answer = program.ask("POST", f"/cases/{case}/messages", 201, BY_NAME["prepareMessage"].example)
    found: dict[str, str] = answer.json()
    assert answer.headers["link"] == f'</messages/{found["id"]}>; rel="alternate"; type="text/html"'
    assert answer.headers["location"] == f"{API}/messages/{found['id']}"
    return found


def test_no_token_approves_and_nothing_unapproved_is_delivered(program: Program) -> None:
    """403 with the page of the person, 409 for delivery; the message stays a draft."""
    shown = prepared(program)
    message = f"/messages/{shown['id']}"
    refused = program.ask("POST", f"{message}/approval", 403)
    assert program.code(refused) == "approval-needs-person"
    assert refused.json()["facts"] == {"page": message, "digest": shown["digest"]}
    assert program.code(program.ask("POST", f"{message}/delivery", 409)) == "not-approved"
    program.ask("POST", f"{message}/retry", 409)
    program.ask("POST", f"{message}/resolve", 409, {"sent": False})
    assert program.ask("GET", message, 200).json()["state"] == "draft"
    assert program.ask("GET", f"{message}/content", 200).content == program.site.pamit.outgoing(shown["id"])[1]


def test_what_a_person_approved_is_delivered_on_request(program: Program) -> None:
    """The yes comes from elsewhere; that the server cannot be reached is told, not hidden."""
    shown = prepared(program)
    program.site.pamit.approve(shown["id"], shown["digest"], NOW)
    after = program.ask("POST", f"/messages/{shown['id']}/delivery", 200).json()
    assert (after["state"], after["attempts"]) == ("retry_at", 1)
    assert program.ask("POST", f"/messages/{shown['id']}/cancel", 200).json()["state"] == "cancelled"


def test_no_operation_can_say_yes() -> None:
    """Only one speaks of approval, and it answers nothing but a refusal."""
    assert [one.name for one in OPERATIONS if "appro" in one.path] == ["approveMessage"]
    assert BY_NAME["approveMessage"].answers == {}


def test_a_message_is_handed_over_with_what_is_given(program: Program) -> None:
    """Words, links, a mail; one with an error is refused."""
    case = program.keep(text=BY_NAME["keepMessage"].example["text"] + " WA 0812-0000-1234, sinta@lembah.example")
    for via, begins in (
        ("text", "Subj"),
        ("whatsapp", "https://wa.me/62812"),
        ("sms", "sms:"),
        ("mailto", "mailto:"),
        ("eml", ""),
    ):
        wanted = {**BY_NAME["handOver"].example, "candidate": None, "via": via}
        given = program.ask("POST", f"/cases/{case}/handovers", 201, wanted).json()
        assert (given["state"], given["via"], given["given"].startswith(begins)) == ("handed_over", via, True), given["given"][
            :60
        ]
    rude = {**BY_NAME["handOver"].example, "text": "Saya mengundurkan diri. Perusahaan Anda bodoh dan tidak becus!"}
    assert program.code(program.ask("POST", f"/cases/{case}/handovers", 403, rude)) == "has-errors"
    assert len(program.ask("GET", f"/messages?case={case}&state=handed_over", 200).json()["messages"]) == 5
    first = program.ask("GET", "/messages?limit=2", 200).json()
    rest = program.ask("GET", f"/messages?cursor={first['next']}", 200).json()
    assert len({one["id"] for one in first["messages"] + rest["messages"]}) == 5


def test_without_an_account_nothing_is_looked_for(program: Program) -> None:
    """Told as what it is."""
    assert program.code(program.ask("POST", "/sync", 404)) == "no-account"
    assert program.ask("GET", "/proposals", 200).json() == {"proposals": [], "next": None}
    program.ask("POST", "/proposals/nothing/accept", 404)

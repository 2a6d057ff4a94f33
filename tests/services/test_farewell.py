"""One offer accepted: farewells to all other open cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from pamit.domain.interview import Agency, Candidate, Case, Contact, Event, Interview
from pamit.domain.terms import Channel, EventKind, Language, Purpose, Reason, Severity
from pamit.services.adding import Added
from pamit.services.farewell import farewell_purpose, say_farewell
from pamit.services.pamit import Pamit

from .conftest import invitation

WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 24, 9, tzinfo=WIB)
WRITER = Candidate("Dimas Pratama", "dimas@surat.example", "0812-0000-1234", "Bandung")


def case(name: str, days: float | None = 3, *events: Event, agency: Agency | None = None) -> Case:
    interview = Interview(
        company=f"PT {name}",
        position="Staf Gudang",
        start=NOW + timedelta(days=days) if days is not None else None,
        timezone="Asia/Jakarta",
        received=NOW - timedelta(days=1),
        contact=Contact("Ibu Ratna Dewi", "ratna@contoh.example"),
        agency=agency,
        invited_via=Channel.EMAIL,
    )
    return Case(interview, events)


def event(kind: EventKind, hours: int = -2, purpose: Purpose | None = None) -> Event:
    return Event(NOW + timedelta(hours=hours), kind, purpose, Channel.EMAIL if purpose else None)


def sent(purpose: Purpose, hours: int = -2) -> Event:
    return event(EventKind.MESSAGE_SENT, hours, purpose)


STANDS = {
    "invited": (case("Undangan"), Purpose.DECLINE),
    "undated": (case("Tanpa Tanggal", None), Purpose.DECLINE),
    "confirmed": (case("Terjadwal", 3, sent(Purpose.CONFIRM)), Purpose.CANCEL),
    "times named": (case("Menunggu Jadwal", None, sent(Purpose.CONFIRM)), Purpose.WITHDRAW),
    "interviewed": (case("Selesai Wawancara", -2, event(EventKind.ATTENDED, -47)), Purpose.WITHDRAW),
    "absent": (case("Tidak Hadir", -2, event(EventKind.ABSENT, -46)), Purpose.WITHDRAW),
    "offer": (case("Tawaran", -9, event(EventKind.ATTENDED, -200), event(EventKind.OFFER_RECEIVED)), Purpose.DECLINE_OFFER),
    "next round": (case("Tahap Dua", 4, event(EventKind.ATTENDED, -99), event(EventKind.NEXT_ROUND, -30)), Purpose.DECLINE),
    "plea": (case("Permohonan", 3, sent(Purpose.DECLINE, -20), sent(Purpose.RECONSIDER)), Purpose.WITHDRAW),
    "never invited": (Case(Interview(company="PT Lamaran", position="Kasir")), Purpose.WITHDRAW),
    "accepted": (case("Diterima", -9, event(EventKind.OFFER_ACCEPTED)), None),
    "declined": (case("Ditolak", 3, sent(Purpose.DECLINE)), None),
    "cancelled": (case("Dibatalkan", 3, sent(Purpose.CONFIRM, -9), sent(Purpose.CANCEL)), None),
    "rejected": (case("Belum Terpilih", -9, event(EventKind.REJECTED)), None),
    "closed": (case("Tutup", 3, event(EventKind.CLOSED)), None),
}


@pytest.mark.parametrize("name", STANDS)
def test_purpose_follows_from_where_the_case_stands(name: str) -> None:
    """What is agreed is cancelled, what is asked is declined, what is over is withdrawn from, what is closed is left alone."""
    stands, purpose = STANDS[name]
    assert farewell_purpose(stands, NOW) == purpose


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("reason", [Reason.OTHER_OFFER, None])
def test_all_open_cases_get_their_checked_farewell(language: Language, reason: Reason | None) -> None:
    """In the order of the cases, in the language of each, without errors or warnings."""
    found = list(
        say_farewell(
            (stands for stands, _ in STANDS.values()), candidate=WRITER, now=NOW, reason=reason, language_of=lambda _: language
        )
    )
    assert [(one.case, one.draft.purpose) for one in found] == [
        (stands, wanted) for stands, wanted in STANDS.values() if wanted
    ]
    assert {one.draft.language for one in found} == {language}
    graver = {
        (one.case.interview.company, finding.rule)
        for one in found
        for finding in one.report.findings
        if finding.severity != Severity.HINT
    }
    assert graver == set()


def test_agency_is_told_as_well() -> None:
    """Rule C7: two messages, each to its own reader."""
    stands = case("Lewat Agen", 3, sent(Purpose.CONFIRM), agency=Agency("Karya Perantara", "halo@perantara.example"))
    found = list(say_farewell([stands], candidate=WRITER, now=NOW))
    assert [(one.to, one.draft.purpose) for one in found] == [("contact", Purpose.CANCEL), ("agency", Purpose.CANCEL)]
    assert ["Karya Perantara" in one.draft.text.split("\n")[0] for one in found] == [False, True]


def test_farewell_on_the_day_is_barred_by_its_check() -> None:
    """Rule T3: another offer is no emergency; the person decides."""
    today = case("Hari Ini", 0.2, sent(Purpose.CONFIRM))
    (found,) = say_farewell([today], candidate=WRITER, now=NOW)
    assert [finding.rule for finding in found.report.findings if finding.severity == Severity.ERROR] == ["same-day-no-urgency"]
    assert "T3" in [warning.rule for warning in found.warnings]


def test_farewells_go_to_all_other_open_cases(pamit: Pamit, added: Callable[..., Added]) -> None:
    """Neither the accepted case nor a closed one is written to; the most urgent comes first."""
    chosen, late, soon, closed = (
        added(invitation(company=f"PT {name}", start=NOW + timedelta(days=days), contact_email="hrd@contoh.example")).dossier.id
        for name, days in (("Pilihan", 4), ("Nanti", 6), ("Segera", 2), ("Usai", 5))
    )
    pamit.note(chosen, NOW, event=event(EventKind.OFFER_ACCEPTED, 0))
    pamit.close_case(closed, NOW)
    owed = pamit.farewells(chosen, WRITER, NOW)
    assert sorted(one.case for one in owed) == sorted((soon, late))
    assert {one.farewell.draft.purpose for one in owed} == {Purpose.DECLINE}
    assert ["Pilihan" in one.farewell.draft.text for one in owed] == [False, False]

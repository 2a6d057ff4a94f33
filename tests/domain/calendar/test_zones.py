"""Zones: letters, offsets, places."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pamit.domain.calendar.zones import ZONE_ABBREVIATIONS, offset_zone, zone, zone_label, zone_of_place
from pamit.errors import PamitError


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Jl. Pettarani No. 4, Makassar", "Asia/Makassar"),
        ("Kantor cabang Sorong", "Asia/Jayapura"),
        ("Menara Sudirman Lt. 8, Jakarta", "Asia/Jakarta"),
        ("Toko Kotabaru, Yogyakarta", "Asia/Jakarta"),
        ("Menara Sudirman Lt. 8", None),
        ("Mill Lane, Leeds, United Kingdom", "Europe/London"),
        ("Bonevia Tower", None),
        ("Guru Bahasa Inggris", None),
        ("guru B. Inggris, Bandung", "Asia/Jakarta"),
        ("Tutor Bahasa Jepang dan Korea Selatan", None),
        ("Sastra Jerman/Prancis", None),
        ("Coto Makassar Daeng Tata, Depok", "Asia/Jakarta"),
        ("Kedai Kopi Toraja", None),
        ("Bank Papua", None),
        ("staf klien Singapura", None),
        ("Japan Desk Officer", None),
        ("Gedung B, Makassar", "Asia/Makassar"),
        ("perusahaan Jepang di Karawang", "Asia/Jakarta"),
    ],
)
def test_place_implies_a_zone(place: str, name: str | None) -> None:
    """Whole words only; nothing where no listed place is named."""
    assert zone_of_place(place) == name


def test_every_zone_in_the_table_exists() -> None:
    """No letter or place names a zone that the database does not have."""
    for name in ZONE_ABBREVIATIONS.values():
        assert zone(name).key == name


@pytest.mark.parametrize(("hours", "name"), [(7, "Asia/Jakarta"), (8, "Asia/Makassar"), (5, "Etc/GMT-5"), (-3, "Etc/GMT+3")])
def test_offset_names_a_zone_of_that_offset(hours: int, name: str) -> None:
    """The fixed zones have their sign turned around."""
    assert offset_zone(timedelta(hours=hours)) == name
    assert datetime(2026, 11, 26, tzinfo=zone(name)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("name", ["Asia/Bandung", "../../etc/passwd", ""])
def test_unknown_zone_is_an_error(name: str) -> None:
    """A zone that does not exist is named, never replaced."""
    with pytest.raises(PamitError) as caught:
        zone(name)
    assert caught.value.code == "unknown-zone"


def test_label_falls_back_to_the_offset() -> None:
    """Where a zone has no letters, its offset is written."""
    at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert [zone_label(name, at) for name in ("Asia/Kolkata", "Europe/Berlin")] == ["IST", "CET"]
    assert zone_label("Asia/Dubai", at) == "GMT+4"

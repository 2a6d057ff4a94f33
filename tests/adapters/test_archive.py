"""Archives that others wrote: nothing in them is trusted."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.adapters.archive import MAX_MEMBER, ZipArchive
from pamit.domain.log import Dossier, Entry, EntryKind
from pamit.errors import PamitError
from pamit.services.origin import source_of
from pamit.services.ports import Bundle

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


def bundle(*messages: bytes) -> Bundle:
    sources = tuple(source_of(message) for message in messages)
    entries = [Entry(number, AT, AT, EntryKind.ATTACHED, source=one.ref.digest) for number, one in enumerate(sources, 2)]
    return Bundle(Dossier("k7m2p", "uid-1", (Entry(1, AT, AT, EntryKind.ADDED), *entries)), sources)


def written(*bundles: Bundle) -> bytes:
    out = io.BytesIO()
    ZipArchive().write(out, bundles, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(content: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in content.items():
            file.writestr(name, data)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(PamitError) as caught:
        list(ZipArchive().read(io.BytesIO(data)))
    return caught.value.code


@settings(max_examples=30, deadline=None)
@given(messages=st.lists(st.binary(max_size=200), max_size=4, unique=True))
def test_any_messages_come_back(messages: list[bytes]) -> None:
    """Byte for byte, in order."""
    one = bundle(*messages)
    assert list(ZipArchive().read(io.BytesIO(written(one)))) == [one]


def test_archive_can_be_read_by_people() -> None:
    """Plain names, plain JSON."""
    content = members(written(bundle(b"Undangan")))
    digest = source_of(b"Undangan").ref.digest
    assert sorted(content) == ["cases/k7m2p.json", "interviews.ics", "pamit.json", f"sources/{digest}"]
    assert json.loads(content["pamit.json"]) == {"format": "pamit-archive", "version": 1, "cases": 1}
    assert json.loads(content["cases/k7m2p.json"])["log"][1]["source"] == digest


def test_own_archive_is_never_taken_for_a_bomb() -> None:
    """A message that shrinks a thousandfold is kept unshrunk."""
    one = bundle(b" " * 3_000_000)
    assert list(ZipArchive().read(io.BytesIO(written(one)))) == [one]


@pytest.mark.parametrize(
    "name",
    [
        "../pamit.json", "/etc/passwd", "cases/../../x.json", "C:\\x", "sources/..", "cases/K7M2P.json", "cases/k7m2p.json/",
        "readme.txt", "sources/" + "g" * 64, "cases\\k7m2p.json",
    ],
)  # fmt: skip
def test_foreign_name_is_refused(name: str) -> None:
    """Nothing is ever written by a name from an archive, and none is overlooked either."""
    assert refusal(packed({**members(written(bundle())), name: b"x"})) == "archive-suspicious"


def test_bomb_is_refused_before_it_is_opened() -> None:
    """By the ratio of its sizes."""
    content = members(written(bundle()))
    content["sources/" + "0" * 64] = b"\x00" * 10_000_000
    assert refusal(packed(content)) == "archive-suspicious"


def test_huge_member_is_refused() -> None:
    """By its size, however it is packed."""
    content = members(written(bundle()))
    content["sources/" + "0" * 64] = bytes(MAX_MEMBER + 1)
    assert refusal(packed(content, zipfile.ZIP_STORED)) == "archive-too-large"


def changed(name: str, change: Callable[[dict[str, object]], object]) -> bytes:
    content = members(written(bundle(b"Undangan")))
    record = json.loads(content[name])
    change(record)
    return packed({**content, name: json.dumps(record).encode()})


CASE = "cases/k7m2p.json"


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("pamit.json", lambda r: r.update(format="lain"), "not-an-archive"),
        ("pamit.json", lambda r: r.update(version=2), "archive-newer"),
        ("pamit.json", lambda r: r.update(cases=7), "not-an-archive"),
        (CASE, lambda r: r.update(id=7), "not-an-archive"),
        (CASE, lambda r: r.update(uid="u" * 65), "not-an-archive"),
        (CASE, lambda r: r.update(log=[]), "not-an-archive"),
        (CASE, lambda r: r.update(log={}), "not-an-archive"),
        (CASE, lambda r: r.update(uid="a\x00"), "not-an-archive"),
        (CASE, lambda r: r["log"][0].update(changes={"start": [None, "besok"]}), "damaged-entry"),
        (CASE, lambda r: r["log"][0].update(changes={"start": {"before": None, "after": "besok"}}), "damaged-entry"),
        (CASE, lambda r: r["log"].pop(0), "not-an-archive"),
        (CASE, lambda r: r["log"][0].pop("at"), "damaged-entry"),
        (CASE, lambda r: r["log"][0].update(at="2026-11-24T09:00:00"), "damaged-entry"),
        (CASE, lambda r: r["log"][0].update(kind="lain"), "damaged-entry"),
        (CASE, lambda r: r["sources"].clear(), "not-an-archive"),
        (CASE, lambda r: r["sources"][0].update(digest="0" * 64), "not-an-archive"),
        (CASE, lambda r: r["sources"][0].update(size="besar"), "damaged-entry"),
        (CASE, lambda r: r.update(sources=[7]), "damaged-entry"),
    ],
)  # fmt: skip
def test_damaged_content_is_refused(name: str, change: Callable[[dict[str, object]], object], code: str) -> None:
    """Every part is checked before any of it is kept."""
    assert refusal(changed(name, change)) == code


def test_message_that_is_not_what_its_name_says_is_refused() -> None:
    """Bytes must give their digest."""
    content = members(written(bundle(b"Undangan")))
    name = next(name for name in content if name.startswith("sources/"))
    assert refusal(packed({**content, name: b"Undangan palsu"})) == "not-an-archive"


def test_member_before_the_beginning_is_refused() -> None:
    """A directory that says it begins later than it does puts its members before the file."""
    shifted = bytearray(written(bundle(b"Undangan")))
    at = shifted.rfind(b"PK\x05\x06") + 16
    shifted[at : at + 4] = (int.from_bytes(shifted[at : at + 4], "little") + 200).to_bytes(4, "little")
    assert refusal(bytes(shifted)) == "not-an-archive"


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), at=st.floats(0, 1), put=st.binary(min_size=1, max_size=8))
def test_any_bytes_are_read_or_refused(data: bytes, at: float, put: bytes) -> None:
    """Noise, and a good archive with noise in it: never anything but cases or a refusal."""
    good = written(bundle(b"Undangan"))
    place = int(at * (len(good) - 1))
    for broken in (data, good[:place] + put + good[place + len(put) :]):
        try:
            found = list(ZipArchive().read(io.BytesIO(broken)))
        except PamitError:
            continue
        assert [one.dossier.uid for one in found] in ([], ["uid-1"]) or len(found) == 1

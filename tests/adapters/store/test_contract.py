"""What a store promises, on every database that it runs on."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from pamit.adapters.store import SqlStore, open_store
from pamit.adapters.store.engine import WRITE
from pamit.domain.facts import FACT_NAMES
from pamit.domain.insight import History, Invited, Outcome
from pamit.domain.interview import Event
from pamit.domain.log import Change, Dossier, Entry, EntryKind
from pamit.domain.search import Passage, PassageKind, parse_query
from pamit.domain.terms import Channel, EventKind, Purpose, Stage
from pamit.errors import ErrorKind, PamitError
from pamit.services.ports import Flaw, IndexRow, Listing, Source, SourceRef
from pamit.services.program_ports import Answer, KeptAnswer, Token

AT = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=7)))


def entry(number: int, **parts: Any) -> Entry:
    return Entry(number, AT, AT, parts.pop("kind", EntryKind.NOTED), **parts)


def message(data: bytes, **ids: Any) -> Source:
    return Source(SourceRef(hashlib.sha256(data).hexdigest(), len(data), **ids), data)


def begin(store: SqlStore, *entries: Entry) -> str:
    with store.writing() as unit:
        case, _ = unit.create()
        unit.append(case, entries or [entry(1, kind=EntryKind.ADDED)], after=0)
    return case


@contextmanager
def raw_writing(store: SqlStore) -> Iterator[Connection]:
    """What somebody with a database client could do."""
    with store.engine.connect().execution_options(**WRITE) as connection, connection.begin():
        yield connection


def row(case: str, **parts: Any) -> IndexRow:
    return IndexRow(case=case, stage=parts.pop("stage", Stage.INVITED), derived_at=AT, **parts)


def refused(call: Callable[[], object]) -> tuple[ErrorKind, str]:
    with pytest.raises(PamitError) as caught:
        call()
    return caught.value.kind, caught.value.code


# -- logs -------------------------------------------------------------------------------------------------------------


def test_log_is_read_as_it_was_written(store: SqlStore) -> None:
    """Every part of an entry comes back, moments with their offset."""
    full = entry(
        1,
        kind=EntryKind.HAPPENED,
        event=Event(AT + timedelta(microseconds=7), EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL),
        changes={"round": Change(None, 2), "works_saturday": Change(None, True), "company": Change("Toko \x00 “Baru”", None)},
        source="0" * 64,
        note="dua\nbaris 👍",
    )
    case = begin(store, full, entry(2, kind=EntryKind.UNDONE, undoes=1))
    with store.reading() as view:
        dossier = view.dossier(case)
    assert dossier == Dossier(case, dossier.uid, (full, entry(2, kind=EntryKind.UNDONE, undoes=1)))
    assert dossier.entries[0].at.utcoffset() == timedelta(hours=7)


facts = st.one_of(st.none(), st.booleans(), st.integers(1, 99), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
written = st.builds(
    Entry,
    st.just(1),
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(list(EntryKind)),
    st.none() | st.builds(Event, st.just(AT), st.sampled_from(list(EventKind)), st.none() | st.sampled_from(list(Purpose))),
    st.dictionaries(st.sampled_from(FACT_NAMES), st.builds(Change, facts, facts), max_size=4),
    st.none() | st.text("0123456789abcdef", min_size=64, max_size=64),
    st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=written)
def test_any_entry_comes_back(store: SqlStore, one: Entry) -> None:
    """Writing then reading gives the same entry, whatever it says."""
    case = begin(store, one)
    with store.reading() as view:
        assert view.dossier(case).entries == (one,)


def test_unknown_case_is_missing(store: SqlStore) -> None:
    """Reading, adding to and removing what is not there are told apart from everything else."""
    with store.reading() as view:
        assert refused(lambda: view.dossier("zz9zz")) == (ErrorKind.MISSING, "no-such-case")
        assert refused(lambda: view.source("0" * 64)) == (ErrorKind.MISSING, "no-such-source")
    with store.writing() as unit:
        assert refused(lambda: unit.append("zz9zz", [entry(1)], after=0)) == (ErrorKind.MISSING, "no-such-case")
        assert refused(lambda: unit.delete("zz9zz")) == (ErrorKind.MISSING, "no-such-case")


def test_addition_to_an_older_version_is_a_conflict(store: SqlStore) -> None:
    """Whoever read version 1 cannot add after somebody else added."""
    case = begin(store)
    with store.writing() as unit:
        unit.append(case, [entry(2)], after=1)
    with store.writing() as unit:
        assert refused(lambda: unit.append(case, [entry(2)], after=1)) == (ErrorKind.CONFLICT, "case-moved-on")


def test_log_has_no_gaps(store: SqlStore) -> None:
    """Entries follow the last one."""
    case = begin(store)
    with store.writing() as unit:
        assert refused(lambda: unit.append(case, [entry(3)], after=1)) == (ErrorKind.INVALID, "log-gap")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET data = '{}'",
        "DELETE FROM entries",
        "UPDATE blobs SET digest = 'x'",
    ],
)
def test_log_and_messages_cannot_be_changed(store: SqlStore, statement: str) -> None:
    """Not even by somebody with a database client."""
    case = begin(store)
    with store.writing() as unit:
        unit.attach(case, message(b"Undangan"))
    with pytest.raises(DBAPIError), raw_writing(store) as connection:
        connection.execute(text(statement))
    with store.reading() as view:
        assert (view.dossier(case).version, [ref.size for ref in view.sources(case)]) == (1, [8])


def test_unit_that_fails_leaves_nothing(store: SqlStore) -> None:
    """A unit is kept whole or not at all."""
    case = begin(store)

    def fail() -> None:
        with store.writing() as unit:
            unit.create()
            unit.append(case, [entry(2)], after=1)
            unit.attach(case, message(b"x"))
            unit.put_index(row(case))
            raise PamitError(ErrorKind.REFUSED, "on-purpose", "no")

    assert refused(fail) == (ErrorKind.REFUSED, "on-purpose")
    with store.reading() as view:
        assert (view.count(), view.dossier(case).version, view.sources(case), view.index(case)) == (1, 1, (), None)


def test_reading_unit_sees_one_moment(store: SqlStore, address: str) -> None:
    """What another writes meanwhile is not half seen."""
    case = begin(store)
    other = open_store(address)
    with store.reading() as view:
        assert view.count() == 1
        begin(other)
        with other.writing() as unit:
            unit.append(case, [entry(2)], after=1)
        assert (view.count(), view.dossier(case).version) == (1, 1)
    with store.reading() as view:
        assert (view.count(), view.dossier(case).version) == (2, 2)
    other.close()


def test_two_writers_wait_for_each_other(store: SqlStore) -> None:
    """Both changes are kept; the second builds on the first."""
    case = begin(store)

    def add_twenty() -> None:
        for _ in range(20):
            with store.writing() as unit:
                version = unit.dossier(case).version
                unit.append(case, [entry(version + 1)], after=version)

    threads = [threading.Thread(target=add_twenty) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as view:
        assert view.dossier(case).version == 41


# -- messages ---------------------------------------------------------------------------------------------------------


def test_message_is_kept_byte_for_byte_and_once(store: SqlStore) -> None:
    """Two cases may hold the same bytes; they stay until the last of them goes."""
    data = bytes(range(256)) * 3
    one, other = begin(store), begin(store)
    ref = message(data, name="undangan.eml", message_id="<a@b.example>", uid="UID-1", revision=2, author="hr@b.example")
    with store.writing() as unit:
        for case in (one, other, one):
            unit.attach(case, ref)
    with store.reading() as view:
        assert (view.source(ref.ref.digest), view.sources(one), view.sources(other)) == (data, (ref.ref,), (ref.ref,))
        assert view.by_digest(ref.ref.digest) == view.by_message_id(["<x>", "<a@b.example>"]) == [one, other]
        assert view.by_uid("UID-1") == [(one, ref.ref), (other, ref.ref)]
        assert (view.by_digest("0" * 64), view.by_message_id([]), view.by_uid("uid-1")) == ([], [], [])
    with store.writing() as unit:
        unit.delete(one)
    with store.reading() as view:
        assert view.source(ref.ref.digest) == data
    with store.writing() as unit:
        unit.delete(other)
    with store.reading() as view:
        assert refused(lambda: view.source(ref.ref.digest)) == (ErrorKind.MISSING, "no-such-source")
        assert (list(view.cases()), list(view.flaws())) == ([], [])


def test_ids_with_nul_can_be_kept(store: SqlStore) -> None:
    """A hostile UID is no reason to fail."""
    case = begin(store)
    with store.writing() as unit:
        unit.attach(case, message(b"x", uid="a\x00b"))
    with store.reading() as view:
        assert view.sources(case)[0].uid == "a\x00b"


# -- ids --------------------------------------------------------------------------------------------------------------


def test_wanted_id_is_given_only_where_it_is_free(store: SqlStore) -> None:
    """A case that comes from elsewhere keeps its id unless another has it."""
    with store.writing() as unit:
        assert unit.create("k7m2p", "u1") == ("k7m2p", "u1")
        second, _ = unit.create("k7m2p", "u2")
        third, _ = unit.create("'; DROP", "u3")
        assert len({"k7m2p", second, third}) == 3
        assert unit.case_of_uid("u2") == second
        assert list(unit.cases()) == ["k7m2p", second, third]


# -- the index --------------------------------------------------------------------------------------------------------


def later(hours: float) -> datetime:
    return AT + timedelta(hours=hours)


@pytest.fixture
def four(store: SqlStore) -> dict[str, str]:
    """Four cases by name."""
    rows = {
        "soon": {"company": "Toko 50%", "company_key": "toko 50%", "search": "toko 50% kasir", "due_at": later(1)},
        "late": {"search": "kedai_a barista", "due_at": later(-5), "changes_at": later(1), "stage": Stage.TODAY},
        "far": {"search": "kedaixa barista", "due_at": later(99), "start_at": later(50), "end_at": later(52)},
        "done": {"search": "ABC", "stage": Stage.CLOSED},
    }
    ids = {name: begin(store) for name in rows}
    with store.writing() as unit:
        for name, parts in rows.items():
            unit.put_index(row(ids[name], **parts))
            unit.put_index(row(ids[name], **parts))
    return ids


def test_pulse_changes_with_every_change(store: SqlStore) -> None:
    """A case begun, added to, looked at anew and removed: each moment has a pulse of its own; looking alone changes nothing."""

    def pulse() -> str:
        with store.reading() as view:
            assert view.pulse() == view.pulse()
            return view.pulse()

    found = [pulse()]
    case = begin(store)
    found.append(pulse())
    with store.writing() as unit:
        unit.append(case, [entry(2)], after=1)
    found.append(pulse())
    with store.writing() as unit:
        unit.put_index(row(case))
    found.append(pulse())
    other = begin(store)
    found.append(pulse())
    with store.writing() as unit:
        unit.delete(other)
    found.append(pulse())
    # Nothing was left of the other one: only whoever asked in between can tell.
    assert (len(set(found)), found[5] == found[3]) == (5, True)


def names(store: SqlStore, four: dict[str, str], wanted: Listing) -> list[str]:
    back = {case: name for name, case in four.items()}
    with store.reading() as view:
        found = [back[one.case] for one in view.listing(wanted)]
        assert view.tally(wanted) >= len(found)
        return found


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Listing(), ["late", "soon", "far", "done"]),
        (Listing(limit=2), ["late", "soon"]),
        (Listing(due_until=later(1)), ["late", "soon"]),
        (Listing(due_until=later(0.9)), ["late"]),
        (Listing(due_from=later(1)), ["soon", "far"]),
        (Listing(due_from=later(0.9), due_until=later(98)), ["soon"]),
        (Listing(text="0%"), ["soon"]),
        (Listing(text="i_a"), ["late"]),
        (Listing(text="barista"), ["late", "far"]),
        (Listing(stages=frozenset({Stage.CLOSED, Stage.TODAY})), ["late", "done"]),
        (Listing(company_key="toko 50%"), ["soon"]),
        (Listing(overlaps=(later(51), later(53))), ["far"]),
        (Listing(overlaps=(later(52), later(53))), []),
        (Listing(overlaps=(later(40), later(50))), []),
        (Listing(overlaps=(later(40), later(50.01))), ["far"]),
    ],
)
def test_listing_finds_what_matches_in_order(
    store: SqlStore, four: dict[str, str], wanted: Listing, expected: list[str]
) -> None:
    """Soonest first, those without anything due last; text is taken as it is; spans that only touch do not overlap."""
    assert names(store, four, wanted) == expected


def test_index_is_read_as_it_was_written(store: SqlStore, four: dict[str, str]) -> None:
    """Moments are exact to the microsecond."""
    exact = row(four["done"], search="", due_at=AT + timedelta(microseconds=1), opens_at=datetime(1969, 12, 31, 23, tzinfo=UTC))
    with store.writing() as unit:
        unit.put_index(exact)
    with store.reading() as view:
        assert view.index(four["done"]) == exact
        assert view.index("zz9zz") is None


def test_index_of_hostile_names_can_be_kept(store: SqlStore) -> None:
    """A name with a NUL in it is no reason to fail."""
    case = begin(store)
    with store.writing() as unit:
        unit.put_index(row(case, company="a\x00b", search="a\x00b"))
    with store.reading() as view:
        assert [one.case for one in view.listing(Listing(text="b"))] == [case]


def test_index_is_outdated_after_its_time_and_before(store: SqlStore, four: dict[str, str]) -> None:
    """It holds from the moment for which it was derived until the plan changes; a clock set back ends it too."""
    with store.reading() as view:
        assert view.outdated(later(0.9), 10) == []
        assert view.outdated(later(1), 10) == [four["late"]]
        assert sorted(view.outdated(later(-1), 10)) == sorted(four.values())
        assert len(view.outdated(later(-1), 2)) == 2


def test_basis_is_remembered(store: SqlStore) -> None:
    """What the index was derived with."""
    with store.writing() as unit:
        assert unit.index_basis() is None
        unit.set_index_basis("1")
        unit.set_index_basis("2")
    with store.reading() as view:
        assert view.index_basis() == "2"


# -- health -----------------------------------------------------------------------------------------------------------


def test_sound_store_has_no_flaws(store: SqlStore) -> None:
    """Nothing is reported of what is as it should be."""
    case = begin(store)
    with store.writing() as unit:
        unit.attach(case, message(b"x"))
    with store.reading() as view:
        assert list(view.flaws()) == []


def test_damage_is_named(store: SqlStore) -> None:
    """A lost entry, an unreadable one, and bytes that are no longer those that came."""
    case, other = begin(store), begin(store)
    ref = message(b"Undangan")
    with store.writing() as unit:
        unit.attach(case, ref)
    drop = "DROP TRIGGER {0}" if store.engine.dialect.name == "sqlite" else "DROP TRIGGER {0} ON {1}"
    with raw_writing(store) as connection:
        for trigger, table in (("blobs_stay", "blobs"), ("entries_stay", "entries"), ("entries_go_with_their_case", "entries")):
            connection.execute(text(drop.format(trigger, table)))
        connection.execute(text("UPDATE blobs SET data = :data"), {"data": b"Undangan palsu"})
        connection.execute(text("DELETE FROM entries WHERE case_id = :case"), {"case": case})
        connection.execute(text("UPDATE entries SET data = '{}' WHERE case_id = :case"), {"case": other})
    with store.reading() as view:
        assert sorted(view.flaws(), key=lambda flaw: flaw.code) == [
            Flaw("damaged-entry", other),
            Flaw("log-gap", case),
            Flaw("source-changed", detail=ref.ref.digest),
        ]
        assert refused(lambda: view.dossier(other)) == (ErrorKind.INVALID, "damaged-entry")


# -- programs ---------------------------------------------------------------------------------------------------------


def test_tokens_are_found_by_digest_alone_and_are_gone_once_dropped(store: SqlStore) -> None:
    """Kept in order; the moment of use changes; a dropped one is nowhere."""
    first, second = Token("aa", "1" * 64, "Skrip", "read", AT), Token("bb", "2" * 64, "Lain", "read-write", AT)
    with store.writing() as unit:
        for one in (first, second):
            unit.programs.put_token(one)
        unit.programs.mark_used("bb", AT + timedelta(hours=1))
    used = replace(second, used_at=AT + timedelta(hours=1))
    with store.reading() as view:
        assert (view.programs.tokens(), view.programs.token("2" * 64), view.programs.token("3" * 64)) == (
            [first, used],
            used,
            None,
        )
    with store.writing() as unit:
        assert (unit.programs.drop_token("aa"), unit.programs.drop_token("aa"), unit.programs.tokens()) == (True, False, [used])


def test_an_answer_is_kept_until_it_is_forgotten(store: SqlStore) -> None:
    """Begun, finished, released, forgotten by age."""
    answer = Answer(201, {"location": "/x"}, b"\x00{}")
    with store.writing() as unit:
        for key, at in (("a", AT), ("b", AT + timedelta(hours=1)), ("c", AT)):
            unit.programs.begin(key, "r", at)
        unit.programs.finish("b", answer)
        unit.programs.release("c")
    with store.reading() as view:
        kept = [view.programs.answer(key) for key in "abc"]
    assert kept == [KeptAnswer("r", False), KeptAnswer("r", True, answer), None]
    with store.writing() as unit:
        unit.programs.forget_before(AT + timedelta(minutes=1))
        assert [unit.programs.answer(key) for key in "ab"] == [None, KeptAnswer("r", True, answer)]


def test_deleting_a_case_takes_what_answers_told(store: SqlStore) -> None:
    """Delete means for good: that the request was carried out stays known, its answer does not."""
    case = begin(store)
    with store.writing() as unit:
        unit.programs.begin("k", "r", AT)
        unit.programs.finish("k", Answer(200, {}, b"rahasia"))
        unit.delete(case)
    with store.reading() as view:
        assert view.programs.answer("k") == KeptAnswer("r", True)


def test_cases_are_paged_by_their_ids(store: SqlStore) -> None:
    """Page after page shows each case once, whatever becomes of the last one shown."""
    every = sorted(begin(store) for _ in range(7))
    with store.writing() as unit:
        for case in every:
            unit.put_index(row(case))
    with store.reading() as view:
        first = [one.case for one in view.listing(Listing(order="id", limit=3))]
    with store.writing() as unit:
        unit.delete(first[-1])
        rest = [one.case for one in unit.listing(Listing(order="id", after=first[-1]))]
    assert first + rest == every


# -- gleanings --------------------------------------------------------------------------------------------------------


def passage(case: str, text: str, kind: PassageKind = PassageKind.NOTE, ref: str = "1", **parts: Any) -> Passage:
    return Passage(case, kind, ref, AT, text, **parts)


def found(store: SqlStore, asked: str, kind: PassageKind = PassageKind.NOTE, limit: int = 9) -> list[str]:
    with store.reading() as view:
        return [one.text for one in view.gleanings.find(kind, parse_query(asked), limit)]


def gleaned(store: SqlStore, *texts: str, kind: PassageKind = PassageKind.NOTE) -> str:
    case = begin(store)
    with store.writing() as unit:
        unit.gleanings.put(case, [passage(case, one, kind, str(number)) for number, one in enumerate(texts)], History())
    return case


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ("kopi", ["Kopi Écoute, hubungi 0812"]),
        ("ECOUTE kopi", ["Kopi Écoute, hubungi 0812"]),
        ("hub", ["Kopi Écoute, hubungi 0812"]),
        ('"kopi ecoute"', ["Kopi Écoute, hubungi 0812"]),
        ('"ecoute kopi"', []),
        ('"kopi hubungi"', []),
        ("kopi teh", []),
        ("081 kop", ["Kopi Écoute, hubungi 0812"]),
        ("PT", []),
        ("1e5", ["1e5 dan 3.14; http://a-b.example/c_d?e=f"]),
        ("example b", ["1e5 dan 3.14; http://a-b.example/c_d?e=f"]),
        ("or NOT kopi*", []),
    ],
)
def test_passages_are_found_alike_everywhere(store: SqlStore, asked: str, answers: list[str]) -> None:
    """Folded, in any order, by the beginnings of words, quoted as they stand; no word of a question is a command."""
    gleaned(store, "Kopi Écoute, hubungi 0812", "1e5 dan 3.14; http://a-b.example/c_d?e=f")
    assert found(store, asked) == answers


def test_titles_are_searched_and_kinds_kept_apart(store: SqlStore) -> None:
    """A file is found by its name; a note is no message."""
    case = begin(store)
    source = passage(case, "isi", PassageKind.SOURCE, title="undangan-kopi.eml")
    with store.writing() as unit:
        unit.gleanings.put(case, [source, passage(case, "kopi")], History())
    with store.reading() as view:
        assert view.gleanings.find(PassageKind.SOURCE, parse_query("kopi"), 9) == [source]
        assert view.gleanings.passages(case) == [source, passage(case, "kopi")]


def test_latest_passages_come_first_and_no_more_than_wanted(store: SqlStore) -> None:
    """The limit keeps the newest."""
    for number in range(5):
        gleaned(store, f"kopi {number}")
    assert found(store, "kopi", limit=2) == ["kopi 4", "kopi 3"]


def test_change_of_a_case_makes_it_wait_for_gleaning(store: SqlStore) -> None:
    """An entry, a message that came, a message of the person's own; what was gleaned anew takes the place of the old."""
    case = gleaned(store, "lama")
    with store.reading() as view:
        assert (view.gleanings.waiting(9), view.gleanings.count_waiting(), view.gleanings.holds(case)) == ([], 0, True)
    with store.writing() as unit:
        unit.append(case, [entry(2)], after=1)
    with store.writing() as unit:
        assert (unit.gleanings.waiting(9), unit.gleanings.holds(case)) == ([case], False)
        unit.gleanings.put(case, [passage(case, "baru")], History())
        unit.attach(case, message(b"satu"))
        assert unit.gleanings.waiting(9) == [case]
    assert (found(store, "lama"), found(store, "baru")) == ([], ["baru"])


def test_history_comes_back_as_it_was(store: SqlStore) -> None:
    """Moments with their offset."""
    case = begin(store)
    history = History((Invited(AT, AT + timedelta(hours=1), Purpose.CONFIRM, True, None, AT),), AT, AT, Outcome.NO_NEWS, AT)
    with store.writing() as unit:
        unit.gleanings.put(case, [], history)
    with store.reading() as view:
        assert list(view.gleanings.histories()) == [(case, history)]


def test_deleted_words_are_found_no_more(store: SqlStore) -> None:
    """They go with their case, out of the file too."""
    case, other = gleaned(store, "rahasiasekali"), gleaned(store, "biasa")
    with store.writing() as unit:
        unit.delete(case)
    assert (found(store, "rahasiasekali"), found(store, "biasa")) == ([], ["biasa"])
    with store.reading() as view:
        assert [one for one, _ in view.gleanings.histories()] == [other]
    if store.engine.dialect.name == "sqlite":
        file = Path(store.engine.url.database or "")
        assert [b"rahasiasek" in one.read_bytes() for one in file.parent.iterdir()].count(True) == 0


def test_everything_gleaned_can_be_dropped(store: SqlStore) -> None:
    """It is derived: whoever asks gleans it anew."""
    case = gleaned(store, "kopi")
    with store.writing() as unit:
        unit.gleanings.drop_all()
        assert (unit.gleanings.waiting(9), unit.gleanings.passages(case)) == ([case], [])
    assert found(store, "kopi") == []


@pytest.mark.parametrize("text", ["\x00\ud800", "🙂" * 300, "x" * 300_000, "satu " * 60_000, "\u0301\u0301 é"])
def test_hostile_words_can_be_gleaned(store: SqlStore, text: str) -> None:
    """No text keeps others from being found."""
    gleaned(store, text, "kopi")
    assert found(store, "kopi") == ["kopi"]


def test_erased_store_is_as_new(store: SqlStore) -> None:
    """Logs and messages that nobody may change go all the same, and everything that was kept beside them."""
    case = begin(store)
    with store.writing() as unit:
        unit.attach(case, message(b"Undangan"))
        unit.put_index(row(case))
        unit.set_index_basis("a basis")
    store.erase()
    with store.reading() as view:
        assert (view.count(), list(view.cases()), view.index_basis(), list(view.flaws())) == (0, [], None, [])
        with pytest.raises(PamitError):
            view.source(message(b"Undangan").ref.digest)
    assert begin(store)

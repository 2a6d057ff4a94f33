"""The bulk interface as a table."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.terms import Language
from pamit.errors import PamitError
from pamit.surfaces.batch import Verb, run_batch
from pamit.surfaces.batch_table import columns, rows_of_table, table_form, table_of_records

TEXT = "Kami mengundang Anda untuk wawancara pada Jumat, 27 November 2026 pukul 09.00 WIB.\nHRD PT Contoh Baru"
RECEIVED = "2026-11-23T09:00:00+07:00"


def rows(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in rows_of_table(io.BytesIO(data), table_form(data[:65536]))]


def through(data: bytes, verb: Verb, jobs: int = 1) -> list[dict[str, str]]:
    """What a table gives, as a spreadsheet would read it."""
    form = table_form(data[:65536])
    records = run_batch(rows_of_table(io.BytesIO(data), form), verb, Language.ID, jobs)
    out = b"".join(table_of_records(records, verb, form))
    return list(csv.DictReader(io.StringIO(out.decode("utf-8-sig")), delimiter=form.separator))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_table_of_any_spreadsheet_is_read(separator: str, encoding: str) -> None:
    """Each separator, with and without a byte order mark; cells with line ends and separators in them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([["id", "text", "from"], ["1", 'a;b,c\td\n"e" é', ""], ["2", "f", "g"]])
    assert rows(out.getvalue().encode(encoding)) == [
        {"id": "1", "text": 'a;b,c\td\n"e" é'},
        {"id": "2", "text": "f", "from": "g"},
    ]


def test_nested_columns_are_dotted_and_lists_are_json() -> None:
    """Numbers, yes and no, and lists come as what they are."""
    names = b"id,interview.company,interview.round,interview.contact.name,interview.works_saturday,events\n"
    interview = {"company": "PT A", "round": 2, "contact": {"name": "Sari"}, "works_saturday": True}
    assert rows(names + b'x,PT A,2,Sari,true,"[{""at"": ""x""}]"\n') == [
        {"id": "x", "interview": interview, "events": [{"at": "x"}]}
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_table_gives_what_lines_of_json_give(jobs: int) -> None:
    """The same records, in the same order; a row that fails says why in its columns."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([["id", "text", "received"], *([str(number), TEXT, RECEIVED] for number in range(70)), ["bad", "", ""]])
    found = through(out.getvalue().encode(), "read", jobs)
    assert [row["id"] for row in found] == [*map(str, range(70)), "bad"]
    lines = [json.dumps({"id": "0", "text": TEXT, "received": RECEIVED}).encode()]
    (record,) = (json.loads(one) for one in run_batch(lines, "read", Language.ID))
    assert {name: found[0][name] for name in ("kind", "company", "start")} == {
        name: record[name] for name in ("kind", "company", "start")
    }
    assert json.loads(found[0]["evidence.start"]) == record["evidence"]["start"]
    assert (found[-1]["error.code"], found[-1]["kind"]) == ("no-text", "")


@pytest.mark.parametrize("verb", ["read", "plan", "write", "check"])
def test_columns_hold_every_key_of_the_records(verb: Verb) -> None:
    """Nothing that a record says is left out of the table."""
    base = {"id": "a", "now": RECEIVED, "received": RECEIVED, "text": TEXT, "purpose": "confirm", "candidate": {"name": "Rani"}}
    interview = {
        "company": "PT A", "position": "Kasir", "received": RECEIVED, "invited_via": "email",
        "start": "2026-11-27T09:00:00+07:00", "timezone": "Asia/Jakarta",
    }  # fmt: skip
    if verb == "read":
        base["text"] = f"<p>{TEXT}</p><p>Kapan Anda bisa? Transfer biaya.</p>"
    (record,) = (
        json.loads(one) for one in run_batch([json.dumps({**base, "interview": interview}).encode()], verb, Language.ID)
    )
    assert "error" not in record
    known = set(columns(verb)) | {name.partition(".")[0] for name in columns(verb)}
    assert set(record) <= known
    nested = {f"{name}.{inner}" for name, value in record.items() if isinstance(value, dict) for inner in value}
    assert nested <= set(columns(verb))


@pytest.mark.parametrize("cell", ["=1+1", "+62812", "-1", "@x", "\tx"])
def test_cells_that_look_like_formulas_are_guarded(cell: str) -> None:
    """With an apostrophe, which is taken away again where it is read."""
    _, record = table_of_records([json.dumps({"id": cell}).encode()], "plan", table_form(b"id"))
    (written,) = csv.reader(io.StringIO(record.decode(), newline=""))
    assert written[0] == f"'{cell}"
    assert rows(b"id,text\n" + record)[0]["id"] == cell


def test_table_begins_with_a_mark_where_the_given_one_did() -> None:
    """By it spreadsheets know UTF-8."""
    head = next(table_of_records([], "plan", table_form("id,x".encode("utf-8-sig"))))
    assert head == "\ufeffid,stage,steps,warnings,error.code,error.message\r\n".encode()


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n1,2,3\n"])
def test_table_without_names_of_columns_is_refused(data: bytes) -> None:
    """Nobody could tell what its cells mean."""
    with pytest.raises(PamitError) as caught:
        rows(data)
    assert caught.value.code == "bad-table"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_table_of_any_bytes_raises_nothing_else(data: bytes) -> None:
    """Noise gives rows, or is refused."""
    with suppress(PamitError):
        assert all(isinstance(row, dict) for row in rows(b"id,text\n" + data))

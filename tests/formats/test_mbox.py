"""Where the mails of an mbox begin and end."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.formats.mbox import first_border, last_border, looks_like_mbox, split_mbox, unquoted

FROM = b"From 1829376@xxx Thu Apr 16 09:53:04 +0000 2015\n"
HEAD = FROM + b"Subject: Halo\n\n"


def bodies(data: bytes, largest: int = 1_000_000) -> list[bytes]:
    """The words of each mail."""
    return [span.data.partition(b"\n\n")[2] for span in split_mbox(BytesIO(data).read, largest)]


@pytest.mark.parametrize(
    "line",
    [
        b"From now on we meet at ten.",
        b"From Monday 5 October 2026 on",
        b"From here Thu Apr 16 we walk",
        b"From a@b.example Thu Apr 16 09:53:04 2015 no header below\nnor here",
        b" From a@b.example Thu Apr 16 09:53:04 2015",
    ],
)
def test_split_line_of_a_letter_begins_no_mail(line: bytes) -> None:
    """A line of a letter that begins with "From" is no border, below a blank line or not."""
    assert bodies(HEAD + b"a\n\n" + line + b"\nb\n\n" + HEAD + b"c\n") == [b"a\n\n" + line + b"\nb\n", b"c\n"]


def test_split_border_without_blank_line_above_is_none() -> None:
    """A whole "From " line in the middle of a paragraph stays in its mail."""
    assert bodies(HEAD + b"look:\n" + HEAD + b"c\n") == [b"look:\n" + HEAD + b"c\n"]


@pytest.mark.parametrize(
    "line",
    [
        b"From - Fri Aug 24 11:55:47 2018",
        b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
        b"From a@b.example Thu Apr 16 09:53:04 WIB 2015",
        b"From a@b.example Thu Apr 16 09:53:04 +0000 2015",
        b"From  Thu Apr 16 09:53:04 2015",
        b"From a@b.example Thu, 16 Apr 2015 09:53:04 +0000",
        b"From uucp Thu Apr 16 09:53 2015 remote from host",
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_split_forms_of_border_are_known(line: bytes, end: bytes) -> None:
    """The separators of the mail programs, with either line end."""
    mail = line + b"\nSubject: x\n\na\n\n"
    data = (mail * 3).replace(b"\n", end)
    assert looks_like_mbox(data)
    assert [span.data for span in split_mbox(BytesIO(data).read)] == [b"Subject: x\n\na\n".replace(b"\n", end)] * 3


def test_split_spans_cover_the_file() -> None:
    """Each mail begins where the one before ended."""
    data = (HEAD + b"a\n\n") * 5
    spans = list(split_mbox(BytesIO(data).read))
    assert [span.begin for span in spans] == [len(HEAD + b"a\n\n") * number for number in range(5)]
    assert sum(span.length for span in spans) == len(data)


def test_split_content_length_that_proves_right_holds() -> None:
    """A mail that quotes an mbox is one mail where its stated length ends at a border."""
    body = b"the file:\n\n" + HEAD + b"inner\n"
    data = FROM + b"Content-Length: %d\nSubject: x\n\n%s\n" % (len(body), body) + HEAD + b"c\n"
    assert bodies(data) == [body, b"c\n"]


@pytest.mark.parametrize("stated", [0, 5, 40, 10_000, 10**11])
def test_split_content_length_that_is_wrong_is_passed_over(stated: int) -> None:
    """A stale length changes nothing."""
    data = FROM + b"Content-Length: %d\nSubject: x\n\naaaa bbbb\n\n" % stated + HEAD + b"c\n\n" + HEAD + b"d\n"
    assert bodies(data) == [b"aaaa bbbb\n", b"c\n", b"d\n"]


def test_split_text_before_the_first_mail_is_passed_over() -> None:
    """What is no mail stands in no mail."""
    assert bodies(b"some words\nof nobody\n\n" + HEAD + b"a\n") == [b"a\n"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"no mail at all\n" * 1000, b"x" * 5_000_000, b"\x00" * 100_000])
def test_split_file_without_any_border_holds_nothing(data: bytes) -> None:
    """Neither words nor noise are mails."""
    assert bodies(data) == []


def test_split_mail_above_the_limit_is_cut_and_the_next_is_found() -> None:
    """A line of many megabytes costs its beginning alone."""
    spans = list(split_mbox(BytesIO(HEAD + b"z" * 9_000_000 + b"\n\n" + HEAD + b"b\n").read, 1_000_000))
    assert [(len(span.data) < 1_000_001, span.data.endswith(b"b\n")) for span in spans] == [(True, False), (True, True)]
    assert spans[0].length == len(HEAD) + 9_000_002


def test_split_nul_bytes_stay() -> None:
    """Bytes are given back as they are."""
    assert bodies(HEAD + b"a\x00b\n\n" + HEAD + b"c\n") == [b"a\x00b\n", b"c\n"]


def test_unquoted_marks_of_the_writer_are_taken_away() -> None:
    """One mark from each marked line."""
    assert unquoted(b"a\n>From x\n>>From y\n") == b"a\nFrom x\n>From y\n"


def test_unquoted_line_among_quotes_stays() -> None:
    """Between quoted lines a single mark is the quoting itself."""
    assert unquoted(b"a\n> I wrote\n>From here on\n> we meet\n") == b"a\n> I wrote\n>From here on\n> we meet\n"


def test_borders_first_and_last() -> None:
    """The first from a place on, and the last of all."""
    data = (HEAD + b"a\n\n") * 3
    size = len(HEAD + b"a\n\n")
    assert (first_border(data, 1), first_border(data, size + 1), last_border(data), last_border(b"none")) == (
        size, 2 * size, 2 * size, -1,
    )  # fmt: skip


LETTERS = st.lists(st.sampled_from([b"a", b"From x", b"", b">From y", b"z >", b"From now on", b"Subject: b"]), max_size=8)


def marked(text: bytes) -> bytes:
    """The words as a writer of mboxrd puts them down."""
    return b"\n".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in text.split(b"\n"))


@settings(max_examples=150, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=5), st.integers(1, 400))
def test_split_written_as_mboxrd_comes_back(mails: list[list[bytes]], step: int) -> None:
    """What a writer of mboxrd wrote is read back, however little is read at once."""
    texts = [b"\n".join(lines) + b"\nend\n" for lines in mails]
    stream = BytesIO(b"".join(HEAD + marked(text) + b"\n" for text in texts))
    assert [span.data.partition(b"\n\n")[2] for span in split_mbox(lambda count: stream.read(min(count, step)))] == texts


def test_split_corpora_hold_as_many_mails_as_borders(shared: Path) -> None:
    """The sample files, each line of theirs that begins with "From " being a border."""
    expected = {
        path.name: path.read_bytes().count(b"\nFrom ") + path.read_bytes().startswith(b"From ")
        for path in (shared / "corpora" / "mbox").iterdir()
    }
    found = {path.name: sum(1 for _ in split_mbox(path.open("rb").read)) for path in (shared / "corpora" / "mbox").iterdir()}
    assert found == expected

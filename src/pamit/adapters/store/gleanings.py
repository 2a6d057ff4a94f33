"""What is gleaned from logs and messages: words to be found, and histories.

SQLite finds words by FTS5, PostgreSQL by a tsvector.
Both are given words that are folded already, parted by blanks, so that a question has the same answer on either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, insert, literal_column, select, text

from pamit.adapters.store.schema import cases, histories, passages
from pamit.domain.insight import History
from pamit.domain.search import Passage, PassageKind, Query, fold_words

__all__ = ["SqlGleanings"]

_HISTORY = msgspec.json.Decoder(History)
_ENCODER = msgspec.json.Encoder()


class SqlGleanings:
    """The gleanings, on the connection of a unit; see :class:`pamit.services.ports.KeptGleanings`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def _on_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def waiting(self, limit: int) -> list[str]:
        """Cases of which nothing is kept, the newest first."""
        query = select(cases.c.id).where(_ungleaned()).order_by(cases.c.seq.desc()).limit(limit)
        return list(self.connection.execute(query).scalars())

    def count_waiting(self) -> int:
        """How many there are."""
        return int(self.connection.execute(select(func.count()).select_from(cases).where(_ungleaned())).scalar_one())

    def put(self, case: str, found: Sequence[Passage], history: History) -> None:
        """Keep what was gleaned of a case, in place of what was kept."""
        self.drop(case)
        self.connection.execute(delete(passages).where(passages.c.case_id == case))
        if found:
            self.connection.execute(insert(passages), [_row(one) for one in found])
        self.connection.execute(insert(histories), {"case_id": case, "data": _ENCODER.encode(history).decode()})

    def drop(self, case: str) -> None:
        """What was gleaned of a case no longer holds; its words are found until others take their place."""
        self.connection.execute(delete(histories).where(histories.c.case_id == case))

    def drop_all(self) -> None:
        """Forget what was gleaned of all cases."""
        self.connection.execute(delete(histories))
        self.connection.execute(delete(passages))
        if self._on_sqlite:
            self.connection.execute(text("INSERT INTO passage_words(passage_words) VALUES ('rebuild')"))

    def forget_removed(self) -> None:
        """Have the words of removed passages leave the file: the index only marks them as gone, until its parts are joined."""
        if self._on_sqlite:
            self.connection.execute(text("INSERT INTO passage_words(passage_words) VALUES ('optimize')"))

    def find(self, kind: PassageKind, query: Query, limit: int) -> list[Passage]:
        """The passages that answer a question, those gleaned last first."""
        if not query:
            return []
        columns = passages.c
        wanted = select(columns.case_id, columns.kind, columns.ref, columns.at, columns.text, columns.title)
        if self._on_sqlite:
            rowid: ColumnElement[int] = literal_column("passage_words.rowid")
            wanted = wanted.join(text("passage_words"), columns.seq == rowid)
            wanted = wanted.where(text("passage_words MATCH :asked").bindparams(asked=_for_sqlite(kind, query)))
            wanted = wanted.order_by(rowid.desc())
        else:
            vector = func.to_tsvector(literal_column("'simple'::regconfig"), columns.folded)
            asked = func.to_tsquery(literal_column("'simple'::regconfig"), _for_postgresql(query))
            wanted = wanted.where(columns.kind == str(kind), vector.op("@@")(asked)).order_by(columns.seq.desc())
        return [_passage(row) for row in self.connection.execute(wanted.limit(limit))]

    def holds(self, case: str) -> bool:
        """Whether what is kept of a case holds."""
        return self.connection.execute(select(histories.c.case_id).where(histories.c.case_id == case)).first() is not None

    def passages(self, case: str) -> list[Passage]:
        """The passages of a case, in order."""
        columns = passages.c
        query = select(columns.case_id, columns.kind, columns.ref, columns.at, columns.text, columns.title)
        found = self.connection.execute(query.where(columns.case_id == case).order_by(columns.seq))
        return [_passage(row) for row in found]

    def histories(self) -> Iterator[tuple[str, History]]:
        """The history of every case of which it is kept."""
        for case, data in self.connection.execute(select(histories.c.case_id, histories.c.data)):
            yield case, _HISTORY.decode(data)


def _ungleaned() -> ColumnElement[bool]:
    return ~select(histories.c.case_id).where(histories.c.case_id == cases.c.id).exists()


def _row(one: Passage) -> dict[str, Any]:
    return {
        "case_id": one.case,
        "kind": str(one.kind),
        "ref": one.ref,
        "at": one.at,
        "title": _storable(one.title) if one.title else None,
        "folded": fold_words(f"{one.title or ''} {one.text}"),
        "text": _storable(one.text),
    }


def _storable(words: str) -> str:
    """Neither database keeps halves of signs, and PostgreSQL no NUL."""
    return words.replace("\x00", " ").encode("utf-8", "replace").decode()


def _passage(row: Any) -> Passage:
    case, kind, ref, at, words, title = row
    return Passage(case, PassageKind(kind), ref, at, words, title)


# Folded words hold only letters and digits, so they can stand in either language of questions.


def _for_sqlite(kind: PassageKind, query: Query) -> str:
    parts = [f'"{word}"*' for word in query.words] + [f'"{phrase}"' for phrase in query.phrases]
    return f"kind : {kind} AND folded : ({' AND '.join(parts)})"


def _for_postgresql(query: Query) -> str:
    parts = [f"{word}:*" for word in query.words]
    parts += [f"({' <-> '.join(phrase.split())})" for phrase in query.phrases]
    return " & ".join(parts)

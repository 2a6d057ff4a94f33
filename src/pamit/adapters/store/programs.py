"""What is kept of programs that ask: tokens by their digests, and answers for a day."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from pamit.adapters.store.schema import api_answers, api_tokens
from pamit.services.program_ports import Answer, KeptAnswer, Token

__all__ = ["SqlPrograms"]


class SqlPrograms:
    """Tokens and answers, on the connection of a unit; see :class:`pamit.services.program_ports.KeptPrograms`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def tokens(self) -> list[Token]:
        """Every token, the first one made first."""
        columns = api_tokens.c
        query = select(columns.id, columns.digest, columns.name, columns.scope, columns.created_at, columns.used_at).order_by(
            columns.seq
        )
        return [Token(*row) for row in self.connection.execute(query)]

    def token(self, digest: str) -> Token | None:
        """The token of that digest."""
        columns = api_tokens.c
        query = select(columns.id, columns.digest, columns.name, columns.scope, columns.created_at, columns.used_at)
        found = self.connection.execute(query.where(columns.digest == digest)).first()
        return Token(*found) if found is not None else None

    def put_token(self, token: Token) -> None:
        """Keep a token."""
        values = {name: getattr(token, name) for name in ("id", "digest", "name", "scope", "created_at", "used_at")}
        self.connection.execute(insert(api_tokens), values)

    def mark_used(self, token: str, at: datetime) -> None:
        """Remember when a token was used."""
        self.connection.execute(update(api_tokens).where(api_tokens.c.id == token).values(used_at=at))

    def drop_token(self, token: str) -> bool:
        """Forget a token by its id; whether there was one."""
        return self.connection.execute(delete(api_tokens).where(api_tokens.c.id == token)).rowcount == 1

    def answer(self, key: str) -> KeptAnswer | None:
        """What is kept of a request."""
        columns = api_answers.c
        query = select(columns.request, columns.status, columns.headers, columns.body).where(columns.key == key)
        found = self.connection.execute(query).first()
        if found is None:
            return None
        if found.status is None or found.body is None:
            return KeptAnswer(found.request, found.status is not None)
        headers = msgspec.json.decode(found.headers, type=dict[str, str])
        return KeptAnswer(found.request, True, Answer(found.status, headers, found.body))

    def begin(self, key: str, request: str, at: datetime) -> None:
        """A request is being carried out."""
        self.connection.execute(insert(api_answers), {"key": key, "request": request, "begun_at": at})

    def finish(self, key: str, answer: Answer) -> None:
        """It was answered."""
        values = {
            "status": answer.status,
            "headers": msgspec.json.encode(dict(answer.headers)).decode(),
            "body": answer.body,
        }
        self.connection.execute(update(api_answers).where(api_answers.c.key == key).values(**values))

    def release(self, key: str) -> None:
        """It changed nothing, and may come again."""
        self.connection.execute(delete(api_answers).where(api_answers.c.key == key))

    def forget_before(self, at: datetime) -> None:
        """Forget what was begun before a moment."""
        self.connection.execute(delete(api_answers).where(api_answers.c.begun_at < at))

    def forget_bodies(self) -> None:
        """Forget what answers told, of whatever case; that the requests were carried out stays known."""
        self.connection.execute(update(api_answers).where(api_answers.c.body.is_not(None)).values(body=None))

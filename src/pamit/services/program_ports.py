"""What the services ask of the store for programs: their tokens, and the answers they were given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

__all__ = ["Answer", "KeptAnswer", "KeptPrograms", "Scope", "Token"]

Scope = Literal["read", "read-write"]
"""What a token allows."""


@dataclass(frozen=True)
class Token:
    """A program's right to ask, without the token itself.

    Attributes:
        id: short, to revoke it by.
        digest: SHA-256 of the token, in hexadecimal.
        name: the person's own, to know it again.
        used_at: when it was last used, to the nearest few minutes; None where it never was.
    """

    id: str
    digest: str
    name: str
    scope: Scope
    created_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What a program was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class KeptAnswer:
    """What is kept of a request that may come again.

    Attributes:
        request: SHA-256 of the request.
        is_done: whether it was answered; otherwise it is being carried out, or that was cut off.
        answer: None too where it was answered and what it told of was deleted since.
    """

    request: str
    is_done: bool
    answer: Answer | None = None


class KeptPrograms(Protocol):
    """Tokens, and answers under the keys that programs give their requests."""

    def tokens(self) -> list[Token]:
        """Every token, the first one made first."""

    def token(self, digest: str) -> Token | None:
        """The token of that digest."""

    def put_token(self, token: Token) -> None:
        """Keep a token."""

    def mark_used(self, token: str, at: datetime) -> None:
        """Remember when a token was used."""

    def drop_token(self, token: str) -> bool:
        """Forget a token by its id; whether there was one."""

    def answer(self, key: str) -> KeptAnswer | None:
        """What is kept of a request."""

    def begin(self, key: str, request: str, at: datetime) -> None:
        """A request is being carried out."""

    def finish(self, key: str, answer: Answer) -> None:
        """It was answered."""

    def release(self, key: str) -> None:
        """It changed nothing, and may come again."""

    def forget_before(self, at: datetime) -> None:
        """Forget what was begun before a moment."""

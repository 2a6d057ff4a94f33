"""What the services ask of mail: what the store keeps of it, servers that take and hold it, secrets that open them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from pamit.domain.account import Account
from pamit.domain.outbox import Outgoing, SendResult, SendState
from pamit.domain.terms import Bilingual

__all__ = [
    "FolderMark", "Incoming", "KeptAccounts", "KeptInbox", "KeptOutbox", "Mailbox", "Proposal", "ProposalState", "Secrets",
    "Transport",
]  # fmt: skip

ProposalState = Literal["open", "accepted", "rejected"]


@dataclass(frozen=True)
class FolderMark:
    """How far a folder was read.

    Attributes:
        validity: UIDVALIDITY; another one means that all numbers have changed.
        last: the highest UID that was read.
    """

    validity: int
    last: int


@dataclass(frozen=True)
class Incoming:
    """A mail as a server holds it.

    Attributes:
        data: its bytes; of one that is too large the head alone.
    """

    uid: int
    data: bytes


@dataclass(frozen=True)
class Proposal:
    """What a mail that came in proposes; nothing of it is applied before the person says so.

    Attributes:
        digest: SHA-256 of the mail; ``message_id``: with brackets.
        case: the case it belongs to; None where it would begin one.
        meaning: see :class:`pamit.services.incoming.Meaning`.
        reasons: what it would change and why, the change first; ``evidence``: why it belongs to the case.
        asks: whether it must not be accepted together with others, unseen.
        applies: whether accepting it changes the case at all; what is stale or forged only stays with it.
    """

    id: str
    digest: str
    account: str | None
    case: str | None
    meaning: str
    came_at: datetime
    sender: str
    subject: str
    reasons: tuple[Bilingual, ...] = ()
    evidence: tuple[Bilingual, ...] = ()
    quote: str | None = None
    confidence: float = 0.0
    asks: bool = False
    applies: bool = True
    message_id: str | None = None
    state: ProposalState = "open"


class KeptAccounts(Protocol):
    """The accounts, without their secrets."""

    def all(self) -> list[Account]:
        """Every account, the first one added first."""

    def put(self, account: Account) -> None:
        """Keep an account in place of the one of the same address."""

    def drop(self, address: str) -> bool:
        """Forget an account; whether there was one."""

    def mark(self, address: str, folder: str) -> FolderMark | None:
        """How far a folder was read."""

    def put_mark(self, address: str, folder: str, mark: FolderMark) -> None:
        """Remember how far a folder was read."""


class KeptOutbox(Protocol):
    """The messages of the person's own. Their bytes are kept once and never changed."""

    def add(self, message: Outgoing, data: bytes, token: str | None = None) -> None:
        """Keep a draft.

        Raises:
            PamitError: CONFLICT ``known-message`` where the message id is kept already.
        """

    def by_token(self, token: str) -> Outgoing | None:
        """The message made for a token of the caller's, so that a repeated request makes no second one."""

    def get(self, message: str) -> Outgoing:
        """A message by its id.

        Raises:
            PamitError: MISSING ``no-such-message``.
        """

    def data(self, message: str) -> bytes:
        """Its exact bytes."""

    def move(self, message: Outgoing, was: Outgoing) -> bool:
        """Put a message in place of what it was; False, and nothing happens, where it is no longer that."""

    def of_case(self, case: str) -> list[Outgoing]:
        """The messages of a case, oldest first."""

    def listing(self, states: Sequence[SendState] = ()) -> list[Outgoing]:
        """The messages in these states, or all, oldest first."""

    def due(self, now: datetime) -> list[Outgoing]:
        """The messages that may be tried by now, soonest first."""

    def next_due(self) -> datetime | None:
        """The soonest moment at which a message is due or a lease runs out."""

    def ids(self, case: str) -> list[str]:
        """The message ids of a case's own mails."""

    def by_message_id(self, ids: Sequence[str]) -> list[Outgoing]:
        """The messages of these ids."""


class KeptInbox(Protocol):
    """What mails that came in propose."""

    def add(self, proposal: Proposal, data: bytes) -> None:
        """Keep a proposal with its mail."""

    def knows(self, digest: str, message_id: str | None) -> bool:
        """Whether the mail, or a copy of it, is kept already, whatever became of it."""

    def get(self, proposal: str) -> Proposal:
        """A proposal.

        Raises:
            PamitError: MISSING ``no-such-proposal``.
        """

    def data(self, proposal: str) -> bytes:
        """The mail, byte for byte."""

    def listing(self, state: ProposalState | None = "open") -> list[Proposal]:
        """The proposals, oldest first."""

    def settle(self, proposal: str, state: ProposalState, case: str | None = None) -> bool:
        """Accept or reject; False where it is no longer open. The bytes go: an accepted mail lies with its case."""


class Transport(Protocol):
    """What hands mails to a server."""

    def send(self, account: Account, data: bytes, sender: str, recipients: Sequence[str]) -> SendResult:
        """Hand over one mail. It never raises for what a server or a network does: the result says it."""

    def close(self) -> None:
        """Let go of connections."""


class Mailbox(Protocol):
    """What reads a mailbox, and puts copies and drafts into it. It never marks a mail as read."""

    def has_sent(self, account: Account, message_ids: Sequence[str]) -> bool:
        """Whether a mail of one of these ids, given to the server as such or under another, lies among the sent ones.

        Raises:
            PamitError: UNAVAILABLE ``mailbox-unreachable``; REFUSED ``login-refused``.
        """

    def file_sent(
        self, account: Account, data: bytes, message_id: str, *, patient: bool = True
    ) -> Literal["found", "appended"]:
        """See that a copy lies among the sent mails, once: the server's own, if it makes one, else ours.

        Args:
            patient: whether to give the server time for its own; it had that already where it is False.
        """

    def put_draft(self, account: Account, data: bytes) -> None:
        """Put a mail among the drafts."""

    def new_mail(
        self, account: Account, mark: Callable[[str], FolderMark | None], since: datetime
    ) -> Iterator[tuple[str, FolderMark, Incoming | None]]:
        """The mails that came since a folder was last read: the folder, how far it is read with this one, and the mail.

        Args:
            mark: how far a folder was read.
            since: how far back a folder is read for the first time, or anew.
        """

    def wait(self, account: Account, seconds: float) -> bool:
        """Wait until a mail comes (IDLE), at most so long; whether one may have come."""

    def examine(self, account: Account) -> None:
        """Sign in and look, to see that it works."""


class Secrets(Protocol):
    """Where passwords and tokens lie: never in the store."""

    def get(self, name: str) -> str | None:
        """A secret."""

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""

    def drop(self, name: str) -> None:
        """Forget a secret."""

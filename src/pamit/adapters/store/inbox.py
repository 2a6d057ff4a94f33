"""What is kept of mails that came in: what each proposes, its bytes as long as the person has not decided."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from sqlalchemy import Connection, insert, or_, select, update

from pamit.adapters.store.schema import inbox
from pamit.errors import ErrorKind, PamitError
from pamit.services.mail_ports import Proposal, ProposalState

__all__ = ["SqlInbox"]

_RECORD = msgspec.json.Decoder(Proposal)


class SqlInbox:
    """The proposals, on the connection of a unit; see :class:`pamit.services.mail_ports.KeptInbox`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, proposal: Proposal, data: bytes) -> None:
        """Keep a proposal with its mail."""
        row = {
            "id": proposal.id, "case_id": proposal.case, "digest": proposal.digest, "message_id": _whole(proposal.message_id),
            "state": proposal.state, "data": data, "record": _encoded(proposal),
        }  # fmt: skip
        self.connection.execute(insert(inbox), row)

    def knows(self, digest: str, message_id: str | None) -> bool:
        """Whether the mail, or a copy of it, is kept already, whatever became of it."""
        same = inbox.c.digest == digest
        wanted = or_(same, inbox.c.message_id == message_id) if message_id else same
        return self.connection.execute(select(inbox.c.seq).where(wanted).limit(1)).first() is not None

    def get(self, proposal: str) -> Proposal:
        """A proposal."""
        found = self.connection.execute(select(inbox.c.record).where(inbox.c.id == proposal)).scalar()
        if found is None:
            raise _missing(proposal)
        return _RECORD.decode(found)

    def data(self, proposal: str) -> bytes:
        """The mail, byte for byte."""
        found = self.connection.execute(select(inbox.c.data).where(inbox.c.id == proposal)).scalar()
        if found is None:
            raise _missing(proposal)
        return bytes(found)

    def listing(self, state: ProposalState | None = "open") -> list[Proposal]:
        """The proposals, oldest first."""
        query = select(inbox.c.record).order_by(inbox.c.seq)
        found = self.connection.execute(query.where(inbox.c.state == state) if state else query)
        return [_RECORD.decode(record) for record in found.scalars()]

    def settle(self, proposal: str, state: ProposalState, case: str | None = None) -> bool:
        """Accept or reject; False where it is no longer open."""
        present = self.get(proposal)
        settled = replace(present, state=state, case=case or present.case)
        values = {"state": state, "case_id": settled.case, "record": _encoded(settled), "data": None}
        open_ = (inbox.c.id == proposal, inbox.c.state == "open")
        return self.connection.execute(update(inbox).where(*open_).values(**values)).rowcount == 1


def _encoded(proposal: Proposal) -> str:
    # Words of strangers: PostgreSQL keeps no NUL, and JSON no half characters.
    cleaned = replace(
        proposal,
        sender=_whole(proposal.sender) or "",
        subject=_whole(proposal.subject) or "",
        quote=_whole(proposal.quote),
        message_id=_whole(proposal.message_id),
    )
    return msgspec.json.encode(cleaned).decode()


def _whole(text: str | None) -> str | None:
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd") if text else text


def _missing(proposal: str) -> PamitError:
    return PamitError(ErrorKind.MISSING, "no-such-proposal", f"There is no proposal {proposal}.", id=proposal)

"""What is kept of mail accounts: servers and names, and how far their folders were read. Secrets lie elsewhere."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from pamit.adapters.store.schema import accounts, folders
from pamit.domain.account import Account
from pamit.services.mail_ports import FolderMark

__all__ = ["SqlAccounts"]

_ACCOUNT = msgspec.json.Decoder(Account)


class SqlAccounts:
    """The accounts, on the connection of a unit; see :class:`pamit.services.mail_ports.KeptAccounts`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def all(self) -> list[Account]:
        """Every account, the first one added first."""
        query = select(accounts.c.data).order_by(accounts.c.seq)
        return [_ACCOUNT.decode(data) for data in self.connection.execute(query).scalars()]

    def put(self, account: Account) -> None:
        """Keep an account in place of the one of the same address."""
        data = msgspec.json.encode(account).decode()
        here = accounts.c.address == account.address
        if self.connection.execute(update(accounts).where(here).values(data=data)).rowcount == 0:
            self.connection.execute(insert(accounts), {"address": account.address, "data": data})

    def drop(self, address: str) -> bool:
        """Forget an account; whether there was one."""
        return self.connection.execute(delete(accounts).where(accounts.c.address == address)).rowcount == 1

    def mark(self, address: str, folder: str) -> FolderMark | None:
        """How far a folder was read."""
        query = select(folders.c.validity, folders.c.last).where(folders.c.address == address, folders.c.folder == folder)
        found = self.connection.execute(query).first()
        return FolderMark(found.validity, found.last) if found is not None else None

    def put_mark(self, address: str, folder: str, mark: FolderMark) -> None:
        """Remember how far a folder was read."""
        here = (folders.c.address == address, folders.c.folder == folder)
        values = {"validity": mark.validity, "last": mark.last}
        if self.connection.execute(update(folders).where(*here).values(**values)).rowcount == 0:
            self.connection.execute(insert(folders), {"address": address, "folder": folder, **values})

"""What this house can do, so that a page never offers what cannot be done from where it is shown."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["EVERYTHING", "IN_A_BROWSER", "Capabilities"]


@dataclass(frozen=True)
class Capabilities:
    """What pages may offer.

    Attributes:
        mail: accounts by which mails are sent and mailboxes are read.
        letters: letters as PDF and DOCX; a page can be printed anywhere.
        backups: encrypted backups.
        feed: a calendar that other programs ask for by its address; a calendar file can be had anywhere.
        programs: the interface for other programs, and its tokens.
    """

    mail: bool = True
    letters: bool = True
    backups: bool = True
    feed: bool = True
    programs: bool = True


EVERYTHING = Capabilities()
"""A computer."""

IN_A_BROWSER = Capabilities(mail=False, letters=False, backups=False, feed=False, programs=False)
"""Python within a browser: no sockets and no compiled programs."""

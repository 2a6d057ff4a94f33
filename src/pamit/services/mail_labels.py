"""What labels and folders say of the mails in them, by the names that mail programs give in several languages."""

from __future__ import annotations

from functools import lru_cache

from pamit.formats.email.glance import Glance
from pamit.formats.email.headers import decode_field

__all__ = ["holds_own_mails", "holds_unwanted", "is_deleted", "labels_of"]

_UNWANTED = frozenset(
    """
    spam junk bulk trash bin sampah chat chats obrolan percakapan drafts draft draf konsep papelera corbeille papierkorb
    entwürfe brouillons concepten prullenbak ongewenst borradores rascunhos lixeira utkast papperskorg
    """.split()
) | {"junk e-mail", "junk email", "deleted items", "deleted messages", "item dihapus", "surel sampah", "kotak sampah"}
_OWN = frozenset("sent terkirim gesendet envoyés verzonden enviados skickat dihantar".split()) | {
    "sent mail", "sent items", "sent messages", "pesan terkirim", "item terkirim", "surat terkirim",
}  # fmt: skip
_EXPUNGED = 0x0008
_LONGEST_KEPT = 1_000


@lru_cache(maxsize=1_000)
def _bare(name: str) -> str:
    """A folder's own name, in small letters: "[Gmail]/Sent Mail", ".INBOX.Sent", "Sent.mbox"."""
    name = name.replace("\\", "/").rstrip("/").rpartition("/")[2].casefold().removesuffix(".mbox")
    return name.rpartition(".")[2].strip(" []")


def holds_unwanted(folder: str) -> bool:
    """Whether a folder or label of this name holds what is passed over: spam, what was thrown away, chats, drafts."""
    return _bare(folder) in _UNWANTED


def holds_own_mails(folder: str) -> bool:
    """Whether a folder or label of this name holds mails that the person sent.

    >>> holds_own_mails("[Gmail]/Sent Mail"), holds_own_mails(".Terkirim"), holds_own_mails("INBOX")
    (True, True, False)
    """
    return _bare(folder) in _OWN


def labels_of(seen: Glance) -> tuple[str, ...]:
    """The labels that an archive of Gmail's gives a mail; a name with a comma in it stands in quotes."""
    written = seen.field(b"x-gmail-labels")
    if not written:
        return ()
    return _labels(written) if len(written) <= _LONGEST_KEPT else _labels.__wrapped__(written)


@lru_cache(maxsize=1_000)
def _labels(written: bytes) -> tuple[str, ...]:
    """The single labels; most mails of an archive bear the same few."""
    labels: list[str] = []
    for number, part in enumerate(decode_field(written).split('"')):
        labels += [part] if number % 2 else part.split(",")
    return tuple(label.strip() for label in labels if label.strip())


def is_deleted(seen: Glance) -> bool:
    """Whether a mail program marked the mail as thrown away and has not yet cut it out of the file."""
    status = seen.field(b"x-mozilla-status")
    if status is not None:
        try:
            return bool(int(status[:8], 16) & _EXPUNGED)
        except ValueError:
            return False
    return b"D" in (seen.field(b"x-status") or b"")

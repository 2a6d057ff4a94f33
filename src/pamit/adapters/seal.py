"""Encryption by a passphrase in the age format (age-encryption.org/v1): scrypt and ChaCha20-Poly1305.

A backup can be opened without Pamit too: ``age --decrypt``.
"""

from __future__ import annotations

from pamit.errors import ErrorKind, PamitError

__all__ = ["AgeSeal"]

_MARK = b"age-encryption.org/"


class AgeSeal:
    """See :class:`pamit.services.ports.Seal`."""

    def close(self, data: bytes, passphrase: str) -> bytes:
        """Encrypt."""
        from pyrage import passphrase as age

        return bytes(age.encrypt(data, passphrase))

    def open(self, data: bytes, passphrase: str) -> bytes:
        """Decrypt."""
        from pyrage import DecryptError
        from pyrage import passphrase as age

        if not data.startswith(_MARK):
            raise PamitError(ErrorKind.INVALID, "not-a-backup", "This file is no encrypted backup.")
        try:
            return bytes(age.decrypt(data, passphrase))
        except DecryptError as error:
            raise PamitError(
                ErrorKind.REFUSED, "wrong-passphrase", "The passphrase does not open this backup, or the file is damaged."
            ) from error

"""Passwords and tokens: in the system's keyring, or where there is none in a file that only its owner can read.

They are in no database, no argument, no log and no text of an error.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Final

from pamit.adapters.connection import mail_not_installed
from pamit.errors import ErrorKind, PamitError
from pamit.services.mail_ports import Secrets

__all__ = ["FileSecrets", "KeyringSecrets", "choose_secrets"]

_SERVICE: Final = "pamit"
_FILE: Final = "secrets.json"


class KeyringSecrets:
    """Secrets in the system's keyring."""

    def get(self, name: str) -> str | None:
        """A secret."""
        keyring = _keyring()
        from keyring.errors import KeyringError

        try:
            found: str | None = keyring.get_password(_SERVICE, name)
            return found
        except KeyringError as error:
            raise _locked() from error

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""
        keyring = _keyring()
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, name, secret)
        except KeyringError as error:
            raise _locked() from error

    def drop(self, name: str) -> None:
        """Forget a secret."""
        keyring = _keyring()
        from keyring.errors import KeyringError, PasswordDeleteError

        with suppress(PasswordDeleteError):
            try:
                keyring.delete_password(_SERVICE, name)
            except PasswordDeleteError:
                raise
            except KeyringError as error:
                raise _locked() from error


class FileSecrets:
    """Secrets in a file of mode 0600 in the folder of the memory, which is 0700."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / _FILE

    def get(self, name: str) -> str | None:
        """A secret."""
        return self._read().get(name)

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""
        self._write({**self._read(), name: secret})

    def drop(self, name: str) -> None:
        """Forget a secret."""
        self._write({key: value for key, value in self._read().items() if key != name})

    def _read(self) -> dict[str, str]:
        try:
            if os.name == "posix" and stat.S_IMODE(self.file.stat().st_mode) & 0o077:
                raise PamitError(ErrorKind.REFUSED, "secrets-open", "Others can read the file of secrets; give it mode 0600.")
            found = json.loads(self.file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise PamitError(ErrorKind.INVALID, "secrets-unreadable", "The file of secrets cannot be read.") from error
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    def _write(self, secrets: dict[str, str]) -> None:
        unfinished = self.file.with_name(f".{_FILE}.{os.getpid()}")
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(secrets, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, self.file)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise PamitError(ErrorKind.UNAVAILABLE, "secrets-unreadable", "The file of secrets cannot be written.") from error


def choose_secrets(folder: Path, wanted: str | None = None) -> Secrets:
    """Where secrets lie on this machine.

    Args:
        folder: of the memory.
        wanted: ``keyring`` or ``file``; the keyring where there is one, if None. Where the package that reaches keyrings is
            absent nothing falls back to a file unasked: each use says which extra is needed.
    """
    if wanted == "file" or (wanted is None and not _has_keyring()):
        return FileSecrets(folder)
    return KeyringSecrets()


def _keyring() -> ModuleType:
    try:
        import keyring
    except ModuleNotFoundError as error:
        raise mail_not_installed() from error
    return keyring


def _has_keyring() -> bool:
    try:
        import keyring
    except ModuleNotFoundError:
        return True  # perhaps; it is said when it is asked for
    try:
        from keyring.backends import fail, null

        return not isinstance(keyring.get_keyring(), (fail.Keyring, null.Keyring))
    except Exception:  # a keyring that cannot even be looked for is none
        return False


def _locked() -> PamitError:
    return PamitError(ErrorKind.UNAVAILABLE, "keyring-locked", "The keyring is locked or does not answer.")

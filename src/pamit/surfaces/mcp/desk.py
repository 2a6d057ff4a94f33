"""What the tools work on: the memory, the settings, the clock, the language of explanations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from pamit.config import Config
from pamit.domain.interview import Candidate
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError

if TYPE_CHECKING:
    from pamit.services.pamit import Pamit

__all__ = ["Desk"]


@dataclass
class Desk:
    """What the tools work on.

    Attributes:
        open_memory: opens the memory, which is done when it is first needed and then kept.
        random: gives that many random bytes.
    """

    open_memory: Callable[[], Pamit]
    settings: Callable[[], Config]
    clock: Callable[[], datetime]
    language: Language
    random: Callable[[int], bytes]
    _opened: Pamit | None = field(default=None, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    @property
    def pamit(self) -> Pamit:
        """The memory.

        Raises:
            PamitError: as :func:`pamit.bootstrap.open_pamit`.
        """
        # Tools run in threads of their own; only one of them may open it.
        with self._lock:
            if self._opened is None:
                self._opened = self.open_memory()
            return self._opened

    def close(self) -> None:
        """Let go of the memory."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def candidate(self, name: str | None) -> Candidate:
        """The person who writes: as told, else by the settings, else by the first mail account that has a name.

        Raises:
            PamitError: MISSING ``no-name``; as reading the settings.
        """
        known = self.settings()
        called = name or known.name or next((one.name for one in self.pamit.accounts() if one.name), None)
        if not called or not called.strip():
            raise PamitError(ErrorKind.MISSING, "no-name", "The candidate's name is not known.")
        return Candidate(called.strip(), known.email, known.phone, known.city, known.signature)

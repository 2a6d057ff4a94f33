"""What the pages work with, and what one run of the server holds in memory: nothing of it outlives the process."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from threading import Lock
from typing import Generic, TypeVar

from pamit.config import Config
from pamit.domain.interview import Candidate
from pamit.domain.terms import Language
from pamit.services.pamit import Pamit
from pamit.surfaces.web.capabilities import EVERYTHING, Capabilities
from pamit.surfaces.web.guard import Keys
from pamit.surfaces.web.words import Words, words_in

__all__ = ["Notice", "Once", "Shelf", "Site"]

T = TypeVar("T")


class Shelf(Generic[T]):
    """Things laid aside for the next page, under keys that cannot be guessed; the oldest go first.

    Args:
        room: how many there is room for.
    """

    def __init__(self, room: int = 200) -> None:
        self._room = room
        self._things: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def put(self, thing: T) -> str:
        """Lay something aside; its key."""
        key = secrets.token_urlsafe(12)
        self.replace(key, thing)
        return key

    def replace(self, key: str, thing: T) -> None:
        """Put something in the place of what lies under a key."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._room:
                self._things.popitem(last=False)

    def get(self, key: str) -> T | None:
        """What lies under a key; None where it is gone."""
        with self._lock:
            return self._things.get(key)


class Once:
    """Which forms were sent already, and where they led: reload, back or a second tap never repeat an action."""

    def __init__(self, room: int = 2_000) -> None:
        self._room = room
        self._led_to: OrderedDict[str, str | None] = OrderedDict()
        self._lock = Lock()

    def begin(self, token: str) -> str | None:
        """Take a form's token for this request. Returns where it led to when it was sent before ("" while it is worked on)."""
        with self._lock:
            if token in self._led_to:
                return self._led_to[token] or ""
            self._led_to[token] = None
            while len(self._led_to) > self._room:
                self._led_to.popitem(last=False)
            return None

    def finish(self, token: str, location: str) -> None:
        """The action was done; whoever sends the form again is led there."""
        with self._lock:
            self._led_to[token] = location

    def release(self, token: str) -> None:
        """The request has ended; what was not finished may be tried again."""
        with self._lock:
            if self._led_to.get(token, "") is None:
                del self._led_to[token]


@dataclass(frozen=True)
class Notice:
    """What is said once at the top of the next page.

    Attributes:
        text: in the person's language.
        undo: the case whose last change can be taken back, and ``version`` as it is now.
        back: where else a change is taken back, by which fields of a form.
    """

    text: str
    undo: str | None = None
    version: int | None = None
    tone: str = "good"
    back: tuple[str, Mapping[str, str]] | None = None


@dataclass
class Site:
    """One run of the app.

    Attributes:
        settings: reads the settings anew.
        clock: the present moment, aware, in the zone in which the person is.
        wake: has what was approved handed over as soon as it is due; None where nothing is ever sent from here.
        keep_settings: keeps what the person sets.
        can: what pages may offer.
        words: those of the pages in a language.
        shelves: one for each kind of thing, by the name of the page that uses it.
    """

    pamit: Pamit
    keys: Keys
    settings: Callable[[], Config]
    clock: Callable[[], datetime]
    here: Callable[[], tzinfo]
    keep_settings: Callable[[dict[str, str]], None]
    wake: Callable[[], None] | None = None
    can: Capabilities = EVERYTHING
    words: Callable[[Language], Words] = words_in
    once: Once = field(default_factory=Once)
    notices: dict[str, Notice] = field(default_factory=dict)
    shelves: dict[str, Shelf[object]] = field(default_factory=dict)

    def shelf(self, name: str) -> Shelf[object]:
        """The shelf of that name."""
        return self.shelves.setdefault(name, Shelf())

    def language(self, wanted: str | None) -> Language:
        """The language of the pages: the one chosen in this browser, that of the settings, Indonesian."""
        if wanted in set(Language):
            return Language(wanted)
        return self.settings().language or Language.ID

    def candidate(self) -> Candidate:
        """The person as the settings know them; the name is "" as long as it was not said."""
        known = self.settings()
        return Candidate((known.name or "").strip(), known.email, known.phone, known.city, known.signature)

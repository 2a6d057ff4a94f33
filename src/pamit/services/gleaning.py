"""Gleaning from cases what is asked of all of them at once: words to be found, and histories to look back upon.

Logs and messages are the truth. What is gleaned follows from them alone; a change drops it, and it is gleaned anew when
somebody asks, so that no change waits for it and nothing is lost with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pamit.domain.insight import History, history_of
from pamit.domain.log import Dossier
from pamit.domain.search import Passage, PassageKind
from pamit.errors import PamitError
from pamit.services.ports import Reading, Store, Writing
from pamit.services.source_text import words_of_source

__all__ = ["glean", "passages_of"]

_BATCH = 250
"""How many cases are gleaned in one unit, so that others may write in between."""

_FACTS = (
    "company", "position", "location", "contact_name", "contact_email", "contact_phone", "agency_name", "agency_email",
    "meeting_url",
)  # fmt: skip


def glean(store: Store, at_most: int | None = None) -> int:
    """Glean from the cases that wait for it, the newest first.

    Args:
        at_most: how many cases; None for all.

    Returns:
        how many cases still wait.
    """
    done = 0
    while True:
        with store.reading() as view:
            if not view.gleanings.waiting(1):
                return 0
            if at_most is not None and done >= at_most:
                return view.gleanings.count_waiting()
        with store.writing() as unit:
            waiting = unit.gleanings.waiting(_BATCH)
            for case in waiting:
                _keep(unit, case)
        done += len(waiting)


def _keep(unit: Writing, case: str) -> None:
    try:
        dossier = unit.dossier(case)
        found, history = list(passages_of(unit, dossier)), history_of(dossier)
    except PamitError:
        # A log that is damaged: the examination of the store names it, and the other cases are found all the same.
        found, history = [], History()
    unit.gleanings.put(case, found, history)


def passages_of(view: Reading, dossier: Dossier) -> Iterator[Passage]:
    """Everything of a case that can be found."""
    case, facts = dossier.id, dossier.facts
    told = [str(facts[name]) for name in _FACTS if facts.get(name)]
    yield Passage(case, PassageKind.CASE, "", dossier.entries[-1].at, " · ".join(told))
    for entry in dossier.standing:
        if entry.note:
            yield Passage(case, PassageKind.NOTE, str(entry.number), entry.at, entry.note)
    came = {entry.source: entry.at for entry in reversed(dossier.entries) if entry.source}
    for number, ref in enumerate(view.sources(case), 1):
        words = words_of_source(view.source(ref.digest), ref.name)
        beside = "\n".join(part for part in (ref.subject, ref.sender) if part and part not in words)
        at = ref.received or came.get(ref.digest) or dossier.entries[0].at
        yield Passage(case, PassageKind.SOURCE, str(number), at, f"{beside}\n{words}".strip(), ref.name or ref.subject)
    for message in view.outbox.of_case(case):
        words = words_of_source(view.outbox.data(message.id))
        yield Passage(case, PassageKind.MESSAGE, message.id, message.created_at, words, message.subject)

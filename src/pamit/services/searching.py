"""Looking for words everywhere: cases, notes, messages in and out, what waits for the person's word, and the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from pamit.domain.outbox import Outgoing
from pamit.domain.rulebook import entries
from pamit.domain.search import MOST_FOUND, Passage, PassageKind, Query, fold_words, parse_query
from pamit.domain.terms import Bilingual, Language
from pamit.services.gleaning import glean
from pamit.services.mail_ports import Proposal
from pamit.services.ports import IndexRow, Reading, Store

__all__ = ["Found", "FoundRule", "Group", "search"]

_GLEANED_AT_ONCE = 500
"""Cases that one question may glean from before it is answered; a question after a great import is not kept waiting."""


@dataclass(frozen=True)
class FoundRule:
    """An entry of the rulebook, or a rule of the checker, by its name."""

    id: str
    text: Bilingual


@dataclass(frozen=True)
class Group:
    """The passages of one kind; ``more`` where there are further ones."""

    passages: tuple[Passage, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class Found:
    """What answers a question.

    Attributes:
        groups: by kind; every kind stands in it.
        cases: what is kept of the cases that the passages belong to, by id.
        messages: the person's own messages among the passages, by id.
        proposals: what waits for the person's word.
        rules: of the rulebook and the checker.
        pending: how many cases could not be looked into yet; asking again goes on with them.
    """

    query: Query
    groups: dict[PassageKind, Group] = field(default_factory=dict)
    cases: dict[str, IndexRow] = field(default_factory=dict)
    messages: dict[str, Outgoing] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    rules: tuple[FoundRule, ...] = ()
    pending: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (any(group.passages for group in self.groups.values()) or self.proposals or self.rules)


def search(
    store: Store,
    written: str,
    language: Language,
    *,
    kind: PassageKind | None = None,
    limit: int = MOST_FOUND,
) -> Found:
    """Look for words everywhere.

    Args:
        written: as a person writes it; see :func:`pamit.domain.search.parse_query`.
        language: in which rules are looked for.
        kind: look for passages of this kind alone.
        limit: how many of each kind, 50 at most.
    """
    query = parse_query(written)
    if not query:
        return Found(query, {one: Group() for one in PassageKind})
    pending = glean(store, _GLEANED_AT_ONCE)
    limit = min(limit, MOST_FOUND)
    with store.reading() as view:
        wanted = (kind,) if kind else tuple(PassageKind)
        groups = {one: _group(view, one, query, limit) if one in wanted else Group() for one in PassageKind}
        passages = [passage for group in groups.values() for passage in group.passages]
        cases = {case: row for case in {one.case for one in passages} if (row := view.index(case)) is not None}
        own = groups[PassageKind.MESSAGE].passages
        messages = {one.ref: view.outbox.get(one.ref) for one in own}
        proposals = tuple(one for one in view.inbox.listing() if query.answered_by(_words(one))) if kind is None else ()
    rules = _rules(query, language) if kind is None else ()
    return Found(query, groups, cases, messages, proposals[:limit], rules[:limit], pending)


def _group(view: Reading, kind: PassageKind, query: Query, limit: int) -> Group:
    found = view.gleanings.find(kind, query, limit + 1)
    return Group(tuple(found[:limit]), len(found) > limit)


def _words(proposal: Proposal) -> str:
    return " ".join(part for part in (proposal.subject, proposal.sender, proposal.quote) if part)


def _rules(query: Query, language: Language) -> tuple[FoundRule, ...]:
    """Rules by name, the one that is named in full first, and by words."""
    found = [(rule, words) for rule, words in _rule_words(language) if query.held_by(words)]
    found.sort(key=lambda one: (fold_words(one[0].id) not in (*query.words, *query.phrases), not query.answered_by(one[0].id)))
    return tuple(rule for rule, _ in found)


@cache
def _rule_words(language: Language) -> tuple[tuple[FoundRule, str], ...]:
    # The checker's rules take long to import; who looks for nothing does not wait for them.
    from pamit.etiquette import RULES

    known = [FoundRule(one.id, one.title) for one in entries().values()]
    texts = [f"{one.title.in_language(language)} {one.text.in_language(language)}" for one in entries().values()]
    known += [FoundRule(name, rule.page.what) for name, rule in RULES.items()]
    texts += [f"{rule.title(language)} {rule.page.why.in_language(language)}" for rule in RULES.values()]
    return tuple((rule, fold_words(f"{rule.id} {text}")) for rule, text in zip(known, texts, strict=True))

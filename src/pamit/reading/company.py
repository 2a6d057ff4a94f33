"""The employer: told apart from agencies, portals and schools that only pass the message on.

Every place that can name a company gives a candidate with a weight; candidates that mean one company are weighed together.
The employer's own words ("kami dari …", letterhead, signature) weigh more than an address line; the sender's domain
counts where nothing else does.
"""

from __future__ import annotations

from pamit.reading.addressee import Addressee
from pamit.reading.ballot import Ballot, company_core, rank
from pamit.reading.company_opening import named_beside, opening_name, own_firm
from pamit.reading.company_parts import (
    beside_position,
    from_domain,
    from_head,
    from_labels,
    from_rest,
    from_sender,
    from_signature,
    from_spelling,
    from_subject,
)
from pamit.reading.company_words import from_text, legal_names
from pamit.reading.found import Found
from pamit.reading.letter import Letter

__all__ = ["find_company", "part_names"]


# Where these words stand, somebody may pass the message on for the employer.
_BETWEEN = frozenset("klien client behalf mewakili mitra partner platform portal penempatan outsourcing user".split())


def find_company(letter: Letter, addressee: Addressee, position: Found | None, contact: str | None = None) -> Found | None:
    """The employer, or None where nothing names one.

    Args:
        addressee: the candidate, who is never the company.
        position: told apart from the company where both stand together.
        contact: the contact's name, which is no company either.
    """
    ballot = Ballot(letter, addressee, contact)
    page = letter.page
    from_spelling(ballot, letter)
    from_labels(ballot, page)
    legal_names(ballot, page)
    from_head(ballot, letter)
    from_signature(ballot, letter)
    from_sender(ballot, letter)
    if not ballot.settled or page.mentions(_BETWEEN):
        from_text(ballot, page)
        opening_name(ballot, page)
        own_firm(ballot, page)
        named_beside(ballot, page)
        if letter.subject is not None:
            from_subject(ballot, letter.subject)
        if position and position.span:
            beside_position(ballot, page, position.span[1])
    if letter.rest is not None and not any(group.weight >= 4 for group in ballot.groups):
        from_rest(ballot, letter.rest)
    from_domain(ballot, letter)
    if position:
        taken = company_core(position.value)
        ballot.groups = [
            group
            for group in ballot.groups
            if group.core != taken or any(rank(text) > 1 for _, text, _ in group.variants.values())
        ]
    # A house known by its mail domain alone may have been named in no words that can be shown.
    ballot.groups = [group for group in ballot.groups if group.variants]
    if not ballot.groups:
        return None
    others = [group for group in ballot.groups if not group.agency and group.weight >= 2]
    best = max(ballot.groups, key=lambda group: group.weight - (6 if group.agency and others else 0))
    _, text, span = max(best.variants.values(), key=lambda variant: variant[0] + 0.25 * min(len(variant[1].split()), 5))
    return Found(text, span, max(0.4, min(0.98, 0.45 + best.weight / 16)))


def part_names(company: Found, position: Found) -> tuple[Found, Found]:
    """Cut company and position apart where one was read into the other ("Area Manager Pusaka Retail")."""
    name, office = company.value, position.value
    lowered = office.lower()
    for tail in (name.lower(), company_core(name)):
        if lowered.endswith(" " + tail) and len(lowered) > len(tail) + 2:
            kept = office[: -len(tail)].rstrip(" ,-")
            span = (position.span[0], position.span[0] + len(kept)) if position.span else None
            return company, Found(kept, span, position.confidence)
    if name.lower().startswith(lowered + " "):
        kept = name[len(office) :].strip()
        begin = company.span[0] + name.find(kept) if company.span else 0
        return Found(kept, (begin, begin + len(kept)) if company.span else None, company.confidence), position
    return company, position

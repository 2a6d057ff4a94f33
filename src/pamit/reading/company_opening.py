"""Companies named where a short message begins: in front of it, or behind the writer's office."""

from __future__ import annotations

import re

from pamit.reading.ballot import NO_COMPANY, Ballot
from pamit.reading.company_words import ADDRESS, is_title
from pamit.reading.names import BACK_TYPES, FRONT_TYPES, fold_word, walk_company
from pamit.reading.people_words import NOT_LOWER
from pamit.reading.text import Page

__all__ = ["named_beside", "opening_name", "own_firm"]

# "[APOTEK MEKAR] Sdri …", "Larch Dental: Hi Ayu, …": a short message bears its sender in front.
_OPENING = re.compile(
    r"\s*(?:\[(?P<bracket>[^\]\n]{3,45})\]|(?P<name>[A-Z][^:\n\[\]]{2,45}):[ \t]+(?=(?:hi|hello|hai|halo|dear|yth|"
    r"sdri?|saudar|anda|kak|"
    r"selamat|interview|wawancara|undangan|your|you|kpd|kepada|bpk|bapak|ibu|mas|mbak|reminder|pengingat)\b))",
    re.I,
)
# "saya Ida koordinator Antar Cepat", "Rudi, admin Larch": an office between the writer's name and the firm's.
_OFFICE_OF = re.compile(
    r"\b(?:saya|sy|aku|ini|this is|i'm|i am)[ \t]+(?:\w+[ \t]+)?[A-Z][a-z']+,?[ \t]+"
    r"(?:(?:koordinator|admin|adm|hrd|hr|owner|pemilik|manager|manajer|mandor|kepala|staf|staff|personalia|recruiter|"
    r"rekruter|"
    r"spv|supervisor|pengurus|ketua|sekretaris|bendahara|pengelola|korlap|pic)[ \t]+(?:dari[ \t]+|"
    r"di[ \t]+)?){1,2}(?=[A-Z])",
    re.I,
)


def opening_name(ballot: Ballot, page: Page) -> None:
    """The name in front of a short message, in brackets or before a colon."""
    match = _OPENING.match(page.clean)
    if match is None:
        return
    group = "bracket" if match.group("bracket") else "name"
    begin, end = match.span(group)
    written = page.clean[begin:end]
    whole = (group == "bracket" and written.count(" ") < 5) or walk_company(page.clean, begin) >= end - 1
    if whole and not is_title(written) and not any(map(str.isdigit, written[:2])) and not ADDRESS.search(written):
        ballot.add(written, (begin, end), 3.5, "opening")


def own_firm(ballot: Ballot, page: Page) -> None:
    """The firm behind the office by which the writer presents themselves."""
    match = _OFFICE_OF.search(page.clean, 0, _HEAD)
    if match is None or not page.clean[match.end()].isupper():
        return
    end = walk_company(page.clean, match.end())
    if end > match.end() and not is_title(page.clean[match.end() : end]):
        ballot.add(page.clean[match.end() : end], (match.end(), end), 3.0, "opening")


def named_beside(ballot: Ballot, page: Page) -> None:
    """The firm that follows the writer's name without a word between, in whatever spelling ("ini beni kopi larch lt 2.")."""
    shown = frozenset(re.findall(r"\w+", (ballot.letter.sender.name or "").lower()))
    if not page.mentions(shown):
        return
    for word in page.places(_SELF_WORDS):
        match = _SELF.match(page.clean, word.begin, _HEAD) if word.begin < _HEAD else None
        if match is None or match["name"].lower() not in shown:
            continue
        owned = match["owns"] is not None
        begin = match.end()
        end = walk_company(page.clean, begin, lower=True)
        over = _OVER.search(page.clean, begin, end)
        end = over.start() if over else end
        words = [fold_word(word) for word in page.clean[begin:end].split()]
        rest = shown - {match["name"].lower()}
        if not 2 <= len(words) <= _LONGEST_BESIDE or words[0] in NO_COMPANY or is_title(words[0]) or NOT_LOWER & set(words):
            continue
        if owned or rest.intersection(words) or FRONT_TYPES.intersection(words) or BACK_TYPES.intersection(words):
            ballot.add(page.clean[begin:end], (begin, end), 3.2, "beside name")


_LONGEST_BESIDE = 6
# Where the sentence or the name is over: "kopi larch lt 2. besok …".
_OVER = re.compile(r"[.!?][ \t]|[ \t](?:gedung|kav|blok|ruko|komplek|kec|kab|rt|km)\b", re.I)
_SELF_WORDS = frozenset("saya sy aku ini ieu iki abdi kula this it's".split())
_SELF = re.compile(
    r"(?:saya|sy|aku|ini|ieu|iki|abdi|kula|this is|it's)[ \t]+(?:(?:kak|mas|mbak|mba|pak|bu|ibu|bapak|bang|koh|ko|ci|cik|teh|"
    r"kang|haji|mpok|om|tante|chef|gus|ust|ustadz)\.?[ \t]+)?(?P<name>[^\W\d_][\w']{1,20})[ \t]+"
    r"(?P<owns>(?:(?:yg|yang|nu|sing|who)[ \t]+)?(?:punya|pemilik|owner|owns?|gaduh|duwe|nduwe)[ \t]+(?:dari |of |di )?|"
    r"(?:ti|saking|seko|fr?m)[ \t]+)?(?=[^\W\d_])",
    re.I,
)

# Who writes is said in the first lines.
_HEAD = 400

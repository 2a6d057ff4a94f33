"""Purpose → moves → sentences: the phrasebook, the composer, talk cards and the decision aid.

>>> from datetime import datetime, UTC
>>> from pamit.domain.interview import Candidate, Case, Interview
>>> from pamit.domain.terms import Channel, Language, Purpose
>>> case = Case(Interview(company="PT Lembah Cahaya", position="Staf Gudang"))
>>> compose(case, Purpose.DECLINE, candidate=Candidate("Dimas Pratama"), now=datetime(2026, 11, 24, 2, tzinfo=UTC),
...         language=Language.ID, channel=Channel.EMAIL).subject
'Tidak dapat memenuhi undangan wawancara – Staf Gudang – Dimas Pratama'
"""

from pamit.phrasing.aid import Aid, AidSection, decision_aid
from pamit.phrasing.cards import Card, CardSection, reception_card, talk_card
from pamit.phrasing.composer import Wish, compose
from pamit.phrasing.slots import propose_slots

__all__ = [
    "Aid",
    "AidSection",
    "Card",
    "CardSection",
    "Wish",
    "compose",
    "decision_aid",
    "propose_slots",
    "reception_card",
    "talk_card",
]

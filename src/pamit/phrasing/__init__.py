"""Purpose → moves → sentences: the phrasebook and the composer.

>>> from datetime import datetime, UTC
>>> from pamit.domain.interview import Candidate, Case, Interview
>>> from pamit.domain.terms import Channel, Language, Purpose
>>> case = Case(Interview(company="PT Lembah Cahaya", position="Staf Gudang"))
>>> compose(case, Purpose.DECLINE, candidate=Candidate("Dimas Pratama"), now=datetime(2026, 11, 24, 2, tzinfo=UTC),
...         language=Language.ID, channel=Channel.EMAIL).subject
'Tidak dapat memenuhi undangan wawancara – Staf Gudang – Dimas Pratama'
"""

from pamit.phrasing.composer import compose

__all__ = ["compose"]

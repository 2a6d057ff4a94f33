"""The decision aid."""

from __future__ import annotations

import pytest

from pamit.domain.interview import Case
from pamit.domain.terms import Language, Purpose, Reason
from pamit.phrasing import decision_aid

from .scenes import AHEAD, LAST_WEEK, NOW, TODAY, UNDATED


@pytest.mark.parametrize("language", Language)
def test_aid_tells_the_cost_of_the_stage(language: Language) -> None:
    """Each stage has its own words about what is at stake (P4)."""
    costs = set()
    for case in (UNDATED, AHEAD, TODAY, LAST_WEEK):
        aid = decision_aid(case, now=NOW, language=language)
        costs.add(next(section for section in aid.sections if section.rules == ("P4",)).lines)
    assert len(costs) == 4


def test_aid_shows_the_seven_reasons_or_the_chosen_one() -> None:
    """Undecided: the seven recognised reasons with their milder ways out; decided: one's own (P2)."""
    counts = []
    for reason in (None, Reason.SALARY):
        aid = decision_aid(AHEAD, now=NOW, language=Language.EN, reason=reason)
        counts.append(len(next(section for section in aid.sections if section.rules == ("P2",)).lines))
    assert counts == [7, 1]


def test_aid_for_a_return_tells_what_it_may_cost() -> None:
    """Who thinks again learns what asking may cost (K2)."""
    aid = decision_aid(AHEAD, now=NOW, language=Language.ID, purpose=Purpose.RECONSIDER)
    assert aid.sections[-1].rules == ("K1", "K2")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("case", [UNDATED, AHEAD, TODAY, LAST_WEEK])
def test_summary_tells_the_case_in_a_few_sentences(language: Language, case: Case) -> None:
    """The summary to share names position and company and ends in a question (P1)."""
    for purpose in (None, Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.DECLINE_OFFER, Purpose.RECONSIDER):
        for reason in (None, *Reason):
            aid = decision_aid(case, now=NOW, language=language, purpose=purpose, reason=reason)
            assert "Staf Gudang" in aid.summary
            assert aid.summary.endswith("?")
            assert not any(mark in aid.as_text() for mark in ("{", "}", "None"))

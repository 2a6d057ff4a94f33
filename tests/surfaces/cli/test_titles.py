"""What a step is called is the same in lists, notices and calendars."""

from __future__ import annotations

import pytest

from pamit.domain.plan.sentences import step_title
from pamit.domain.terms import Language, StepKind
from pamit.surfaces.cli.words import Words


@pytest.mark.parametrize("language", list(Language))
def test_step_has_one_name(language: Language) -> None:
    """The command line's words and those of the plan do not part."""
    words = Words(language)
    assert {do: step_title(do).in_language(language) for do in StepKind} == {do: words(f"do.{do}") for do in StepKind}

"""The rulebook is complete, told in both languages, sourced, and worded in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pamit.domain.rulebook import Entry, Part, entries, entry, groups, seeds
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError

_COUNTS = {"T": 12, "C": 9, "M": 18, "N": 8, "H": 4, "P": 4, "L": 4, "K": 2, "S": 1}
_IDS = [f"{letter}{number}" for letter, count in _COUNTS.items() for number in range(1, count + 1)]
_ROW = re.compile(r"\| ([TCMNHPLKS]\d{1,2})(\+?)(?: [^|]*)? \|(.*)\|")
_WORD = re.compile(r"\w+")
_PARTS = {"plan": "plan", "reminders": "remind", "compose": "compose", "check": "check"}


def _sentences(each: Entry) -> Iterator[str]:
    for language in Language:
        yield each.title.in_language(language)
        yield each.text.in_language(language)


def _spec(shared: Path) -> str:
    file = shared / "spec" / "etiquette.md"
    if not file.is_file():
        pytest.skip("the table of rules is not beside this checkout")
    return file.read_text("utf-8")


def _runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_entries_are_complete_and_ordered() -> None:
    """Every rule of the nine groups has an entry, in the order of groups and numbers."""
    assert list(entries()) == _IDS
    assert [each.id for each in entries().values()] == _IDS


def test_groups_match_the_entries() -> None:
    """Each letter that an id begins with is a group with a heading in both languages."""
    assert list(groups()) == list(_COUNTS)
    assert {each.group for each in entries().values()} == set(groups())
    assert all(group.heading.id and group.heading.en for group in groups().values())


@pytest.mark.parametrize("rule", _IDS)
def test_entry_is_told_in_both_languages(rule: str) -> None:
    """Title and text stand in both languages: a short title without a full stop, a paragraph of whole sentences."""
    each = entry(rule)
    for language in Language:
        title, text = each.title.in_language(language), each.text.in_language(language)
        assert 1 <= len(title.split()) <= 10
        assert not title.endswith(".")
        assert 15 <= len(text.split()) <= 110
        assert text.endswith(".")
        assert "\n" not in text
    assert each.title.id != each.title.en
    assert each.text.id != each.text.en


def test_titles_are_unlike_each_other() -> None:
    """No two rules share a title."""
    assert len({each.title.id for each in entries().values()}) == len(_IDS)
    assert len({each.title.en for each in entries().values()}) == len(_IDS)


@pytest.mark.parametrize("rule", _IDS)
def test_entry_names_its_sources_or_is_an_addition(rule: str) -> None:
    """A rule cites a place in a seed document, or says that it is an addition."""
    each = entry(rule)
    assert each.addition == (not each.sources)
    assert all(source.seed in seeds() and source.place for source in each.sources)
    assert each.used_by == tuple(sorted(set(each.used_by), key=list(Part).index))
    assert each.used_by


def test_entry_that_does_not_exist_names_close_ones() -> None:
    """An unknown id fails with a stable code and tells which ids look alike."""
    with pytest.raises(PamitError) as caught:
        entry("m3")
    assert (caught.value.kind, caught.value.code, caught.value.facts) == (ErrorKind.MISSING, "no-such-rule", {"rule": "m3"})
    assert caught.value.message == "There is no rule 'm3'; close to it: M3, M13."


def test_entry_that_is_like_nothing_names_none() -> None:
    """An unknown id without a likeness gives no guesses."""
    with pytest.raises(PamitError) as caught:
        entry("zzz")
    assert caught.value.message == "There is no rule 'zzz'."


def test_entries_cannot_be_changed() -> None:
    """The rulebook is one shared value, so it refuses assignment."""
    with pytest.raises(TypeError):
        entries()["T1"] = entry("T2")  # type: ignore[index]


def test_seed_files_exist(shared: Path) -> None:
    """The cited documents are the ones beside the checkout."""
    folder = shared / "seeds"
    if not folder.is_dir():
        pytest.skip("the seed documents are not beside this checkout")
    assert sorted(seed.file for seed in seeds().values()) == sorted(file.name for file in folder.glob("*.txt"))


def test_no_entry_repeats_a_seed_document(shared: Path) -> None:
    """No eight words in a row are those of a seed document: facts carry over, sentences do not."""
    taken: set[tuple[str, ...]] = set()
    for file in (shared / "seeds").glob("*.txt"):
        taken |= _runs(file.read_text("utf-8"))
    if not taken:
        pytest.skip("the seed documents are not beside this checkout")
    repeated = {each.id: run for each in entries().values() for text in _sentences(each) for run in _runs(text) & taken}
    assert repeated == {}


def test_ids_equal_those_of_the_table_of_rules(shared: Path) -> None:
    """The data has exactly the rules of the table, and the rules marked + there are additions here."""
    rows = _ROW.findall(_spec(shared).partition("## The checker's rules")[0])
    assert sorted({rule for rule, _, _ in rows}) == sorted(entries())
    assert {rule for rule, plus, _ in rows if plus} <= {each.id for each in entries().values() if each.addition}


def test_sources_and_users_agree_with_the_table_of_rules(shared: Path) -> None:
    """Each entry cites the documents that the table cites, and is used by at least the parts that it names."""
    for rule, _, rest in _ROW.findall(_spec(shared).partition("## The checker's rules")[0]):
        cells = [cell.strip() for cell in rest.split("|")]
        if rule[0] in "TC":
            named = {_PARTS[name] for name in cells.pop().split(", ")}
            assert named <= set(entry(rule).used_by), rule
        cited = set(re.findall(r"\b00\d\b", cells[-1]))
        assert cited == {source.seed for source in entry(rule).sources}, rule


def test_entries_of_findings_are_used_by_the_check(shared: Path) -> None:
    """Every entry that a finding cites names the check among its users."""
    section = _spec(shared).partition("## The checker's rules")[2]
    cited = set(re.findall(r"^\| [a-z, +-]+ \| ([A-Z]\d{1,2}) \|", section, re.MULTILINE))
    assert len(cited) > 20
    assert [rule for rule in sorted(cited) if Part.CHECK not in entry(rule).used_by] == []

"""The words of the command line in the person's language, from the tables beside this module."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from pamit.domain.terms import Language
from pamit.surfaces import words
from pamit.tables import read_table

__all__ = ["Words", "chosen_language"]

# Languages whose speakers read Indonesian more readily than English.
_NEAR_INDONESIAN = frozenset({"id", "in", "ms", "jv", "su", "c", "posix"})


class Words(words.Words):
    """The words of the command line.

    >>> Words(Language.EN)("section.facts")
    'Facts'
    """

    def __init__(self, language: Language) -> None:
        super().__init__(language, read_table("pamit.surfaces.cli", "words", f"{language}.toml"))


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Language:
    """The language the person asked for: ``--language``, then ``PAMIT_LANGUAGE``, then the locale, then Indonesian.

    >>> chosen_language(["read", "--language", "en"], {}), chosen_language([], {"LANG": "id_ID.UTF-8"})
    (<Language.EN: 'en'>, <Language.ID: 'id'>)
    """
    wanted: str | None = None
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--language" and index + 1 < len(arguments):
            wanted = arguments[index + 1]
        elif argument.startswith("--language="):
            wanted = argument.partition("=")[2]
    if wanted is None:
        wanted = environment.get("PAMIT_LANGUAGE")
    if wanted in set(Language):
        return Language(wanted)
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    code = locale.partition(".")[0].partition("_")[0].lower()
    return Language.ID if not code or code in _NEAR_INDONESIAN else Language.EN

"""The words around the app on a phone: loading, storage, updates. Those of the pages stand in the web app's tables."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from pamit.domain.terms import Language

__all__ = ["shell_words"]


def shell_words(language: Language) -> dict[str, str]:
    """The words by their keys.

    >>> shell_words(Language.EN)["name"]
    'Pamit'
    """
    return tomllib.loads(files("pamit.surfaces.phone").joinpath("words", f"{language}.toml").read_text("utf-8"))

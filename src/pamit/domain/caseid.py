"""Ids of cases: short, easy to type and to read aloud, hard to confuse.

Five signs, the first a letter and at least one of the others a digit, so that an id is neither a word nor a number; 0, 1, i, l
and o are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["is_case_id", "make_case_id"]

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
_LENGTH = 5
_FORM = re.compile(rf"(?=.*[{_DIGITS}])[{_LETTERS}][{_LETTERS}{_DIGITS}]{{{_LENGTH - 1},{_LENGTH + 3}}}")


def is_case_id(text: str) -> bool:
    """Whether a text has the form of an id.

    >>> is_case_id("k7m2p"), is_case_id("hapus"), is_case_id("12345")
    (True, False, False)
    """
    return _FORM.fullmatch(text) is not None


def make_case_id(choose: Callable[[str], str], longer: int = 0) -> str:
    """A random id.

    Args:
        choose: takes one of the signs at random.
        longer: by how many signs, where the short ones are used up.
    """
    while True:
        signs = [choose(_LETTERS), *(choose(_LETTERS + _DIGITS) for _ in range(_LENGTH - 1 + longer))]
        case = "".join(signs)
        if is_case_id(case):
            return case

"""Parameters in the address: read strictly, because a mistyped name or value would change what is asked."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, TypeVar
from urllib.parse import parse_qsl

from pamit.surfaces.api.problems import HttpProblemError

__all__ = ["CURSOR", "LIMIT", "Parameter", "page_of", "read_cursor", "read_query", "write_cursor"]

T = TypeVar("T")

_WHOLE: Final = re.compile(r"[0-9]{1,6}")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_MAX_TEXT: Final = 500


@dataclass(frozen=True)
class Parameter:
    """One parameter.

    Attributes:
        kind: ``moment`` is ISO 8601 with an offset.
        choices: of a word.
        many: whether it may stand there several times.
        default: what holds where it is absent.
    """

    name: str
    kind: Literal["text", "whole", "moment", "day", "word"]
    about: str
    choices: tuple[str, ...] = ()
    many: bool = False
    required: bool = False
    least: int = 1
    most: int = 500
    default: Any = None

    def schema(self) -> dict[str, Any]:
        """Its JSON schema."""
        schemas: dict[str, dict[str, Any]] = {
            "text": {"type": "string", "maxLength": _MAX_TEXT},
            "whole": {"type": "integer", "minimum": self.least, "maximum": self.most},
            "moment": {"type": "string", "format": "date-time"},
            "day": {"type": "string", "format": "date"},
            "word": {"type": "string", "enum": list(self.choices)},
        }
        one = schemas[self.kind]
        if self.kind == "text" and self.required:
            one["minLength"] = 1
        if self.many:
            return {"type": "array", "items": one}
        return {**one, "default": self.default} if self.default is not None else one

    def read(self, written: str) -> Any:
        """Its value.

        Raises:
            ValueError: where it has none.
        """
        if self.kind == "whole":
            if _WHOLE.fullmatch(written) is None or not self.least <= int(written) <= self.most:
                raise ValueError(written)
            return int(written)
        if self.kind == "moment":
            if _MOMENT.fullmatch(written) is None:
                raise ValueError(written)
            return datetime.fromisoformat(written.upper())
        if self.kind == "day":
            if len(written) != len("2026-11-24"):
                raise ValueError(written)
            return date.fromisoformat(written)
        if self.kind == "word":
            if written not in self.choices:
                raise ValueError(written)
            return written
        if len(written) > _MAX_TEXT or "\x00" in written or (self.required and not written):
            raise ValueError(written)
        return written


LIMIT: Final = Parameter("limit", "whole", "How many at most.", most=200, default=50)
CURSOR: Final = Parameter("cursor", "text", "`next` of the page before; absent for the first page.")


def read_query(written: bytes, wanted: Sequence[Parameter]) -> dict[str, Any]:
    """The parameters of an address.

    Raises:
        HttpProblemError: 400 ``bad-query``; 422 ``unknown-parameter``, ``repeated-parameter``, ``missing-parameter``,
            ``bad-parameter``.
    """
    try:
        pairs = parse_qsl(written.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError as error:
        raise HttpProblemError(400, "bad-query") from error
    known = {one.name: one for one in wanted}
    found: dict[str, Any] = {one.name: [] if one.many else one.default for one in wanted}
    seen = set()
    for name, value in pairs:
        parameter = known.get(name)
        if parameter is None:
            raise HttpProblemError(422, "unknown-parameter", name=name[:60])
        if name in seen and not parameter.many:
            raise HttpProblemError(422, "repeated-parameter", name=name)
        seen.add(name)
        try:
            read = parameter.read(value)
        except (ValueError, OverflowError) as error:
            raise HttpProblemError(422, "bad-parameter", name=name) from error
        if parameter.many:
            found[name].append(read)
        else:
            found[name] = read
    for one in wanted:
        if one.required and one.name not in seen:
            raise HttpProblemError(422, "missing-parameter", name=one.name)
    return found


# -- pages ------------------------------------------------------------------------------------------------------------


def write_cursor(last: str) -> str:
    """The cursor after what was shown last."""
    return urlsafe_b64encode(f"after:{last}".encode()).decode().rstrip("=")


def read_cursor(written: str | None) -> str | None:
    """What was shown last; None before the first page.

    Raises:
        HttpProblemError: 422 ``bad-cursor``.

    >>> read_cursor(write_cursor("k7m2p"))
    'k7m2p'
    """
    if written is None:
        return None
    try:
        mark, colon, last = (
            urlsafe_b64decode(written.encode("ascii") + b"=" * (-len(written) % 4)).decode("ascii").partition(":")
        )
    except ValueError as error:
        raise HttpProblemError(422, "bad-cursor") from error
    if mark != "after" or not colon or not re.fullmatch(r"[0-9a-z]{1,20}", last):
        raise HttpProblemError(422, "bad-cursor")
    return last


def page_of(items: Sequence[T], query: Mapping[str, Any], name: str) -> tuple[list[T], str | None]:
    """A page of things that are all at hand, each with an ``id``; and the cursor of the next page.

    What was shown last keeps its place in the order by its id, whatever has become of the others.
    """
    last, limit = read_cursor(query["cursor"]), query["limit"]
    ordered = sorted(items, key=lambda one: str(getattr(one, name)))
    rest = [one for one in ordered if last is None or str(getattr(one, name)) > last]
    shown = rest[:limit]
    return shown, write_cursor(str(getattr(shown[-1], name))) if len(rest) > limit else None

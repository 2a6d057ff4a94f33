"""What an operation is: how it is asked, what it does, what it answers. The reference is derived from the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from pamit.domain.interview import Candidate
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.api.parameters import Parameter
from pamit.surfaces.records import CandidateRow, candidate_from

if TYPE_CHECKING:
    from pamit.services.pamit import Pamit
    from pamit.surfaces.web.site import Site

__all__ = ["API", "Call", "Operation", "Reply"]

API: Final = "/api/v1"
"""Where the interface stands."""

Method = Literal["GET", "POST", "PATCH", "DELETE"]


@dataclass(frozen=True)
class Call:
    """One request, read and allowed.

    Attributes:
        place: the parts of the address, by name.
        query: the parameters, by name; those with a default are always there.
        versions: the versions of the case that the program saw; empty for any, None where it did not say.
    """

    site: Site
    now: datetime
    language: Language
    place: Mapping[str, str]
    query: Mapping[str, Any]
    body: Any = None
    versions: frozenset[int] | None = None

    @property
    def pamit(self) -> Pamit:
        """The memory."""
        return self.site.pamit

    def version(self, case: str) -> int | None:
        """The version on which a change is conditional; None where it is on none."""
        if not self.versions:
            return None
        if len(self.versions) == 1:
            return next(iter(self.versions))
        present = self.pamit.case(case).version
        # Of several, or of none that was ever given out, only the present one can be meant.
        return present if present in self.versions else 0

    def candidate(self, given: CandidateRow | None) -> Candidate:
        """The person who writes: as the program says, else as the settings know them.

        Raises:
            PamitError: MISSING ``no-name``.
        """
        found = candidate_from(given) if given is not None else self.site.candidate()
        if not found.name.strip():
            raise PamitError(ErrorKind.MISSING, "no-name", "The candidate's name is not known.")
        return found


@dataclass(frozen=True)
class Reply:
    """What is answered.

    Attributes:
        record: becomes JSON; of bytes, they themselves; None for nothing.
        version: of the case that is told of: the first part of its ETag.
    """

    record: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None
    media: str = "application/json"


@dataclass(frozen=True)
class Operation:
    """One thing that a program can ask for.

    Attributes:
        path: below :data:`API`, with its parts in braces.
        name: the stable id of the operation.
        answers: the shape of what it answers, by status; None for nothing, ``bytes`` for a file.
        body: the shape of what it takes; ``may_be_empty``: whether it needs none.
        writes: whether a token that only reads is refused.
        conditional: whether ``If-Match`` is understood, or required.
        tagged: whether what it answers has an ETag.
        example: a body that is accepted.
    """

    method: Method
    path: str
    name: str
    tag: str
    summary: str
    run: Callable[[Call], Reply]
    answers: Mapping[int, Any]
    body: Any = None
    may_be_empty: bool = False
    query: tuple[Parameter, ...] = ()
    writes: bool = False
    conditional: Literal["no", "may", "must"] = "no"
    tagged: bool = False
    about: str = ""
    example: Any = None
    example_query: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_key(self) -> bool:
        """Whether an ``Idempotency-Key`` is required: it changes something, and done twice it changes more."""
        return self.writes and self.method == "POST"

    def decoder(self) -> msgspec.json.Decoder[Any]:
        """What reads its body."""
        return msgspec.json.Decoder(self.body)

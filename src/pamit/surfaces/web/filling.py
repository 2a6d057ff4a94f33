"""A form as it is shown: what stands in it, what is wrong beside each field, what cannot be changed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from pamit.config import fixed_settings
from pamit.errors import PamitError
from pamit.surfaces.web.words import Words

__all__ = ["Filled", "told"]


@dataclass(frozen=True)
class Filled:
    """A form with what was written in it.

    Attributes:
        values: by the name of the field.
        wrong: a sentence by the name of the field.
        fixed: the environment variable that decides a setting, by the name of the field.
    """

    values: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=fixed_settings)

    def attributes(self, name: str, hint: str | None) -> Markup:
        """What a field says of itself to those who do not see it: its remarks, that it is wrong, that it is closed."""
        by = [f"e-{name}"] if name in self.wrong else []
        by += [f"x-{name}"] if name in self.fixed else [f"h-{name}"] if hint else []
        described = Markup(' aria-describedby="{}"').format(" ".join(by)) if by else Markup()
        invalid = Markup(' aria-invalid="true"') if name in self.wrong else Markup()
        return described + invalid + (Markup(" disabled") if name in self.fixed else Markup())

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows it."""
        return 422 if self.wrong else 200


def told(error: PamitError, say: Words) -> str:
    """What is wrong, in words."""
    key = f"error.{error.code}"
    return say(key, **{"message": error.message, **error.facts}) if say.has(key) else say("error.invalid")

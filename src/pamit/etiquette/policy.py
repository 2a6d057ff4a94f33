"""A career centre's or a person's own settings for the checker: which rules hold, how gravely, with which numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType

from pamit.domain.terms import Channel, Severity
from pamit.errors import ErrorKind, PamitError
from pamit.tables import parse_table

__all__ = ["DEFAULT_POLICY", "Numbers", "Policy"]


@dataclass(frozen=True)
class Numbers:
    """The numbers that rules count with.

    Attributes:
        mail_words, letter_words, text_words, call_words: the most words from salutation to closing (rule N4).
        answer_hours: within how many hours an invitation is answered (rule T1).
        thank_days: how many days after the interview's day thanks may still go (rule T5).
        follow_up_days: how many days after the interview a question for the result may go (rule T6).
        text_hours: an interview so many hours ahead leaves time enough for a mail (rule C3).
    """

    mail_words: int = 200
    letter_words: int = 230
    text_words: int = 100
    call_words: int = 170
    answer_hours: int = 48
    thank_days: int = 1
    follow_up_days: int = 7
    text_hours: int = 36

    def most_words(self, channel: Channel) -> int:
        """The most words for a channel."""
        return {
            Channel.EMAIL: self.mail_words,
            Channel.LETTER: self.letter_words,
            Channel.TEXT: self.text_words,
        }.get(channel, self.call_words)


@dataclass(frozen=True)
class Policy:
    """Which rules are off, which have another severity, and the numbers.

    Attributes:
        disabled: names of rules that do not report.
        severities: names of rules with the severity that takes the place of their own.
    """

    disabled: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    numbers: Numbers = field(default_factory=Numbers)

    @classmethod
    def from_toml(cls, text: str, known: Iterable[str] | None = None) -> Policy:
        """Reads a policy.

        Args:
            text: TOML with ``disabled = ["name"]``, ``[severity]`` (name = "error" | "warning" | "hint") and
                ``[numbers]`` (as in :class:`Numbers`); all may be absent.
            known: the names of rules there are; the catalogue's own where None.

        Raises:
            PamitError: ``bad-policy`` where the text is no TOML or a value has the wrong kind, ``unknown-rule`` or
                ``unknown-setting`` where a name is not known.
        """
        try:
            content = parse_table(text)
        except ValueError as error:
            raise PamitError(ErrorKind.INVALID, "bad-policy", f"The policy is not TOML: {error}.") from error
        for name in content:
            if name not in ("disabled", "severity", "numbers"):
                raise _unknown_setting(name)
        names = frozenset(_rule_names() if known is None else known)
        disabled = content.get("disabled", [])
        severities = content.get("severity", {})
        if not isinstance(disabled, list) or not isinstance(severities, dict):
            raise PamitError(ErrorKind.INVALID, "bad-policy", "disabled must be a list and severity a table.")
        for name in (*disabled, *severities):
            if name not in names:
                raise PamitError(ErrorKind.MISSING, "unknown-rule", f"There is no rule {str(name)[:60]!r}.")
        return cls(
            frozenset(disabled),
            MappingProxyType({name: _severity(name, value) for name, value in severities.items()}),
            _numbers(content.get("numbers", {})),
        )


def _severity(name: str, value: object) -> Severity:
    if isinstance(value, str) and value in list(Severity):
        return Severity(value)
    raise PamitError(
        ErrorKind.INVALID, "bad-policy", f"The severity of {name} must be error, warning or hint, not {str(value)[:20]!r}."
    )


def _numbers(given: object) -> Numbers:
    if not isinstance(given, dict):
        raise PamitError(ErrorKind.INVALID, "bad-policy", "numbers must be a table.")
    names = {entry.name for entry in fields(Numbers)}
    for name, value in given.items():
        if name not in names:
            raise _unknown_setting(f"numbers.{name}")
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise PamitError(ErrorKind.INVALID, "bad-policy", f"{name} must be a whole number from 0 on.")
    return replace(Numbers(), **given)


def _unknown_setting(name: str) -> PamitError:
    return PamitError(ErrorKind.MISSING, "unknown-setting", f"A policy has no setting {name[:60]!r}.")


def _rule_names() -> Iterable[str]:
    from pamit.etiquette.catalogue import RULES  # the catalogue imports the rules, which import the numbers above

    return RULES


DEFAULT_POLICY = Policy()
"""Every rule on, with its own severity and the numbers of the etiquette rules."""

"""What the commands print, for people: readable without colour, coloured only on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from pamit.domain.calendar.wording import write_moment
from pamit.domain.calendar.zones import DEFAULT_ZONE
from pamit.domain.invitation import FIELDS, Fact, Field, Invitation, SafetyWarning
from pamit.domain.message import Draft, Report
from pamit.domain.terms import Severity, StepKind
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.plan import Plan, Step
    from pamit.services.outgoing import Links

__all__ = ["Printer"]

_WIDTH = 100
_LABEL = 16
_SEVERITY_COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "blue"}
_ELLIPSIS = 60


class Printer:
    """Prints the values of the house in one language.

    Args:
        zone: the IANA zone in which times are shown.
        to_stderr: whether to print beside the output proper.
    """

    def __init__(self, words: Words, zone: str | None = None, *, to_stderr: bool = False) -> None:
        self.words = words
        self.zone = zone or DEFAULT_ZONE
        self._echo = partial(click.echo, err=to_stderr)
        self._secho = partial(click.secho, err=to_stderr)

    # -- shapes ---------------------------------------------------------------------------------------------------

    def section(self, key: str) -> None:
        """A heading."""
        title = self.words(f"section.{key}")
        self._echo()
        self._secho(title, bold=True)
        self._echo("─" * len(title))

    def row(self, label: str, value: str, remark: str = "") -> None:
        """A label with its value, and a remark on the line below."""
        head = f"{label:<{_LABEL}} "
        for line in textwrap.wrap(value, _WIDTH - _LABEL - 1, break_long_words=False, break_on_hyphens=False) or [""]:
            self._echo(head + line)
            head = " " * (_LABEL + 1)
        if remark:
            self._secho(" " * (_LABEL + 1) + remark, dim=True)

    def bullet(self, text: str, indent: int = 0, mark: str = "•", colour: str | None = None) -> None:
        """A wrapped point of a list."""
        pad = " " * indent
        wrapped = textwrap.fill(
            text, _WIDTH, initial_indent=f"{pad}{mark} ", subsequent_indent=f"{pad}  ", break_on_hyphens=False
        )
        self._secho(wrapped, fg=colour)

    def moment(self, at: datetime) -> str:
        """A moment in words, in the employer's zone."""
        return write_moment(at, self.zone, self.words.language)

    # -- what was read --------------------------------------------------------------------------------------------

    def facts(self, invitation: Invitation) -> None:
        """The facts with the words they came from."""
        self.section("facts")
        self.row(self.words("field.kind"), self.words(f"kind.{invitation.kind}"))
        for name in FIELDS:
            fact = invitation.facts.get(name)
            if fact is not None:
                self.row(self.words(f"field.{name}"), self._value(name, fact), self._evidence(invitation, fact))
        for option in invitation.options:
            self.row(self.words("field.option"), write_moment(option.start, self.zone, self.words.language, option.end))

    def _value(self, name: Field, fact: Fact) -> str:
        if isinstance(fact.value, datetime):
            return self.moment(fact.value)
        return self.words(f"mode.{fact.value}") if name == "mode" else str(fact.value)

    def _evidence(self, invitation: Invitation, fact: Fact) -> str:
        if not invitation.text:
            return ""  # the settled facts of a case
        if fact.span is None:
            origin = self.words("show.from_outside")
        else:
            begin, end = fact.span
            line = invitation.text.count("\n", 0, begin) + 1
            origin = self.words("show.from_words", words=_shortened(invitation.text[begin:end]), line=line)
        return f"{origin}; {fact.note.in_language(self.words.language)}" if fact.note else origin

    def doubts(self, invitation: Invitation) -> None:
        """What is unclear, with the question it can become."""
        self.section("doubts")
        if not invitation.doubts:
            self._echo(self.words("show.no_doubts"))
        for doubt in invitation.doubts:
            self.bullet(doubt.message.in_language(self.words.language))
            if doubt.question:
                self._secho(
                    f"  {self.words('show.question', question=doubt.question.in_language(self.words.language))}", dim=True
                )

    def safety(self, invitation: Invitation) -> None:
        """Marks of a fake interview, if any; then what is only good to know of the addresses."""
        marks = [one for one in invitation.warnings if one.is_mark]
        notes = [one for one in invitation.warnings if not one.is_mark]
        for section, warnings in (("safety", marks), ("addresses", notes)):
            if warnings:
                self.section(section)
            for one in warnings:
                self._warning(one, invitation.text)

    def _warning(self, one: SafetyWarning, text: str) -> None:
        colour = {"stop": "red", "note": None}.get(one.tier, "yellow")
        self.bullet(f"{self.words(f'tier.{one.tier}')}: {one.message.in_language(self.words.language)}", colour=colour)
        if one.span:
            self._secho(f"  {self.words('show.where', words=_shortened(text[one.span[0] : one.span[1]]))}", dim=True)

    def marked(self, invitation: Invitation) -> None:
        """The text with its facts marked: ⟦field: words⟧."""
        self.section("text")
        opened: dict[int, list[tuple[int, str]]] = {}
        closed: dict[int, int] = {}
        spans = [(fact.span, name) for name, fact in invitation.facts.items() if fact.span]
        for (begin, end), name in spans:
            opened.setdefault(begin, []).append((end, self.words(f"field.{name}")))
            closed[end] = closed.get(end, 0) + 1
        cuts = sorted({0, len(invitation.text), *opened, *closed})
        for here, following in zip(cuts, [*cuts[1:], len(invitation.text)], strict=True):
            for _ in range(closed.get(here, 0)):
                self._secho("⟧", nl=False, dim=True)
            for _end, label in sorted(opened.get(here, []), reverse=True):
                self._secho(f"⟦{label}: ", nl=False, fg="cyan")
            inside = any(begin <= here < end for (begin, end), _ in spans)
            self._secho(invitation.text[here:following], nl=False, underline=inside or None)
        self._echo()

    # -- what to do -----------------------------------------------------------------------------------------------

    def plan(self, plan: Plan) -> None:
        """The steps with their times and why, and the warnings."""
        self.section("plan")
        self._echo(self.words("show.stage", stage=self.words(f"stage.{plan.stage}")))
        if not plan.steps:
            self._echo(self.words("show.no_steps"))
        for number, step in enumerate(plan.steps, 1):
            self._step(number, step)
        if plan.warnings:
            self.section("warnings")
            for warning in plan.warnings:
                self.bullet(f"{warning.message.in_language(self.words.language)} ({warning.rule})", colour="yellow")

    def _step(self, number: int, step: Step) -> None:
        self._secho(f"{number}. {self.words(f'do.{step.do}')}", bold=True, nl=False)
        self._echo(f" — {self.when(step)}")
        self.bullet(step.text.in_language(self.words.language), indent=2, mark=" ")
        parts = []
        if step.channel:
            to = ", ".join(self.words(f"to.{one}") for one in step.to)
            parts.append(self.words("show.by", channel=self.words(f"channel.{step.channel}"), to=to))
        if step.latest and step.latest != step.due:
            parts.append(self.words("show.limit", latest=self.moment(step.latest)))
        parts.append(self.words("show.rules", rules=", ".join(step.rules)))
        self._secho(f"    {'; '.join(parts)}", dim=True)

    def when(self, step: Step) -> str:
        """The times of a step in words."""
        if step.overdue_since:
            return self.words("show.overdue", since=self.moment(step.overdue_since))
        if step.do == StepKind.ATTEND:
            return self.words("show.at", due=self.moment(step.due))
        if step.earliest == step.due:
            return self.words("show.due", due=self.moment(step.due))
        return self.words("show.from_until", earliest=self.moment(step.earliest), due=self.moment(step.due))

    # -- the message ----------------------------------------------------------------------------------------------

    def draft(self, draft: Draft) -> None:
        """The message itself, unwrapped, so that it can be copied."""
        self.section("message")
        if draft.subject:
            self._secho(f"{self.words('field.subject')}: {draft.subject}", bold=True)
            self._echo()
        self._echo(draft.text)

    def report(self, report: Report, text: str) -> None:
        """What a check found."""
        self.section("check")
        if not report.findings:
            self._secho(self.words("show.clean"), fg="green")
        for finding in report.findings:
            severity = self.words(f"severity.{finding.severity}")
            message = finding.message.in_language(self.words.language)
            head = self.words("show.finding", severity=severity, message=message)
            self.bullet(f"{head} ({finding.rule})", colour=_SEVERITY_COLOUR[finding.severity])
            if finding.begin is not None and finding.end is not None and finding.end > finding.begin:
                self._secho(f"  {self.words('show.where', words=_shortened(text[finding.begin : finding.end]))}", dim=True)
            if finding.fix and finding.fix.replacement is not None:
                self._echo(f"  {self.words('show.fix', fix=finding.fix.replacement)}")

    def links(self, links: Links, text: str) -> None:
        """Links that open the message as a draft, if any; of an SMS also how many messages it takes."""
        if links.whatsapp is None and links.sms is None and links.mailto is None:
            return
        from pamit.formats.links import sms_size

        self.section("links")
        for name, link in (("whatsapp", links.whatsapp), ("sms", links.sms), ("mailto", links.mailto)):
            if link is not None:
                self._echo(self.words(f"link.{name}", count=sms_size(text).segments))
                self._echo(link)

    def list(self, lines: Iterable[str], show: Callable[[str], str] = str) -> None:
        """Plain points."""
        for line in lines:
            self.bullet(show(line))


def _shortened(words: str) -> str:
    joined = " ".join(words.split())
    return joined if len(joined) <= _ELLIPSIS else joined[: _ELLIPSIS - 1].rstrip() + "…"

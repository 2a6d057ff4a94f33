"""Showing what a mail proposes: what it would change, why it is thought to belong there, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.services.mail_ports import Proposal

__all__ = ["print_proposal"]


def print_proposal(proposal: Proposal, words: Words) -> None:
    """One proposal with its evidence."""
    case = proposal.case or words("inbox.new_case")
    click.secho(f"{proposal.id}  {words(f'meaning.{proposal.meaning}')}  → {case}", bold=True)
    click.echo(f"  {_shown(proposal.sender)} · {_shown(proposal.subject)}")
    for reason in proposal.reasons:
        click.echo(f"  {reason.in_language(words.language)}")
    if proposal.quote:
        click.echo(f"  {words('inbox.quote', words=_shown(proposal.quote))}")
    for evidence in proposal.evidence:
        click.secho(f"  · {evidence.in_language(words.language)}", dim=True)
    if not proposal.applies:
        click.secho(f"  {words('inbox.shown_only')}", fg="yellow")
    elif proposal.asks:
        click.secho(f"  {words('inbox.asks')}", fg="yellow")


def _shown(text: str) -> str:
    """A stranger's words on a terminal: nothing that steers it."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200]

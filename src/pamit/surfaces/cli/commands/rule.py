"""``pamit rule``: the rulebook and the checker's rules, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.rulebook import Entry
    from pamit.etiquette import Rule

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def rule(name: str | None, as_json: bool) -> None:
        from pamit.domain.rulebook import Entry
        from pamit.surfaces.rule_records import book_record, find_rule, found_record

        found = find_rule(name) if name is not None else None
        if as_json:
            from pamit.surfaces.cli.output import print_json

            print_json(book_record(words.language) if found is None else found_record(found, words.language))
        elif found is None:
            _show_all(words)
        elif isinstance(found, Entry):
            _show_entry(found, words)
        else:
            _show_rule(found, words)

    return click.Command(
        "rule",
        callback=rule,
        help=words("help.rule"),
        params=[
            click.Argument(["name"], required=False, metavar="[NAME]", shell_complete=_names),
            options.json(),
            options.language(),
        ],
    )


def _names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from pamit.domain.rulebook import entries
    from pamit.etiquette import RULES

    return [name for name in (*entries(), *RULES) if name.startswith(incomplete)]


def _show_all(words: Words) -> None:
    from pamit.domain.rulebook import entries, groups
    from pamit.etiquette import RULES

    for letter, group in groups().items():
        click.echo()
        click.secho(group.heading.in_language(words.language), bold=True)
        for one in entries().values():
            if one.group == letter:
                click.echo(f"  {one.id:<4} {one.title.in_language(words.language)}")
    click.echo()
    click.secho(words("show.checker_rules"), bold=True)
    for found in RULES.values():
        click.echo(f"  {found.name:<31} {words(f'severity.{found.severity}'):<10} {found.title(words.language)}")


def _show_entry(one: Entry, words: Words) -> None:
    from pamit.etiquette import RULES

    click.secho(f"{one.id} · {one.title.in_language(words.language)}", bold=True)
    click.echo()
    click.echo(click.wrap_text(one.text.in_language(words.language), 100))
    click.echo()
    source = "; ".join(str(source) for source in one.sources) or words("show.addition")
    click.secho(words("show.source", source=source), dim=True)
    found = [rule.name for rule in RULES.values() if rule.entry == one.id]
    if found:
        click.secho(f"{words('show.checker_rules')}: {', '.join(found)}", dim=True)


def _show_rule(found: Rule, words: Words) -> None:
    page = found.page
    click.secho(f"{found.name} · {words(f'severity.{found.severity}')} · {found.entry}", bold=True)
    click.echo()
    click.echo(click.wrap_text(page.what.in_language(words.language), 100))
    click.echo()
    for text in (
        words("show.why", why=page.why.in_language(words.language)),
        *(words("show.bad", bad=line) for line in page.bad),
        *(words("show.good", good=line) for line in page.good),
        words("show.fix", fix=page.fix.in_language(words.language)),
    ):
        click.echo(click.wrap_text(text, 100, "", "  "))
    click.echo()
    click.secho(words("show.source", source=page.source), dim=True)

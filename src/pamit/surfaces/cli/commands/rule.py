"""``pamit rule``: the rulebook and the checker's rules, explained."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.rulebook import Entry
    from pamit.errors import PamitError
    from pamit.etiquette import Rule

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def rule(name: str | None, as_json: bool) -> None:
        from pamit.domain.rulebook import entries, entry
        from pamit.etiquette import RULES

        if name is None:
            _show_all(words, as_json)
        elif name in RULES:
            found = RULES[name]
            _print(_rule_record(found, words), as_json, lambda: _show_rule(found, words))
        else:
            known = {one.casefold(): one for one in entries()}
            if name.casefold() not in known:
                raise _no_such_rule(name)
            asked = entry(known[name.casefold()])
            _print(_entry_record(asked, words), as_json, lambda: _show_entry(asked, words))

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


def _no_such_rule(name: str) -> PamitError:
    """The error for a name that is neither an entry nor a rule, with the ones that look like it."""
    from difflib import get_close_matches

    from pamit.domain.rulebook import entries
    from pamit.errors import ErrorKind, PamitError
    from pamit.etiquette import RULES

    close = ", ".join(get_close_matches(name, [*entries(), *RULES], n=3, cutoff=0.5)) or "-"
    message = f"There is no rule {name[:60]!r}; close to it: {close}."
    return PamitError(ErrorKind.MISSING, "no-such-rule", message, rule=name[:60], close=close)


def _print(record: dict[str, object], as_json: bool, show: Callable[[], None]) -> None:
    if as_json:
        from pamit.surfaces.cli.output import print_json

        print_json(record)
    else:
        show()


def _show_all(words: Words, as_json: bool) -> None:
    from pamit.domain.rulebook import entries, groups
    from pamit.etiquette import RULES

    if as_json:
        from pamit.surfaces.cli.output import print_json

        print_json(
            {
                "entries": [_entry_record(one, words) for one in entries().values()],
                "rules": [_rule_record(one, words) for one in RULES.values()],
            }
        )
        return
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


def _entry_record(one: Entry, words: Words) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title.in_language(words.language),
        "text": one.text.in_language(words.language),
        "sources": [str(source) for source in one.sources],
        "used_by": [str(part) for part in one.used_by],
        "addition": one.addition,
    }


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


def _rule_record(found: Rule, words: Words) -> dict[str, object]:
    page = found.page
    return {
        "name": found.name,
        "entry": found.entry,
        "severity": str(found.severity),
        "what": page.what.in_language(words.language),
        "why": page.why.in_language(words.language),
        "fix": page.fix.in_language(words.language),
        "bad": list(page.bad),
        "good": list(page.good),
        "source": page.source,
    }


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

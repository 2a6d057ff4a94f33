"""``pamit account``: mail accounts, guided; passwords never pass through arguments or the store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from pamit.domain.account import Account, Auth, OAuthClient, Provider, guess_servers
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.memory import is_terminal, opened, reading_file
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]

_MOST = 4_096


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)
    address = click.Argument(["address"], metavar="ADDRESS")

    def add(
        address: str,
        name: str | None,
        aliases: tuple[str, ...],
        user: str | None,
        smtp: str | None,
        imap: str | None,
        auth: str | None,
        client: Path | None,
        password_file: Path | None,
        no_test: bool,
    ) -> None:
        from pamit.bootstrap import join_account

        account, provider = _account(address, words, user, smtp, imap, auth, asks=is_terminal())
        account = replace(account, name=name or account.name, aliases=aliases)
        password = None
        if account.auth == Auth.XOAUTH2:
            account = _signed_in(account, provider, client, words)
        elif account.auth == Auth.PASSWORD:
            if provider is not None:
                click.echo(provider.advice.in_language(words.language), err=True)
            password = _password(password_file, words, provider)
        with opened() as pamit, _told(words):
            join_account(pamit, account, password, _works(words), test=not no_test)
        click.echo(words("account.added", address=account.address))

    def list_(as_json: bool) -> None:
        with opened() as pamit:
            found = pamit.accounts()
        if as_json:
            from pamit.surfaces.cli.output import print_json

            print_json({"accounts": [_record(one) for one in found]})
            return
        if not found:
            click.echo(words("account.none"))
        for one in found:
            click.secho(one.address, bold=True)
            for label, server in (("SMTP", one.smtp), ("IMAP", one.imap)):
                if server is not None:
                    click.echo(f"  {label} {server.host}:{server.port} {server.security}")
            if one.aliases:
                click.echo(f"  {words('account.aliases', aliases=', '.join(one.aliases))}")

    def test(address: str) -> None:
        from pamit.bootstrap import try_account

        with opened() as pamit:
            account = pamit.account(address)
        with _told(words):
            try_account(account, _works(words))

    def remove(address: str) -> None:
        from pamit.bootstrap import leave_account

        with opened() as pamit:
            leave_account(pamit, address)
        click.echo(words("account.removed", address=address))

    group = click.Group("account", help=words("help.account"), params=[options.language()])
    server = "HOST:PORT[/tls|/starttls|/plain]"
    group.add_command(
        click.Command(
            "add",
            callback=add,
            help=words("help.account_add"),
            params=[
                address,
                options.option("--name", key="name", envvar="PAMIT_NAME"),
                options.option("--alias", "aliases", key="alias", multiple=True),
                options.option("--user", key="user"),
                options.option("--smtp", key="smtp", metavar=server),
                options.option("--imap", key="imap", metavar=server),
                options.option("--auth", key="auth", type=click.Choice([str(one) for one in Auth])),
                options.option("--client", key="client", type=click.Path(path_type=Path, dir_okay=False)),
                options.option("--password-file", key="password_file", type=click.Path(path_type=Path, allow_dash=True)),
                options.option("--no-test", "no_test", key="no_test", is_flag=True),
                options.language(),
            ],
        )
    )
    group.add_command(
        click.Command("list", callback=list_, help=words("help.account_list"), params=[options.json(), options.language()])
    )
    for name, callback in (("test", test), ("remove", remove)):
        params = [address, options.language()]
        group.add_command(click.Command(name, callback=callback, help=words(f"help.account_{name}"), params=params))
    return group


def _account(
    address: str, words: Words, user: str | None, smtp: str | None, imap: str | None, auth: str | None, *, asks: bool
) -> tuple[Account, Provider | None]:
    """An account by the table of providers, else by what the person says, else by a guess that is shown."""
    from pamit.services.joining import describe_account

    chosen = Auth(auth) if auth else None
    try:
        account, provider = describe_account(address, smtp, imap, chosen, user)
    except PamitError as error:
        if error.code != "unknown-provider" or not asks:
            raise
        click.echo(words("account.unknown", **error.facts))
        sending, reading = guess_servers(address)
        smtp, imap = click.prompt("SMTP", default=str(sending)), click.prompt("IMAP", default=str(reading))
        account, provider = describe_account(address, smtp, imap, chosen, user)
    if provider is not None:
        click.echo(words("account.provider", provider=provider.title), err=True)
    return account, provider


def _password(file: Path | None, words: Words, provider: Provider | None) -> str:
    from pamit.services.joining import password_as_used

    password: str
    if file is not None and str(file) == "-":
        password = sys.stdin.readline().rstrip("\r\n")
    elif file is not None:
        with reading_file(file) as opened_file:
            password = opened_file.read(_MOST).decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    elif is_terminal():
        password = click.prompt(words("account.prompt_password"), hide_input=True)
    else:
        raise PamitError(ErrorKind.MISSING, "no-secret", "There is no password and nobody to ask.")
    return password_as_used(password, provider)


def _signed_in(account: Account, provider: Provider | None, client: Path | None, words: Words) -> Account:
    """Sign in with the person's own client, in their browser."""
    from pamit.bootstrap import make_secrets, sign_in

    if provider is None or provider.authorize_url is None or provider.token_url is None:
        raise PamitError(ErrorKind.INVALID, "no-oauth", "Signing in this way works with Google and Microsoft only.")
    click.echo(provider.advice.in_language(words.language), err=True)
    if client is None:
        raise PamitError(ErrorKind.MISSING, "no-client", "Give the JSON of your OAuth client with --client.")
    with reading_file(client) as opened_file:
        data = opened_file.read(16 * _MOST)

    def show(page: str) -> None:
        click.echo(words("account.browser"), err=True)
        click.echo(page, err=True)
        click.launch(page)

    where = OAuthClient("", provider.authorize_url, provider.token_url, provider.scopes)
    return replace(account, oauth=sign_in(make_secrets(), account.address, data, where, show))


def _works(words: Words) -> Callable[[str], None]:
    return lambda server: click.echo(words("account.works", server=server))


@contextmanager
def _told(words: Words) -> Iterator[None]:
    """What a server says, in words."""
    try:
        yield
    except PamitError as error:
        if error.code != "account-fails":
            raise
        trouble = str(error.facts["trouble"])
        if error.facts["said"]:
            click.echo(words("outbox.said", said=error.facts["said"]), err=True)
        raise PamitError(
            error.kind,
            f"account-{trouble}" if words.has(f"error.account-{trouble}") else "account-fails",
            error.message,
            server=error.facts["server"],
            trouble=words(f"trouble.{trouble}") if words.has(f"trouble.{trouble}") else trouble,
        ) from error


def _record(account: Account) -> dict[str, object]:
    return {
        "address": account.address, "aliases": list(account.aliases), "auth": str(account.auth), "provider": account.provider,
        "smtp": str(account.smtp) if account.smtp else None, "imap": str(account.imap) if account.imap else None,
    }  # fmt: skip

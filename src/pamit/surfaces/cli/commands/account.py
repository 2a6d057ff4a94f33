"""``pamit account``: mail accounts, guided; passwords never pass through arguments or the store."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.domain.account import Account, Auth, OAuthClient, Provider, Security, Server, guess_provider
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.memory import is_terminal, opened, reading_file
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.services.mail_ports import Secrets

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
        from pamit.bootstrap import forget_secrets, keep_password, make_secrets

        account, provider = _account(address, words, user, smtp, imap, auth, asks=is_terminal())
        account = replace(account, name=name or account.name, aliases=aliases)
        secrets = make_secrets()
        if account.auth == Auth.XOAUTH2:
            account = _signed_in(account, provider, client, words, secrets)
        elif account.auth == Auth.PASSWORD:
            if provider is not None:
                click.echo(provider.advice.in_language(words.language), err=True)
            keep_password(secrets, account, _password(password_file, words, provider))
        if not no_test:
            try:
                _test(account, words)
            except PamitError:
                forget_secrets(secrets, account.address)
                raise
        with opened() as pamit:
            pamit.put_account(account)
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
        with opened() as pamit:
            account = next((one for one in pamit.accounts() if one.address.casefold() == address.casefold()), None)
        if account is None:
            raise _unknown()
        _test(account, words)

    def remove(address: str) -> None:
        from pamit.bootstrap import forget_secrets, make_secrets

        with opened() as pamit:
            if not pamit.drop_account(address):
                raise _unknown()
        forget_secrets(make_secrets(), address)
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
    from pamit.formats.email.write import addr_spec

    addr_spec(address)
    provider = guess_provider(address) if smtp is None and imap is None else None
    if provider is not None:
        click.echo(words("account.provider", provider=provider.title), err=True)
        chosen = Auth(auth) if auth else provider.auth[0]
        return Account(address, provider.smtp, provider.imap, chosen, user, provider=provider.key), provider
    domain = address.rpartition("@")[2]
    given = (smtp, imap)
    if smtp is None and imap is None:
        if not asks:
            raise PamitError(ErrorKind.MISSING, "unknown-provider", "Name the servers with --smtp and --imap.", domain=domain)
        click.echo(words("account.unknown", domain=domain))
        smtp = click.prompt("SMTP", default=f"mail.{domain}:465/tls")
        imap = click.prompt("IMAP", default=f"mail.{domain}:993/tls")
        given = (smtp, imap)
    servers = [_server(one) if one else None for one in given]
    return Account(address, servers[0], servers[1], Auth(auth) if auth else Auth.PASSWORD, user), None


def _server(written: str) -> Server:
    """``host:port`` with how it is protected after a slash; by the port where that is not said."""
    place, _, security = written.partition("/")
    host, colon, port = place.rpartition(":")
    try:
        number = int(port)
        usual = "starttls" if number in (587, 143, 25) else "tls"
        if not colon or not host or not 0 < number < 65_536:
            raise ValueError(written)
        return Server(host, number, Security(security or usual))
    except ValueError as error:
        raise PamitError(ErrorKind.INVALID, "bad-server", "A server is written HOST:PORT/tls.", written=written) from error


def _password(file: Path | None, words: Words, provider: Provider | None) -> str:
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
    # Google shows its app passwords in four groups; the blanks are no part of them.
    return password.replace(" ", "") if provider is not None and provider.key in ("gmail", "yahoo") else password


def _signed_in(account: Account, provider: Provider | None, client: Path | None, words: Words, secrets: Secrets) -> Account:
    """Sign in with the person's own client, in their browser."""
    from pamit.bootstrap import sign_in

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
    return replace(account, oauth=sign_in(secrets, account.address, data, where, show))


def _test(account: Account, words: Words) -> None:
    """Try both servers; the first that fails is told."""
    from pamit.bootstrap import examine_account

    for name, trouble, said in examine_account(account):
        if trouble is None:
            click.echo(words("account.works", server=name))
            continue
        if said:
            click.echo(words("outbox.said", said=said), err=True)
        raise PamitError(
            ErrorKind.REFUSED if trouble in ("login-refused", "no-secret", "token-refused") else ErrorKind.UNAVAILABLE,
            f"account-{trouble}" if words.has(f"error.account-{trouble}") else "account-fails",
            f"{name}: {trouble}.",
            server=name,
            trouble=words(f"trouble.{trouble}") if words.has(f"trouble.{trouble}") else trouble,
        )


def _record(account: Account) -> dict[str, object]:
    def server(one: Server | None) -> str | None:
        return f"{one.host}:{one.port}/{one.security}" if one is not None else None

    return {
        "address": account.address, "aliases": list(account.aliases), "auth": str(account.auth), "provider": account.provider,
        "smtp": server(account.smtp), "imap": server(account.imap),
    }  # fmt: skip


def _unknown() -> PamitError:
    return PamitError(ErrorKind.MISSING, "no-account", "There is no such account.")

"""Akun surel: which there are, one more, trying them, looking for mail, forgetting one. A password is never shown again."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.account import Account, Auth, Provider, guess_provider, guess_servers
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.filling import Filled, told
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.site import Notice

router = APIRouter()

_PAGE = "/settings/accounts"
_FIELDS = ("address", "user", "smtp", "imap")
_BY = {"bad-address": "address", "address-needs-smtputf8": "address", "bad-account": "user"}


@router.get("/settings/accounts")
def accounts(desk: AtDesk) -> Response:
    """The accounts, and a place for the address of one more."""
    return _list(desk, Filled({"address": desk.site.settings().email or ""}))


def _list(desk: Desk, form: Filled) -> Response:
    return desk.show("settings_accounts.html", form.status, form=form, accounts=desk.site.pamit.accounts())


@router.post("/settings/accounts/new")
def new(desk: AtDesk, form: PostedForm) -> Response:
    """From an address to what its servers are thought to be."""
    from pamit.services.joining import describe_account

    address = form.text("address").strip()
    try:
        provider = describe_account(address)[1]
    except PamitError as error:
        if error.code != "unknown-provider":
            return _list(desk, Filled({"address": address}, {"address": told(error, desk.say)}))
        sending, reading = guess_servers(address)
        return _ask(desk, Filled({"address": address, "smtp": str(sending), "imap": str(reading)}))
    assert provider is not None
    return _ask(desk, Filled({"address": address, "smtp": str(provider.smtp), "imap": str(provider.imap)}))


def _ask(desk: Desk, form: Filled) -> Response:
    provider = guess_provider(form.values["address"])
    return desk.show(
        "settings_account.html",
        form.status,
        form=Filled({name: form.values.get(name, "") for name in _FIELDS}, form.wrong),
        provider=provider,
        by_browser=provider is not None and Auth.PASSWORD not in provider.auth,
    )


@router.post("/settings/accounts/add")
def add(desk: AtDesk, form: PostedForm) -> Response:
    """Try both servers, and keep account and password only where they let it in."""
    from pamit.bootstrap import join_account
    from pamit.services.joining import password_as_used

    values = {name: form.text(name).strip() for name in _FIELDS}
    password = form.text("password")
    wrong: dict[str, str] = {}
    account, provider = _described(desk, values, wrong)
    if not password:
        wrong["password"] = desk.say("error.no-password")
    if account is None or wrong:
        return _ask(desk, Filled(values, wrong))
    account = replace(account, name=desk.site.settings().name, provider=provider.key if provider else None)
    try:
        join_account(desk.site.pamit, account, password_as_used(password, provider), lambda _: None)
    except PamitError as error:
        return _ask(desk, Filled(values, _beside(desk, error)))
    return desk.go(_PAGE, Notice(desk.say("accounts.added", address=account.address)))


def _described(desk: Desk, values: dict[str, str], wrong: dict[str, str]) -> tuple[Account | None, Provider | None]:
    """The account, and its provider where the servers are the provider's own."""
    from pamit.services.joining import describe_account

    try:
        account = describe_account(values["address"], values["smtp"], values["imap"], Auth.PASSWORD, values["user"] or None)[0]
    except PamitError as error:
        bad = error.facts.get("written") if error.code == "bad-server" else None
        field = _BY.get(error.code) or ("imap" if bad is not None and bad == values["imap"] else "smtp")
        wrong[field] = told(error, desk.say)
        return None, None
    provider = guess_provider(account.address)
    return account, provider if provider and (account.smtp, account.imap) == (provider.smtp, provider.imap) else None


def _beside(desk: Desk, error: PamitError) -> dict[str, str]:
    """What a server said, beside the field that it is about."""
    if error.code != "account-fails":
        return {_BY.get(error.code, "password"): told(error, desk.say)}
    server = str(error.facts["server"])
    field = "password" if error.kind == ErrorKind.REFUSED else server.lower()
    return {field: _trouble(desk, server, str(error.facts["trouble"]), str(error.facts["said"] or ""))}


def _trouble(desk: Desk, server: str, trouble: str, said: str) -> str:
    if not desk.say.has(f"account_trouble.{trouble}"):
        trouble = "other"
    sentence = desk.say(f"account_trouble.{trouble}")
    answer = desk.say("accounts.said", said=said[:200]) if said else ""
    return f"{server}: {sentence} {answer}".strip()


@router.post("/settings/accounts/{address:path}/test")
def test(desk: AtDesk, address: str) -> Response:
    """Sign in to both servers, now."""
    from pamit.bootstrap import try_account

    account = desk.site.pamit.account(address)
    try:
        try_account(account, lambda _: None)
    except PamitError as error:
        if error.code != "account-fails":
            raise
        facts = error.facts
        sentence = _trouble(desk, str(facts["server"]), str(facts["trouble"]), str(facts["said"] or ""))
        return desk.go(_PAGE, Notice(f"{account.address}: {sentence}", tone="warn"))
    return desk.go(_PAGE, Notice(desk.say("accounts.works", address=account.address)))


@router.post("/settings/accounts/sync")
def sync(desk: AtDesk) -> Response:
    """Look for new mails, now."""
    from pamit.bootstrap import look_for_mail

    found, _ = look_for_mail(desk.site.pamit, desk.now)
    if found.failed:
        address, code = found.failed[0]
        return desk.go(_PAGE, Notice(f"{address}: {_trouble(desk, 'IMAP', code, '')}", tone="warn"))
    count = len(found.proposals)
    text = desk.say("accounts.looked", looked=found.looked, count=count)
    return desk.go("/" if count else _PAGE, Notice(text))


@router.get("/settings/accounts/{address:path}/remove")
def ask_remove(desk: AtDesk, address: str) -> Response:
    """Whether it shall really go: its password cannot be had back."""
    return desk.show("settings_account_remove.html", account=desk.site.pamit.account(address))


@router.post("/settings/accounts/{address:path}/remove")
def remove(desk: AtDesk, address: str) -> Response:
    """Forget it, and its password."""
    from pamit.bootstrap import leave_account

    leave_account(desk.site.pamit, address)
    return desk.go(_PAGE, Notice(desk.say("accounts.removed", address=address)))

"""Data: everything out and in again, whether it is sound, and everything deleted for good."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from pamit.errors import ErrorKind, PamitError
from pamit.services.health import Health
from pamit.services.portability import Imported
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.filling import Filled, told
from pamit.surfaces.web.pages.case import attachment
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.site import Notice

router = APIRouter()

_PAGE = "/settings/data"
_IN_MEMORY = 16 * 1024 * 1024
_PIECE = 256 * 1024


@router.get("/settings/data")
def data(desk: AtDesk) -> Response:
    """Where everything lies, and what can be done with it."""
    return _page(desk, Filled({}))


def _page(desk: Desk, form: Filled, health: Health | None = None) -> Response:
    known = desk.site.settings()
    # An address may hold a password; only a file of this machine is named.
    place = known.database.removeprefix("sqlite:///") if known.database.startswith("sqlite:///") else None
    return desk.show(
        "settings_data.html",
        form.status,
        form=form,
        database=place,
        home=known.home,
        cases=desk.site.pamit.count(),
        health=health,
    )


# -- out --------------------------------------------------------------------------------------------------------------


@router.get("/settings/data/export")
def export(desk: AtDesk) -> Response:
    """Everything as an archive."""
    out: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    desk.site.pamit.export(out, desk.now)  # type: ignore[arg-type]
    return _sent(out, f"pamit-{desk.now:%Y-%m-%d}.zip")


@router.post("/settings/data/backup")
def backup(desk: AtDesk, form: PostedForm) -> Response:
    """Everything, encrypted by a passphrase that was typed twice."""
    passphrase = form.text("passphrase")
    if passphrase != form.text("again"):
        return _page(desk, Filled({}, {"again": desk.say("error.passphrases-differ")}))
    out: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    try:
        desk.site.pamit.backup(out, passphrase, desk.now)  # type: ignore[arg-type]
    except PamitError as error:
        if error.code != "weak-passphrase":
            raise
        return _page(desk, Filled({}, {"passphrase": told(error, desk.say)}))
    return _sent(out, f"pamit-{desk.now:%Y-%m-%d}.age")


def _sent(file: IO[Any], name: str) -> Response:
    """A file to be saved, read piece by piece."""
    file.seek(0)

    def pieces() -> Iterator[bytes]:
        with file:
            while piece := file.read(_PIECE):
                yield piece

    plain = attachment(b"", name)
    headers = {key: value for key, value in plain.headers.items() if key != "content-length"}
    return StreamingResponse(pieces(), headers=headers)


# -- in ---------------------------------------------------------------------------------------------------------------


@router.post("/settings/data/import")
def import_(desk: AtDesk, form: PostedForm) -> Response:
    """Take in an archive, all of it or nothing."""
    file = form.upload("archive")
    if file is None:
        return _page(desk, Filled({}, {"archive": desk.say("error.no-file")}))
    try:
        return _came(desk, desk.site.pamit.import_(file, desk.now))
    except PamitError as error:
        if error.kind == ErrorKind.UNAVAILABLE:
            raise
        return _page(desk, Filled({}, {"archive": told(error, desk.say)}))


@router.post("/settings/data/restore")
def restore(desk: AtDesk, form: PostedForm) -> Response:
    """Take in a backup: what is here stays."""
    file = form.upload("backup")
    if file is None:
        return _page(desk, Filled({}, {"backup": desk.say("error.no-file")}))
    try:
        return _came(desk, desk.site.pamit.restore(file, form.text("opened_by"), desk.now))
    except PamitError as error:
        if error.kind == ErrorKind.UNAVAILABLE:
            raise
        field = "opened_by" if error.code == "wrong-passphrase" else "backup"
        return _page(desk, Filled({}, {field: told(error, desk.say)}))


def _came(desk: Desk, found: Imported) -> Response:
    return desk.go(_PAGE, Notice(desk.say("data.imported", **vars(found))))


# -- whether it is sound ----------------------------------------------------------------------------------------------


@router.get("/settings/data/health")
def health(desk: AtDesk) -> Response:
    """Examine everything; nothing is changed."""
    return _page(desk, Filled({}), desk.site.pamit.examine(desk.now))


@router.post("/settings/data/mend")
def mend(desk: AtDesk) -> Response:
    """Derive anew what is derived and differs."""
    found = desk.site.pamit.examine(desk.now, mend=True)
    return desk.go(f"{_PAGE}/health", Notice(desk.say("data.mended", count=found.mended)))


# -- everything deleted -----------------------------------------------------------------------------------------------


@router.get("/settings/data/delete")
def ask_delete(desk: AtDesk) -> Response:
    """What goes, and the word to be typed."""
    return _ask(desk, Filled({}))


def _ask(desk: Desk, form: Filled) -> Response:
    pamit = desk.site.pamit
    return desk.show(
        "settings_delete.html", form.status, form=form, cases=pamit.count(), accounts=len(pamit.accounts()),
        word=desk.say("erase.word"), settings=form.values.get("settings") == "1",
    )  # fmt: skip


@router.post("/settings/data/delete")
def delete(desk: AtDesk, form: PostedForm) -> Response:
    """Remove everything for good, once the word was typed."""
    from pamit.bootstrap import delete_everything

    if form.text("word").strip().casefold() != desk.say("erase.word").casefold():
        kept = {"settings": "1" if form.chosen("settings") else ""}
        return _ask(desk, Filled(kept, {"word": desk.say("error.not-the-word", word=desk.say("erase.word"))}))
    erased = delete_everything(desk.site.pamit, settings=form.chosen("settings"))
    desk.site.shelves.clear()
    return desk.go("/", Notice(desk.say("erase.done", cases=erased.cases, accounts=erased.accounts)))

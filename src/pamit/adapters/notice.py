"""Ways to tell the person something: a notice on the desktop, or a line of text."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.services.notice_words import body, headline
from pamit.services.ports import Notice, Notifier

__all__ = ["DesktopNotifier", "FirstThatTells", "LineNotifier", "NotifySend", "has_session", "reaches_desktops"]

_TIMEOUT = 5


def has_session() -> bool:
    """Whether somebody sits at a desktop that can show notices."""
    if sys.platform in ("win32", "darwin"):
        return True
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or bool(folder and (Path(folder) / "bus").exists())


def reaches_desktops() -> bool:
    """Whether anything is installed that can show notices, whoever sits there."""
    return find_spec("desktop_notifier") is not None or shutil.which("notify-send") is not None


def _not_told(reason: str) -> PamitError:
    return PamitError(ErrorKind.UNAVAILABLE, "not-told", f"The reminder could not be shown: {reason}.", reason=reason)


def _plain(text: str) -> str:
    """Without control characters: company and position come from strangers."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


class DesktopNotifier:
    """Notices by the ``desktop-notifier`` package, where it is installed."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def tell(self, notice: Notice) -> None:
        """Show a notice."""
        if not has_session():
            raise _not_told("no session")
        try:
            # Imported here: it costs a quarter of a second and needs a session.
            import asyncio
            import logging

            from desktop_notifier import DesktopNotifier as Library
            from desktop_notifier import Urgency
        except Exception as error:  # a half-installed backend fails in ways of its own
            raise _not_told(type(error).__name__) from error

        # The library writes a failure to the log and goes on as if nothing were: only this tells that it was shown.
        logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
        shown: list[bool] = []

        async def send() -> None:
            library = Library(app_name="Pamit", app_icon=None)
            urgency = Urgency.Critical if notice.reminder.urgent else Urgency.Normal
            title = _plain(headline(notice, self.language))
            text = _plain(body(notice, self.language))
            # Linux desktops may read markup; a company named <b> must stay what it is.
            text = html.escape(text, quote=False) if sys.platform.startswith("linux") else text
            await library.send(title, text, urgency=urgency, on_dispatched=lambda: shown.append(True))

        try:
            asyncio.run(asyncio.wait_for(send(), _TIMEOUT))
        except Exception as error:  # whatever a desktop does wrong, the next way is tried
            raise _not_told(type(error).__name__) from error
        if not shown:
            raise _not_told("the desktop did not take it")


class NotifySend:
    """Notices by the ``notify-send`` program of Linux desktops."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def tell(self, notice: Notice) -> None:
        """Show a notice."""
        program = shutil.which("notify-send")
        if program is None or not has_session():
            raise _not_told("no notify-send or no session")
        urgency = "critical" if notice.reminder.urgent else "normal"
        title = _plain(headline(notice, self.language))
        text = html.escape(_plain(body(notice, self.language)), quote=False)
        try:
            subprocess.run(
                [program, "--app-name=Pamit", f"--urgency={urgency}", "--", title, text],
                check=True,
                timeout=_TIMEOUT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise _not_told(type(error).__name__) from error


class LineNotifier:
    """A line of text for each reminder."""

    def __init__(self, language: Language, out: TextIO) -> None:
        self.language = language
        self.out = out

    def tell(self, notice: Notice) -> None:
        """Write a line and see it off."""
        line = _plain(f"{headline(notice, self.language)} — {body(notice, self.language)}")
        try:
            self.out.write(f"{line}\n")
            self.out.flush()
        except (OSError, ValueError) as error:
            raise _not_told(type(error).__name__) from error


class FirstThatTells:
    """Several ways, tried in turn until one works."""

    def __init__(self, ways: Sequence[Notifier]) -> None:
        self.ways = ways

    def tell(self, notice: Notice) -> None:
        """Tell it in the first way that works."""
        failure = _not_told("no way to tell")
        for way in self.ways:
            try:
                way.tell(notice)
            except PamitError as error:
                failure = error
            else:
                return
        raise failure

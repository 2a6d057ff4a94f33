"""Serving the app to the browser of this machine, and handing over what the person approved while it runs."""

from __future__ import annotations

import gc
import socket
import threading
import webbrowser
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Final

from pamit.bootstrap import here, make_transport, open_pamit, worker_name
from pamit.config import keep_settings, load_config
from pamit.domain.outbox import SendState
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.web.guard import START, Keys
from pamit.surfaces.web.site import Site

if TYPE_CHECKING:
    from pamit.services.pamit import Pamit

__all__ = ["DEFAULT_PORT", "listen", "serve", "warm_up"]

DEFAULT_PORT: Final = 8477
_WARM_UP_AFTER: Final = 1.0
_HOST: Final = "127.0.0.1"
_WAITING: Final = (SendState.APPROVED, SendState.QUEUED, SendState.RETRY, SendState.SENDING)


def serve(port: int, tell: Callable[[str], None], *, open_browser: bool = True) -> None:
    """Serve until Ctrl-C, to this machine alone.

    Args:
        port: 0 for any that is free.
        tell: told the link that opens the app, once for each browser.

    Raises:
        PamitError: UNAVAILABLE ``port-taken``; else as opening the memory.
    """
    import uvicorn

    from pamit.surfaces.web.app import create_app

    listener = listen(port)
    port = listener.getsockname()[1]

    def link(token: str) -> str:
        return f"http://{_HOST}:{port}{START}?token={token}"

    with open_pamit() as pamit:
        courier = _Courier(pamit)
        keys = Keys(lambda token: tell(link(token)))
        site = Site(
            pamit,
            keys,
            settings=load_config,
            clock=lambda: datetime.now(here()),
            here=here,
            keep_settings=lambda changes: keep_settings(load_config().home, changes),
            wake=courier.wake,
        )
        app = create_app(site, port)
        first = link(keys.start)
        tell(first)
        if open_browser:
            _soon(0.3, lambda: webbrowser.open(first))
        courier.start()
        _soon(_WARM_UP_AFTER, warm_up)
        try:
            # Addresses hold what a person looks for, so none is written to a log.
            server = uvicorn.Server(
                uvicorn.Config(
                    app, log_level="error", access_log=False, server_header=False, date_header=False, proxy_headers=False,
                    timeout_graceful_shutdown=3,
                )
            )  # fmt: skip
            server.run(sockets=[listener])
        finally:
            courier.stop()


def _soon(seconds: float, work: Callable[[], object]) -> None:
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()


def warm_up() -> None:
    """Import what the other pages need while the person reads the first one.

    What was imported stays as long as the server runs: the collector of garbage need not go through it again and again.
    """
    for module in ("intake", "origin", "checking", "writing", "outgoing"):
        import_module(f"pamit.services.{module}")
    gc.collect()
    gc.freeze()


def listen(port: int) -> socket.socket:
    """A socket that hears this machine alone.

    Args:
        port: 0 for any that is free.

    Raises:
        PamitError: UNAVAILABLE ``port-taken``.
    """
    # Named as TCP, so that the event loop sends small answers at once; else each waits 40 ms for an acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
        # From here on a browser that is quicker than we are waits instead of being turned away.
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PamitError(ErrorKind.UNAVAILABLE, "port-taken", f"The port {port} is taken.", port=port) from error
    return listener


class _Courier(threading.Thread):
    """Hands over what is due while the app runs; whatever it leaves, the worker or the next run takes up."""

    _PAUSE: Final = 30.0

    def __init__(self, pamit: Pamit) -> None:
        super().__init__(name="pamit-courier", daemon=True)
        self._pamit = pamit
        self._woken = threading.Event()
        self._ended = False

    def wake(self) -> None:
        """There is something new."""
        self._woken.set()

    def stop(self) -> None:
        """End after the message at hand."""
        self._ended = True
        self._woken.set()

    def run(self) -> None:
        """Wait for the next message that is due, and hand it over."""
        while not self._ended:
            try:
                pause = self._round()
            except PamitError:
                pause = self._PAUSE
            self._woken.wait(pause)
            self._woken.clear()

    def _round(self) -> float:
        now = datetime.now(here())
        waiting = [one for one in self._pamit.outbox(_WAITING) if one.due_at is not None]
        if any(one.due_at <= now for one in waiting if one.due_at is not None):
            self._pamit.deliver(make_transport(), now, owner=worker_name())
            waiting = [one for one in self._pamit.outbox(_WAITING) if one.due_at is not None]
        soonest = min((one.due_at for one in waiting if one.due_at is not None), default=None)
        if soonest is None:
            return self._PAUSE
        return min(max((soonest - datetime.now(here())).total_seconds(), 0.5), self._PAUSE)

"""Where the app listens, and that what was approved is handed over while it runs."""

from __future__ import annotations

import socket

import pytest

from pamit.errors import PamitError
from pamit.surfaces.web.serving import listen


def test_only_this_machine_is_heard() -> None:
    """Loopback and nothing else; a browser that comes early waits."""
    with listen(0) as listener:
        host, port = listener.getsockname()
        assert host == "127.0.0.1"
        with socket.create_connection((host, port), timeout=2):
            pass


def test_small_answers_leave_at_once() -> None:
    """The event loop does so for what is named as TCP alone."""
    with listen(0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_taken_port_is_named() -> None:
    """Another Pamit that runs already, most likely."""
    with listen(0) as listener, pytest.raises(PamitError) as caught:
        listen(listener.getsockname()[1])
    assert (caught.value.code, caught.value.facts["port"] > 0) == ("port-taken", True)  # type: ignore[operator]

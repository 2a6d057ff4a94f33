"""A scripted SMTP server for faults: it answers as told, counts what it took, and lets go of the line where it is told to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

__all__ = ["Script", "ScriptedServer"]

CLOSE = "close"
HANG = "hang"


@dataclass
class Script:
    """What the server does beside its usual answers.

    Attributes:
        answers: the answer to give by the command (``connect``, ``EHLO``, ``AUTH``, ``MAIL``, ``RCPT``, ``DATA``, ``dot``) or
            by ``RCPT address``; ``close`` lets go of the line, ``hang`` never answers.
        times: how often such an answer is given; for ever where it is not told.
        after_taken: close after a message was taken and before that is said.
        most: how many messages a session takes before 452.
        on_command: told of each command.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    after_taken: bool = False
    in_body: bool = False
    most: int | None = None
    on_command: Callable[[str], None] | None = None


class ScriptedServer:
    """An SMTP server on a port of loopback.

    Attributes:
        taken: the messages it took, with their recipients: whole, the final dot said.
        lines: every line that a client said before its message, in order.
        sessions: how many there were.
    """

    def __init__(self, script: Script | None = None, context: ssl.SSLContext | None = None) -> None:
        self.context = context
        self.script = script or Script()
        self.taken: list[tuple[tuple[str, ...], bytes]] = []
        self.lines: list[bytes] = []
        self.sessions = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> ScriptedServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything."""
        with suppress(OSError):
            # A thread that waits in accept() does not notice that its socket is closed.
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._open:
            with suppress(OSError):
                one.close()

    def _listen(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(line)
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        self.sessions += 1
        if self.context is not None:
            try:
                line = self.context.wrap_socket(line, server_side=True)
            except OSError:
                return
        with suppress(OSError, _GoneError), line, line.makefile("rb") as words:
            self._answer(line, "connect", "220 scripted.example ESMTP")
            recipients: list[str] = []
            count = 0
            while said := words.readline():
                self.lines.append(said)
                command, _, rest = said.decode("latin-1").rstrip("\r\n").partition(" ")
                command = command.upper()
                if self.script.on_command is not None:
                    self.script.on_command(command)
                if command == "QUIT":
                    self._answer(line, "QUIT", "221 bye")
                    return
                if command == "RCPT":
                    address = rest.partition("<")[2].partition(">")[0]
                    if self._answer(line, f"RCPT {address}", self._scripted("RCPT") or "250 ok").startswith("250"):
                        recipients.append(address)
                elif command == "MAIL":
                    recipients = []
                    limit = self.script.most is not None and count >= self.script.most
                    self._answer(line, "MAIL", "452 4.5.3 too many messages" if limit else "250 ok")
                elif command == "DATA":
                    if not self._answer(line, "DATA", "354 go on").startswith("354"):
                        continue
                    body = self._body(words)
                    if self.script.on_command is not None:
                        self.script.on_command("dot")
                    said_of_dot = self._scripted("dot") or "250 taken"
                    if said_of_dot.startswith("250"):
                        self.taken.append((tuple(recipients), body))
                        count += 1
                    if self.script.after_taken:
                        raise _GoneError
                    self._say(line, said_of_dot)
                elif command == "EHLO":
                    self._answer(line, "EHLO", "250-scripted.example\r\n250-8BITMIME\r\n250 AUTH PLAIN XOAUTH2")
                elif command == "AUTH":
                    self._answer(line, "AUTH", "235 welcome")
                else:
                    self._answer(line, command, "250 ok")

    def _body(self, words: object) -> bytes:
        body = b""
        while (said := words.readline()) != b".\r\n":  # type: ignore[attr-defined]
            if not said or self.script.in_body:
                raise _GoneError
            body += said[1:] if said.startswith(b".") else said
        return body

    def _scripted(self, step: str) -> str | None:
        answer = self.script.answers.get(step)
        if answer is None:
            return None
        left = self.script.times.get(step)
        if left is not None:
            if left == 0:
                return None
            self.script.times[step] = left - 1
        return answer

    def _answer(self, line: socket.socket, step: str, usual: str) -> str:
        answer = self._scripted(step) or usual
        self._say(line, answer)
        return answer

    def _say(self, line: socket.socket, answer: str) -> None:
        if answer == CLOSE:
            raise _GoneError
        if answer == HANG:
            threading.Event().wait(30)
            raise _GoneError
        line.sendall(answer.encode() + b"\r\n")


class _GoneError(Exception):
    """The line was let go of."""

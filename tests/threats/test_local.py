"""Other people on the machine: what lies on the disk is its owner's alone, and no command line holds a secret (T18)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest

from pamit.adapters.scan_journal import FileJournal
from pamit.adapters.secrets import FileSecrets
from pamit.bootstrap import open_pamit
from pamit.config import keep_settings, load_config, write_private
from pamit.domain.terms import Language
from pamit.services.feed_address import make_feed_address
from pamit.services.intake import read_source
from pamit.services.origin import source_of
from pamit.services.scan_ports import Tally
from pamit.surfaces.cli import build
from pamit.surfaces.cli.memory import written_file
from pamit.surfaces.cli.words import Words

NOW = datetime.fromisoformat("2026-11-24T09:00:00+07:00")
WORDS = "Kami mengundang Kakak wawancara Kamis, 26 November 2026 pukul 10.00 WIB di PT Tunas, Jl. Melati 5, Bandung."
NOBODY = 65_534

pytestmark = pytest.mark.skipif(os.name != "posix", reason="this system has no file modes")


@pytest.fixture
def open_home() -> Iterator[Path]:
    """A home folder that others may enter, as one that a person made by hand, and a umask that forbids nobody anything."""
    with TemporaryDirectory() as folder:
        before = os.umask(0)
        Path(folder).chmod(0o755)
        home = Path(folder) / "pamit"
        home.mkdir(mode=0o755)
        yield home
        os.umask(before)


def fill(home: Path) -> None:
    """Everything that Pamit ever writes to a disk."""
    config = load_config({"PAMIT_HOME": str(home)})
    keep_settings(home, {"name": "Rani Kusuma"})
    write_private(home / "days.toml", "")
    secrets = FileSecrets(home)
    secrets.put("password", "rahasia")
    make_feed_address(secrets, lambda size: b"x" * size, language=Language.ID)
    FileJournal(home, "x").put("a", Tally())
    with open_pamit(config) as pamit:
        pamit.add(read_source(WORDS, now=NOW), source_of(WORDS.encode()), NOW)
        for name in ("export.zip", "backup.age"):
            with written_file(home / name, force=False) as out:
                pamit.export(out, NOW)


def open_to_others(home: Path) -> list[str]:
    return [str(path.relative_to(home)) for path in sorted(home.rglob("*")) if path.stat().st_mode & 0o077]


def test_every_file_is_its_owners_alone_whatever_the_umask(open_home: Path) -> None:
    """Settings, store, secrets, the calendar's address, a scan's notes, exports; also while the store is in use."""
    fill(open_home)
    with open_pamit(load_config({"PAMIT_HOME": str(open_home)})) as pamit:
        pamit.due(NOW, NOW, 1)
        assert open_to_others(open_home) == []
    found = {path.name for path in open_home.rglob("*")}
    assert {"pamit.toml", "days.toml", "pamit.db", "scans", "x.jsonl", "export.zip", "backup.age"} <= found


def test_store_that_was_open_to_others_is_closed(open_home: Path) -> None:
    """A file that came from another machine, or was copied by hand."""
    fill(open_home)
    (open_home / "pamit.db").chmod(0o664)
    open_pamit(load_config({"PAMIT_HOME": str(open_home)})).close()
    assert open_to_others(open_home) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be somebody else")
def test_another_user_reads_nothing(open_home: Path) -> None:
    """A process of another user that walks the folder can open no file of it."""
    fill(open_home)
    walk = (
        "import pathlib, sys\n"
        "seen = opened = 0\n"
        "for path in pathlib.Path(sys.argv[1]).iterdir():\n"
        "    seen += 1\n"
        "    try:\n"
        "        list(path.iterdir()) if path.is_dir() else path.open('rb').close()\n"
        "        opened += 1\n"
        "    except PermissionError:\n"
        "        pass\n"
        "print(seen > 5, opened)\n"
    )
    python = Path("/usr/bin/python3")
    if not python.exists():
        pytest.skip("there is no Python that another user can start")
    done = subprocess.run(
        [python, "-I", "-c", walk, str(open_home)], user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, check=False
    )
    assert (done.stdout, done.stderr) == (b"True 0\n", b"")


def test_no_argument_takes_a_secret() -> None:
    """Every user can list the arguments of every process: passwords and passphrases come by a file or are asked for."""
    group = build(Words(Language.EN))
    context = click.Context(group)
    found = []
    for command in _commands(group, context):
        for one in command.params:
            names = " ".join((one.name or "", *one.opts)).lower()
            if any(word in names for word in ("password", "passphrase", "secret", "token")):
                found.append((command.name, one.name, isinstance(one.type, click.Path) or getattr(one, "is_flag", False)))
    assert ("add", "password_file", True) in found
    # Of a token that is taken back, the name is given.
    assert [one[:2] for one in found if not one[2]] == [("revoke", "token")]


def _commands(group: click.Group, context: click.Context) -> Iterator[click.Command]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, context)
        else:
            yield command

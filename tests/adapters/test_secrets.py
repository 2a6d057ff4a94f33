"""Secrets lie where only their owner can read them (T18)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pamit.adapters.secrets import FileSecrets, choose_secrets
from pamit.errors import PamitError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")


def test_secret_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    """Each under its name."""
    secrets = FileSecrets(tmp_path / "home")
    assert secrets.get("password:a") is None
    secrets.put("password:a", "satu")
    secrets.put("password:b", "dua")
    secrets.put("password:a", "tiga ✓")
    assert (secrets.get("password:a"), secrets.get("password:b")) == ("tiga ✓", "dua")
    secrets.drop("password:a")
    secrets.drop("password:a")
    assert (secrets.get("password:a"), secrets.get("password:b")) == (None, "dua")


def test_nobody_else_can_read_the_file(tmp_path: Path) -> None:
    """Mode 0600 in a folder of mode 0700, whatever the umask."""
    former = os.umask(0)
    try:
        secrets = FileSecrets(tmp_path / "home")
        secrets.put("a", "b")
    finally:
        os.umask(former)
    assert stat.S_IMODE(secrets.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(secrets.file.parent.stat().st_mode) == 0o700
    assert [file.name for file in secrets.file.parent.iterdir()] == ["secrets.json"]


def test_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """It is said rather than used."""
    secrets = FileSecrets(tmp_path)
    secrets.put("a", "b")
    secrets.file.chmod(0o644)
    with pytest.raises(PamitError) as caught:
        secrets.get("a")
    assert caught.value.code == "secrets-open"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe"])
def test_damaged_file_is_said(tmp_path: Path, content: bytes) -> None:
    """Never an exception of another kind."""
    secrets = FileSecrets(tmp_path)
    secrets.file.write_bytes(content)
    secrets.file.chmod(0o600)
    with pytest.raises(PamitError) as caught:
        secrets.get("a")
    assert caught.value.code == "secrets-unreadable"


def test_setting_chooses_the_file(tmp_path: Path) -> None:
    """Whatever keyring there is."""
    assert isinstance(choose_secrets(tmp_path, "file"), FileSecrets)

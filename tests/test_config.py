"""Settings: where they come from, and that the page about them is fresh."""

from __future__ import annotations

from pathlib import Path

import pytest

from pamit.bootstrap import open_pamit
from pamit.config import SETTINGS, Config, fixed_settings, keep_settings, load_config, settings_page
from pamit.domain.terms import Language
from pamit.errors import PamitError

DOCS = Path(__file__).resolve().parents[1] / "docs" / "reference"


def test_home_from_environment(tmp_path: Path) -> None:
    """Everything lies in the folder that PAMIT_HOME names."""
    assert load_config({"PAMIT_HOME": str(tmp_path)}) == Config(tmp_path, f"sqlite:///{tmp_path / 'pamit.db'}")


def test_home_from_platform() -> None:
    """Without it, in the platform's data folder."""
    from platformdirs import user_data_path

    assert load_config({}).home == user_data_path("pamit", appauthor=False)


def test_environment_wins_over_file(tmp_path: Path) -> None:
    """The file holds what is not set otherwise."""
    (tmp_path / "pamit.toml").write_text('database = "sqlite:///lain.db"\ndays = "a.toml"\n')
    found = load_config({"PAMIT_HOME": str(tmp_path), "PAMIT_NAME": "Maya", "PAMIT_DAYS": "~/libur.toml"})
    assert (found.database, found.name) == ("sqlite:///lain.db", "Maya")
    assert found.days == Path("~/libur.toml").expanduser()


@pytest.mark.parametrize("text", ["warna = 'biru'", "home = '/x'", "days = 7", "days ="])
def test_bad_settings_are_named(tmp_path: Path, text: str) -> None:
    """Nothing is passed over in silence."""
    (tmp_path / "pamit.toml").write_text(text)
    with pytest.raises(PamitError) as caught:
        load_config({"PAMIT_HOME": str(tmp_path)})
    assert caught.value.code == "bad-settings"


def test_store_is_private(tmp_path: Path) -> None:
    """A folder and a file for their owner alone, whatever the umask."""
    home = tmp_path / "baru" / "pamit"
    open_pamit(load_config({"PAMIT_HOME": str(home)})).close()
    assert (home.stat().st_mode & 0o777, (home / "pamit.db").stat().st_mode & 0o777) == (0o700, 0o600)


def test_own_days_are_read(tmp_path: Path) -> None:
    """And where they cannot be, that is said."""
    days = tmp_path / "libur.toml"
    config = Config(tmp_path, "sqlite://", days=days)
    with pytest.raises(PamitError) as caught:
        open_pamit(config)
    assert caught.value.code == "own-days"
    days.write_text('[off]\n2026-11-30 = "Libur daerah"\n')
    with open_pamit(config) as pamit:
        assert list(pamit.own_days.off.values()) == ["Libur daerah"]


@pytest.mark.parametrize("address", ["mysql://x/y", "bukan alamat", "sqlite+nothing:///x"])
def test_foreign_database_is_refused(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the contract is tested on; the address, which may hold a password, is not repeated."""
    monkeypatch.chdir(tmp_path)  # an address without a folder names a file right here
    with pytest.raises(PamitError) as caught:
        open_pamit(Config(tmp_path, address))
    assert (caught.value.code, address in caught.value.message) == ("bad-database", False)


def test_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    """And left as it is."""
    file = tmp_path / "pamit.db"
    file.write_bytes(b"catatan belanja " * 100)
    with pytest.raises(PamitError) as caught:
        open_pamit(Config(tmp_path, f"sqlite:///{file}"))
    assert (caught.value.code, file.read_bytes()) == ("not-a-store", b"catatan belanja " * 100)


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file in the place of the folder."""
    (tmp_path / "x").write_text("")
    with pytest.raises(PamitError) as caught:
        open_pamit(Config(tmp_path, f"sqlite:///{tmp_path}/x/pamit.db"))
    assert caught.value.code == "store-unreachable"


@pytest.mark.parametrize(("language", "name"), [(Language.EN, "settings.md"), (Language.ID, "settings.id.md")])
def test_settings_page_is_fresh(language: Language, name: str) -> None:
    """The page is written from the table; `make docs` writes it anew."""
    page = settings_page(language)
    assert [one.variable for one in SETTINGS if one.variable not in page] == []
    assert (DOCS / name).read_text("utf-8") == page


def test_settings_kept_are_read_again_and_the_rest_stays(tmp_path: Path) -> None:
    """Keeping settings changes these lines alone, quotes and all, and nobody else may read the file."""
    file = tmp_path / "pamit.toml"
    file.write_text("# mine\nquiet = 'none'\nname = 'Old'\n")
    keep_settings(tmp_path, {"name": 'Rani "Ran" Kusuma', "city": "Bandung"})
    keep_settings(tmp_path, {"city": ""})
    config = load_config({"PAMIT_HOME": str(tmp_path)})
    assert (config.name, config.city) == ('Rani "Ran" Kusuma', None)
    assert file.read_text("utf-8").splitlines()[:2] == ["# mine", "quiet = 'none'"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_settings_that_belong_elsewhere_are_not_kept(tmp_path: Path) -> None:
    """The folder itself cannot be set within it."""
    with pytest.raises(PamitError) as caught:
        keep_settings(tmp_path, {"home": "/x"})
    assert caught.value.code == "bad-settings"


def test_signature_is_kept_over_several_lines(tmp_path: Path) -> None:
    """Written by the page, read as it was; one that is too long is named."""
    keep_settings(tmp_path, {"signature": "S1 Akuntansi\nlinkedin.com/in/rani", "name": "Rani"})
    keep_settings(tmp_path, {"name": "Rani Kusuma"})
    found = load_config({"PAMIT_HOME": str(tmp_path)})
    assert (found.name, found.signature) == ("Rani Kusuma", "S1 Akuntansi\nlinkedin.com/in/rani")
    with pytest.raises(PamitError) as caught:
        load_config({"PAMIT_HOME": str(tmp_path), "PAMIT_SIGNATURE": "a" * 71})
    assert caught.value.code == "bad-signature"


def test_settings_of_the_environment_are_told() -> None:
    """So that a page can say why they cannot be changed there."""
    assert fixed_settings({"PAMIT_NAME": "Rani", "PAMIT_CITY": "", "PAMIT_X": "1"}) == {"name": "PAMIT_NAME"}

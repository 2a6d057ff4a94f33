"""The composition root: the only place where the ports are joined to their adapters."""

from __future__ import annotations

from pamit.config import Config, load_config
from pamit.domain.calendar.workdays import OwnDays
from pamit.errors import ErrorKind, PamitError
from pamit.services.pamit import Pamit

__all__ = ["open_pamit"]


def open_pamit(config: Config | None = None) -> Pamit:
    """Open the memory: the store is made where there is none and brought up to date where it is older.

    Args:
        config: the settings; those of environment and file where it is None.

    Raises:
        PamitError: INVALID ``bad-settings``, ``own-days``; REFUSED ``store-newer``; UNAVAILABLE ``store-unreachable``,
            ``store-busy``.
    """
    from pamit.adapters.archive import ZipArchive
    from pamit.adapters.seal import AgeSeal
    from pamit.adapters.store import open_store

    settings = config or load_config()
    return Pamit(open_store(settings.database), ZipArchive(), AgeSeal(), _own_days(settings))


def _own_days(config: Config) -> OwnDays | None:
    if config.days is None:
        return None
    try:
        return OwnDays.from_toml(config.days.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PamitError(
            ErrorKind.INVALID, "own-days", f"The file of own days {config.days} cannot be read.", file=str(config.days)
        ) from error

"""The site as it is built, and Chromium to open it in."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
TOOLS = ROOT / "tools"
PYODIDE = TOOLS / "phone" / "node_modules" / "pyodide"


def tool(name: str) -> ModuleType:
    """A program under tools/."""
    spec = spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh site; skips where Pyodide is not installed, and fails there in CI."""
    if not PYODIDE.is_dir():
        if os.environ.get("CI"):
            pytest.fail("Pyodide is not installed (cd tools/phone && npm ci)")
        pytest.skip("Pyodide is not installed (cd tools/phone && npm ci)")
    folder = tmp_path_factory.mktemp("site") / "site"
    tool("site_builder").build(folder)
    return folder


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """The site served by a plain host, under a path of its own: its address."""
    server = tool("site_server").make_server(built.parent, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/site/"
    server.shutdown()
    server.server_close()

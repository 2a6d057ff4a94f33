"""Put the site together that runs Pamit within a browser: ``make site`` writes ``site/``, ``make site-serve`` serves it here.

Everything but the first page, the service worker and the manifest stands under a name that is made of its content. Nothing is
fetched from anywhere by the finished site but from its own folder, wherever that is served.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pamit import __version__
from pamit.domain.terms import Language
from pamit.surfaces.phone.words import shell_words

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "pamit"
PHONE = SOURCE / "surfaces" / "phone" / "static"
WEB = SOURCE / "surfaces" / "web" / "static"
NODE = ROOT / "tools" / "phone"
PYODIDE = NODE / "node_modules" / "pyodide"
STORE = ROOT / "build" / "site"
"""What was downloaded and compiled before."""

_TAG = ("cp314", "pyemscripten_2026_0_wasm32")
"""The Python of the pinned Pyodide, and its platform (PEP 783)."""

_LEFT_OUT = re.compile(
    r"(?:^|/)(?:tests?|testing|__pycache__)/|\.(?:pyi|so|c|h|pxd|pyx|po)$|py\.typed$"
    r"|^[^/]+\.dist-info/(?!METADATA$)(?!.*opentelemetry.*/entry_points\.txt$)"
    r"|^sqlalchemy/(?:dialects/(?:mssql|mysql|oracle)|orm)/|^sqlalchemy/ext/(?!(?:__init__|compiler)\.py$)"
    r"|^alembic/templates/|^pydantic/(?:mypy\.py$|v1/)|^dateutil/zoneinfo/[^/]*\.tar\.gz$|^anyio/(?:_backends/_trio|pytest_plugin)\.py$"
    r"|^holidays/(?:financial/|countries/(?!__init__\.py$|indonesia\.py$)|locale/(?!(?:id|en_US)/LC_MESSAGES/ID\.mo$))"
    r"|^tzdata/zoneinfo/(?:posix|right)/"
    r"|^pamit/surfaces/(?:cli/commands/|phone/static/|web/static/(?!icon\.svg$))"
)
"""Files of distributions that no page needs: tests, sources of compiled parts, other databases, other countries' holidays."""

_ABOUT = re.compile(rb"(?:Metadata-Version|Name|Version): [^\n]*\n")
_EMPTY = frozenset({"holidays/countries/__init__.py"})
"""Modules that only import their neighbours, which are not there."""

_STDLIB_LEFT_OUT = re.compile(
    r"^(?:idlelib|tkinter|turtledemo|ensurepip|venv|lib2to3|test|unittest|xmlrpc|wsgiref|curses|dbm|pydoc_data|multiprocessing"
    r"|profiling|xml/dom|ctypes|_pyrepl)(?:/|$)"
    r"|^(?:pdb|bdb|pydoc|doctest|pickletools|mailbox|imaplib|smtplib|poplib|ftplib|cProfile|profile|pstats|turtle|optparse"
    r"|webbrowser|_pydecimal|_pyio|_pydatetime|asyncio/(?:proactor_events|windows_events|windows_utils)"
    r"|wave|trace|modulefinder|plistlib|fileinput|compileall|socketserver|http/server|logging/(?:config|handlers)|concurrent/futures/process|pyodide/console|cmd|code)\.py$"
)


def main(arguments: list[str]) -> None:
    """Build; ``serve [port]`` serves what was built."""
    if arguments[:1] == ["serve"]:
        from site_server import serve

        serve(ROOT / "site", int(arguments[1]) if len(arguments) > 1 else 8478)
        return
    print(build(ROOT / "site").told())


@dataclass
class Built:
    """A site as it was written.

    Attributes:
        sizes: of every file, in bytes as it is and compressed with gzip.
    """

    folder: Path
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)

    def told(self) -> str:
        """How large it is, largest files first."""
        rows = sorted(self.sizes.items(), key=lambda one: -one[1][1])
        lines = [f"{small / 1e6:7.2f} MB  {name}" for name, (_, small) in rows[:8]]
        whole, small = (sum(one[at] for one in self.sizes.values()) / 1e6 for at in (0, 1))
        lines.append(f"{small:7.2f} MB  compressed in all, {whole:.1f} MB unpacked, {len(rows)} files, in {self.folder}")
        return "\n".join(lines)


# -- Python -----------------------------------------------------------------------------------------------------------


def _pins() -> dict[str, tuple[str, str]]:
    """Every locked distribution: its version, and its lines as they stand in the lock file."""
    found = {}
    for name in ("dev.txt", "run.txt"):
        text = (ROOT / "requirements" / name).read_text("utf-8")
        for block in re.findall(r"^[a-z0-9][^\n]*==[^\n]*\\\n(?:    --hash[^\n]*\n)+", text, re.MULTILINE):
            title, _, version = block.partition(" ")[0].partition("==")
            found[re.sub(r"\[.*\]", "", title)] = (version, block)
    return found


def _wanted() -> Iterator[tuple[str, bool]]:
    """The distributions of the site, and whether each is compiled."""
    for line in (ROOT / "requirements" / "site.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()[0], line.endswith("compiled")


def _gather(folder: Path) -> None:
    """Put the files of all distributions into a folder, as they were installed here or as their wheels have them."""
    pins = _pins()
    for name, compiled in _wanted():
        version, lines = pins[name]
        if compiled:
            _unpack(_wheel(name, version, lines), folder)
            continue
        found = distribution(name)
        if found.version != version:
            raise SystemExit(f"{name} {found.version} is installed, {version} is locked; run make test once.")
        for file in found.files or ():
            if _is_needed(str(file)):
                _put(folder / str(file), Path(str(file.locate())).read_bytes(), str(file))


def _is_needed(path: str) -> bool:
    return not path.startswith("..") and (path.endswith("-wasm32-emscripten.so") or not _LEFT_OUT.search(path))


def _put(path: Path, data: bytes, name: str) -> None:
    if name in _EMPTY:
        data = b""
    elif name.endswith(".dist-info/METADATA"):
        # Some ask for their own version; nobody asks for the rest.
        data = b"".join(_ABOUT.findall(data.partition(b"\n\n")[0] + b"\n"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _wheel(name: str, version: str, lines: str) -> Path:
    """The wheel for the browser's Python, downloaded once; its hash is among those locked."""
    kept = STORE / "wheels"
    pattern = f"{name.replace('-', '_')}-{version}-*{_TAG[1]}.whl"
    if not any(kept.glob(pattern)):
        kept.mkdir(parents=True, exist_ok=True)
        locked = kept / f"{name}.txt"
        locked.write_text(lines.rstrip().rstrip("\\") + "\n", "utf-8")
        abi, platform = _TAG
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes",
             "--platform", platform, "--python-version", "3.14", "--abi", abi, "--implementation", "cp",
             "--dest", str(kept), "--requirement", str(locked)],
            check=True,
        )  # fmt: skip
    return next(kept.glob(pattern))


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as found:
        for name in found.namelist():
            if not name.endswith("/") and _is_needed(name):
                _put(folder / name, found.read(name), name)


def _compile(folder: Path, *whole: str) -> None:
    subprocess.run(["node", str(NODE / "compile.mjs"), str(folder), *whole], check=True)


def _packed(folder: Path) -> bytes:
    """One file of many: the length of a table, the table (name and length of each), then all their bytes; compressed."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    table = json.dumps([[path.relative_to(folder).as_posix(), path.stat().st_size] for path in files]).encode()
    data = len(table).to_bytes(4, "big") + table + b"".join(path.read_bytes() for path in files)
    return gzip.compress(data, 9, mtime=0)


def _stdlib(folder: Path) -> bytes:
    """The standard library of the browser's Python, compiled."""
    with zipfile.ZipFile(PYODIDE / "python_stdlib.zip") as found:
        for name in found.namelist():
            if not name.endswith("/") and not _STDLIB_LEFT_OUT.search(name):
                _put(folder / name, found.read(name), name)
    _compile(folder)
    target = folder.parent / "stdlib.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            out.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return target.read_bytes()


def _foundation() -> tuple[bytes, bytes]:
    """Standard library and distributions, compiled; made anew only when one of them or this program has changed."""
    about = [Path(__file__).read_bytes(), (NODE / "compile.mjs").read_bytes(), (NODE / "package-lock.json").read_bytes()]
    pins = _pins()
    about += ["".join(pins[name]).encode() for name, _ in _wanted()]
    kept = STORE / hashlib.sha256(b"\0".join(about)).hexdigest()[:16]
    names = ("stdlib.zip", "packages.pack")
    if not all((kept / name).exists() for name in names):
        with tempfile.TemporaryDirectory() as room:
            libraries, standard = Path(room) / "packages", Path(room) / "stdlib"
            _gather(libraries)
            _compile(libraries)
            found = (_stdlib(standard), _packed(libraries))
        kept.mkdir(parents=True, exist_ok=True)
        for name, data in zip(names, found, strict=True):
            (kept / name).write_bytes(data)
    return (kept / names[0]).read_bytes(), (kept / names[1]).read_bytes()


def _own() -> bytes:
    """Pamit itself, compiled; rules are explained by their docstrings, so they stay."""
    with tempfile.TemporaryDirectory() as room:
        for path in sorted(SOURCE.rglob("*")):
            name = path.relative_to(SOURCE.parent).as_posix()
            if path.is_file() and not _LEFT_OUT.search(name):
                _put(Path(room) / name, path.read_bytes(), name)
        _compile(Path(room), "pamit")
        return _packed(Path(room))


# -- the site ---------------------------------------------------------------------------------------------------------


def build(folder: Path) -> Built:
    """Write the site into a folder, which is emptied before."""
    if not PYODIDE.is_dir():
        raise SystemExit("Pyodide is not installed: npm ci in tools/phone")
    standard, libraries = _foundation()
    shutil.rmtree(folder, ignore_errors=True)
    site = _Site(folder)
    engine = {name: (PYODIDE / name).read_bytes() for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")}
    home = f"assets/python-{_digest(*engine.values())}/"
    for name, data in engine.items():
        site.write(home + name, re.sub(rb"\n//# sourceMappingURL=[^\n]*", b"", data) if name.endswith("s") else data)
    python = {
        "home": home,
        "lock": {"info": json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))["info"], "packages": {}},
        "stdlib": site.asset("stdlib.zip", standard),
        "packs": [site.asset("packages.pack", libraries), site.asset("pamit.pack", _own())],
    }
    static = {f"/static/{path.name}": site.asset(path.name, path.read_bytes()) for path in sorted(WEB.iterdir())}
    # The one that asks a server stays where servers are.
    site.drop(static.pop("/static/pamit.js"))
    style = site.asset("phone.css", (PHONE / "phone.css").read_bytes())
    modules = {"enhance.js": Path(static["/static/enhance.js"]).name}
    for name in ("memory.js", "worker.js", "shell.js", "old.js"):
        text = (PHONE / name).read_text("utf-8")
        for other, place in modules.items():
            text = text.replace(f'"./{other}"', f'"./{place}"')
        modules[name] = Path(site.asset(name, text.encode())).name
    words = {str(language): shell_words(language) for language in Language}
    places = {name.partition(".")[0]: f"assets/{modules[name]}" for name in ("worker.js", "shell.js", "old.js")}
    known = {"version": __version__, "python": python, "worker": places["worker"], "static": static, "words": words}
    pages = Environment(loader=FileSystemLoader(PHONE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    about = {"words": words, "static": static, "style": style, "shell": places["shell"], "old": places["old"]}
    build_id = _digest(json.dumps([known, about], sort_keys=True).encode(), (PHONE / "offline.js").read_bytes(),
                       (PHONE / "index.html").read_bytes())  # fmt: skip
    data = json.dumps({**known, "build": build_id}, ensure_ascii=False).replace("<", "\\u003c")
    site.write("index.html", pages.get_template("index.html").render(**about, site=data).encode())
    site.write("manifest.webmanifest", json.dumps(_manifest(words, static), ensure_ascii=False, indent=1).encode())
    files = [[name, size] for name, (size, _) in site.built.sizes.items()]
    worker_text = (PHONE / "offline.js").read_text("utf-8")
    site.write("offline.js", worker_text.replace("__BUILD__", build_id).replace("__FILES__", json.dumps(files)).encode())
    return site.built


class _Site:
    """The folder under construction."""

    def __init__(self, folder: Path) -> None:
        self.built = Built(folder)

    def asset(self, name: str, data: bytes) -> str:
        """Write a file under a name made of its content; where it stands."""
        stem, _, ending = name.rpartition(".")
        place = f"assets/{stem}-{_digest(data)}.{ending}"
        self.write(place, data)
        return place

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""
        path = self.built.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.built.sizes[name] = (len(data), min(len(data), len(gzip.compress(data, 6))))

    def drop(self, name: str) -> None:
        """Take a file away again."""
        (self.built.folder / name).unlink()
        del self.built.sizes[name]


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def _manifest(words: dict[str, dict[str, str]], static: dict[str, str]) -> dict[str, object]:
    say = words[str(Language.ID)]
    icons = [
        {"src": static[f"/static/icon-{name}.png"], "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in (("192", 192, "any"), ("512", 512, "any"), ("maskable-512", 512, "maskable"))
    ]
    return {
        "id": "./", "name": say["name"], "short_name": "Pamit", "description": say["about"], "lang": str(Language.ID),
        "start_url": "./", "scope": "./", "display": "standalone", "background_color": "#f7f6f2", "theme_color": "#ffffff",
        "icons": icons,
        "share_target": {
            "action": "./share", "method": "POST", "enctype": "multipart/form-data",
            "params": {
                "title": "title", "text": "text", "url": "url",
                "files": [{
                    "name": "file",
                    "accept": [".eml", ".ics", ".txt", "message/rfc822", "text/calendar", "text/plain"],
                }],
            },
        },
    }  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])

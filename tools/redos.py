"""Attacks every pattern of the package with strings built against it, and says which are slow.

    python tools/redos.py            a table of the slowest, and of all above 50 ms
    python tools/redos.py NAME       only the patterns whose place, such as "reading.mode:30", holds NAME
    python tools/redos.py --brief    half as long and fewer strings; 1 where one had to be ended after a second (the tests do this)

Each pattern is taken apart into its repeats; each is pumped to 10^5 characters after what may stand before it, with an ending that
makes the match fail, besides what mails are made of: blanks, digits, quotes, `Re: `. Each string is searched for, searched through
to its end, and matched as a whole. Patterns are found by watching `re.compile` while all modules are imported and the doors are
used once, so those made on first use are among them; those written within a call of `re` are read from the source.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import random
import re
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 100_000
"""Characters of an attack."""
ALLOWED = 0.050
"""Seconds that one attack may take."""
ENDINGS = ("", "\x01", "!\n\x01")
COMMON = (
    " ", "\t", "\n", "\r\n", "\u00a0", "0", "9 ", "1.", "12.30 ", "-", "- ", "--", "=", "_", "*", "a", "A", "Aa ", "ab ", "a.", "a-",
    "a@", "@a.b", "a@b.c ", "a/", "(", ")", "()", "((a)", "[", "]", "<", "<a ", "<a@b>", ">", "> ", '"', '"a', "'", "\\", ":", ": ",
    ";", ",", ", ", "a, ", "/", "//", "http://", "https://a.b/", "&", "&amp", "Re: ", "Fwd: ", "From: a\n", "a: b\n", "=?", "=?u?q?",
    "?=", "PT ", "Jl. ", "Bapak ", "Ibu Ani ", "dan ", "the ", "to ", "di ", "Senin ", "Kamis, 1 ", "1 jam ", "pukul ", "é", "İ", "ﬁ", "\u202e",
)  # fmt: skip


BRIEFLY = (" ", "\t", "\n", "0", "a", "-", ", ", "> ")


@dataclass(frozen=True)
class Found:
    """A pattern, the module that made it, and the ways in which the package uses it."""

    module: str
    pattern: re.Pattern[Any]
    line: int
    ways: frozenset[str] = frozenset()
    seen: set[str] = field(default_factory=set, compare=False)


class _Watched:
    """A pattern that notes how it is used."""

    def __init__(self, pattern: re.Pattern[Any], seen: set[str]) -> None:
        self._pattern, self._seen = pattern, seen

    def __getattr__(self, name: str) -> Any:
        if name in _WAY_OF:
            self._seen.add(_WAY_OF[name])
        return getattr(self._pattern, name)


@dataclass(frozen=True)
class Measured:
    """The worst attack upon a pattern."""

    found: Found
    seconds: float
    attack: str
    way: str

    @property
    def line(self) -> str:
        """A line of the table."""
        shown = self.found.pattern.pattern if isinstance(self.found.pattern.pattern, str) else repr(self.found.pattern.pattern)
        short = shown.replace("\n", " ")
        return f"{self.seconds * 1_000:8.1f} ms  {self.found.module}:{self.found.line}  {self.way} of {self.attack}  {short[:60]!r}"


# -- which patterns there are -----------------------------------------------------------------------------------------


@contextmanager
def watching(found: dict[tuple[str, Any, int], Found]) -> Iterator[None]:
    """Note every pattern that a module of Pamit makes."""
    theirs = re.compile

    def noting(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        made = theirs(pattern, flags)
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename.startswith("<"):
            frame = frame.f_back  # type: ignore[assignment]
        module = str(frame.f_globals.get("__name__", ""))
        if not module.startswith("pamit"):
            return made
        one = found.setdefault((module, made.pattern, made.flags), Found(module, made, frame.f_lineno))
        return _Watched(made, one.seen)  # type: ignore[return-value]

    re.compile = noting  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = theirs


def all_patterns() -> list[Found]:
    """Every pattern of the package. It must not have been imported before."""
    found: dict[tuple[str, Any, int], Found] = {}
    with watching(found):
        import pamit

        for module in pkgutil.walk_packages(pamit.__path__, "pamit."):
            if module.name.endswith("__main__"):
                continue
            try:
                importlib.import_module(module.name)
            except ImportError as error:
                print(f"not imported: {module.name} ({error})", file=sys.stderr)
        _use_the_doors()
    sources = {
        ".".join(("pamit", *path.relative_to(pamit.__path__[0]).with_suffix("").parts)).removesuffix(".__init__"): path.read_text("utf-8")
        for path in sorted(Path(pamit.__path__[0]).rglob("*.py"))
    }
    trees = {module: ast.parse(text) for module, text in sources.items()}
    for one in _written_inline(trees):
        found.setdefault((one.module, one.pattern.pattern, one.pattern.flags), one)
    everywhere = _uses(trees.values())
    return [one if one.ways else replace(one, ways=_ways_of(one, trees[one.module], everywhere)) for one in found.values()]


_WAY_OF = {
    "search": "search", "match": "match", "fullmatch": "fullmatch",
    **dict.fromkeys(("finditer", "findall", "sub", "subn", "split"), "search through"),
}  # fmt: skip


def _uses(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """How names are used: the methods of patterns that are called upon them, and "passed" for any other use."""
    found: dict[str, set[str]] = {}
    for tree in trees:
        called = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in _WAY_OF and isinstance(node.value, (ast.Name, ast.Attribute)):
                name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                found.setdefault(name, set()).add(_WAY_OF[node.attr])
                called.add(node.value)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in called:
                found.setdefault(node.id, set()).add("passed")
            elif isinstance(node, ast.Attribute) and node not in called:
                found.setdefault(node.attr, set()).add("passed")
    return found


def _ways_of(one: Found, tree: ast.Module, everywhere: Mapping[str, set[str]]) -> frozenset[str]:
    """The ways in which a pattern is used: by its name, else as it was seen to be used, else all."""
    every = frozenset(WAYS)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.lineno <= one.line <= (node.end_lineno or node.lineno):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            value = node.value
            if not isinstance(target, ast.Name) or not isinstance(value, ast.Call):
                return frozenset(one.seen) or every
            # A private name is used by its own module alone.
            found = (_uses([tree]) if target.id.startswith("_") else everywhere).get(target.id, set())
            return (frozenset(one.seen) or every) if "passed" in found or not found else frozenset(found)
    return frozenset(one.seen) or every


def _written_inline(trees: Mapping[str, ast.Module]) -> Iterator[Found]:
    """The patterns within calls such as ``re.search("…", text)``."""
    for module, tree in trees.items():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or not isinstance(call.func.value, ast.Name):
                continue
            if call.func.value.id != "re" or not call.args or not isinstance(call.args[0], ast.Constant):
                continue
            rest = (*call.args[1:], *(one.value for one in call.keywords))
            flags = 0
            for name in (one.attr for part in rest for one in ast.walk(part) if isinstance(one, ast.Attribute)):
                flags |= getattr(re, name, 0) if name.isupper() else 0
            if call.func.attr in _WAY_OF:
                yield Found(module, re.compile(call.args[0].value, flags), call.lineno, frozenset({_WAY_OF[call.func.attr]}))


def _labelled(name: str) -> list[dict[str, Any]]:
    rows = Path(__file__).resolve().parent.parent / "tests" / "data" / name
    return [json.loads(line) for line in rows.read_text("utf-8").splitlines()]


def _use_the_doors() -> None:
    import pamit
    from pamit.domain.terms import Language, Purpose

    now = datetime.fromisoformat("2026-11-23T10:00:00+07:00")
    for row in _labelled("invitations.jsonl"):
        pamit.read(str(row["text"]), subject=str(row.get("subject") or ""), sender=str(row.get("from") or ""), received=now)
    for row in _labelled("messages.jsonl"):
        pamit.check(str(row["text"]))
    texts = (
        "Yth. Sdri. Maya, kami mengundang Anda wawancara posisi Kasir di PT Toko Baru pada Jumat, 27 November 2026 pukul 09.00 WIB.",
        "Dear Maya, we would like to invite you to an interview for Cashier at Toko Ltd on Friday, 27 November 2026 at 9 am.",
    )
    for text, language in zip(texts, Language, strict=True):
        case = pamit.case_of(pamit.read(text, received=now))
        for purpose in Purpose:
            pamit.check(text, purpose=purpose, language=language)
        draft = pamit.write(case, Purpose.DECLINE, candidate=pamit.Candidate("Maya"), now=now, language=language)
        pamit.check(draft, pamit.context_of(case, pamit.Candidate("Maya"), now))


# -- attacks ----------------------------------------------------------------------------------------------------------


class _Sampler:
    """Makes strings that parts of a pattern match."""

    def __init__(self, lot: random.Random, flags: int) -> None:
        self.lot, self.flags = lot, flags
        self.pumps: list[tuple[str, str]] = []

    def sample(self, parsed: Any, before: str = "", *, collect: bool = False) -> str:
        """A string that a sequence of parts matches; with *collect* its repeats are noted with what stands before them."""
        made = ""
        for kind, value in parsed:
            made += self._part(str(kind), value, before + made, collect)
        return made

    def _part(self, kind: str, value: Any, before: str, collect: bool) -> str:
        match kind:
            case "LITERAL":
                return chr(value)
            case "NOT_LITERAL":
                return "x" if value != 120 else "y"
            case "ANY":
                return self.lot.choice("a 0")
            case "IN":
                return self._of_class(value)
            case "BRANCH":
                if collect:
                    for branch in value[1]:
                        self.sample(branch, before, collect=True)
                return self.sample(self.lot.choice(value[1]), before)
            case "SUBPATTERN":
                return self.sample(value[3], before, collect=collect)
            case "ATOMIC_GROUP":
                return self.sample(value, before, collect=collect)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, body = value
                if collect and (str(most) == "MAXREPEAT" or most > 8):
                    for _ in range(3):
                        self.pumps.append((before, self.sample(body)))
                    self.sample(body, before, collect=True)
                elif collect:
                    self.sample(body, before, collect=True)
                return "".join(self.sample(body) for _ in range(min(max(least, self.lot.randint(0, 1)), 5)))
            case "GROUPREF_EXISTS":
                return self.sample(value[1], before, collect=collect)
            case _:  # places, what stands ahead or behind, and references to groups
                if kind == "ASSERT" and collect:
                    self.sample(value[1], before, collect=True)
                return ""

    def _of_class(self, parts: Any) -> str:
        turned = any(str(kind) == "NEGATE" for kind, _ in parts)
        choices = []
        for kind, value in parts:
            match str(kind):
                case "LITERAL":
                    choices.append(chr(value))
                case "RANGE":
                    choices.append(chr(self.lot.randint(*value)))
                case "CATEGORY":
                    choices += {"CATEGORY_DIGIT": ["7"], "CATEGORY_SPACE": [" ", "\n"], "CATEGORY_WORD": ["a", "0"]}.get(str(value), ["x", "-"])
        if turned:
            choices = [one for one in "ax0 .,-:\n" if one not in choices] or ["\u00e9"]
        return self.lot.choice(choices) if choices else "a"


def attacks_on(pattern: re.Pattern[Any], length: int = LENGTH, *, brief: bool = False) -> list[tuple[str, str]]:
    """Attacks upon a pattern, with a name for each."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
        parsed = parser.parse(source, pattern.flags & ~re.UNICODE & ~re.DEBUG if isinstance(pattern.pattern, bytes) else pattern.flags & ~re.DEBUG)
    made: dict[tuple[str, str], None] = dict.fromkeys(("", one) for one in (BRIEFLY if brief else COMMON))
    for seed in range(1 if brief else 3):
        sampler = _Sampler(random.Random(seed), pattern.flags)
        whole = sampler.sample(parsed, collect=True)
        if whole:
            made[("", whole)] = None
            made[("", whole[:-1] or whole)] = None
            made[("", whole + " ")] = None
            made[("", whole + "\n")] = None
        made |= dict.fromkeys((before[-200:], pump) for before, pump in sampler.pumps if pump)
        made |= dict.fromkeys(("", before[-200:] + pump) for before, pump in sampler.pumps if pump)
    found = []
    for number, (before, pump) in enumerate(made):
        ending = ENDINGS[number % len(ENDINGS)]
        text = before + pump * (length // len(pump)) + ending
        found.append((f"{before[-20:]!r} + {pump[:30]!r} × n + {ending!r}", text))
    return found


WAYS: dict[str, Callable[[re.Pattern[Any], Any], object]] = {
    "search": lambda pattern, text: pattern.search(text),
    "search through": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
}


class TooLongError(Exception):
    """An attack that had to be ended."""


def measure(found: Found, *, guard: float, length: int = LENGTH, brief: bool = False) -> Measured:
    """The worst of all attacks upon a pattern.

    Args:
        guard: seconds of the processor's time after which an attack is ended.
    """

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    worst = Measured(found, 0.0, "", "")
    try:
        for name, text in attacks_on(found.pattern, length, brief=brief):
            data = text.encode("latin-1", "replace") if isinstance(found.pattern.pattern, bytes) else text
            for way in sorted(found.ways):
                begun = time.process_time()
                try:
                    signal.setitimer(signal.ITIMER_VIRTUAL, guard)
                    WAYS[way](found.pattern, data)
                    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                except TooLongError:
                    return Measured(found, time.process_time() - begun, name, way)
                spent = time.process_time() - begun
                if spent > ALLOWED:  # a busy machine is no fault of the pattern's: the best of three counts
                    spent = min(spent, *(_again(WAYS[way], found.pattern, data) for _ in range(2)))
                if spent > worst.seconds:
                    worst = Measured(found, spent, name, way)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return worst


def _again(use: Callable[[re.Pattern[Any], Any], object], pattern: re.Pattern[Any], data: Any) -> float:
    begun = time.process_time()
    use(pattern, data)
    return time.process_time() - begun


def attack_briefly() -> int:
    """Attack every pattern, and name those that had to be ended."""
    ended = []
    for found in all_patterns():
        worst = measure(found, guard=1.0, length=LENGTH // 2, brief=True)
        if worst.seconds > 0.9:
            ended.append(worst.line)
    print("\n".join(ended))
    return 1 if ended else 0


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where a pattern is above what is allowed."""
    if "--brief" in arguments:
        return attack_briefly()
    wanted = arguments[0] if arguments else ""
    measured = []
    for found in all_patterns():
        if wanted in f"{found.module}:{found.line}":
            measured.append(measure(found, guard=0.3))
            if measured[-1].seconds > ALLOWED:
                print(measured[-1].line, flush=True)
    measured.sort(key=lambda one: -one.seconds)
    print(f"\n{len(measured)} patterns; {sum(one.seconds > ALLOWED for one in measured)} above {ALLOWED * 1_000:.0f} ms. The slowest:")
    for one in measured[:12]:
        print(one.line)
    return 1 if measured and measured[0].seconds > ALLOWED else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

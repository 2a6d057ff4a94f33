"""How the memory's answers grow with the number of cases: the exponent of a line through the medians on a double logarithm."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from store_scale import NOW, fill, invitation, shown

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import SqlStore, open_store
from pamit.domain.terms import Language
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit

SIZES = tuple(int(one) for one in os.environ.get("GROWTH_SIZES", "1000,10000").split(","))


def exponent(points: list[tuple[int, float]]) -> float:
    """The slope of the line of least squares through the logarithms: 0 is constant, 1 is linear."""
    xs, ys = [log(size) for size, _ in points], [log(value) for _, value in points]
    middle = statistics.mean(xs)
    return sum((x - middle) * y for x, y in zip(xs, ys, strict=True)) / sum((x - middle) ** 2 for x in xs)


def growth() -> str:
    """The table."""
    found: dict[str, list[tuple[int, float]]] = {}
    for size in SIZES:
        with TemporaryDirectory() as folder:
            store = open_store(f"sqlite:///{Path(folder) / 'pamit.db'}")
            assert isinstance(store, SqlStore)
            fill(store, size)
            with Pamit(store, ZipArchive(), AgeSeal()) as pamit:
                with store.reading() as view:
                    cases = list(view.cases())
                # The words of old cases are derived by some hundred a question; what is measured is a question after that.
                while pamit.search("posisi 7", Language.ID).pending:
                    continue
                for name, call in _calls(pamit, cases).items():
                    found.setdefault(name, []).append((size, _median(call)))
    heads = " | ".join(f"{size:,} cases" for size in SIZES)
    lines = ["### Growth of the memory", "", f"| what | {heads} | exponent |", "| --- |" + " ---: |" * (len(SIZES) + 1)]
    lines += [
        f"| {name} | {' | '.join(f'{value * 1000:.1f} ms' for _, value in points)} | {exponent(points):.2f} |"
        for name, points in found.items()
    ]
    return "\n".join([*lines, ""])


def _calls(pamit: Pamit, cases: list[str]) -> dict[str, Callable[[int], object]]:
    chance = random.Random(2)
    return {
        "today, first 50": lambda _: pamit.today(NOW, 50),
        "show one case": lambda _: shown(pamit, chance.choice(cases)),
        "add a case": lambda run: pamit.add(invitation(run), source_of(b"%d" % run), NOW),
        "note": lambda _: pamit.note(chance.choice(cases), NOW, words="x"),
        "search": lambda _: pamit.search("posisi 7", Language.ID),
    }


def _median(call: Callable[[int], object]) -> float:
    times = []
    for run in range(21):
        begun = time.perf_counter()
        call(run)
        times.append(time.perf_counter() - begun)
    return statistics.median(times[1:])

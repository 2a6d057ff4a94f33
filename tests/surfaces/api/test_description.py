"""The description of the interface, the answers that clients rely on, and everything it allows asked at once."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pamit.domain.terms import Language
from pamit.surfaces import batch
from pamit.surfaces.api.openapi import examples, openapi
from pamit.surfaces.api.routes import OPERATIONS

from .conftest import BY_NAME, Program

PINNED = Path(__file__).parent / "pinned"
TOOLS = Path(__file__).resolve().parents[3] / "tools"


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tool_{name}", TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = tool("api").answers()
    return found


@pytest.mark.parametrize("name", sorted(path.stem for path in PINNED.glob("*.json")))
def test_what_clients_rely_on_is_pinned(answers: dict[str, dict[str, object]], name: str) -> None:
    """Whoever changes an answer breaks programs of others: add a field, or make /api/v2; then write the file by hand."""
    assert answers.get(name) == json.loads((PINNED / f"{name}.json").read_text("utf-8"))


def test_every_answer_is_pinned_and_shown(answers: dict[str, dict[str, object]]) -> None:
    """Run `make docs` after a change of answers."""
    assert sorted(answers) == sorted(path.stem for path in PINNED.glob("*.json"))
    assert examples() == answers


def test_every_operation_has_an_example() -> None:
    """Of its body, and of its answer unless it needs a mail that came in."""
    assert [one.name for one in OPERATIONS if one.body is not None and one.example is None] == []
    shown = set(examples())
    silent = {one.name for one in OPERATIONS if not any(shape not in (None, bytes) for shape in one.answers.values())}
    assert {one.name for one in OPERATIONS} - shown - silent == {"sync", "acceptProposal", "rejectProposal"}


def test_the_reference_is_fresh() -> None:
    """Run `make docs` after a change of operations."""
    made = tool("api")
    assert {name: (made.FOLDER / name).read_text("utf-8") for name in made.pages()} == made.pages()


def test_the_description_is_given_out(program: Program) -> None:
    """To whoever may ask at all."""
    assert program.ask("GET", "/openapi.json", 200, scope="read").json() == openapi()
    program.ask("POST", "/openapi.json", 405)


@pytest.mark.parametrize("verb", ["plan", "write", "check"])
def test_verbs_answer_as_batch_rows_do(program: Program, verb: str) -> None:
    """One contract for both."""
    row = {"id": "a", **BY_NAME[verb].example}
    line, failed = batch.process_line(json.dumps(row).encode(), 1, verb, Language.EN)  # type: ignore[arg-type]
    assert (program.ask("POST", f"/{verb}", 200, row).json(), failed) == (json.loads(line), False)


@pytest.mark.parametrize("token", [True, False], ids=["with-token", "without-token"])
def test_nothing_that_can_be_asked_breaks_it(token: bool) -> None:
    """Every operation by its description and against it: no fault, no answer of another shape, all checks on."""
    pytest.importorskip("schemathesis")
    found = tool("fuzz_api").fuzz(examples=2 if token else 1, seed=11, token=token, known=token, phases="examples,fuzzing")
    assert found.passed, found.said[-6_000:]
    assert found.cases > 50

"""Whole scenarios, written from the rules before the planner's answer was seen; each says which clauses it holds."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pamit.domain.plan import make_plan
from pamit.domain.terms import Language
from pamit.surfaces.records import PlanRow, case_from, intent_from, plan_record

SCENARIOS = Path(__file__).parents[2] / "data" / "plans.jsonl"
ROWS = [json.loads(line) for line in SCENARIOS.read_text("utf-8").splitlines()]


def planned(row: dict[str, Any]) -> dict[str, Any]:
    given = msgspec.convert(row, PlanRow)
    return plan_record(make_plan(case_from(given.interview, given.events), given.now, intent_from(given.intent)), Language.ID)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def faults(gold: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    """Every point of the expectation that the plan does not hold."""
    found = [f"stage {plan['stage']}"] if gold.get("stage", plan["stage"]) != plan["stage"] else []
    for want in gold.get("must", []):
        step = next((one for one in plan["steps"] if one["do"] == want["do"]), None)
        if step is None:
            found.append(f"no {want['do']}")
            continue
        if step["channel"] != want.get("channel", step["channel"]):
            found.append(f"{want['do']} by {step['channel']}")
        if not set(want.get("to", [])) <= set(step["to"]):
            found.append(f"{want['do']} to {step['to']}")
        if "rules" in want and not set(want["rules"]) & set(step["rules"]):
            found.append(f"{want['do']} cites {step['rules']}")
        for key, field, early in (
            ("due_by", "due", False),
            ("latest_by", "latest", False),
            ("earliest_from", "earliest", True),
        ):
            if key in want and not (
                step[field]
                and (instant(step[field]) >= instant(want[key]) if early else instant(step[field]) <= instant(want[key]))
            ):
                found.append(f"{want['do']} {field} {step[field]}")
    found += [f"{do} is there" for do in gold.get("must_not", []) if any(one["do"] == do for one in plan["steps"])]
    warned = {one["rule"] for one in plan["warnings"]}
    return found + [f"no warning {rule}" for rule in gold.get("warn", []) if rule not in warned]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_scenario_holds(row: dict[str, Any]) -> None:
    """Stage, steps, channels, times, rules and warnings are as the rules say."""
    assert faults(row["gold"], planned(row)) == [], row["why"]


def test_shared_scenarios_hold(shared: Path) -> None:
    """The labelled scenarios beside the repository, all without fault."""
    rows = [json.loads(line) for line in (shared / "data" / "plans.jsonl").read_text("utf-8").splitlines()]
    assert {row["id"]: found for row in rows if (found := faults(row["gold"], planned(row)))} == {}

"""The rulebook and the checker's rules."""

from __future__ import annotations

from pamit.surfaces.api.operation import Call, Operation, Reply
from pamit.surfaces.shapes import BookShape, RulebookEntryShape, RuleShape

__all__ = ["OPERATIONS"]


def _list(call: Call) -> Reply:
    from pamit.surfaces.rule_records import book_record

    return Reply(book_record(call.language))


def _one(call: Call) -> Reply:
    from pamit.surfaces.rule_records import find_rule, found_record

    return Reply(found_record(find_rule(call.place["rule"]), call.language))


OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/rules", "listRules", "rules", "The whole rulebook", _list, {200: BookShape}, tagged=True),
    Operation(
        "GET", "/rules/{rule}", "getRule", "rules", "One rule, by its id or its name", _one,
        {200: RulebookEntryShape | RuleShape}, tagged=True,
    ),
)  # fmt: skip

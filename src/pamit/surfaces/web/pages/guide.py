"""Panduan: the rulebook and the checker's rules, readable, with their sources."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pamit.surfaces.web.desk import AtDesk

router = APIRouter()

SHORTCUTS = (
    ("h", "/", "today"), ("t", "/add", "add"), ("k", "/cases", "cases"), ("p", "/check", "check"),
    ("c", "/calendar", "calendar"), ("w", "/insight", "insight"), ("u", "/guide", "guide"), ("s", "/settings", "settings"),
)  # fmt: skip
"""After the key g: the letter, where it leads, and the name of the place; enhance.js has the same."""


@router.get("/guide")
def guide(desk: AtDesk) -> Response:
    """Every rule on one page; a rule's name is its anchor."""
    from pamit.domain.rulebook import entries, groups
    from pamit.etiquette import RULES, shown

    families = [(group, [one for one in entries().values() if one.group == letter]) for letter, group in groups().items()]
    return desk.show("guide.html", families=families, rules=list(RULES.values()), shown=shown, shortcuts=SHORTCUTS)

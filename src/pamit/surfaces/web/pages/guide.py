"""Panduan: the rulebook and the checker's rules, readable, with their sources."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pamit.surfaces.web.desk import AtDesk

router = APIRouter()


@router.get("/guide")
def guide(desk: AtDesk) -> Response:
    """Every rule on one page; a rule's name is its anchor."""
    from pamit.domain.rulebook import entries, groups
    from pamit.etiquette import RULES, shown

    families = [(group, [one for one in entries().values() if one.group == letter]) for letter, group in groups().items()]
    return desk.show("guide.html", families=families, rules=list(RULES.values()), shown=shown)

"""Cari: one question to everything: cases, notes, messages, rules and the pages themselves."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.search import LONGEST_QUERY, MOST_FOUND, Passage, PassageKind, Query, excerpt
from pamit.services.searching import Found
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.steps import about

router = APIRouter()

_OF_EACH = 8
"""Results of a kind where several kinds are shown."""

_PAGES = (
    ("/", "today"), ("/add", "add"), ("/cases", "cases"), ("/check", "check"), ("/calendar", "calendar"),
    ("/insight", "insight"), ("/guide", "guide"), ("/settings", "settings"),
)  # fmt: skip


@router.get("/search")
def search(desk: AtDesk, q: str = "", kind: str = "") -> Response:
    """What answers a question, by kind; of one kind as much as there is to be shown."""
    q = q.strip()[:LONGEST_QUERY]
    only = PassageKind(kind) if kind in set(PassageKind) else None
    found = desk.site.pamit.search(q, desk.language, kind=only, limit=MOST_FOUND if only else _OF_EACH)
    groups = [
        (one, [_shown(desk, passage, found) for passage in group.passages], group.more)
        for one, group in found.groups.items()
        if group.passages
    ]
    pages = _pages(desk, found.query) if only is None else []
    return desk.show(
        "search.html", q=q, found=found, groups=groups, only=only, pages=pages, is_empty=found.is_empty and not pages
    )


def _shown(desk: Desk, passage: Passage, found: Found) -> dict[str, object]:
    row = found.cases.get(passage.case)
    name = about(row.company if row else None, row.position if row else None, desk.say)
    message = found.messages.get(passage.ref)
    here = f"/cases/{passage.case}"
    href = {
        PassageKind.SOURCE: f"{here}/sources/{passage.ref}",
        PassageKind.MESSAGE: f"/messages/{passage.ref}",
    }.get(passage.kind, here)
    if passage.kind == PassageKind.CASE:
        title, badge = name, desk.say(f"stage.{row.stage}") if row else None
    else:
        title = " · ".join(part for part in (desk.say(f"do.{message.purpose}") if message else None, name) if part)
        badge = desk.say(f"state.{message.state}") if message else None
    return {"href": href, "title": title, "badge": badge, "at": passage.at, "pieces": excerpt(passage.text, found.query)}


def _pages(desk: Desk, query: Query) -> list[tuple[str, str]]:
    say = desk.say
    named = [(href, say(f"nav.{name}"), say(f"search.page_{name}")) for href, name in _PAGES]
    return [(href, title) for href, title, words in named if query and query.answered_by(f"{title} {words}")]

"""What a browser needs to keep Pamit among the apps: the web app manifest, in the language of the pages."""

from __future__ import annotations

import json
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from pamit.surfaces.web.desk import AtDesk

router = APIRouter()

_PAPER: Final = "#f7f6f2"
_SHEET: Final = "#ffffff"


@router.get("/manifest.webmanifest")
def manifest(desk: AtDesk) -> Response:
    """The manifest (W3C Web Application Manifest)."""
    say = desk.say
    found = {
        "id": "/",
        "name": say("install.name"),
        "short_name": "Pamit",
        "description": say("install.description"),
        "lang": str(desk.language),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _SHEET,
        "categories": ["productivity", "business"],
        "icons": [
            _icon("icon-192.png", "192x192"),
            _icon("icon-512.png", "512x512"),
            _icon("icon-maskable-512.png", "512x512", purpose="maskable"),
            {"src": "/static/icon.svg", "sizes": "any", "type": "image/svg+xml"},
        ],
        "shortcuts": [
            {
                "name": say("add.title"),
                "short_name": say("nav.add"),
                "url": "/add",
                "icons": [_icon("icon-192.png", "192x192")],
            },
            {
                "name": say("check.title"),
                "short_name": say("nav.check"),
                "url": "/check",
                "icons": [_icon("icon-192.png", "192x192")],
            },
        ],
    }
    return Response(json.dumps(found, ensure_ascii=False), media_type="application/manifest+json")


def _icon(name: str, sizes: str, **more: Any) -> dict[str, Any]:
    return {"src": f"/static/{name}", "sizes": sizes, "type": "image/png", **more}

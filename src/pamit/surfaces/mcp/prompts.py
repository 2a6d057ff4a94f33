"""The prompts in both languages, from the tables beside this module."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import MCPServer
from pydantic import Field

from pamit.domain.terms import Language
from pamit.surfaces.mcp.desk import Desk
from pamit.surfaces.mcp.marking import fenced
from pamit.tables import read_table

__all__ = ["add_prompts"]


def add_prompts(server: MCPServer, desk: Desk) -> None:
    """Add every prompt in each language, the person's own language first."""
    for language in sorted(Language, key=lambda one: one != desk.language):
        _add(server, desk, language)


def _add(server: MCPServer, desk: Desk, language: Language) -> None:
    words: dict[str, dict[str, str]] = read_table("pamit.surfaces.mcp", "words", f"{language}.toml")
    answer, check, due = words["answer"], words["check"], words["due"]

    # The descriptions are values of this call: annotations are evaluated here, not written as text.
    def answer_invitation(invitation: str, wish: str = "") -> str:
        fence = fenced(invitation, desk.random)
        return answer["text"].format(
            wish=" ".join(wish.split()) or answer["any_wish"], begin=fence["begin"], invitation=invitation, end=fence["end"]
        )

    def review_message(message: str) -> str:
        fence = fenced(message, desk.random)
        return check["text"].format(begin=fence["begin"], message=message, end=fence["end"])

    def what_is_due() -> str:
        return due["text"]

    answer_invitation.__annotations__ = {
        "invitation": Annotated[str, Field(description=answer["invitation"])],
        "wish": Annotated[str, Field(description=answer["wish"])],
        "return": str,
    }
    review_message.__annotations__ = {"message": Annotated[str, Field(description=check["message"])], "return": str}
    for said, prompt in ((answer, answer_invitation), (check, review_message), (due, what_is_due)):
        server.prompt(name=said["name"], title=said["title"], description=said["description"])(prompt)

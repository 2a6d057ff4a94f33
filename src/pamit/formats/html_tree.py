"""The tree of an HTML text, by whichever parser of the standard is at hand.

Both follow the HTML standard's rules for building a tree, so both give the same one. Lexbor is the quick one; where no
compiled module of it exists (a browser), justhtml, which is Python alone, takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, cast

__all__ = ["HtmlNode", "body_of", "body_of_python"]


class HtmlNode(Protocol):
    """What is asked of an element or a text."""

    @property
    def is_element_node(self) -> bool:
        """Whether it is an element."""

    @property
    def is_text_node(self) -> bool:
        """Whether it is a text."""

    @property
    def text_content(self) -> str | None:
        """The words of a text."""

    @property
    def tag(self) -> str | None:
        """The name of an element, in small letters."""

    @property
    def attributes(self) -> Mapping[str, str | None]:
        """The attributes of an element."""

    @property
    def child(self) -> HtmlNode | None:
        """The first below it."""

    @property
    def next(self) -> HtmlNode | None:
        """The next beside it."""

    @property
    def parent(self) -> HtmlNode | None:
        """What it stands in."""


def body_of(html: str) -> HtmlNode | None:
    """The body of a document or fragment; None where a document has none (a frameset).

    Parsers are imported here: plain texts never need one.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ModuleNotFoundError:
        return body_of_python(html)
    return cast("HtmlNode | None", LexborHTMLParser(html).body)


def body_of_python(html: str) -> HtmlNode | None:
    """The same by the parser that is Python alone."""
    from justhtml import JustHTML

    root = JustHTML(html, sanitize=False, scripting_enabled=False).root
    for document in root.children or ():
        for part in getattr(document, "children", None) or ():
            if part.name == "body":
                return _Node(part, None, 0)
    return None


class _Node:
    """A node of justhtml, walked as those of lexbor are."""

    __slots__ = ("_node", "_place", "parent")

    def __init__(self, node: Any, parent: _Node | None, place: int) -> None:
        self._node = node
        self.parent = parent
        self._place = place

    @property
    def is_element_node(self) -> bool:
        return not self._node.name.startswith(("#", "!"))

    @property
    def is_text_node(self) -> bool:
        return bool(self._node.name == "#text")

    @property
    def text_content(self) -> str | None:
        return cast("str | None", self._node.data)

    @property
    def tag(self) -> str | None:
        return cast("str", self._node.name)

    @property
    def attributes(self) -> Mapping[str, str | None]:
        return cast("Mapping[str, str | None]", self._node.attrs)

    @property
    def child(self) -> _Node | None:
        below = getattr(self._node, "children", None)
        return _Node(below[0], self, 0) if below else None

    @property
    def next(self) -> _Node | None:
        if self.parent is None:
            return None
        beside, place = self.parent._node.children, self._place + 1
        return _Node(beside[place], self.parent, place) if place < len(beside) else None

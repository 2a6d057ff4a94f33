"""HTML to plain text, in the way a person would read it aloud: blocks as lines, label and value of a table side by side.

Nothing is loaded, run or shown: scripts, styles, hidden elements and pictures are dropped. Documents built to exhaust a
parser (thousands of open elements) are flattened by plain patterns instead of being parsed.
"""

from __future__ import annotations

import html as html_entities
import re
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from pamit.formats.html_tree import HtmlNode, body_of

__all__ = ["html_to_text", "looks_like_html"]

# Marks inside the text under construction: the edge of a line block, the edge of a paragraph, a blank that must stay.
_EDGE: Final = "\x01"
_PARAGRAPH: Final = "\x02"
_HARD_BLANK: Final = "\x03"

_LINE_BLOCKS: Final = frozenset(
    "address article aside caption center dd details dialog div dt fieldset figcaption figure footer form header hgroup "
    "legend li main nav section summary tr".split()
)
_PARAGRAPH_BLOCKS: Final = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())
_DROPPED: Final = frozenset(
    "applet audio canvas datalist embed frame frameset head iframe img map math noembed noframes object script select "
    "style svg template title video".split()
)
_CELLS: Final = frozenset(("td", "th"))

_KNOWN_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|br|table|tbody|tr|td|th|span|ul|ol|li|b|strong|i|em|u|a|h[1-6]|font|style"
    r"|meta|blockquote|img|hr|center|section|pre)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_CLOSING_TAG = re.compile(r"</(?:html|head|body|div|p|table|tr|td|span|ul|ol|li|b|strong|i|em|u|a|h[1-6]|font)\s?>", re.I)
_BREAK_TAG = re.compile(r"<(?:br|p|hr)\s?/?>", re.IGNORECASE)

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_MAY_HIDE = re.compile(r"hidden|display\s?:\s?none|font-size\s?:\s?0|max-height\s?:\s?0|mso-hide", re.IGNORECASE)
_HIDING_STYLE = re.compile(
    r"display:none|visibility:hidden|font-size:0(?:px|pt|em|%)?(?:;|!|$)|max-height:0(?:px)?(?:;|!|$)|mso-hide:all"
)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0\u2000-\u200a\u202f\u3000]+")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u034f\u200b-\u200d\u2060\ufeff]")
_BREAKS = re.compile(f"(?<! )[ ]*+[{_EDGE}{_PARAGRAPH}\n][{_EDGE}{_PARAGRAPH}\n ]*")

# More open elements than any letter has; beyond it lexbor's work grows with the square (14 s for 10^5 open <div>, measured).
_MAX_DEPTH: Final = 500
_MAX_TAGS: Final = 100_000
# Formatting that is never closed is opened anew in every later block; with 2 000 of them a 36 kB text took 700 MiB.
_MAX_UNCLOSED_FORMATTING: Final = 40
_FORMATTING: Final = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_NESTING: Final = frozenset(
    "address article aside blockquote button center details div dl fieldset figure footer form header main nav object ol pre "
    "section select span sub sup svg math table template ul".split()
)

_MAX_LINK: Final = 2_000
_LABEL_LENGTH: Final = 40


def looks_like_html(text: str) -> bool:
    """Whether a text is meant to be read as HTML: real elements, not merely an address or a remark in angle brackets.

    >>> looks_like_html("<p>Yth. Saudara,</p>"), looks_like_html("Hubungi <hrd@contoh.example>")
    (True, False)
    """
    if "<" not in text or ">" not in text:
        return False
    if not _KNOWN_TAG.search(text):
        return False
    head = text[:500].lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("<!doctype html", "<html")):
        return True
    return _CLOSING_TAG.search(text) is not None or len(_BREAK_TAG.findall(text)) > 1


def html_to_text(html: str) -> str:
    """The plain text of an HTML text or fragment.

    Blocks become lines, paragraphs are set off by one blank line, list items begin with "- " or their number, a table row
    of a label and a value becomes "label: value", other rows "cell | cell". A link whose text is not its address keeps the
    address behind it in brackets. Quoted mail ("blockquote type=cite") keeps "> " before each line.

    >>> html_to_text("<table><tr><td>Tanggal</td><td>Kamis, 3 Desember 2026</td></tr></table>")
    'Tanggal: Kamis, 3 Desember 2026'
    """
    if not _is_ordinary(html):
        return _flatten(html)
    body = body_of(html)
    if body is None:
        return _flatten(html)
    return _Renderer(may_hide=_MAY_HIDE.search(html) is not None).render(body)


def _is_ordinary(html: str) -> bool:
    """Whether parsing costs time and memory in proportion to the length."""
    if html.count("<") > _MAX_TAGS or "\x00" in html:
        return False
    if "<td" in html and "<table" not in html:  # a parser drops cells outside a table
        return False
    depth = unclosed = 0
    for closing, name in _TAG.findall(html):
        name = name.lower()
        if name in _NESTING:
            depth += -1 if closing else 1
            if depth > _MAX_DEPTH:
                return False
            depth = max(depth, 0)
        elif name in _FORMATTING:
            unclosed += -1 if closing else 1
            if unclosed > _MAX_UNCLOSED_FORMATTING:
                return False
            unclosed = max(unclosed, 0)
    return True


_SILENT_BEGIN = re.compile(r"<(script|style|title|head)\b[^<>]{0,2000}>", re.IGNORECASE)
_SILENT_END = re.compile(r"</(script|style|title|head)\s?>", re.IGNORECASE)
_CELL_EDGE = re.compile(r"</t[dh]\s?>", re.IGNORECASE)
_BLOCK_EDGE = re.compile(
    r"</?(?:address|article|blockquote|br|center|dd|div|dl|dt|footer|form|h[1-6]|header|hr|li|ol|p|pre|section|table|tr|ul)\b"
    r"[^<>]{0,2000}>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,5000}>")


def _flatten(html: str) -> str:
    """Plain text by patterns alone, for documents that must not be parsed."""
    text = _UNSEEN.sub("", html)
    text = _without_comments(text)
    text = _without_silent(text)
    text = _BLANKS.sub(" ", text)
    text = _CELL_EDGE.sub(" ", text)
    text = _BLOCK_EDGE.sub(_EDGE, text)
    text = html_entities.unescape(_ANY_TAG.sub("", text))
    return _settle(_UNSEEN_KEEPING_MARKS.sub("", text))


def _without_comments(text: str) -> str:
    """The text without what stands between ``<!--`` and ``-->``; one that is never closed hides nothing."""
    kept: list[str] = []
    at = 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        kept.append(text[at:begin])
        at = end + 3
    return "".join((*kept, text[at:]))


def _without_silent(text: str) -> str:
    """The text without elements whose words are not shown; one that is never closed hides nothing."""
    ends: dict[str, list[tuple[int, int]]] = {}
    for match in _SILENT_END.finditer(text):
        ends.setdefault(match[1].lower(), []).append(match.span())
    for found in ends.values():
        found.reverse()
    kept: list[str] = []
    at = 0
    for match in _SILENT_BEGIN.finditer(text) if ends else ():
        if match.start() < at:
            continue
        closing = ends.get(match[1].lower(), [])
        while closing and closing[-1][0] < match.end():
            closing.pop()
        if closing:
            kept.append(text[at : match.start()])
            at = closing[-1][1]
    return "".join((*kept, text[at:]))


_UNSEEN_KEEPING_MARKS = re.compile("[\x00\x04-\x08\x0b\x0e-\x1f\x7f\u00ad\u034f\u200b-\u200d\u2060\ufeff]")


def _settle(marked: str) -> str:
    """Turn edges and breaks into lines: one blank line at most, none at the ends."""
    return _BREAKS.sub(_line_break, marked).strip("\n ").replace(_HARD_BLANK, " ")


def _line_break(found: re.Match[str]) -> str:
    run = found.group().replace(" ", "")
    lines = run.count("\n")
    if lines == 0 or run[0] != "\n":
        lines += 1
    if _PARAGRAPH in run:
        lines = max(lines, 2)
    return "\n\n" if lines > 1 else "\n"


class _Renderer:
    """One walk over a document. Cells and quotations are collected apart, then joined to what surrounds them."""

    def __init__(self, *, may_hide: bool) -> None:
        self._may_hide = may_hide
        self._frames: list[list[str]] = [[]]
        self._tables: list[list[list[tuple[bool, str]]]] = []
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []
        self._preformatted = 0

    def render(self, body: HtmlNode) -> str:
        """The text of a document's body."""
        node: HtmlNode = body
        depth = 0
        while True:
            child = node.child if self._enter(node) else None
            if child is not None:
                node = child
                depth += 1
                continue
            while True:
                self._leave(node)
                if depth == 0:
                    return _settle("".join(self._frames[0]))
                following = node.next
                if following is not None:
                    node = following
                    break
                parent = node.parent
                if parent is None:  # cannot happen below the body; ends the walk rather than looping
                    return _settle("".join(self._frames[0]))
                node = parent
                depth -= 1

    def _write(self, text: str) -> None:
        self._frames[-1].append(text)

    def _enter(self, node: HtmlNode) -> bool:
        """Open an element; says whether its children are read."""
        if not node.is_element_node:
            if node.is_text_node:
                self._text(node.text_content or "")
            return False
        tag = node.tag or ""
        if tag in _DROPPED or (self._may_hide and _is_hidden(node)):
            return False
        if tag == "br":
            self._write("\n")
        elif tag in _CELLS:
            self._frames.append([])
        elif tag == "table":
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag == "blockquote" and _is_quotation(node):
            self._frames.append([])
        elif tag == "a":
            self._links.append((_address(node.attributes.get("href")), len(self._frames[-1])))
        elif tag in _PARAGRAPH_BLOCKS:
            self._open_paragraph(tag, node)
        elif tag in _LINE_BLOCKS:
            self._write(_EDGE)
            if tag == "li":
                self._item()
        return True

    def _open_paragraph(self, tag: str, node: HtmlNode) -> None:
        nested_list = tag in ("ul", "ol") and bool(self._lists)
        self._write(_EDGE if nested_list else _PARAGRAPH)
        if tag == "pre":
            self._preformatted += 1
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            start = node.attributes.get("start") or "1"
            self._lists.append(int(start) if start.isdecimal() and len(start) < 6 else 1)

    def _leave(self, node: HtmlNode) -> None:
        if not node.is_element_node:
            return
        tag = node.tag or ""
        if tag in _DROPPED or tag == "br" or (self._may_hide and _is_hidden(node)):
            return
        if tag in _CELLS:
            text = _settle("".join(self._frames.pop()))
            if self._tables and self._tables[-1]:
                self._tables[-1][-1].append((tag == "th", text))
            else:
                self._write(_EDGE + text + _EDGE)
        elif tag == "table":
            self._write(_PARAGRAPH + _table_text(self._tables.pop()) + _PARAGRAPH)
        elif tag == "blockquote" and _is_quotation(node):
            quoted = _settle("".join(self._frames.pop()))
            self._write(_PARAGRAPH + "\n".join(f"> {line}".rstrip() for line in quoted.split("\n")) + _PARAGRAPH)
        elif tag == "a":
            self._close_link()
        elif tag == "tr":
            pass
        elif tag in _PARAGRAPH_BLOCKS:
            self._close_paragraph(tag)
        elif tag in _LINE_BLOCKS:
            self._write(_EDGE)

    def _close_paragraph(self, tag: str) -> None:
        if tag == "pre":
            self._preformatted -= 1
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            if self._lists:
                self._write(_EDGE)
                return
        self._write(_PARAGRAPH)

    def _text(self, text: str) -> None:
        text = _UNSEEN.sub("", text)
        if self._preformatted:
            self._write(text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).replace(" ", _HARD_BLANK))
            return
        text = _BLANKS.sub(" ", text)
        if text == " ":
            frame = self._frames[-1]
            if not frame or frame[-1][-1:] in (" ", "\n", _EDGE, _PARAGRAPH):
                return
        elif text.startswith(" "):
            frame = self._frames[-1]
            if frame and frame[-1].endswith(" "):
                text = text[1:]
        self._write(text)

    def _item(self) -> None:
        indent = _HARD_BLANK * 2 * max(len(self._lists) - 1, 0)
        number = self._lists[-1] if self._lists else None
        if number is None:
            self._write(f"{indent}-{_HARD_BLANK}")
        else:
            self._lists[-1] = number + 1
            self._write(f"{indent}{number}.{_HARD_BLANK}")

    def _close_link(self) -> None:
        """Write the address of a link behind its text, unless the text says it already."""
        if not self._links:
            return
        address, since = self._links.pop()
        if not address:
            return
        frame = self._frames[-1]
        shown = _BLANKS.sub(" ", "".join(frame[since:]).translate(_WITHOUT_MARKS)).strip()
        if not shown:
            return  # a linked picture
        if _says(shown, address):
            return
        trailing = ""
        while frame[since:] and frame[-1].strip(f" \n{_EDGE}{_PARAGRAPH}") == "":
            trailing = frame.pop() + trailing
        stripped = frame[-1].rstrip(" ")
        trailing = frame[-1][len(stripped) :] + trailing
        frame[-1] = stripped
        self._write(f" ({address}){trailing}")


_WITHOUT_MARKS: Final = {1: " ", 2: " ", 3: " ", 10: " "}


def _is_hidden(node: HtmlNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if not style:
        return False
    return _HIDING_STYLE.search(_BLANKS.sub("", style).lower()) is not None


def _is_quotation(node: HtmlNode) -> bool:
    """Whether a block is quoted mail; an indented block is none."""
    attributes = node.attributes
    return attributes.get("type") == "cite" or "quote" in (attributes.get("class") or "") or "cite" in attributes


def _address(href: str | None) -> str:
    """Where a link leads, without the wrapping of mail filters; "" for what leads nowhere outside."""
    if not href:
        return ""
    address = _UNSEEN.sub("", _BLANKS.sub("", href))[:_MAX_LINK]
    scheme = address.partition(":")[0].lower()
    if scheme in ("mailto", "tel", "sms"):
        return unquote(address.partition(":")[2].partition("?")[0])
    if scheme not in ("http", "https"):
        return ""
    return _unwrapped(address)


def _unwrapped(address: str) -> str:
    """The target of a link that a mail filter or a search engine has wrapped (Safe Links, google.com/url)."""
    if "safelinks.protection.outlook.com" not in address and "google.com/url?" not in address:
        return address
    try:
        query = parse_qs(urlsplit(address).query, max_num_fields=20)
    except ValueError:
        return address
    for name in ("url", "q"):
        for target in query.get(name, ()):
            if target.startswith(("https://", "http://")):
                return target
    return address


def _says(shown: str, address: str) -> bool:
    """Whether the text of a link is its address, give or take the scheme and a closing slash."""
    if shown.replace(" ", "") == address:
        return True
    bare = _bare(shown)
    return bare == _bare(address) or ("@" not in address and bare.isdecimal() and bare == _digits(address))


def _bare(address: str) -> str:
    bare = address.lower().removeprefix("mailto:").removeprefix("tel:")
    bare = bare.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/.")
    digits = _digits(bare)
    if len(digits) > 6 and not any(letter.isalpha() for letter in bare):
        return digits
    return bare


def _digits(text: str) -> str:
    digits = "".join(letter for letter in text if letter.isdecimal())
    return f"62{digits[1:]}" if digits.startswith("0") else digits


def _table_text(rows: list[list[tuple[bool, str]]]) -> str:
    filled = [row for row in ([cell for cell in row if cell[1]] for row in rows) if row]
    if len(filled) == 2 and len(filled[0]) == len(filled[1]) > 1 and all(header for header, _ in filled[0]):
        # A heading row above a single row: each heading is the label of the value below it.
        return "\n".join(
            _pair(label, value) for (_, label), (_, value) in zip(filled[0], filled[1], strict=True) if "\n" not in label
        )
    return "\n".join(_row_text([text for _, text in row]) for row in filled)


def _row_text(cells: list[str]) -> str:
    """One row as a line, or as lines where its cells are blocks of their own (a table used for layout)."""
    joined: list[str] = []
    for cell in cells:
        if joined and cell == ":":
            joined[-1] += ":"
        elif joined and cell.startswith(":"):
            joined[-1] = f"{joined[-1]}: {cell[1:].lstrip()}"
        elif joined and joined[-1].endswith(":") and "\n" not in joined[-1]:
            joined[-1] = f"{joined[-1]} {cell}"
        else:
            joined.append(cell)
    if len(joined) == 1:
        return joined[0]
    first, second = joined[0], joined[1]
    if len(joined) == 2 and "\n" not in first and len(first) <= 3 and not first.isalpha():
        return f"{first} {second}"  # a number or a bullet in a column of its own
    if len(joined) == 2 and _is_label(first):
        return _pair(first, second)
    if len(joined) < len(cells) and all(": " in group for group in joined):
        return "\n".join(joined)  # several label and value pairs in one row
    if any("\n" in cell or len(cell) > 200 for cell in joined):
        return "\n".join(joined)
    return " | ".join(joined)


def _is_label(cell: str) -> bool:
    return (
        "\n" not in cell
        and len(cell) <= _LABEL_LENGTH
        and cell[0].isalpha()
        and cell[-1] not in ".!?,;"
        and ": " not in cell
        and "@" not in cell
    )


def _pair(label: str, value: str) -> str:
    return f"{label.rstrip(' :')}: {value}"

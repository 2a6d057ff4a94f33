"""The link to join by, told apart from portals, forms, maps, tests, booking pages and spare links."""

from __future__ import annotations

import re

from pamit.domain.hosts import ascii_link
from pamit.reading.found import Found
from pamit.reading.text import Hit, Page
from pamit.reading.when import Schedule

__all__ = ["find_link"]

_MEETING_HOST = re.compile(
    r"(?:^|[/.])(?:meet\.google|zoom\.|us\d+web\.zoom|teams\.(?:microsoft|live|test)|teams\.|"
    r"webex\.|[\w-]+\.webex|whereby|meet\.jit|jitsi|skype|gotomeet|bluejeans|chime|facetime|"
    r"video\.|meet\.|join\.|ruang\.|meeting\.|vc\.|conf\.|bbb\.|lifesize|join\.skype|discord)",
    re.I,
)

_MEETING_PATH = re.compile(
    r"/(?:j|join|meet|meetup-join|l/meetup|room|wbxmjs|r|meeting|wc|video|conference|s)/|" r"/meet(?:up)?\b|wbxmjs|/l/", re.I
)

_OTHER_HOST = re.compile(
    r"(?:maps?\.|goo\.gl/maps|maps\.app|/maps?/|forms?\.|/forms?/|formulir|docs\.google|gform|"
    r"typeform|jotform|cal\.|calendly|calendar|/book|booking|slot|pilih|jadwal|/avail|"
    r"psikotes|tes\.|test\.|tpa\.|ujian|assess|quiz|hackerrank|codility|karir|career|"
    r"rekrut|recruit|jobs?\.|/home|status|apply|lamar|daftar|register|unsubscribe|linkedin|"
    r"instagram|facebook|tiktok|youtube|wa\.me|t\.me|privacy|konfirmasi|confirm|/rsvp|www\.|"
    r"drive\.google|dropbox|bantuan|help|support|waze|/survey|/app)"
)

_LINK_CUE = re.compile(
    r"\b(?:join|link|tautan|bergabung|gabung|masuk|klik|zoom|meet|teams|webex|video|where|"
    r"when|tempat|ruang|room|virtual|daring|online|call)\b"
)

_NOT_LINK_CUE = re.compile(
    r"\b(?:form|formulir|isi|mengisi|konfirmasi(?!.{0,30}link)|confirm|daftar|register|"
    r"registrasi|peta|maps?|lokasi|jika .{0,20}bermasalah|cadangan|backup|spare|"
    r"if .{0,20}(?:fails|trouble|problem)|alternat\w+|psikotes|tes|test|assessment|ujian|"
    r"calendar|pick|pilih|choose|book|grab|status|sign in|log ?in|portal|unduh|download|"
    r"wajib menyelesaikan|"
    r"interview online ai|rekaman|recorded|tata tertib|rincian kehadiran|panduan|petunjuk|"
    r"guide|website|situs|profil|instagram|batal|reschedule)\b"
)

_SPARE = re.compile(
    r"\b(?:cadangan|backup|spare|jika .{0,30}(?:bermasalah|gangguan|kendala)|"
    r"if .{0,24}(?:fails|trouble|problem)|alternative link|link alternatif|alternatif)\b",
    re.I,
)


def find_link(page: Page, schedule: Schedule) -> Found | None:
    best: tuple[float, Hit] | None = None
    # In a table of groups each row has its own link.
    own = page.line_at(schedule.chosen.begin) if schedule.chosen and not schedule.in_subject else None
    for url in page.urls:
        written = page.clean[url.begin : url.end]
        weight = _link_weight(page, url, written)
        if own and own.begin <= url.begin < own.end:
            weight += 3
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, url)
    if best is None:
        return None
    written = page.clean[best[1].begin : best[1].end]
    value = ascii_link(written if "://" in written else "https://" + written)
    return Found(value, (best[1].begin, best[1].end), 0.95 if best[0] >= 3 else 0.8)


_MAP = re.compile(
    r"(?:maps?\.|(?:www\.)?google\.[a-z.]{2,8}/maps|goo\.gl/maps|g\.page/|(?:www\.)?waze\.com|(?:www\.)?openstreetmap\.)", re.I
)


def _link_weight(page: Page, url: Hit, written: str) -> float:
    weight = 0.0
    host = written.split("://")[-1]
    if _MAP.match(host):
        return -1  # where to go, not where to join
    meeting = bool(_MEETING_HOST.search(host.split("/")[0]) or _MEETING_HOST.search(host)) and "/" in host
    if meeting:
        weight += 3
    if _MEETING_PATH.search(host):
        weight += 1
    if _OTHER_HOST.search(written.lower()) and not re.match(r"meet\.google|[\w.]*zoom|teams\.|[\w.]*webex", host, re.I):
        weight -= 3
    line = page.line_at(url.begin)
    if line and line.label in ("link", "place", "mode") and "/" in host:
        weight += 2
    begin = max(page.sentence(url.begin, url.end)[0], url.begin - 90)
    before = page.prose[begin : url.begin]
    if line and line.begin == url.begin:
        index = page.line_index(url.begin)
        if index:
            above = page.lines[index - 1]
            if line.number - above.number <= 2:
                before = page.prose[above.begin : above.end] + " " + before
    if _SPARE.search(before):
        return -1
    if _NOT_LINK_CUE.search(before):
        weight -= 2.5
    elif _LINK_CUE.search(before) and "/" in host:
        weight += 1.5
    if "/" not in host.strip("/") or (host.endswith("/") and host.count("/") == 1):
        weight -= 3
    return weight

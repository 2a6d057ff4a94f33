"""The channel that pasted words most likely came by: a chat or a letter, told by their own marks.

A guess for words that come without subject and sender. Mail has no sure mark of its own, so that ``None`` stands for it too.
"""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["guess_channel"]

_LOOKED_AT = 6_000
_ENOUGH = 3.0

_EXPORTED = re.compile(
    r"^[\u200e\u200f]?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?[ \u202f]\d{1,2}[.:]\d\d[^\n]{0,14}?[\]-] ?[^\n:]{1,40}: "
    r"|^\[\d{1,2}[.:]\d\d, \d{1,2}/\d{1,2}/\d{2,4}\] [^\n:]{1,40}: ",
    re.M,
)
_BOLD = re.compile(r"(?<![\w*])\*[^\s*][^*\n]{0,80}\*(?![\w*])|(?<![\w_/.])_[^\s_][^_\n]{0,80}_(?![\w_])")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u23f0-\u23f3\u2b50]")
_CHATS = re.compile(
    r"\b(?:balas|bales|bls|reply(?: to)?)(?: ke| di)? (?:wa|chat|pesan|this (?:chat|message|text))(?: ini)?\b|"
    r"\btext (?:me )?back\b|"
    r"\b(?:wa|chat|japri|japrian|dm|pc) (?:saya|sy|aku|gw|gue|kami|aja|me|balik)\b|\bketik (?:hadir|ya|ok|oke|setuju)\b|"
    r"\bbalas (?:\"|')?(?:hadir|ya|ok|oke|setuju|angka)\w*",
    re.I,
)
_SHORTHAND = re.compile(
    r"(?<![\w@./])(?:yg|utk|dgn|jd|jg|bsk|sy|klo|kalo|gak|ga|nggak|udh|udah|dtg|dateng|tp|krn|sm|bgt|aja|dong|deh|nih|kok|"
    r"yaa+|yah|"
    r"mksh|makasih|trims|tdk|sdh|blm|lg|gw|gue|gua|lo|lu|ttp|tgl|hr|kmrn|skrg|gpp|oke+|oks|sip|sampe|abis|bs|dr|tmrw|u|pls|thx|"
    r"lol|haha|hehe|wkwk)(?![\w@])"
)
_FAMILIAR = re.compile(r"\b(?:kak|kakak|mas|mbak|mba|bang|bro|sis|gan|say|bu|pak)\b(?=[ ,!?\n])", re.I)
_ADDRESSED = re.compile(
    r"^[\W_]*(?:(?:selamat |slmt |met )?(?:pagi|siang|sore|malam|mlm)|hal+o|hai+|hi+|hey|assala\w+|p)\b[ ,]{1,3}(?:kak|mas|"
    r"mbak|bang)\b",
    re.I,
)
_FORMAL = re.compile(
    r"^[ \t]{0,80}(?:dengan hormat|hormat (?:kami|saya)|salam hormat|kind regards|best regards|regards|best"
    r"|sincerely|yours \w{1,80}|"
    r"best wishes|"
    r"warm(?:est)? regards|cheers|thanks|terima kasih|salam)[ \t]{0,80},?[ \t]{0,80}$",
    re.I | re.M,
)
_LAID_OUT = re.compile(r"\s{0,80}[^\n]{3,40}[,!.][ \t]{0,80}\n[ \t]{0,80}\n")
_MAIL = re.compile(
    r"\b(?:e-?mail|surel) ini\b|\bthis e-?mail\b|\breply to this e-?mail\b|^[ \t>]*(?:from|dari|to|kepada|subject|subjek|"
    r"sent)[ \t]*:[^\n]*@|"
    r"^>|\bunsubscribe\b",
    re.I | re.M,
)

_NUMBER = re.compile(r"^[ \t]*(?:no(?:mor)?\.?|our ref(?:erence)?|ref(?:erence)?)[ \t]*[:.][ \t]*\S*[\d/]\S*", re.I | re.M)
_MATTER = re.compile(r"^[ \t]*(?:hal|perihal|lampiran|lamp|sifat)\.?[ \t]*:", re.I | re.M)
_PLACE_DATE = re.compile(r"(?:^|[ \t]{3})[A-Z][A-Za-z ]{2,24}, ?\d{1,2} [A-Z][a-z]{2,8} 20\d\d[ \t]*$", re.M)
_LONE_DATE = re.compile(r"^[ \t]*\d{1,2} [A-Z][a-z]{2,8} 20\d\d[ \t]*$", re.M)
_HEAD = re.compile(r"^[^\n]*\b(?:jl|jln|jalan|telp|telepon|telephone|phone|fax|faks|kode pos)\b", re.I)
_SEALED = re.compile(r"^[ \t]*(?:hormat (?:kami|saya)|yours (?:sincerely|faithfully|truly)|tembusan)\b", re.I | re.M)
_YTH = re.compile(r"^[ \t]*(?:kepada )?yth\b", re.I | re.M)


def guess_channel(text: str) -> Literal["whatsapp", "letter"] | None:
    """The channel by which pasted words most likely came; None where their marks do not tell.

    >>> guess_channel("Malam kak, bsk jd interview jam 10 ya kak 🙏 bales chat ini klo bisa")
    'whatsapp'
    >>> guess_channel("Dear Rani, we would like to invite you to an interview.") is None
    True
    """
    head = text[:_LOOKED_AT]
    if _EXPORTED.search(head):
        return "whatsapp"
    letter = _letter_marks(head)
    if letter >= _ENOUGH:
        return "letter"
    return "whatsapp" if _chat_marks(head) - letter / 2 >= _ENOUGH else None


def _letter_marks(head: str) -> float:
    top = head[:900].split("\n")
    lines = [line for line in top if line.strip()][:4]
    marks = 1.5 * (_NUMBER.search(head[:900]) is not None) + 1.0 * (_MATTER.search(head[:900]) is not None)
    marks += 1.5 * (_PLACE_DATE.search(head) is not None or _LONE_DATE.search(head[:600]) is not None)
    marks += 1.5 * any(_HEAD.match(line) for line in lines[1:])
    marks += 1.0 * (len(lines) > 1 and lines[0].strip().isupper())
    marks += 0.5 * (_SEALED.search(head) is not None) + 0.5 * (_YTH.search(head) is not None)
    return (
        marks
        - 3.0 * (_MAIL.search(head) is not None)
        - 2.0 * (_EMOJI.search(head) is not None or _BOLD.search(head) is not None)
    )


def _chat_marks(head: str) -> float:
    marks = 1.5 * min(2, len(_BOLD.findall(head))) + 1.5 * min(2, len(_EMOJI.findall(head)))
    marks += 2.5 * (_CHATS.search(head) is not None)
    marks += min(3.0, 0.75 * len(_SHORTHAND.findall(head.lower())))
    marks += min(1.5, 0.75 * len(_FAMILIAR.findall(head))) + 1.0 * (_ADDRESSED.match(head) is not None)
    marks += 0.5 * (len(head) < 420 and "\n\n" not in head.strip())
    # A greeting on a line of its own above paragraphs is how mails are laid out.
    marks -= 1.5 * (_LAID_OUT.match(head) is not None)
    return marks - 3.0 * (_MAIL.search(head) is not None) - 1.5 * (_FORMAL.search(head) is not None)

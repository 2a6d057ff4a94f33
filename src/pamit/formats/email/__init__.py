"""Internet mail (RFC 5322, MIME): hostile or broken bytes in, frozen values out; values in, mails of our own out.

The structure is scanned on bytes with hard limits (:mod:`pamit.formats.email.structure`); no parser that recurses or keeps
state ever sees the whole message. Received mail is never written back; answers are built anew
(:mod:`pamit.formats.email.reply`).
"""

from pamit.formats.email.headers import Address
from pamit.formats.email.read import Attachment, CalendarPart, EmailMessageParts, parse_email

__all__ = ["Address", "Attachment", "CalendarPart", "EmailMessageParts", "parse_email"]

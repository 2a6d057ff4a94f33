"""The stable records of the person's own messages, as ``--json``, the HTTP interface and the MCP server give them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pamit.domain.outbox import Outgoing
from pamit.domain.terms import Language
from pamit.surfaces.shapes import LinksShape, MessageShape, PreviewShape, ProposalShape, SyncShape

if TYPE_CHECKING:
    from pamit.services.mail_ports import Proposal
    from pamit.services.outgoing import Links
    from pamit.services.receiving import Synced
    from pamit.services.sending import Preview

__all__ = ["links_record", "message_record", "preview_record", "proposal_record", "sync_record"]


def preview_record(shown: Preview, language: Language) -> PreviewShape:
    """A preview for programs."""
    interview = shown.case.interview
    return {
        **message_record(shown.message),
        "from": shown.sender.email,
        "to": [one.email for one in shown.to],
        "cc": [one.email for one in shown.cc],
        "subject": shown.subject,
        "text": shown.text,
        "interview": interview.start.isoformat() if interview.start else None,
        "timezone": interview.timezone,
        "calendar": shown.calendar.in_language(language) if shown.calendar else None,
        "notices": [one.in_language(language) for one in shown.notices],
        "cautions": list(shown.cautions),
        "findings": [{"rule": one.rule, "severity": str(one.severity)} for one in shown.report.findings],
        "blocks": shown.report.blocks,
        "repeats": shown.repeats.id if shown.repeats else None,
    }


def message_record(message: Outgoing) -> MessageShape:
    """A message of the person's own for programs."""

    def moment(at: datetime | None) -> str | None:
        return at.isoformat() if at is not None else None

    return {
        "id": message.id,
        "case": message.case,
        "state": str(message.state),
        "purpose": str(message.purpose),
        "channel": str(message.channel),
        "account": message.account,
        "digest": message.digest,
        "message_id": message.message_id,
        "recipients": list(message.recipients),
        "created_at": message.created_at.isoformat(),
        "approved_at": moment(message.approved_at),
        "due_at": moment(message.due_at),
        "expires_at": moment(message.expires_at),
        "attempts": message.attempts,
        "trouble": message.trouble,
        "said": message.said,
        "override": message.override,
        "via": message.via,
        "filed": message.filed,
        "results": [
            {"email": one.email, "verdict": str(one.verdict), "code": one.code, "said": one.said} for one in message.results
        ],
    }


def links_record(links: Links) -> LinksShape:
    """Links that open a message as a draft."""
    return {"whatsapp": links.whatsapp, "sms": links.sms, "mailto": links.mailto}


def proposal_record(proposal: Proposal, language: Language) -> ProposalShape:
    """A proposal for programs."""
    return {
        "id": proposal.id,
        "case": proposal.case,
        "meaning": proposal.meaning,
        "came_at": proposal.came_at.isoformat(),
        "from": proposal.sender,
        "subject": proposal.subject,
        "reasons": [one.in_language(language) for one in proposal.reasons],
        "evidence": [one.in_language(language) for one in proposal.evidence],
        "quote": proposal.quote,
        "confidence": proposal.confidence,
        "asks": proposal.asks,
        "applies": proposal.applies,
        "state": proposal.state,
    }


def sync_record(found: Synced, language: Language) -> SyncShape:
    """What looking for mails brought."""
    return {
        "looked": found.looked,
        "proposals": [proposal_record(one, language) for one in found.proposals],
        "failed": [{"address": address, "code": code} for address, code in found.failed],
    }

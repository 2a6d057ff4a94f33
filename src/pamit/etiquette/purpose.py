"""What a draft is for: the phrases that tell each purpose, and the purpose recognised where none was given."""

from __future__ import annotations

from pamit.domain.terms import Purpose

__all__ = ["ANSWERS", "CONTRADICTING", "DECISION_TAGS", "EXCLUDING", "PRESSABLE", "REASONED", "UNFRIENDLY"]

UNFRIENDLY = frozenset(
    {Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.DECLINE_OFFER, Purpose.ASK_FEEDBACK, Purpose.RECONSIDER}
)
"""The purposes of messages in which grievances are aired (rule N2)."""

ANSWERS = frozenset({Purpose.CONFIRM, Purpose.DECLINE, Purpose.RESCHEDULE, Purpose.ASK_DETAILS, Purpose.REQUEST_ONLINE})
"""The purposes that answer an invitation (rule T1)."""

PRESSABLE = frozenset({Purpose.FOLLOW_UP, Purpose.ASK_DETAILS, Purpose.EMPLOYER_ABSENT, Purpose.LINK_BROKEN})
"""The purposes whose questions can turn into pressure (rule N7)."""

REASONED = frozenset(
    {
        Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.RECONSIDER, Purpose.DECLINE_OFFER,
        Purpose.REQUEST_ONLINE, Purpose.RUNNING_LATE, Purpose.APOLOGISE_ABSENCE,
    }
)  # fmt: skip
"""The purposes of messages that may hold a reason; the others ask or thank for their own sake."""

EXCLUDING = (
    ("employed_now", "jobless_now"),
    ("contract_runs", "contract_over"),
    ("away_now", "home_now"),
    ("ill_now", "at_leisure"),
    ("busy_all", "free_all"),
    ("no_vehicle", "drives"),
    ("studies_now", "studies_over"),
    ("campus_busy", "studies_over"),
    ("never_travels", "abroad_now"),
    ("moves_away", "stays_put"),
    ("abroad_now", "stays_put"),
    ("employed_now", "no_work_wanted"),
    ("only_child", "has_sibling"),
    ("childless", "has_child"),
    ("unmarried", "has_spouse"),
    ("orphaned", "has_parent"),
    ("lives_near", "lives_far"),
    ("pay_no_matter", "pay_too_low"),
    ("never_then", "always_then"),
    ("never_employed", "employed_now"),
    ("bedridden", "on_the_move"),
    ("abroad_now", "meets_here"),
    ("gone_now", "meets_here"),
    ("gone_now", "works_here"),
    ("voiceless", "uses_voice"),
    ("armless", "uses_arms"),
    ("sightless", "uses_eyes"),
)
"""Pairs of tags for states that cannot both hold at one time (rule H1)."""

CONTRADICTING = frozenset(
    {tag for pair in EXCLUDING for tag in pair} | {"denies_having", "has_died", "is_alive", "lively", "admits_untrue"}
)
"""The tags that are read for contradictions alone."""

DECISION_TAGS: dict[Purpose, frozenset[str]] = {
    Purpose.CONFIRM: frozenset({"says_yes"}),
    Purpose.RESCHEDULE: frozenset({"says_move", "asks_slot"}),
    Purpose.DECLINE: frozenset({"says_no", "says_cancel"}),
    Purpose.CANCEL: frozenset({"says_no", "says_cancel"}),
    Purpose.WITHDRAW: frozenset({"says_no", "says_cancel"}),
    Purpose.THANK_YOU: frozenset({"thanks"}),
    Purpose.FOLLOW_UP: frozenset({"asks_result"}),
    Purpose.ASK_FEEDBACK: frozenset({"asks_feedback"}),
    Purpose.RECONSIDER: frozenset({"asks_again"}),
    Purpose.DECLINE_OFFER: frozenset({"says_no", "says_cancel"}),
    Purpose.ASK_DETAILS: frozenset({"asks_details"}),
    Purpose.REQUEST_ONLINE: frozenset({"asks_online"}),
    Purpose.RUNNING_LATE: frozenset({"says_late"}),
    Purpose.APOLOGISE_ABSENCE: frozenset({"says_absent"}),
    Purpose.EMPLOYER_ABSENT: frozenset({"waits_alone"}),
    Purpose.LINK_BROKEN: frozenset({"link_fails"}),
    Purpose.ACCEPT_OFFER: frozenset({"takes_offer"}),
    Purpose.ACKNOWLEDGE: frozenset({"noted", "thanks"}),
}
"""The tags of the word lists whose phrases make a purpose unmistakable."""

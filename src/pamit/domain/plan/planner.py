"""From a case and a moment to what is open: a pure function (rules of the groups T, C, P, L and K).

Of the chain answer → attend → thank → ask → close only the next step is listed; what serves a step (someone to talk to,
an answer prepared, an address to find, a written record, a call to verify) stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from pamit.domain.calendar.hours import CourteousHours
from pamit.domain.calendar.workdays import OwnDays, Workdays
from pamit.domain.interview import Case, Event, Intent
from pamit.domain.plan.channel import Route, has_mailbox, phone_route, route
from pamit.domain.plan.sentences import step_sentence, warning
from pamit.domain.plan.situation import DECISIONS, FAREWELLS, Situation, situation
from pamit.domain.plan.timing import AT_ONCE, GIVE_UP_AFTER, Limit, Times, TimingRules
from pamit.domain.plan.values import Plan, PlanWarning, Step
from pamit.domain.terms import SPOKEN, Channel, EventKind, Purpose, Reason, Stage, StepKind

__all__ = ["make_plan"]

_EMERGENCIES = frozenset({Reason.HEALTH, Reason.PERSONAL})
"""What counts as an emergency on the day (T3)."""

_TAKES_BACK = frozenset({Purpose.CANCEL, Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.WITHDRAW})
_RIGHT_NOW = frozenset({Purpose.RUNNING_LATE, Purpose.EMPLOYER_ABSENT, Purpose.LINK_BROKEN})
_BEFORE_THE_TALK = frozenset({Purpose.CONFIRM, Purpose.RESCHEDULE, Purpose.ASK_DETAILS, Purpose.REQUEST_ONLINE})
_MILDER_WAYS = frozenset({Reason.LOCATION, Reason.SALARY, Reason.SCHEDULE, Reason.HEALTH})
# What can still be said in a case that is closed.
_AFTER_THE_END = frozenset({Purpose.RECONSIDER, Purpose.ACKNOWLEDGE, Purpose.APOLOGISE_ABSENCE})


def make_plan(case: Case, now: datetime, intent: Intent | None = None, own_days: OwnDays | None = None) -> Plan:
    """Derive the plan of a case.

    Args:
        now: an aware moment.
        intent: what the candidate wants; it replaces the step ``answer``.
        own_days: free or worked days beside the decreed ones.

    Returns:
        the stage, the open steps (soonest due first) and the warnings.

    Raises:
        PamitError: ``naive-time`` or ``unknown-zone``.

    >>> from datetime import UTC
    >>> from pamit.domain.interview import Interview
    >>> received = datetime(2026, 11, 23, 3, tzinfo=UTC)
    >>> plan = make_plan(Case(Interview(received=received)), received)
    >>> [(step.do.value, step.due.isoformat()) for step in plan.steps]
    [('find_contact', '2026-11-24T10:00:00+07:00'), ('answer', '2026-11-24T10:00:00+07:00')]
    """
    at = situation(case, now)
    hours = CourteousHours(at.tz, Workdays(case.interview.works_saturday, own_days or OwnDays()))
    planner = _Planner(at, TimingRules(at, hours), intent)
    planner.run()
    order = sorted(planner.steps, key=lambda step: step.due)
    return Plan(at.stage, tuple(order), tuple(planner.warnings))


@dataclass
class _Planner:
    """Gathers the steps and warnings of one plan."""

    at: Situation
    timing: TimingRules
    intent: Intent | None
    steps: list[Step] = field(default_factory=list)
    warnings: list[PlanWarning] = field(default_factory=list)

    def run(self) -> None:
        intent = self.intent if self.intent and not self._is_done(self.intent) else None
        if self.at.is_closed:
            self._closed(intent)
        elif intent is None or not self._follow(intent):
            self._chain()
        self._written_record()
        if self.at.stage == Stage.INTERVIEWED and not self.at.attended and not self.at.absent:
            self._warn("T11")

    # -- what the candidate wants ---------------------------------------------------------------------------------

    def _is_done(self, intent: Intent) -> bool:
        """Whether the message the intent names has gone out already and still holds."""
        if intent.purpose in {Purpose.FOLLOW_UP, Purpose.ASK_FEEDBACK}:
            return False  # a second one is refused with a warning, not taken as done
        if intent.purpose in DECISIONS:
            decision = self.at.decision
            if decision is None or decision.purpose != intent.purpose or self._is_later(intent, decision):
                return False
            return not (intent.purpose == Purpose.RESCHEDULE and self.at.confirmed_at)
        if intent.purpose == Purpose.RECONSIDER:
            return self.at.awaits_verdict is not None
        sent = self.at.sent(intent.purpose)
        return sent is not None and not self._is_later(intent, sent)

    @staticmethod
    def _is_later(intent: Intent, sent: Event) -> bool:
        return intent.decided_at is not None and intent.decided_at > sent.at

    def _follow(self, intent: Intent) -> bool:
        """Add the step an intent asks for; False where a rule refuses it and the chain goes on as it is."""
        purpose = intent.purpose
        if purpose in {Purpose.THANK_YOU, Purpose.FOLLOW_UP} and self.at.absent:
            self._warn("T11", "absent")
            return False
        if purpose == Purpose.FOLLOW_UP:
            return self._follow_up_wanted()
        if purpose == Purpose.ASK_FEEDBACK:
            if self.at.sent(Purpose.ASK_FEEDBACK):
                self._warn("L3")
                return False
            if not self.at.last(EventKind.REJECTED):
                self._warn("L3")
            self._ask_feedback()
            return True
        if purpose == Purpose.THANK_YOU:
            if not self._held():
                self._warn("T5", "not_held")
            self._thank_you()
            return True
        self._message(intent)
        if purpose not in _TAKES_BACK and purpose != Purpose.CONFIRM:
            self._attend_if_agreed()
        return True

    def _follow_up_wanted(self) -> bool:
        if self.at.sent(Purpose.FOLLOW_UP):
            self._warn("T7")
            return False
        if self.at.last(EventKind.REJECTED):
            self._warn("L3")
            return False
        if self.at.last(EventKind.OFFER_RECEIVED):
            return False
        opens, closes = self.timing.ask_window()
        if self.at.now < opens:
            self._warn("T6", "early")
        elif self.at.now > closes:
            self._warn("T8")
        self._follow_up()
        return True

    def _message(self, intent: Intent) -> None:
        """One message the candidate decided on, with everything that serves it."""
        at, purpose = self.at, intent.purpose
        do = StepKind(purpose.value)
        on_the_day = at.is_today and not at.held_at and purpose in _TAKES_BACK
        way = route(at, do)
        due, latest = self._limits(intent, on_the_day)
        times = self.timing.settle(
            way.channel,
            due,
            latest,
            urgent=on_the_day or (at.is_today and purpose in _RIGHT_NOW),
            takes_back=purpose in _TAKES_BACK,
        )
        if way.channel == Channel.PHONE and not on_the_day and has_mailbox(at) and self._comes_late(times, due):
            # No courteous hour for a call is left in time, but a mail may go out at any hour (T12).
            way = Route(Channel.EMAIL, way.to, ("C1", "T12", *way.rules[1:]))
            times = self.timing.settle(way.channel, due, latest)
        rules = self._message_rules(purpose, due, on_the_day) + way.rules
        if purpose in FAREWELLS and not on_the_day:
            self._prepare(times)
        self._find_contact(way, times)
        key = f"{do}:today" if on_the_day else str(do)
        self._add(do, way.channel, way.to, times, rules, key)
        self._warn_of_costs(intent, on_the_day)
        if purpose in {Purpose.CANCEL, Purpose.RESCHEDULE} and way.channel not in SPOKEN:
            self._verify_beside(times)
        if way.channel in SPOKEN:
            self._record_after(times)

    def _comes_late(self, times: Times, due: list[Limit]) -> bool:
        """Whether a call could be made in courteous hours only after it is due."""
        wanted = min(limit.at for limit in due)
        return times.earliest > max(wanted, self.at.now) or not self.timing.hours.contains(times.earliest, noon=True)

    def _limits(self, intent: Intent, on_the_day: bool) -> tuple[list[Limit], list[Limit]]:
        """The rules' limits for a message: due, latest."""
        at, purpose = self.at, intent.purpose
        decided = (intent.decided_at or at.now).astimezone(at.tz)
        rule = self._urgency_rule(purpose)
        if purpose in _RIGHT_NOW:
            return [Limit(at.now, "T11")], []
        if on_the_day and at.start is not None:
            return [Limit(at.now, "T3"), Limit(at.start, "T3")], [Limit(at.start, "T3")]
        due, latest = [Limit(decided + AT_ONCE, rule)], []
        if purpose == Purpose.APOLOGISE_ABSENCE and at.absent:
            due.append(Limit(at.absent.at.astimezone(at.tz) + AT_ONCE, "T10"))
        offer = at.last(EventKind.OFFER_RECEIVED)
        if purpose in {Purpose.ACCEPT_OFFER, Purpose.DECLINE_OFFER}:
            latest = self._offer_limits(offer)
            return due + latest, latest
        if self._is_unanswered() and purpose in DECISIONS | _BEFORE_THE_TALK:
            answer_due, answer_latest = self.timing.answer_limits()
            due, latest = due + answer_due, latest + answer_latest
        if at.start is not None and not self._held():
            before = self.timing.before_the_day()
            if purpose in _TAKES_BACK and before is not None:
                due, latest = [*due, before], [*latest, before]
            else:
                due, latest = [*due, Limit(at.start, rule)], [*latest, Limit(at.start, rule)]
        return due, latest

    def _urgency_rule(self, purpose: Purpose) -> str:
        """The rule that says *at once* for a purpose at this stage."""
        if purpose == Purpose.RECONSIDER:
            return "K1"
        if purpose in _TAKES_BACK | {Purpose.DECLINE_OFFER}:
            if self._held() or purpose == Purpose.DECLINE_OFFER:
                return "T9"
            return "T4" if self.at.start is None else "T2"
        return "T1" if self._is_unanswered() and purpose in _BEFORE_THE_TALK else "T10"

    def _message_rules(self, purpose: Purpose, due: list[Limit], on_the_day: bool) -> tuple[str, ...]:
        rules = ["T3"] if on_the_day else [self._urgency_rule(purpose)]
        if any(limit.rule == "T1" for limit in due):
            rules.append("T1")
        extra = {
            Purpose.APOLOGISE_ABSENCE: ["T10", "T11"], Purpose.RUNNING_LATE: ["T11"], Purpose.RECONSIDER: ["K1"],
            Purpose.REQUEST_ONLINE: ["P2"], Purpose.CANCEL: ["L1"],
        }  # fmt: skip
        rules += extra.get(purpose, [])
        return tuple(dict.fromkeys(rules))

    def _warn_of_costs(self, intent: Intent, on_the_day: bool) -> None:
        purpose = intent.purpose
        if on_the_day:
            self._warn("T3", None if intent.reason in _EMERGENCIES else "no_emergency")
        if purpose in FAREWELLS:
            if intent.reason in _MILDER_WAYS:
                self._warn("P2", str(intent.reason))
            late = self._held() or purpose == Purpose.DECLINE_OFFER or self.at.is_closed
            stage = Stage.INTERVIEWED if late else self.at.stage
            self._warn("P4", str(stage))
        if purpose == Purpose.RECONSIDER:
            self._warn("K2")

    # -- the chain ------------------------------------------------------------------------------------------------

    def _chain(self) -> None:
        """The next step where the candidate has not said what they want."""
        at = self.at
        decision = at.decision
        if at.last(EventKind.REJECTED):
            self._ask_feedback()
        elif at.last(EventKind.OFFER_RECEIVED):
            self._answer_offer()
        elif at.absent:
            self._after_absence()
        elif at.awaits_verdict:
            self._close(at.awaits_verdict.at + GIVE_UP_AFTER)
        elif decision and decision.purpose in {Purpose.CANCEL, Purpose.RESCHEDULE} and not at.confirmed_at and not at.attended:
            self._verify(decision)
        elif self._held():
            self._after_the_talk()
        elif self._is_unanswered():
            self._answer()
        elif at.start is None:
            # Our answer names times or agrees to come; it is theirs to set the date.
            self._close(max(decision.at if decision else at.now, at.received or at.now) + GIVE_UP_AFTER)
        else:
            self._attend()

    def _answer(self) -> None:
        due, latest = self.timing.answer_limits()
        way = route(self.at, StepKind.ANSWER)
        times = self.timing.settle(way.channel, due, latest)
        self._find_contact(way, times)
        self._add(StepKind.ANSWER, way.channel, way.to, times, ("T1", "T10", *way.rules))

    def _answer_offer(self) -> None:
        offer = self.at.last(EventKind.OFFER_RECEIVED)
        since = offer.at if offer else self.at.now
        latest = self._offer_limits(offer)
        way = route(self.at, StepKind.ANSWER)
        times = self.timing.settle(way.channel, [Limit(since + AT_ONCE, "T10"), *latest], latest)
        self._find_contact(way, times)
        self._add(StepKind.ANSWER, way.channel, way.to, times, ("T10", *way.rules), "answer:offer")

    def _offer_limits(self, offer: Event | None) -> list[Limit]:
        """The deadline to answer an offer; one that was over before the offer came belongs to the invitation."""
        reply_by = self.at.interview.reply_by
        if offer is None or reply_by is None or reply_by <= offer.at:
            return []
        return [Limit(reply_by.astimezone(self.at.tz), "T10")]

    def _attend(self) -> None:
        start = self.at.start
        if start is None:
            return
        times = self.timing.settle(None, [Limit(start, "T11")], [Limit(start, "T11")], not_before=start)
        if times.overdue:
            self._warn("T11", "late")
        self._add(StepKind.ATTEND, None, (), times, ("T11",), warn=False)

    def _attend_if_agreed(self) -> None:
        decision = self.at.decision
        if decision and decision.purpose == Purpose.CONFIRM and self.at.start and not self._held():
            self._attend()

    def _after_the_talk(self) -> None:
        if not self.at.sent(Purpose.THANK_YOU, Purpose.FOLLOW_UP) and self.at.now <= self.timing.thank_by():
            self._thank_you()
        elif not self.at.sent(Purpose.FOLLOW_UP) and self.at.now <= self.timing.ask_window()[1]:
            self._follow_up()
        else:
            self._give_up()

    def _thank_you(self) -> None:
        way = route(self.at, StepKind.THANK_YOU)
        by = Limit(self.timing.thank_by(), "T5")
        not_before = None if self._held() else self.at.end
        times = self.timing.settle(way.channel, [by], [by], not_before=not_before)
        self._find_contact(way, times)
        self._add(StepKind.THANK_YOU, way.channel, way.to, times, ("T5", *way.rules))

    def _follow_up(self) -> None:
        way = route(self.at, StepKind.FOLLOW_UP)
        opens, closes = self.timing.ask_window()
        times = self.timing.settle(way.channel, [Limit(closes, "T6")], [Limit(closes, "T6")], not_before=opens)
        self._find_contact(way, times)
        self._add(StepKind.FOLLOW_UP, way.channel, way.to, times, ("T6", "T7", "T8", *way.rules))

    def _give_up(self) -> None:
        asked = self.at.sent(Purpose.FOLLOW_UP)
        since = self.timing.ask_window()[1]
        self._close(max(since, asked.at + GIVE_UP_AFTER) if asked else since)

    def _after_absence(self) -> None:
        if self.at.sent(Purpose.APOLOGISE_ABSENCE):
            self._give_up()
            return
        self._message(Intent(Purpose.APOLOGISE_ABSENCE, decided_at=self.at.absent.at if self.at.absent else None))

    def _ask_feedback(self) -> None:
        rejected = self.at.last(EventKind.REJECTED)
        since = (rejected.at if rejected else self.at.now).astimezone(self.at.tz)
        way = route(self.at, StepKind.ASK_FEEDBACK)
        times = self.timing.settle(way.channel, [Limit(since + AT_ONCE, "L3")], [])
        self._find_contact(way, times)
        self._add(StepKind.ASK_FEEDBACK, way.channel, way.to, times, ("L3", *way.rules))

    def _verify(self, decision: Event) -> None:
        """The call that makes sure a cancellation or a move was noted (L2)."""
        if self.at.start is not None and self.at.start <= self.at.now:
            way = phone_route(self.at)
            times = self.timing.settle(way.channel, [Limit(self.at.start + AT_ONCE, "L2")], [])
            self._add(StepKind.CALL_TO_VERIFY, way.channel, way.to, times, ("L2", "T10", *way.rules), "call_to_verify:past")
            return
        opens, limit, urgent = self.timing.verify(decision.at)
        self._add_verify(opens, limit, urgent, "call_to_verify")

    def _verify_beside(self, message: Times) -> None:
        if self.at.start is None or self.at.start - message.earliest >= AT_ONCE:
            return
        opens, limit, urgent = self.timing.verify(message.earliest)
        self._add_verify(opens, limit, urgent, "call_to_verify:beside")

    def _add_verify(self, opens: datetime, limit: Limit | None, urgent: bool, key: str) -> None:
        way = phone_route(self.at)
        latest = [limit] if limit else []
        polite = self.timing.hours.first(max(opens, self.at.now), limit.at if limit else None)
        due = polite if urgent and polite and polite.date() == opens.date() else opens
        times = self.timing.settle(way.channel, [Limit(due, "L2")], latest, not_before=opens, urgent=urgent)
        # On the day the call is due whenever a polite hour comes next; what the rule names is when the calls may begin.
        times = replace(times, ruled=opens)
        self._add(StepKind.CALL_TO_VERIFY, way.channel, way.to, times, ("L2", "L1", *way.rules), key)

    # -- what serves a step ---------------------------------------------------------------------------------------

    def _prepare(self, times: Times) -> None:
        at_hand = Times(self.at.now, times.due, times.latest)
        self._add(StepKind.CONSULT, None, (), at_hand, ("P1",))
        self._add(StepKind.PREPARE_ANSWER, None, (), at_hand, ("P3",))

    def _find_contact(self, way: Route, times: Times) -> None:
        if not way.search:
            return
        if "C9" in way.rules:
            self._warn("C9")
        rules = ("C6", "C9") if "C9" in way.rules else ("C6",)
        self._add(StepKind.FIND_CONTACT, None, (), Times(self.at.now, times.due, times.latest), rules)

    def _record_after(self, talk: Times) -> None:
        way = self._record_route()
        due = talk.due + AT_ONCE
        times = self.timing.settle(way.channel, [Limit(due, "C4")], [], not_before=talk.earliest)
        # Until the talk has been there is nothing to record: it only stands beside it.
        times = replace(times, ruled=None)
        self._add(StepKind.WRITTEN_RECORD, way.channel, way.to, times, ("C4", *way.rules))

    def _written_record(self) -> None:
        """The record still owed of the last talk that settled something (C4)."""
        if self.at.last(EventKind.CLOSED, EventKind.CANCELLED_BY_EMPLOYER) or any(
            s.do == StepKind.WRITTEN_RECORD for s in self.steps
        ):
            return
        talk = self.at.sent(*(purpose for purpose in Purpose if purpose not in _RIGHT_NOW))
        if talk is None or talk.channel not in SPOKEN:
            return
        written = any(
            e.kind == EventKind.MESSAGE_SENT and e.purpose == talk.purpose and e.channel not in SPOKEN for e in self.at.events
        )
        if written:
            return
        way = self._record_route()
        times = self.timing.settle(way.channel, [Limit(talk.at.astimezone(self.at.tz) + AT_ONCE, "C4")], [])
        self._add(StepKind.WRITTEN_RECORD, way.channel, way.to, times, ("C4", *way.rules))

    def _record_route(self) -> Route:
        way = route(self.at, StepKind.WRITTEN_RECORD)
        if way.search and self.at.interview.contact.phone:
            return Route(Channel.TEXT, way.to, ("C3", *(rule for rule in way.rules if rule == "C7")))
        return way

    def _close(self, since: datetime) -> None:
        promised = self.at.interview.decision_expected
        opens = max(since, promised) if promised else since
        opens = opens.astimezone(self.at.tz)
        times = self.timing.settle(None, [Limit(opens + AT_ONCE, "T8")], [], not_before=opens)
        self._add(StepKind.CLOSE, None, (), times, ("T8",))

    def _closed(self, intent: Intent | None) -> None:
        """A closed case: only what may still be said."""
        if intent is None:
            return
        accepted = self.at.last(EventKind.OFFER_ACCEPTED) or self.at.sent(Purpose.ACCEPT_OFFER)
        if intent.purpose in _AFTER_THE_END or (accepted and intent.purpose in {Purpose.WITHDRAW, Purpose.DECLINE_OFFER}):
            self._message(intent)
        elif intent.purpose == Purpose.FOLLOW_UP and self.at.sent(Purpose.FOLLOW_UP):
            self._warn("T7")
        else:
            self._warn("T8", "closed")

    # -- small things ---------------------------------------------------------------------------------------------

    def _held(self) -> bool:
        return self.at.held_at is not None

    def _is_unanswered(self) -> bool:
        return self.at.decision is None and not self.at.attended

    def _warn(self, rule: str, case: str | None = None) -> None:
        said = warning(rule, case)
        if said not in self.warnings:
            self.warnings.append(said)

    def _add(
        self,
        do: StepKind,
        channel: Channel | None,
        to: tuple[str, ...],
        times: Times,
        rules: tuple[str, ...],
        key: str | None = None,
        *,
        warn: bool = True,
    ) -> None:
        if times.overdue and warn:
            self._warn(times.overdue.rule)
        if channel in {Channel.PHONE, Channel.TEXT}:
            if not self._is_courteous(times.earliest, rules):
                self._warn("T12")
            elif times.waits:
                self._warn("T12", "waits")
        step = Step(
            do=do,
            channel=channel,
            to=to,  # type: ignore[arg-type]
            earliest=times.earliest,
            due=times.due,
            latest=times.latest,
            overdue_since=times.overdue.at if times.overdue else None,
            rules=tuple(dict.fromkeys(rules)),
            text=step_sentence(key or str(do)),
            ruled_at=times.ruled,
        )
        self.steps.append(step)

    def _is_courteous(self, moment: datetime, rules: tuple[str, ...]) -> bool:
        """Whether a call or text then needs no excuse: in courteous hours, or urgent by T3 or L2."""
        return "T3" in rules or "L2" in rules or self.timing.hours.contains(moment, noon=True)

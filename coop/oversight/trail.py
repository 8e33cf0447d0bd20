"""A decision followed from the proposal to its effect and its paper: what of it is in order, late or missing.

Everything is computed from what other stages keep; nothing is stored. However many decisions are asked for at once, the
questions to the database are the same.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import QuerySet

from coop.ballots.models import Ballot
from coop.charter.models import Bylaws
from coop.decisions.models import Decision
from coop.documents.models import Version
from coop.meetings.calendar import last_notice_day
from coop.meetings.models import Action, AgendaItem, Meeting, Minutes, NoticeGiven, SealedMinutes
from coop.meetings.rules.calling import notice_days
from coop.production.models import PlanLine
from coop.proposals.models import Agreement, BudgetMotion, Proposal


class What(StrEnum):
    """The stations, in the order in which a decision passes them."""

    PROPOSAL = "proposal"
    NOTICE = "notice"
    PROOF = "proof"  # that the notice was given
    REGISTER = "register"
    QUORUM = "quorum"
    VOTE = "vote"
    MINUTES = "minutes"
    SEAL = "seal"
    EFFECT = "effect"
    ACTIONS = "actions"
    PAPERS = "papers"


class Mark(StrEnum):
    ORDER = "order"
    LATE = "late"
    MISSING = "missing"
    WAITS = "waits"  # its day has not come
    NONE = "none"  # nothing belongs here


GAPS = (Mark.LATE, Mark.MISSING)


@dataclass(frozen=True)
class Step:
    """`on`: the day it happened; `by`: the last day for it. `facts` are figures, names and keys, never sentences."""

    what: What
    mark: Mark
    on: datetime.date | None = None
    by: datetime.date | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Trail:
    decision: Decision
    meeting: Meeting | None
    steps: list[Step]

    @property
    def gaps(self) -> list[Step]:
        return [step for step in self.steps if step.mark in GAPS]


@dataclass
class _Beside:
    """What stands around the decisions, read once."""

    items: dict[int, AgendaItem]
    bylaws: dict[int, Bylaws]
    proofs: Counter[int]
    minutes: dict[int, tuple[datetime.datetime, str]]
    seals: dict[int, tuple[datetime.datetime, int]]
    actions: dict[int, list[tuple[datetime.date, bool]]]
    papers: dict[str, list[tuple[int, str]]]
    rules: set[str]
    agreements: set[str]
    plans: set[str]
    budgets: dict[int, str]  # proposal -> the decision that stands at what it asked for; empty where it fell


def settled(cooperative_id: int) -> QuerySet[Decision]:
    """The newest first; with what their page and their trail need."""
    found = Decision.objects.select_related("body", "proposal", "ballot", "cooperative")
    return found.filter(cooperative=cooperative_id, number__isnull=False).order_by("-decided_at", "-pk")


def trails(decisions: Sequence[Decision], *, day: datetime.date) -> list[Trail]:
    """In the order given; all of one co-operative. `day`: today where the plant stands."""
    beside = _read(decisions)
    return [_trail(one, beside, day) for one in decisions]


def _read(decisions: Sequence[Decision]) -> _Beside:
    labels = [one.label for one in decisions]
    items = AgendaItem.objects.filter(decision__in=decisions).select_related(
        "meeting__cooperative", "meeting__register", "meeting__body"
    )
    of_decision = {
        one.decision_id: one for one in items.prefetch_related("meeting__sittings") if one.decision_id
    }
    meetings = {one.meeting_id for one in of_decision.values()}
    cooperative = decisions[0].cooperative_id if decisions else 0
    versions = {one.meeting.rules_version or 0 for one in of_decision.values()}
    written = Minutes.objects.filter(meeting__in=meetings).values_list("meeting_id", "closed_at", "hash")
    sealed = SealedMinutes.objects.filter(minutes__meeting__in=meetings)
    papers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    of_labels = Version.objects.filter(
        cooperative=cooperative, adopted_by__in=labels, confirmed_at__isnull=False
    )
    for label, number, title in of_labels.values_list("adopted_by", "document__number", "document__title"):
        papers[label].append((number, title))
    actions: dict[int, list[tuple[datetime.date, bool]]] = defaultdict(list)
    agreed = Action.objects.filter(item__in=of_decision.values(), dropped_at=None)
    for item, due, done in agreed.values_list("item_id", "due_on", "done_at"):
        actions[item or 0].append((due, done is not None))
    adopted = Agreement.objects.filter(cooperative=cooperative, adopted_by__in=labels)
    return _Beside(
        items=of_decision,
        bylaws={
            one.version: one for one in Bylaws.objects.filter(cooperative=cooperative, version__in=versions)
        },
        proofs=Counter(NoticeGiven.objects.filter(meeting__in=meetings).values_list("meeting_id", flat=True)),
        minutes={meeting: (closed, mark) for meeting, closed, mark in written},
        seals={
            meeting: (at, number)
            for meeting, at, number in sealed.values_list("minutes__meeting_id", "sealed_at", "number")
        },
        actions=actions,
        papers=papers,
        rules=set(
            Bylaws.objects.filter(cooperative=cooperative, adopted_by__in=labels).values_list(
                "adopted_by", flat=True
            )
        ),
        agreements=set(adopted.values_list("adopted_by", flat=True)),
        plans=_plans(decisions),
        budgets=_budgets(decisions),
    )


def _trail(decision: Decision, beside: _Beside, day: datetime.date) -> Trail:
    item = beside.items.get(decision.pk)
    day_of = decision.cooperative.day_of
    proposal = decision.proposal
    put = proposal.admitted_at or proposal.published_at
    steps = [Step(What.PROPOSAL, Mark.ORDER, on=day_of(put) if put else None, facts={"label": str(proposal)})]
    if item is not None:
        bylaws = beside.bylaws.get(item.meeting.rules_version or 0)
        steps += _of_meeting(item.meeting, bylaws, beside)
    steps.append(_vote(decision))
    if item is not None:
        steps += _minutes(item.meeting, beside.bylaws.get(item.meeting.rules_version or 0), beside, day)
    steps.append(_effect(decision, beside))
    steps.append(_actions(beside.actions.get(item.pk, []) if item else [], day))
    found = beside.papers.get(decision.label, [])
    papers = {"papers": found}
    steps.append(Step(What.PAPERS, Mark.ORDER if found else Mark.NONE, facts=papers))
    return Trail(decision, item.meeting if item else None, steps)


def _of_meeting(meeting: Meeting, bylaws: Bylaws | None, beside: _Beside) -> Iterable[Step]:
    """Notice, its proof, the register and the quorum, under the rules the meeting was convened by."""
    day_of, sittings = meeting.cooperative.day_of, list(meeting.sittings.all())
    if meeting.convened_at is not None and bylaws is not None and sittings:
        first = min(day_of(one.starts_at) for one in sittings if one.continues_id is None)
        posted, days = day_of(meeting.convened_at), notice_days(meeting, bylaws)
        last = last_notice_day(first, notice_days=days, ends_counted=bylaws.notice_counts_ends)
        in_time = posted <= last or meeting.universal
        late: dict[str, object] = {"universal": meeting.universal and posted > last}
        yield Step(What.NOTICE, Mark.ORDER if in_time else Mark.LATE, on=posted, by=last, facts=late)
    proofs = beside.proofs[meeting.pk]
    yield Step(What.PROOF, Mark.ORDER if proofs else Mark.MISSING, facts={"many": proofs})
    register = meeting.register
    if register is None or register.final_at is None:
        yield Step(What.REGISTER, Mark.MISSING, by=meeting.register_closes_on)
    else:
        of_list: dict[str, object] = {"key": register.pk, "people": register.people}
        yield Step(What.REGISTER, Mark.ORDER, on=day_of(register.final_at), facts=of_list)
    opened = [one for one in sittings if one.opened_at is not None]
    present = [one.present_at_opening for one in opened]
    mark = Mark.ORDER if opened and None not in present else Mark.MISSING
    yield Step(What.QUORUM, mark, facts={"present": present, "calls": [one.opened_on_call for one in opened]})


def _vote(decision: Decision) -> Step:
    """Counted, and of which outcome. A vote that is settled without a count is a gap."""
    ballot = decision.ballot
    counted = ballot.state == Ballot.State.COUNTED and ballot.counted_at is not None
    on = decision.cooperative.day_of(ballot.counted_at) if ballot.counted_at else None
    pending = decision.outcome == Decision.Outcome.PENDING
    return Step(
        What.VOTE,
        Mark.ORDER if counted else Mark.WAITS if pending else Mark.MISSING,
        on=on,
        facts={"key": ballot.pk, "outcome": decision.outcome},
    )


def _minutes(meeting: Meeting, bylaws: Bylaws | None, beside: _Beside, day: datetime.date) -> Iterable[Step]:
    """Ready within the days of the bylaws, counted from the end of the meeting; and sealed."""
    day_of = meeting.cooperative.day_of
    by = None
    if meeting.closed_at is not None and bylaws is not None:
        by = day_of(meeting.closed_at) + datetime.timedelta(days=bylaws.minutes_ready_days)
    written = beside.minutes.get(meeting.pk)
    if written is None:
        waits = by is None or day <= by
        yield Step(What.MINUTES, Mark.WAITS if waits else Mark.MISSING, by=by)
        yield Step(What.SEAL, Mark.WAITS)
        return
    on = day_of(written[0])
    late = by is not None and on > by
    facts = {"key": meeting.pk, "hash": written[1]}
    yield Step(What.MINUTES, Mark.LATE if late else Mark.ORDER, on=on, by=by, facts=facts)
    seal = beside.seals.get(meeting.pk)
    if seal is None:
        yield Step(What.SEAL, Mark.WAITS, facts={"key": meeting.pk})
    else:
        yield Step(What.SEAL, Mark.ORDER, on=day_of(seal[0]), facts={"key": meeting.pk, "number": seal[1]})


def _effect(decision: Decision, beside: _Beside) -> Step:
    """What is carried is in force: a motion by standing in the register, bylaws and agreement by their version."""
    kind = decision.proposal.kind
    if decision.proposal_id in beside.budgets:
        return _budget_effect(decision, beside.budgets[decision.proposal_id])
    if decision.outcome != Decision.Outcome.CARRIED or decision.amendment_id is not None:
        return Step(What.EFFECT, Mark.NONE, facts={"kind": ""})
    there = {
        Proposal.Kind.BYLAWS: decision.label in beside.rules,
        Proposal.Kind.AGREEMENT: decision.label in beside.agreements,
        # None is there of a year that was over when the vote was settled.
        Proposal.Kind.PLAN: decision.label in beside.plans,
    }.get(Proposal.Kind(kind), True)
    return Step(What.EFFECT, Mark.ORDER if there else Mark.MISSING, facts={"kind": kind})


def _plans(decisions: Sequence[Decision]) -> set[str]:
    """By which of them a plan was set. No query where none of them is on a plan."""
    asked = [one for one in decisions if one.proposal.kind == Proposal.Kind.PLAN]
    if not asked:
        return set()
    found = PlanLine.objects.filter(
        cooperative=asked[0].cooperative_id, voted=True, decision__in=[one.label for one in asked]
    )
    return set(found.values_list("decision", flat=True))


def _budgets(decisions: Sequence[Decision]) -> dict[int, str]:
    """No query where none of them is on a budget."""
    asked = [one.proposal_id for one in decisions if one.proposal.kind == Proposal.Kind.BUDGET]
    if not asked:
        return {}
    motions = BudgetMotion.objects.filter(proposal__in=asked).select_related("year", "amendment")
    return {
        one.proposal_id: one.amendment.decided_by if one.amendment is not None else one.year.decided_by
        for one in motions
    }


def _budget_effect(decision: Decision, recorded: str) -> Step:
    """Carried or not, it is told at the budget; an amendment that fell while sittings voted on it has no effect."""
    if not recorded:
        return Step(What.EFFECT, Mark.NONE, facts={"kind": ""})
    mark = Mark.ORDER if recorded == decision.label else Mark.MISSING
    return Step(What.EFFECT, mark, facts={"kind": decision.proposal.kind})


def _actions(agreed: Sequence[tuple[datetime.date, bool]], day: datetime.date) -> Step:
    """What somebody took on with the decision: done, open, or over its day."""
    done = sum(1 for _due, is_done in agreed if is_done)
    late = sum(1 for due, is_done in agreed if not is_done and due < day)
    facts = {"many": len(agreed), "done": done, "late": late}
    if not agreed:
        return Step(What.ACTIONS, Mark.NONE, facts=facts)
    mark = Mark.LATE if late else Mark.ORDER if done == len(agreed) else Mark.WAITS
    return Step(What.ACTIONS, mark, facts=facts)

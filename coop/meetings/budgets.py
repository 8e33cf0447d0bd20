"""A budget on an agenda: the whole is the item, and under it stand its amendments in the order of voting."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from coop.asked_often import Often, given
from coop.budget.models import Amendment, InBloc, Year
from coop.decisions.budgets import being_voted_of, put_together, whole_is_voted
from coop.members.models import Member
from coop.proposals.models import BudgetMotion, Proposal
from coop.refusals import Reason

from .models import AgendaItem, Announcement, Meeting
from .rules.calling import is_assembly
from .rules.leading import obstacles_to_chairing

State, Because = Amendment.State, Amendment.Because
BEING_VOTED = (Year.State.PUT, Year.State.ADOPTED, Year.State.REJECTED)
LIVE = (Meeting.State.DRAFT, Meeting.State.CONVENED, Meeting.State.IN_SESSION)


def whole_of(year: Year) -> Proposal | None:
    """The proposal for the whole, once it is laid before the assembly."""
    motion = BudgetMotion.objects.select_related("proposal").filter(year=year, amendment=None).first()
    return motion.proposal if motion else None


def obstacles_to_bringing_budget(meeting: Meeting, year: Year) -> list[Reason]:
    """The assembly alone decides on it, once it is put, and on one agenda at a time."""
    if not is_assembly(meeting.body):
        return [Reason("assembly-alone", {"body": meeting.body.name})]
    whole = whole_of(year)
    if year.cooperative_id != meeting.cooperative_id or year.state != Year.State.PUT or whole is None:
        return [Reason("budget-not-put", {"label": year.label})]
    if whole.state != Proposal.State.ADMITTED:
        return [Reason("budget-on-an-agenda", {"label": year.label})]
    return []


def obstacles_to_parting(item: AgendaItem) -> list[Reason]:
    """The amendments of a budget stay under it."""
    return [Reason("budget-goes-together")] if item.part else []


def item_of(year: Year) -> AgendaItem | None:
    """The item under which a budget is before a meeting that is still to be held, or is held now."""
    whole = BudgetMotion.objects.filter(year=year, amendment=None)
    found = AgendaItem.objects.filter(proposal__in=whole.values("proposal"), meeting__state__in=LIVE)
    return found.select_related("meeting__body", "meeting__cooperative", "decision", "proposal").first()


def obstacles_to_ordering(item: AgendaItem | None, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever chairs the meeting that votes on it says in which order, and takes up again what the meeting wants."""
    if item is None:
        return [Reason("budget-on-no-agenda")]
    return obstacles_to_chairing(item.meeting, by=by, at=at)


def obstacles_to_taking_up(
    item: AgendaItem | None, amendment: Amendment, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """In session, where it stands on the agenda, before the whole is voted."""
    reasons = obstacles_to_ordering(item, by=by, at=at)
    if item is not None:
        ours = BudgetMotion.objects.filter(amendment=amendment).values("proposal")
        if not AgendaItem.objects.filter(meeting=item.meeting, proposal__in=ours).exists():
            reasons.append(Reason("budget-on-no-agenda"))
        if item.meeting.state != Meeting.State.IN_SESSION:
            reasons.append(Reason("no-open-sitting"))
    return [*reasons, Reason("budget-whole-voted")] if whole_is_voted(amendment.year) else reasons


def obstacles_to_bloc(
    item: AgendaItem | None, parts: Sequence[Amendment], *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever chairs asks for one vote on several, before the meeting and while none of them is being voted."""
    reasons = obstacles_to_ordering(item, by=by, at=at)
    if item is None:
        return reasons
    asked = BudgetMotion.objects.filter(amendment__in=[part.pk for part in parts])
    there = AgendaItem.objects.filter(meeting=item.meeting, proposal__in=asked.values("proposal"))
    if there.count() < len({part.pk for part in parts}):
        reasons.append(Reason("budget-on-no-agenda"))
    return reasons + obstacles_to_regrouping(item, parts)


def obstacles_to_regrouping(item: AgendaItem | None, parts: Sequence[Amendment]) -> list[Reason]:
    """In session, and no vote is open on any of them, nor on a bloc."""
    if item is None:
        return [Reason("budget-on-no-agenda")]
    if item.meeting.state != Meeting.State.IN_SESSION:
        return [Reason("no-open-sitting")]
    year = parts[0].year if parts else None
    voted = being_voted_of(year).keys() if year else set()
    if year and voted & (put_together(year) | {part.pk for part in parts}):
        return [Reason("vote-under-way")]
    return []


def budget_items(meeting: Meeting) -> list[AgendaItem]:
    """Budgets on an agenda, without their amendments."""
    found = meeting.items.filter(proposal__kind=Proposal.Kind.BUDGET, part=0)
    return list(found.select_related("proposal", "meeting"))


def untold_since(years: Iterable[Year]) -> dict[int, datetime.datetime]:
    """Year -> when the first result was counted that the meeting which voted on it, and still sits, was not told.

    One query, and none where nothing is being voted or was voted lately.
    """
    asked = [one.pk for one in years if one.state in BEING_VOTED]
    if not asked:
        return {}
    voted = AgendaItem.objects.filter(
        proposal__in=BudgetMotion.objects.filter(year__in=asked).values("proposal"),
        meeting__state=Meeting.State.IN_SESSION,
        decision__decided_at__isnull=False,
    ).exclude(decision__in=Announcement.objects.values("decision"))
    found: dict[int, datetime.datetime] = {}
    year_of = BudgetMotion.objects.filter(proposal=OuterRef("proposal")).values("year")
    for year, at in voted.annotate(of=Subquery(year_of)).values_list("of", "decision__decided_at"):
        if at is not None:
            found[year] = min(at, found.get(year, at))
    return found


# --- What became of an amendment ------------------------------------------------------------------------------------


def asked_in(meeting: Meeting) -> dict[int, Amendment]:
    """Proposal -> the amendment of a budget that it asks for, of everything on an agenda. One query."""
    found = ASKED.all(meeting=meeting.pk)
    return {one.proposal_id: one.amendment for one in found if one.amendment is not None}


def in_blocs(meeting: Meeting) -> set[int]:
    """The amendments of a budget, of everything on an agenda, that are voted in one question with others. One query."""
    return set(IN_BLOCS.all(meeting=meeting.pk))


def _motions() -> QuerySet[BudgetMotion]:
    parts = AgendaItem.objects.filter(meeting_id=given("meeting"), part__gt=0, kind=AgendaItem.Kind.PROPOSAL)
    return BudgetMotion.objects.filter(proposal__in=parts.values("proposal"))


ASKED = Often(
    lambda: _motions().select_related("amendment__year", "amendment__through", "amendment__on_behalf_of"),
    told=True,
)
IN_BLOCS = Often(
    lambda: InBloc.objects.filter(
        out_at=None, amendment__wanted_at=None, amendment__in=_motions().values("amendment")
    ).values_list("amendment", flat=True),
    told=True,
)


def why_it_fell(asked: Amendment) -> str:
    """One sentence; empty while it has not fallen."""
    words = {
        Because.REPLACED: _("The common text %(other)s, which stands for it, was carried."),
        Because.PART_CARRIED: _("It stands for %(other)s as well, which was carried by itself."),
        Because.ITS_AMENDMENT: _("It would change %(other)s, which is not voted any more."),
        Because.RESTATED: _("Another amendment to the same one was carried: %(other)s."),
        Because.CONTRARY: _("%(other)s was carried and pulls a line the other way."),
        Because.SOURCE: _("What was carried has left too little money for it."),
    }
    if asked.state != State.FALLEN:
        return ""
    other = asked.through.short if asked.through else ""
    found = words[Because(asked.fell_because)] % {"other": other}
    if asked.fell_because == Because.CONTRARY and asked.year.state == Year.State.PUT:
        found += " " + _("The meeting can vote on this one all the same.")
    return found


def voted_on_the_line_of(
    lines: Iterable[AgendaItem], asked: Mapping[int, Amendment], *, inside: Collection[int] | None = None
) -> dict[int, Amendment]:
    """Proposal -> the amendment on whose line it is, or was, voted in one question with others. One query at most.

    `lines`: of the agenda, in their order: the first of a bloc has the vote.
    """
    if not asked:
        return {}
    if inside is None:
        of = InBloc.objects.filter(out_at=None, amendment__in=[one.pk for one in asked.values()])
        inside = set(of.filter(amendment__wanted_at=None).values_list("amendment", flat=True))
    blocs: dict[str, list[AgendaItem]] = {}
    for line in lines:
        one = asked.get(line.proposal_id or 0)
        if one is not None and one.pk in inside and (one.decided_by or one.state == State.ADMITTED):
            blocs.setdefault(one.decided_by, []).append(line)
    found: dict[int, Amendment] = {}
    for bloc in blocs.values():
        led = next((line for line in bloc if line.decision_id), bloc[0])
        others = [line.proposal_id or 0 for line in bloc if line is not led]
        found |= dict.fromkeys(others, asked[led.proposal_id or 0])
    return found


def ended_without_vote(asked: Amendment | None, led: Amendment | None = None) -> str:
    """What became of an amendment without a vote of its own; empty for one that was voted or waited for its vote.

    `led`: the one on whose line it was voted together with others.
    """
    if asked is not None and led is not None and asked.decided_by:
        return _("It was voted together with others, as %(label)s: %(state)s. %(decision)s") % {
            "label": led.short,
            "state": asked.get_state_display(),
            "decision": asked.decided_by,
        }
    if asked is None or asked.state in (State.ADMITTED, State.CARRIED, State.NOT_CARRIED):
        return ""
    if asked.state == State.FALLEN:
        return _("It fell. %(why)s") % {"why": why_it_fell(asked)}
    return _("It was not voted: %(state)s.") % {"state": asked.get_state_display()}

"""What a budget round asks of somebody today: of whoever keeps the budget, of councils, of those who can agree."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coop.budget.models import Actual, Amendment, Challenge, PartOf, Year
from coop.members.models import Body, Power
from coop.proposals.models import BudgetMotion, Proposal

from ..access import Here, acting
from ..stories import Duty, Story
from ..timetable import say_day, say_distance

State, Of = Year.State, Amendment.State
ASKING = (State.OPEN, State.CONCILIATION)
SOON = datetime.timedelta(days=3)
LEDGER = datetime.timedelta(days=10)  # from the end of a month until its figures are asked for


# --- Of whoever keeps it --------------------------------------------------------------------------------------------


def duties(here: Here) -> list[Story]:
    """For whoever keeps the budget: what to publish, to close, to put, to answer, to enter. One question."""
    if not here.may(Power.KEEP_BUDGET):
        return []
    due = Q(state=State.DRAFT) | Q(state=State.OPEN, amendments_until__lte=here.day + SOON)
    due |= Q(state=State.CONCILIATION, conciliation_until__lt=here.day)
    due |= Q(state=State.PUT, challenged__isnull=False) | _month_is_due(here.day)
    waiting = Challenge.objects.filter(amendment__year=OuterRef("pk"), answered_at=None).order_by("pk")
    found = Year.objects.annotate(challenged=Subquery(waiting.values("amendment")[:1]))
    found = found.filter(due, cooperative=here.cooperative).order_by("year", "text")
    return [_to_do(here, year) for year in found]


def month_due(day: datetime.date, year: int) -> int:
    """The last month of a year whose figures should be there; 0 before the first. No article says when: ten days."""
    asked = day - LEDGER
    return 12 if asked.year > year else asked.month - 1 if asked.year == year else 0


def _month_is_due(day: datetime.date) -> Q:
    """Years that run, without a figure of the last month that should be there."""
    this = (day - LEDGER).year
    last = Q()
    for years, month in (({"year": this}, month_due(day, this)), ({"year__lt": this}, 12)):
        entered = Actual.objects.filter(line__year=OuterRef("pk"), month=month)
        if month:
            last |= Q(~Exists(entered), **years)
    return Q(last, state=State.RUNNING)


def _to_do(here: Here, year: Year) -> Story:
    if year.state == State.RUNNING:
        return Story(
            kicker=_("A month to enter"),
            headline=_("Budget of %(year)s") % {"year": year.year},
            address=reverse("budget-month-enter", args=[here.cooperative.slug, year.pk]),
            word=_("not entered yet"),
            shape="waiting",
            meta=capfirst(str(MONTHS[month_due(here.day, year.year)])),
        )
    if year.state == State.PUT:
        return Story(
            kicker=_("A challenge to answer"),
            headline=_("Budget of %(year)s") % {"year": year.year},
            address=reverse("budget-amendment", args=[here.cooperative.slug, year.challenged]),  # type: ignore[attr-defined]
            word=_("waits for the commission"),
            shape="waiting",
            meta="",
        )
    last = {State.OPEN: year.amendments_until, State.CONCILIATION: year.conciliation_until}.get(
        State(year.state)
    )
    kicker = {
        State.DRAFT: _("A budget to publish"),
        State.OPEN: _("Amendments to close"),
        State.CONCILIATION: _("A budget to put before the assembly"),
    }[State(year.state)]
    if last is not None and last >= here.day:
        kicker = _("Amendments end soon")
    days = {"day": say_day(last), "distance": say_distance(here.day, last)} if last is not None else {}
    return Duty(
        kicker=kicker,
        headline=_("Budget of %(year)s") % {"year": year.year},
        address=reverse("budget", args=[here.cooperative.slug, year.pk]),
        word=year.get_state_display(),
        shape="draft" if last is None else "waiting" if last >= here.day else "late",
        meta=_("until %(day)s (%(distance)s)") % days if days else "",
        until=last,
    )


# --- Of everybody else ----------------------------------------------------------------------------------------------


def drafts(here: Here) -> QuerySet[Amendment]:
    """One's own drafts, while something can still become of them."""
    found = Amendment.objects.filter(author=acting(here), state=Of.DRAFT, year__state__in=ASKING)
    return found.exclude(kind=Amendment.Kind.OWN, year__amendments_until__lt=here.day)


def to_name(here: Here) -> QuerySet[Amendment]:
    """Of the councils that this person calls: handed in, and their decision is not named."""
    waits = Amendment.objects.filter(
        here.powers.over(Power.CONVENE, field="on_behalf_of"),
        state=Of.SUBMITTED,
        kind=Amendment.Kind.OWN,
        year__cooperative=here.cooperative,
        year__state__in=ASKING,
    )
    return waits.exclude(on_behalf_of=None)


def to_agree(here: Here) -> QuerySet[PartOf]:
    """Common texts that stand for what this person moved, or a council that they call."""
    mine = Q(part__on_behalf_of=None, part__author=acting(here))
    mine |= here.powers.over(Power.CONVENE, field="part__on_behalf_of")
    return PartOf.objects.filter(
        mine,
        agreed_at=None,
        common__state=Of.SUBMITTED,
        common__year__cooperative=here.cooperative,
        part__state__in=Amendment.ALIVE,
    )


def for_an_agenda(here: Here) -> QuerySet[BudgetMotion]:
    """Budgets before the assembly that stand on no agenda, for whoever calls it."""
    calls = Body.objects.filter(here.powers.over(Power.CONVENE, field="pk"), kind=Body.Kind.ASSEMBLY)
    return BudgetMotion.objects.filter(
        amendment=None,
        year__state=State.PUT,
        year__cooperative=here.cooperative,
        year__cooperative__in=calls.values("cooperative"),
        proposal__state=Proposal.State.ADMITTED,
    )


def to_put_on(here: Here) -> list[Story]:
    """One question, asked where `at_all` has found something."""
    return [
        Story(
            kicker=_("A budget for the agenda"),
            headline=_("Budget of %(year)s") % {"year": one.year.year},
            address=reverse("budget-agenda", args=[here.cooperative.slug, one.year_id]),
            word=_("stands on no agenda"),
            shape="waiting",
            meta=_("vote on %(day)s") % {"day": say_day(one.year.vote_on)} if one.year.vote_on else "",
        )
        for one in for_an_agenda(here).select_related("year").order_by("year__year")
    ]


def of_mine(here: Here) -> list[Story]:
    """Three questions, asked where `at_all` has found something."""
    stories = [
        _story(here, one, _("Your draft for the budget"), _("only you see it"), "draft")
        for one in drafts(here).select_related("year").order_by("pk")
    ]
    waiting = _("waits for the council's decision")
    stories += [
        _story(here, one, _("Decision to name"), waiting, "waiting", page="budget-amendment-back")
        for one in to_name(here).select_related("year").order_by("pk")
    ]
    agreeing: dict[int, Amendment] = {}
    for part in to_agree(here).select_related("common__year").order_by("pk"):
        agreeing[part.common_id] = part.common
    stories += [
        _story(here, one, _("A common text"), _("waits for your word"), "waiting")
        for one in agreeing.values()
    ]
    return stories


def _story(
    here: Here, one: Amendment, kicker: str, word: str, shape: str, *, page: str = "budget-amendment"
) -> Story:
    return Story(
        kicker=f"{kicker} · {one.label if one.number else one.year.label}",
        headline=one.title,
        address=reverse(page, args=[here.cooperative.slug, one.pk]),
        word=word,
        shape=shape,
        meta=_("amendments until %(day)s") % {"day": say_day(one.year.amendments_until)}
        if one.state == Of.DRAFT and one.year.amendments_until
        else "",
    )

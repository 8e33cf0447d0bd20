"""What a fund asks of somebody today: to answer for a project, to check one, to close the list after its days."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.budget.models import Fund, Project
from coop.members.models import Mandate, Power

from ..access import Here, acting
from ..stories import Story
from ..timetable import say_day, say_distance

State = Project.State


def projects(here: Here) -> QuerySet[Project]:
    """That wait for this person: named to answer for it and has not said yes, or to be checked in their commission."""
    me = acting(here)
    sits = Mandate.objects.filter(Mandate.in_force(here.at), member=me, seat__alternate=False)
    to_answer = Q(answers=me, agreed_at=None, state__in=[State.PUT, State.NOT_FEASIBLE])
    to_check = Q(fund__checked_by__in=sits.values("seat__office__body"), state=State.PUT)
    to_check &= ~Q(author=me) & ~Q(answers=me)
    return Project.objects.filter(
        to_answer | to_check, fund__year__cooperative=here.cooperative, fund__state=Fund.State.OPEN
    )


def lists(here: Here) -> QuerySet[Fund]:
    """For whoever keeps the budget: open, their days over, everything on them checked."""
    found = Fund.objects.filter(
        year__cooperative=here.cooperative, state=Fund.State.OPEN, projects_until__lt=here.day
    )
    unchecked = Project.objects.filter(fund=OuterRef("pk"), state=State.PUT)
    found = found.filter(~Exists(unchecked))
    return found if here.may(Power.KEEP_BUDGET) else found.none()


def of_mine(here: Here) -> list[Story]:
    """Two questions, asked where `at_all` has found something."""
    me = acting(here)
    rows = projects(here).select_related("fund__year").order_by("fund__projects_until", "fund", "number")
    stories = [
        _of_project(here, one, answers=one.answers_id == me.pk and one.agreed_at is None) for one in rows
    ]
    for fund in lists(here).select_related("year").order_by("projects_until", "pk"):
        days = {"day": say_day(fund.projects_until), "distance": say_distance(here.day, fund.projects_until)}
        stories.append(
            Story(
                kicker=_("The list of a fund to close"),
                headline=fund.title,
                address=reverse("fund", args=[here.cooperative.slug, fund.pk]),
                word=fund.get_state_display(),
                shape="late",
                meta=_("until %(day)s (%(distance)s)") % days,
            )
        )
    return stories


def _of_project(here: Here, one: Project, *, answers: bool) -> Story:
    page = "fund-project" if answers else "fund-project-check"
    return Story(
        kicker=_("A project that names you") if answers else _("A project to check"),
        headline=one.title,
        address=reverse(page, args=[here.cooperative.slug, one.pk]),
        word=_("waits for your word"),
        shape="waiting",
        meta=str(one.fund),
    )

"""The shop floor: its places and its problems, of this co-operative, or 404."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from coop.asked_often import Answer, Often, given
from coop.members.models import Power
from coop.production.models import Area, Problem, ProblemPhoto, Stop
from coop.production.rules.problems import readable_by

from .entering import Here, acting, one

BESIDE = ("area__department", "raised_by", "through", "solved_by", "verified_by", "joined_to")


def areas(here: Here) -> QuerySet[Area]:
    """Places that are not given up, by department."""
    return _areas(here.cooperative.pk)


def _areas(cooperative: Any) -> QuerySet[Area]:
    found = Area.objects.filter(department__cooperative_id=cooperative, closed_at=None)
    return found.select_related("department").order_by("department__name", "name")


PLACES = Often(lambda: _areas(given("cooperative")).values_list("pk", "name", "department__name"), told=True)


def places(here: Here) -> Answer[tuple[int, str, str]]:
    """Of the same places key, name and department, not read yet."""
    return PLACES.answer(cooperative=here.cooperative.pk)


def area(here: Here, key: int) -> Area:
    thing: Area = one(areas(here), pk=key)
    thing.department.cooperative = here.cooperative
    return thing


def problems(here: Here) -> QuerySet[Any]:
    """What everybody reads: all but what was moved to the procedure on conduct. `stands_still`: the line does."""
    return problems_of(here.cooperative.pk).select_related("area__department", "raised_by")


def problems_of(cooperative: Any) -> QuerySet[Any]:
    """The same without what stands beside; also for a question that is put together once."""
    stopped = Exists(Stop.objects.filter(problem=OuterRef("pk"), lifted_at=None))
    found = Problem.objects.filter(cooperative_id=cooperative).exclude(state=Problem.State.CONDUCT)
    return found.annotate(stands_still=stopped)


def problem(here: Here, key: int) -> Problem:
    """What is about somebody's conduct is there only for those whom it concerns."""
    found = Problem.objects.filter(cooperative=here.cooperative).select_related(*BESIDE)
    thing: Problem = one(found, pk=key)
    thing.cooperative = thing.area.department.cooperative = here.cooperative
    if not readable_by(thing, by=acting(here), at=here.at):
        raise Http404
    return thing


def photo(here: Here, key: int, number: int) -> ProblemPhoto:
    thing: ProblemPhoto = one(ProblemPhoto.objects.filter(problem=problem(here, key)), pk=number)
    return thing


def keeps_register(here: Here) -> None:
    """For whoever keeps the register; for everybody else there is nothing here."""
    if not here.may(Power.KEEP_REGISTER):
        raise Http404

"""Problems on the list of a meeting, and sheets of handover, of this co-operative, or 404."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from coop.meetings.models import Meeting
from coop.meetings.problems import on_the_list
from coop.production.models import Area, Handover, HandoverLine, Problem

from .entering import Here, one


def problem_of_meeting(here: Here, meeting: Meeting, key: int) -> Problem:
    """A problem that stands on the list of a meeting."""
    thing: Problem | None = on_the_list(meeting).filter(cooperative=here.cooperative, pk=key).first()
    if thing is None:
        raise Http404
    thing.cooperative = thing.area.department.cooperative = here.cooperative
    return thing


def handover_areas(here: Here) -> QuerySet[Area]:
    """The places of the plant that are not given up."""
    found = Area.objects.select_related("department").filter(closed_at=None)
    return found.filter(department__cooperative=here.cooperative)


def handover_area(here: Here, key: int) -> Area:
    thing: Area = one(handover_areas(here), pk=key)
    thing.department.cooperative = here.cooperative
    return thing


def handovers(here: Here) -> QuerySet[Handover]:
    found = Handover.objects.select_related("area__department", "shift", "given_by", "taken_by")
    return found.filter(area__department__cooperative=here.cooperative)


def handover(here: Here, key: int) -> Handover:
    thing: Handover = one(handovers(here), pk=key)
    thing.area.department.cooperative = here.cooperative
    return thing


def handover_line(here: Here, area: Area, key: int) -> HandoverLine:
    thing: HandoverLine = one(HandoverLine.objects.filter(area=area, dropped_at=None), pk=key)
    thing.area = area
    return thing

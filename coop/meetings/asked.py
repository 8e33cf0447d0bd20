"""What a meeting is asked about with every page of it: who is there, and who was named to lead it for the day."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from coop.asked_often import Often, given

from .models import Attendance, SittingOffice, Stay


def named(meeting: Any, member: Any) -> QuerySet[SittingOffice]:
    """The offices of the day that somebody was named to, in a sitting of a meeting, and that have not ended."""
    return SittingOffice.objects.filter(sitting__meeting=meeting, member=member, ended_at=None)


NAMED = Often(lambda: named(given("meeting"), given("member")).values_list("power", flat=True))
PRESENT = Often(
    lambda: (
        Stay.objects.filter(sitting_id=given("sitting"), went_at=None, attendance__votes=True)
        .order_by()
        .values("sitting")
        .annotate(many=Count("pk"))
        .values_list("many", flat=True)
    ),
    told=True,
)
CAME = Often(lambda: Attendance.objects.filter(meeting_id=given("meeting"), member_id=given("member")))

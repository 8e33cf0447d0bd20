"""What a meeting is asked about with every page of it: who is there, and who was named to lead it for the day."""

from __future__ import annotations

from django.db.models import Count

from coop.asked_often import Often, given

from .models import Attendance, SittingOffice, Stay

NAMED = Often(
    lambda: SittingOffice.objects.filter(
        sitting__meeting_id=given("meeting"), member_id=given("member"), ended_at=None
    ).values_list("power", flat=True)
)
PRESENT = Often(
    lambda: (
        Stay.objects.filter(sitting_id=given("sitting"), went_at=None, attendance__votes=True)
        .order_by()
        .values("sitting")
        .annotate(many=Count("pk"))
        .values_list("many", flat=True)
    )
)
CAME = Often(lambda: Attendance.objects.filter(meeting_id=given("meeting"), member_id=given("member")))

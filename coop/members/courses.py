"""Which courses an office asks for on a day, and who has done them. Reads, writes nothing.

An election asks what was asked on the day it was called; whoever stands has done it by the day of the vote.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from coop.refusals import Reason

from .models import Course, CourseAsked, CourseDone, Member, Office


def asked_by(offices: Iterable[int], day: datetime.date) -> dict[int, list[Course]]:
    """Of each office (by id) the courses it asks for on that day, by name. One query."""
    rows = CourseAsked.objects.filter(office__in=list(offices), confirmed_at__isnull=False, since__lte=day)
    last: dict[tuple[int, int], CourseAsked] = {}
    for row in rows.select_related("course").order_by("since", "confirmed_at", "pk"):
        last[row.office_id, row.course_id] = row
    found: dict[int, list[Course]] = {}
    for row in sorted(last.values(), key=lambda one: (one.course.name, one.pk)):
        if row.asks:
            found.setdefault(row.office_id, []).append(row.course)
    return found


def is_asked(office: Office, course: Course) -> bool:
    """Whether the last that was confirmed, also for a day to come, says that the office asks for it."""
    rows = CourseAsked.objects.filter(office=office, course=course, confirmed_at__isnull=False)
    last = rows.order_by("-since", "-confirmed_at", "-pk").first()
    return last is not None and last.asks


def done(day: datetime.date) -> QuerySet[CourseDone]:
    """What is entered, compared with its paper, and was done by that day."""
    return CourseDone.objects.filter(confirmed_at__isnull=False, done_on__lte=day)


def missing(member: Member, courses: Collection[Course], day: datetime.date) -> list[Course]:
    """Those of `courses` that the member has not done by that day."""
    if not courses:
        return []
    has = set(done(day).filter(member=member, course__in=courses).values_list("course", flat=True))
    return [course for course in courses if course.pk not in has]


def obstacles_in_courses(
    member: Member, office: Office, *, called: datetime.date, day: datetime.date
) -> list[Reason]:
    """What the office asked for when it was `called` and the member has not done by `day`."""
    asked = asked_by([office.pk], called).get(office.pk, [])
    return [
        Reason("course-not-done", {"course": course.name, "office": office.title})
        for course in missing(member, asked, day)
    ]

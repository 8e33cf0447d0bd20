"""Courses and what was signed for the house, of this co-operative, or 404."""

from __future__ import annotations

from django.db.models import QuerySet

from coop.in_office.models import Commitment
from coop.members.models import Course, CourseAsked, CourseDone, Power

from .entering import Here, one

# Who reads of others what they have done: whoever enters it, whoever judges candidates, whoever looks over both.
READS_COURSES = (Power.KEEP_REGISTER, Power.RUN_ELECTIONS, Power.AUDIT)


def courses(here: Here) -> QuerySet[Course]:
    return Course.objects.filter(cooperative=here.cooperative)


def course(here: Here, key: int) -> Course:
    thing: Course = one(courses(here), pk=key)
    return thing


def courses_asked(here: Here) -> QuerySet[CourseAsked]:
    found = CourseAsked.objects.select_related("office__body", "course", "entered_by", "confirmed_by")
    return found.filter(cooperative=here.cooperative)


def course_asked(here: Here, key: int) -> CourseAsked:
    thing: CourseAsked = one(courses_asked(here), pk=key)
    return thing


def courses_done(here: Here) -> QuerySet[CourseDone]:
    """One's own; those of others for whoever enters, judges or audits them."""
    found = CourseDone.objects.select_related("member", "course", "entered_by", "confirmed_by")
    found = found.filter(cooperative=here.cooperative)
    reads = here.powers.any_of(READS_COURSES) or here.powers.confirms
    return found if reads else found.filter(member=here.member)


def course_done(here: Here, key: int) -> CourseDone:
    thing: CourseDone = one(courses_done(here), pk=key)
    return thing


def commitments(here: Here) -> QuerySet[Commitment]:
    found = Commitment.objects.select_related(
        "office__body", "signed_by", "second_office__body", "second_by", "refused_by", "decision__body"
    )
    return found.filter(cooperative=here.cooperative)


def commitment(here: Here, key: int) -> Commitment:
    thing: Commitment = one(commitments(here), pk=key)
    thing.cooperative = here.cooperative
    return thing

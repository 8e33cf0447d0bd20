"""Courses: named, asked for by an office, done by a member. The journal does not tell who has done which.

Whoever reads with difficulty, or has had no time yet, is nobody's talk.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.refusals import in_full, refuse_if

from ..models import Course, CourseAsked, CourseDone, Member, Office
from ..rules.courses import (
    obstacles_to_asking_for_a_course,
    obstacles_to_confirming_course,
    obstacles_to_entering_course_done,
    obstacles_to_naming_a_course,
)
from .second_person import confirm_entry, turn_down_entry


def subject_of(entry: Course | CourseAsked | CourseDone) -> Subject:
    if isinstance(entry, Course):
        return Subject("course", str(entry.pk), entry.name)
    if isinstance(entry, CourseAsked):
        return Subject("office", str(entry.office_id), f"{entry.office.title}: {entry.course}")
    return Subject("course-done", str(entry.pk), str(entry.pk))


def hold(cooperative_id: int) -> Cooperative:
    """One person at a time enters courses."""
    return Cooperative.objects.select_for_update(of=("self",), no_key=True).get(pk=cooperative_id)


@transaction.atomic
def name_course(*, name: str, about: str = "", by: Member, at: datetime.datetime) -> Course:
    """By the name under which it is taught. A name stays; who mistyped it names another."""
    cooperative = hold(by.cooperative_id)
    name = one_line(name)
    refuse_if(obstacles_to_naming_a_course(name, by=by, at=at))
    made = Course.objects.create(
        cooperative=cooperative, name=name, about=in_full(about, 300), added_by=by, added_at=at
    )
    write(cooperative.chain, verb="course-named", subject=subject_of(made), by=by.actor, at=at)
    return made


@transaction.atomic
def ask_for_course(
    *,
    office: Office,
    course: Course,
    asks: bool,
    since: datetime.date,
    document: str,
    by: Member,
    at: datetime.datetime,
) -> CourseAsked:
    """Elections called from `since` on ask for it, or ask no longer, once a second person has confirmed this."""
    cooperative = hold(by.cooperative_id)
    document = one_line(document)
    refuse_if(
        obstacles_to_asking_for_a_course(
            office, course, asks=asks, since=since, document=document, by=by, at=at
        )
    )
    made = CourseAsked.objects.create(
        cooperative=cooperative,
        office=office,
        course=course,
        asks=asks,
        since=since,
        document=document,
        entered_by=by,
        entered_at=at,
        entered_on=cooperative.day_of(at),
    )
    write(
        cooperative.chain,
        verb="course-to-be-asked" if asks else "course-to-be-asked-no-longer",
        subject=subject_of(made),
        by=by.actor,
        at=at,
        facts={"since": since.isoformat(), "document": document},
    )
    return made


@transaction.atomic
def enter_course_done(
    *,
    member: Member,
    course: Course,
    done_on: datetime.date,
    document: str,
    by: Member,
    at: datetime.datetime,
) -> CourseDone:
    """From the sheet of the course or a certificate; it counts once a second person has compared it."""
    cooperative = hold(by.cooperative_id)
    document = one_line(document)
    refuse_if(
        obstacles_to_entering_course_done(member, course, done_on=done_on, document=document, by=by, at=at)
    )
    made = CourseDone.objects.create(
        cooperative=cooperative,
        member=member,
        course=course,
        done_on=done_on,
        document=document,
        entered_by=by,
        entered_at=at,
        entered_on=cooperative.day_of(at),
    )
    write(cooperative.chain, verb="course-entered", subject=subject_of(made), by=by.actor, at=at)
    return made


@transaction.atomic
def confirm_course(*, entry: CourseAsked | CourseDone, by: Member, at: datetime.datetime) -> None:
    """The second person has compared it with the decision or the paper."""
    cooperative = hold(by.cooperative_id)
    entry = type(entry)._default_manager.get(pk=entry.pk)
    refuse_if(obstacles_to_confirming_course(entry, by=by, at=at))
    confirm_entry(entry=entry, by=by, at=at)
    write(cooperative.chain, verb="course-confirmed", subject=subject_of(entry), by=by.actor, at=at)


@transaction.atomic
def turn_down_course(
    *, entry: CourseAsked | CourseDone, because: str, by: Member, at: datetime.datetime
) -> None:
    """The paper says otherwise. The reason stands on the row, not in the journal."""
    cooperative = hold(by.cooperative_id)
    turn_down_entry(entry=entry, because=one_line(because), by=by, at=at)
    write(cooperative.chain, verb="course-turned-down", subject=subject_of(entry), by=by.actor, at=at)
